/** The smoke run: every step with its outcome and duration; of those that did not pass, why, the request, the answer. */
import type { CleanupResult, FlowResult, SmokeResult, StepResult } from "../../model/report.js";
import { displayDuration, plural } from "../display.js";
import { slowestWords } from "../slowest.js";
import { OUTCOMES, stepWording } from "../wording.js";
import { type Content, element, type Html } from "./element.js";
import { code, list, pre, section, table, word } from "./parts.js";

/** The section of the report: every flow with its steps, in the order of the run. */
export function smokeParts(smoke: SmokeResult | null): Html[] {
  return smoke === null
    ? []
    : section(
        "smoke",
        "Smoke run",
        ...runFacts(smoke),
        ...smoke.flows.flatMap(flowParts),
        ...cleanupParts(smoke.cleanup),
      );
}

/** How much of a run a page shows. */
export interface SmokeLimits {
  /** Flows that did not simply pass, with their steps. */
  readonly flows: number;
  /** Of each of them; when there are more, those that passed are left out first. */
  readonly steps: number;
  /** Flows that passed, a line for each. */
  readonly passed: number;
}

/** The same for a page that stays open: what went wrong with its steps, what passed in a line for each flow. */
export function smokeContent(smoke: SmokeResult, limits: SmokeLimits): Html[] {
  const passed = smoke.flows.filter(isQuiet);
  const others = smoke.flows.filter((flow) => !isQuiet(flow));
  return [
    ...runFacts(smoke),
    ...others.slice(0, limits.flows).flatMap((flow) => shortFlow(flow, limits.steps)),
    ...rest(others.length - limits.flows, "flow"),
    ...list(passed.slice(0, limits.passed).map(passedFlow)),
    ...rest(passed.length - limits.passed, "flow"),
    ...cleanupParts(smoke.cleanup),
  ];
}

function runFacts(smoke: SmokeResult): Html[] {
  const slowest = slowestWords(smoke);
  return [
    element("p", { class: "dim" }, `run ${smoke.runId} against ${smoke.baseUrl}, ${displayDuration(smoke.durationMs)}`),
    ...(slowest === null ? [] : [element("p", { class: "dim" }, slowest)]),
  ];
}

function isQuiet({ outcome, steps }: FlowResult): boolean {
  return outcome === "passed" && steps.every((step) => step.outcome === "passed" && (step.warnings ?? []).length === 0);
}

function passedFlow(flow: FlowResult): Content {
  const count = element("span", { class: "dim" }, plural(flow.steps.length, "step"));
  return [word(OUTCOMES[flow.outcome]), " ", flowName(flow), " ", count];
}

/** The steps of a flow, or, when they are too many, those that did not pass. */
function shortFlow(flow: FlowResult, most: number): Html[] {
  const { steps } = flow;
  const told = steps.length <= most ? steps : steps.filter(({ outcome }) => outcome !== "passed");
  const passed = steps.length - told.length;
  const before = passed === 0 ? [] : [element("p", { class: "dim" }, `${plural(passed, "step")} passed.`)];
  return [...flowParts({ ...flow, steps: told.slice(0, most) }), ...before, ...rest(told.length - most, "step")];
}

function rest(count: number, noun: string): Html[] {
  return count <= 0 ? [] : [element("p", { class: "dim" }, `${plural(count, `more ${noun}`)} in the report.`)];
}

function flowParts(flow: FlowResult): Html[] {
  return [element("h3", {}, word(OUTCOMES[flow.outcome]), " ", flowName(flow)), ...stepsTable(flow.steps)];
}

function flowName({ application, id, title }: FlowResult): string {
  return title === id ? `${application}.${id}` : `${application}.${id}: ${title}`;
}

function stepsTable(steps: readonly StepResult[]): Html[] {
  const rows = steps.map((step) => [
    word(stepWording(step)),
    [element("div", {}, step.title === step.id ? step.id : `${step.id}: ${step.title}`), ...details(step)],
    step.outcome === "skipped" ? "" : displayDuration(step.durationMs),
  ]);
  return table(["outcome", "step", "duration"], rows, [2]);
}

function details(step: StepResult): Content[] {
  const status = step.status === null ? "" : ` ${step.status}`;
  const asked = step.request === null ? [] : [element("div", { class: "dim" }, `${step.request}${status}`)];
  const warnings = list(
    (step.warnings ?? []).map((warning) => [element("strong", { class: "warn" }, "warning: "), warning]),
  );
  if (step.outcome === "passed") return [...asked, ...warnings];
  const { attribution, place } = step;
  return [
    ...asked,
    ...warnings,
    ...(attribution === null ? [] : [element("p", {}, element("strong", {}, attribution.message))]),
    ...list(step.failures.map((failure) => failure.replace(/^skipped: /, ""))),
    ...(step.body === null ? [] : [more("answer", step.body)]),
    ...(step.curl === null ? [] : [more("to send it again", step.curl)]),
    ...(place === null ? [] : [element("div", { class: "dim" }, code(`${place.file}:${place.line}`))]),
  ];
}

function more(title: string, text: string): Html {
  return element("details", {}, element("summary", {}, title), pre(text));
}

function cleanupParts({ outcome, steps, leftovers }: CleanupResult): Html[] {
  if (outcome === "nothing-to-do") return [];
  if (outcome === "kept") {
    const heading = element(
      "h3",
      {},
      word({ word: "kept", style: "yellow" }),
      " no clean-up, because everything was to stay",
    );
    return [heading, ...list(leftovers.map((left) => `stays: ${left}`))];
  }
  const failed = steps.filter((step) => step.outcome !== "passed");
  const done = `clean-up: ${steps.length - failed.length} of ${steps.length} done`;
  return [
    element("h3", {}, word(OUTCOMES[outcome]), ` ${done}`),
    ...stepsTable(failed),
    ...list(leftovers.map((left) => [element("strong", { class: "bad" }, "left behind: "), left])),
  ];
}
