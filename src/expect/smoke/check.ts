/** Does the smoke section make sense: needs, templates, JSONPath, regular expressions, SQL parameters? */

import { didYouMean } from "../../model/suggest.js";
import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import type { FlowSection, StepSection } from "../schema/check-file.js";
import { fileReferences } from "./attachments.js";
import { checkRows } from "./check-rows.js";
import { checkForeign } from "./expressions.js";
import { checkTemplates, type Known } from "./known-names.js";
import { checkNeeds } from "./needs.js";
import { checkRequired } from "./required.js";
import { warnWithoutRunId } from "./run-id.js";
import { capturesOf } from "./steps.js";
import { nameProblem, templateNames } from "./templates.js";

/** Checks the smoke section of a file. */
export function checkSmoke(check: FileCheck): void {
  const section = check.file.content.smoke;
  if (section === undefined) return;
  const declared = [...(section.variables?.keys() ?? []), ...(section.secrets?.keys() ?? [])];
  checkDeclarations(check, declared);
  const known = { names: new Set(declared), flow: null, step: null };
  if (section.baseUrl !== undefined) checkTemplates(check, section.baseUrl, ["smoke", "baseUrl"], known);
  for (const [i, origin] of (section.origins ?? []).entries()) {
    checkTemplates(check, origin, ["smoke", "origins", i], known);
  }
  checkNeeds(check, section.flows);
  for (const [id, flow] of section.flows) checkFlow(check, id, flow, declared);
  checkFiles(check);
  warnWithoutRunId(check, section);
}

function checkFiles(check: FileCheck): void {
  const { content, attachments } = check.file;
  for (const { text, path } of fileReferences(content)) {
    const attachment = attachments.get(text);
    if (attachment === undefined || "bytes" in attachment) continue;
    check.report(path, `${JSON.stringify(text)}: ${attachment.problem}`);
  }
}

function checkDeclarations(check: FileCheck, declared: readonly string[]): void {
  const { variables, secrets } = check.file.content.smoke ?? {};
  for (const [section, map] of [["variables", variables] as const, ["secrets", secrets] as const]) {
    for (const [name, value] of map ?? []) {
      const path = ["smoke", section, name];
      const problem = nameProblem(name);
      if (problem !== null) check.report(path, problem, "key");
      if (section === "secrets" && variables?.has(name) === true) {
        check.report(path, `${JSON.stringify(name)} is a variable already`, "key");
      }
      checkTemplates(check, value, path, { names: new Set(declared), flow: null, step: null });
      const circle = wayBack(new Map([...(variables ?? []), ...(secrets ?? [])]), [name], new Set());
      if (circle !== null) check.report(path, `{{${name}}} refers to itself: ${circle.join(" -> ")}`);
    }
  }
}

/** Variables and secrets may refer to each other, but not in a circle: the way back to the first name, or null. */
function wayBack(values: ReadonlyMap<string, unknown>, trail: readonly string[], seen: Set<string>): string[] | null {
  for (const next of templateNames(String(values.get(trail.at(-1) ?? "") ?? ""))) {
    if (next === trail[0]) return [...trail, next];
    if (seen.has(next)) continue;
    seen.add(next);
    const circle = wayBack(values, [...trail, next], seen);
    if (circle !== null) return circle;
  }
  return null;
}

function checkFlow(check: FileCheck, id: string, flow: FlowSection, declared: readonly string[]): void {
  const own = checkRows(check, id, flow, declared);
  const known = new Set([...declared, ...own, ...inherited(check, id, new Set())]);
  for (const [stepId, step] of flow.steps) {
    const path = ["smoke", "flows", id, "steps", stepId];
    for (const name of capturesOf(step)) {
      const section = step.sql === undefined ? ["capture"] : ["sql", "capture"];
      const taken = takenBy(name, declared, own);
      const problem = nameProblem(name) ?? taken;
      if (problem !== null) check.report([...path, ...section, name], problem, "key");
    }
    checkStep(check, step, path, { names: known, flow: id, step: stepId });
  }
}

function takenBy(name: string, declared: readonly string[], own: readonly string[]): string | null {
  if (declared.includes(name)) return `${JSON.stringify(name)} is a variable or a secret already`;
  return own.includes(name) ? `${JSON.stringify(name)} is a name of the rows already` : null;
}

/** What the flows before this one have captured. A repeated one has captured each name several times, so none is meant. */
function inherited(check: FileCheck, id: string, visited: Set<string>): string[] {
  if (visited.has(id)) return [];
  visited.add(id);
  const flows = check.file.content.smoke?.flows;
  return (flows?.get(id)?.needs ?? []).flatMap((needed) => {
    const steps = flows?.get(needed)?.each === undefined ? [...(flows?.get(needed)?.steps.values() ?? [])] : [];
    return [...steps.flatMap(capturesOf), ...inherited(check, needed, visited)];
  });
}

interface OpenNames extends Known {
  readonly flow: string;
  readonly names: Set<string>;
}

/**
 * Adds the step's captures to the known names: its assertions, its clean-up and the steps after it may use them. A
 * clean-up runs when every step has ended, so it may use what any step of the flow captures.
 */
function checkStep(check: FileCheck, step: StepSection, path: Path, known: OpenNames): void {
  const { features } = check.file.content;
  if (step.feature !== undefined && features?.has(step.feature) !== true && check.trusted(["features", step.feature])) {
    const hint = didYouMean(step.feature, features?.keys() ?? []);
    check.report([...path, "feature"], `this file has no feature ${JSON.stringify(step.feature)}${hint}`);
  }
  const { request, poll, assert, cleanup, sql } = step;
  checkTemplates(check, { request, poll, sql: { params: sql?.params, poll: sql?.poll } }, path, known);
  for (const name of capturesOf(step)) known.names.add(name);
  checkTemplates(check, { assert, sql: { assert: sql?.assert } }, path, known);
  const whole = [...(check.file.content.smoke?.flows.get(known.flow)?.steps.values() ?? [])].flatMap(capturesOf);
  checkTemplates(check, { cleanup }, path, { ...known, names: new Set([...known.names, ...whole]) });
  checkRequired(check, step.requires, path);
  checkForeign(check, step, path);
}
