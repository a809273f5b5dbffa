/** Flows as people write them -> flows as the runner takes them; one that is repeated becomes one for each row. */
import type { Flow, FlowRow } from "../../model/flow.js";
import type { FlowSection, SmokeSection } from "../schema/check-file.js";
import type { Attachments } from "./attachments.js";
import { type Row, readRows } from "./rows.js";
import { readStep, type StepSurroundings } from "./steps.js";
import { fillIn } from "./templates.js";

/** @param around what names in the steps mean */
export function readFlows(section: SmokeSection, around: Omit<StepSurroundings, "flow">): Flow[] {
  const { attachments } = around;
  const runs = new Map([...section.flows].map(([id, flow]) => [id, runsOf(id, flow, attachments)] as const));
  return [...section.flows].flatMap(([id, flow]) => {
    // Whoever needs a repeated flow needs every run of it.
    const needs = (flow.needs ?? []).flatMap((needed) => runs.get(needed)?.map((run) => run.id) ?? [needed]);
    const steps = [...flow.steps].map(([stepId, step]) => {
      const { file, line } = around.locate(["smoke", "flows", id, "steps", stepId], "key");
      return { ...readStep(stepId, step, { ...around, flow }), place: { file, line } };
    });
    const tags = flow.tags === undefined ? {} : { tags: flow.tags };
    return (runs.get(id) ?? []).map((run) => ({ ...run, needs, ...tags, steps }));
  });
}

type Run = Pick<Flow, "id" | "title"> & { readonly row?: FlowRow };

function runsOf(id: string, flow: FlowSection, attachments: Attachments): Run[] {
  const title = flow.title ?? id;
  const found = readRows(flow, attachments);
  if (found === null) return [{ id, title }];
  const titles = found.rows.map((row) => fillIn(title, row));
  return found.rows.map((row, i) => {
    const filled = titles[i] ?? title;
    const distinct = titles.indexOf(filled) === titles.lastIndexOf(filled);
    return {
      id: `${id}[${i + 1}]`,
      title: distinct ? filled : `${filled} [${i + 1}]`,
      row: { of: id, values: valuesOf(row) },
    };
  });
}

/** Without a prototype: no name can be found that was not written. */
function valuesOf(row: Row): FlowRow["values"] {
  return Object.assign(Object.create(null), Object.fromEntries(row)) as FlowRow["values"];
}
