/**
 * What a run remembers of a step, as it was, secrets included. It leaves the run only through `present`, which takes
 * the secrets out: at the end once more, because a value may turn out to be a secret after the step that showed it.
 */

import type { Redactor } from "../config/index.js";
import type { StepOutcome, StepResult } from "../model/report.js";
import { excerpt } from "./excerpt.js";
import { conceal } from "./secret-fields.js";
import { cut, oneLine, printable } from "./text.js";

const MAX_LINE = 500;

export interface StepRecord {
  readonly id: string;
  readonly title: string;
  readonly feature: string | null;
  readonly outcome: StepOutcome;
  readonly durationMs: number;
  readonly request: string | null;
  readonly status: number | null;
  readonly failures: readonly string[];
  readonly body: AnswerBody | null;
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
    body: body === null || body.text === "" ? null : excerpt(body.text, body.contentType, redactor, body.cutOff),
    attribution: null,
  };
}

/** Text of a run as one printable line without secrets, at most 500 characters. */
export function presentLine(text: string, redactor: Redactor): string {
  // Twice: what is taken away in between can put a secret together.
  return cut(conceal(oneLine(printable(conceal(text, redactor))), redactor), MAX_LINE);
}

/** A step that did not run. */
export function skipped(step: { id: string; title: string; feature: string | null }, reason: string): StepRecord {
  const { id, title, feature } = step;
  const failures = [`skipped: ${reason}`];
  return { id, title, feature, outcome: "skipped", durationMs: 0, request: null, status: null, failures, body: null };
}

/** failed before errored before skipped: the worst thing that is true of any of them. */
export function worstOutcome(outcomes: readonly StepOutcome[]): StepOutcome {
  const order: readonly StepOutcome[] = ["failed", "errored", "skipped"];
  return order.find((outcome) => outcomes.includes(outcome)) ?? "passed";
}
