/** The smoke run: every step with its outcome; for those that did not pass, what was seen and why. */
import type { CleanupResult, FlowResult, SmokeResult, StepResult } from "../../model/report.js";
import { displayDuration } from "../display.js";
import { slowestWords } from "../slowest.js";
import { OUTCOMES, stepWording } from "../wording.js";
import { labelled, line, type Row, verbatim } from "./page.js";

const OUTCOME_WIDTH = 9;
const MOST_BODY_LINES = 6;
const LONGEST_BODY_LINE = 300;

export function smokeSection(smoke: SmokeResult | null): Row[] {
  if (smoke === null) return [];
  const slowest = slowestWords(smoke);
  return [
    line(0, `Smoke run ${smoke.runId}, ${displayDuration(smoke.durationMs)}`, "bold"),
    ...(slowest === null ? [] : [line(2, slowest, "yellow")]),
    ...smoke.flows.flatMap((flow) => flowRows(flow, smoke.baseUrl)),
    ...cleanupRows(smoke.cleanup, smoke.baseUrl),
  ];
}

function flowRows(flow: FlowResult, baseUrl: string): Row[] {
  const { word, style } = OUTCOMES[flow.outcome];
  const name = `${flow.application}.${flow.id}`;
  const title = flow.title === flow.id ? name : `${name}  ${flow.title}`;
  return [
    labelled(2, word, OUTCOME_WIDTH, title, { label: style, text: "bold" }),
    ...stepsRows(flow.steps, 4, baseUrl),
  ];
}

/** Steps one by one; those that were skipped one after the other for the same reason on one line. */
function stepsRows(steps: readonly StepResult[], indent: number, baseUrl: string): Row[] {
  const runs: StepResult[][] = [];
  for (const step of steps) {
    const previous = runs.at(-1);
    if (step.outcome === "skipped" && previous?.every((each) => skippedAlike(each, step))) previous.push(step);
    else runs.push([step]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    if (first === undefined) return [];
    return first.outcome === "skipped" ? [skippedRow(run, indent)] : stepRows(first, indent, baseUrl);
  });
}

function skippedAlike(one: StepResult, other: StepResult): boolean {
  return one.outcome === "skipped" && skipReason(one) === skipReason(other);
}

function skipReason({ failures }: StepResult): string {
  return failures.join("; ").replace(/^skipped: /, "");
}

function skippedRow(steps: readonly StepResult[], indent: number): Row {
  const { word, style } = OUTCOMES.skipped;
  const names = steps.map(({ id }) => id).join(", ");
  const reason = steps[0] === undefined ? "" : skipReason(steps[0]);
  return labelled(indent, word, OUTCOME_WIDTH, reason === "" ? names : `${names}: ${reason}`, { label: style });
}

function stepRows(step: StepResult, indent: number, baseUrl: string): Row[] {
  const { word, style } = stepWording(step);
  const facts = [
    step.id,
    ...(step.request === null ? [] : [displayRequest(step.request, step.outcome, baseUrl)]),
    ...(step.status === null ? [] : [String(step.status)]),
    displayDuration(step.durationMs),
  ];
  const row = labelled(indent, word, OUTCOME_WIDTH, facts.join("  "), { label: style });
  const inner = indent + OUTCOME_WIDTH;
  const warnings = (step.warnings ?? []).map((warning) => labelled(inner, "warning:", 9, warning, { label: "yellow" }));
  if (step.outcome === "passed") return [row, ...warnings];
  const again = step.curl === null ? [] : verbatim(inner, "$", step.curl);
  return [row, ...warnings, ...reasonRows(step, inner), ...bodyRows(step.body, inner), ...again];
}

/** Without the application's address, which the page names; whole when the address may be what is wrong. */
function displayRequest(request: string, outcome: StepResult["outcome"], baseUrl: string): string {
  return outcome === "passed" ? request.replace(` ${baseUrl.replace(/\/$/, "")}/`, " /") : request;
}

function reasonRows(step: StepResult, indent: number): Row[] {
  return [
    ...(step.attribution === null ? [] : [labelled(indent, "why", 5, step.attribution.message, { text: "bold" })]),
    ...step.failures.map((failure) => labelled(indent, "-", 2, failure)),
  ];
}

/** The answer as it came, cut to what fits on a page; `--format json` has more of it. */
function bodyRows(body: string | null, indent: number): Row[] {
  if (body === null || body.trim() === "") return [];
  const lines = body.trim().split(/\r?\n/);
  const shown = lines.slice(0, MOST_BODY_LINES).map(cutLine);
  const cut =
    lines.length > MOST_BODY_LINES ? [line(indent, `| ... ${lines.length - MOST_BODY_LINES} more lines`)] : [];
  return [...shown.flatMap((each) => labelled(indent, "|", 2, each, { label: "dim", text: "dim" })), ...cut];
}

/** Never in the middle of a secret's stand-in. */
function cutLine(text: string): string {
  return text.length <= LONGEST_BODY_LINE
    ? text
    : `${text.slice(0, LONGEST_BODY_LINE).replace(PART_OF_REDACTED, "")} ...`;
}

const PART_OF_REDACTED = /\[(?:r(?:e(?:d(?:a(?:c(?:t(?:ed?)?)?)?)?)?)?)?$/;

function cleanupRows({ outcome, steps, leftovers }: CleanupResult, baseUrl: string): Row[] {
  if (outcome === "nothing-to-do") return [];
  if (outcome === "kept") {
    const kept = labelled(2, "kept", OUTCOME_WIDTH, "no clean-up, because everything was to stay", { label: "yellow" });
    return [kept, ...leftovers.flatMap((left) => labelled(4, "stays:", 7, left))];
  }
  const { word, style } = OUTCOMES[outcome];
  const failed = steps.filter((step) => step.outcome !== "passed");
  return [
    labelled(2, word, OUTCOME_WIDTH, `clean-up: ${steps.length - failed.length} of ${steps.length} done`, {
      label: style,
    }),
    ...stepsRows(failed, 4, baseUrl),
    ...leftovers.flatMap((left) => labelled(4, "left behind:", 13, left, { label: "red" })),
  ];
}
