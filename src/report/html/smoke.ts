/** The smoke run: every step with its outcome and duration; of those that did not pass, why, the request, the answer. */
import type { CleanupResult, FlowResult, SmokeResult, StepResult } from "../../model/report.js";
import { displayDuration } from "../display.js";
import { slowestWords } from "../slowest.js";
import { OUTCOMES, stepWording } from "../wording.js";
import { type Content, element, type Html } from "./element.js";
import { code, list, pre, section, table, word } from "./parts.js";

export function smokeParts(smoke: SmokeResult | null): Html[] {
  if (smoke === null) return [];
  const slowest = slowestWords(smoke);
  return section(
    "smoke",
    "Smoke run",
    element("p", { class: "dim" }, `run ${smoke.runId} against ${smoke.baseUrl}, ${displayDuration(smoke.durationMs)}`),
    ...(slowest === null ? [] : [element("p", { class: "dim" }, slowest)]),
    ...smoke.flows.flatMap(flowParts),
    ...cleanupParts(smoke.cleanup),
  );
}

function flowParts({ application, id, title, outcome, steps }: FlowResult): Html[] {
  const name = title === id ? `${application}.${id}` : `${application}.${id}: ${title}`;
  return [element("h3", {}, word(OUTCOMES[outcome]), " ", name), ...stepsTable(steps)];
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
