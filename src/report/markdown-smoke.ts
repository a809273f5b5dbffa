/** The smoke run in Markdown: a table of every step, then for each that did not pass why, its request and the answer. */
import type { SmokeResult, StepResult } from "../model/report.js";
import { displayDuration } from "./display.js";
import { block, code, plain, table } from "./markdown-text.js";
import { slowestWords } from "./slowest.js";
import { stepWording } from "./wording.js";

/** An answer in a ticket is a hint; the whole excerpt is in the JSON. */
const MOST_LINES = 20;

interface NamedStep {
  /** Title of the flow, or `clean-up`. */
  readonly flow: string;
  readonly step: StepResult;
}

export function smokeLines(smoke: SmokeResult | null): readonly string[] {
  if (smoke === null) return [];
  const steps: NamedStep[] = [
    ...smoke.flows.flatMap(({ title, steps: all }) => all.map((step) => ({ flow: title, step }))),
    ...smoke.cleanup.steps.map((step) => ({ flow: "clean-up", step })),
  ];
  const slowest = slowestWords(smoke);
  const head = `Run ${code(smoke.runId)} against ${code(smoke.baseUrl)}, ${displayDuration(smoke.durationMs)}${slowest === null ? "" : `; ${plain(slowest)}`}.`;
  const kept = smoke.cleanup.outcome === "kept";
  const left = smoke.cleanup.leftovers.map((each) => `- ${kept ? "stays" : "left behind"}: ${plain(each)}`);
  return [
    head,
    "",
    ...table(["flow", "step", "outcome", "duration", "what"], steps.map(row)),
    ...(left.length === 0 ? [] : ["", ...left]),
    ...steps.flatMap(detail),
  ];
}

function row({ flow, step }: NamedStep): string[] {
  const attribution = step.attribution === null ? [] : [step.attribution.message];
  const failures = step.failures.map((failure) => failure.replace(/^skipped: /, ""));
  const what = [...(step.warnings ?? []), ...failures, ...attribution];
  const duration = step.outcome === "skipped" ? "" : displayDuration(step.durationMs);
  return [plain(flow), plain(step.title), stepWording(step).word, duration, what.map(plain).join("<br>")];
}

function detail({ flow, step }: NamedStep): string[] {
  if (step.curl === null && step.body === null) return [];
  const place = step.place === null ? "" : ` (${code(`${step.place.file}:${step.place.line}`)})`;
  const status = step.status === null ? "" : ` answered ${step.status}`;
  return [
    "",
    `**${plain(flow)}, ${plain(step.title)}**${place}${status}`,
    ...(step.curl === null ? [] : ["", ...block("sh", step.curl)]),
    ...(step.body === null ? [] : ["", ...block("", firstLines(step.body))]),
  ];
}

function firstLines(body: string): string {
  const lines = body.split(/\r?\n/);
  if (lines.length <= MOST_LINES) return body;
  return [...lines.slice(0, MOST_LINES), `... ${lines.length - MOST_LINES} more lines`].join("\n");
}
