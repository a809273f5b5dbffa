/**
 * What a run remembers of a step, as it was, secrets included. It leaves the run only through `present`, which takes
 * the secrets out: at the end once more, because a value may turn out to be a secret after the step that showed it.
 */

import type { Redactor } from "../config/index.js";
import type { Step, StepSeverity } from "../model/flow.js";
import type { RequiredObject, SmokeResult, StepOutcome, StepPlace, StepResult } from "../model/report.js";
import { curlCommand } from "./curl.js";
import { excerpt } from "./excerpt.js";
import type { PreparedRequest } from "./request.js";
import { conceal } from "./secret-fields.js";
import { cut, oneLine, printable } from "./text.js";

const MAX_LINE = 500;

/** What a record takes over from its step. */
export interface StepFacts {
  readonly id: string;
  readonly title: string;
  readonly feature: string | null;
  /** Of a step that waits in vain for another one, at most that of the other. */
  readonly severity: StepSeverity;
  readonly requires: readonly RequiredObject[];
  readonly place?: StepPlace | undefined;
}

/** What counts of a step for the whole, in a record or in the report; without a severity it is an error. */
type Weighed = Pick<StepRecord, "outcome"> & {
  readonly severity?: StepSeverity;
  readonly warnings?: readonly string[];
};

export interface StepRecord extends StepFacts {
  readonly outcome: StepOutcome;
  readonly durationMs: number;
  readonly request: string | null;
  readonly status: number | null;
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
  readonly body: AnswerBody | null;
  /** The request of which `request` is the first line; absent when none was made. */
  readonly sent?: PreparedRequest | undefined;
}

export interface AnswerBody {
  readonly text: string;
  readonly contentType: string;
  /** It ends where reading ended, perhaps in the middle of a secret. */
  readonly cutOff: boolean;
}

/** The step as the report shows it. */
export function present(record: StepRecord, redactor: Redactor): StepResult {
  const line = (text: string) => presentLine(text, redactor);
  const body = record.outcome === "passed" || record.body === null ? null : record.body;
  return {
    id: record.id,
    title: line(record.title),
    feature: record.feature,
    outcome: record.outcome,
    durationMs: Math.round(record.durationMs * 10) / 10,
    request: record.request === null ? null : line(record.request),
    status: record.status,
    failures: record.failures.map(line),
    ...(record.severity === "error" ? {} : { severity: record.severity }),
    ...(record.warnings.length === 0 ? {} : { warnings: record.warnings.map(line) }),
    ...(record.requires.length === 0 ? {} : { requires: record.requires }),
    body: body === null || body.text === "" ? null : excerpt(body.text, body.contentType, redactor, body.cutOff),
    curl: record.outcome === "passed" || record.sent === undefined ? null : curlCommand(record.sent, redactor),
    place: record.place ?? null,
    attribution: null,
  };
}

/** Text of a run as one printable line without secrets, at most 500 characters. */
export function presentLine(text: string, redactor: Redactor): string {
  // Twice: what is taken away in between can put a secret together.
  return cut(conceal(oneLine(printable(conceal(text, redactor))), redactor), MAX_LINE);
}

/** What the record of a step begins with. */
export function factsOf({ id, title, feature, severity = "error", requires = [], place }: Step): StepFacts {
  return { id, title, feature, severity, requires, place };
}

/** A record of something that asked nothing, or nothing yet. */
export function unasked(facts: StepFacts, outcome: StepOutcome, failures: readonly string[]): StepRecord {
  return { ...facts, outcome, failures, warnings: [], durationMs: 0, request: null, status: null, body: null };
}

/** A step that did not run. @param blocker the step that it waits for */
export function skipped(step: Step, reason: string, blocker: StepRecord | null = null): StepRecord {
  const facts = factsOf(step);
  const severity = lesser(facts.severity, blocker?.severity ?? "error");
  return unasked({ ...facts, severity }, "skipped", [`skipped: ${reason}`]);
}

const SEVERITIES: readonly StepSeverity[] = ["info", "warning", "error"];

function lesser(a: StepSeverity, b: StepSeverity): StepSeverity {
  return SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b) ? a : b;
}

/** failed before errored before skipped: the worst thing that is true of any step that fails its flow. */
export function worstOutcome(records: readonly Weighed[]): StepOutcome {
  const order: readonly StepOutcome[] = ["failed", "errored", "skipped"];
  const counting = records.filter(({ severity = "error" }) => severity === "error");
  return order.find((outcome) => counting.some((record) => record.outcome === outcome)) ?? "passed";
}

/** Whether something of a step that passed or only warns should be looked at. */
export function warns({ severity, outcome, warnings = [] }: Weighed): boolean {
  return warnings.length > 0 || (severity === "warning" && outcome !== "passed");
}

/** Of a whole run. */
export function runOutcome(
  flows: readonly { readonly outcome: StepOutcome; readonly steps: readonly Weighed[] }[],
): SmokeResult["outcome"] {
  if (!flows.every(({ outcome }) => outcome === "passed")) return "failed";
  return flows.some(({ steps }) => steps.some(warns)) ? "warning" : "passed";
}
