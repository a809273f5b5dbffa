/** What to do next, and the counts at the foot of the page. */
import type { Repair, RepairStep, Report } from "../../model/report.js";
import { displayDuration, plural } from "../display.js";
import { VERDICTS } from "../wording.js";
import { labelled, line, type Row, verbatim } from "./page.js";

const NUMBER_WIDTH = 4;
const SHORT_ID = 12;

export function stepsSection({ steps, proved }: Repair): Row[] {
  if (steps.length === 0) return [];
  const proof = proved
    ? "These steps were run on a copy and verified there."
    : "These steps have not been tried on a copy: read them before you run them.";
  return [
    line(0, "Next steps (schemaready never runs them itself)", "bold"),
    ...steps.flatMap((step, at) => stepRows(step, at + 1)),
    line(2, proof, "dim"),
  ];
}

function stepRows(step: RepairStep, number: number): Row[] {
  const indent = 2 + NUMBER_WIDTH;
  const why = labelled(2, `${number}.`, NUMBER_WIDTH, step.why);
  if (step.kind === "command") return [why, ...verbatim(indent, "$", step.run)];
  const cautions = [
    ...(step.hazards.length === 0 ? [] : [`hazards: ${step.hazards.join(", ")}`]),
    ...(step.transactional ? [] : ["must run outside a transaction"]),
  ];
  return [
    why,
    ...(cautions.length === 0 ? [] : [line(indent, cautions.join("; "), "yellow")]),
    ...verbatim(indent, "", step.statement),
  ];
}

export function footer(report: Report): Row[] {
  const { expectations, satisfied, gaps, implied, unverified } = report.summary;
  const counts = [
    `${satisfied} satisfied`,
    plural(gaps, "gap"),
    ...(implied > 0 ? [`${implied} implied`] : []),
    `${unverified} unverified`,
    ...(report.extras.length > 0 ? [plural(report.extras.length, "extra")] : []),
  ];
  const nothingCompared = report.contract.id === "";
  const facts = [
    ...(nothingCompared
      ? []
      : [`${plural(expectations, "expectation")}: ${counts.join(", ")}`, displayDuration(report.durationMs)]),
    ...(nothingCompared ? [] : [`contract ${shortId(report.contract.id)}`]),
    `${report.tool.name} ${report.tool.version}`,
    report.checkedAt,
  ];
  // The end of a long page is what a terminal still shows: the verdict stands there once more.
  const { word, style } = VERDICTS[report.verdict];
  // Under a smoke run it would be taken for the run's.
  if (report.smoke !== null) return [line(0, facts.join("; "), "dim")];
  return [labelled(0, word, word.length + 2, facts.join("; "), { label: style, text: "dim" })];
}

/** `sha256:0123456789ab...` -> `0123456789ab` */
function shortId(id: string): string {
  return id.slice(id.indexOf(":") + 1).slice(0, SHORT_ID);
}
