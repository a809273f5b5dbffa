/** Sentences about verdicts, for the log. Counts only: names of objects are for callers with access. */
import type { Report, Verdict } from "../model/report.js";
import { reasonOf, summarize } from "../report/index.js";
import { type Attempt, verdictOf } from "./verdict.js";

/** Why an attempt gave no definite verdict, for people with access to details. */
export function describeAttempt(attempt: Attempt): string {
  return attempt.kind === "failure" ? attempt.message : reasonOf(attempt.report);
}

const LOG_LEVELS = { pass: "info", warn: "warn", fail: "error", unverified: "warn" } as const satisfies Record<
  Verdict,
  string
>;

/** The one line that a change of verdict leaves in the log. */
export function verdictLogLine(
  from: Verdict | null,
  held: Attempt,
): { level: "info" | "warn" | "error"; fields: Readonly<Record<string, unknown>>; message: string } {
  const to = verdictOf(held);
  const fields = { event: "verdict", from, to, ...(held.kind === "report" ? reportFields(held.report) : {}) };
  const detail = held.kind === "report" ? summarize(held.report) : held.message;
  return { level: LOG_LEVELS[to], fields, message: `verdict ${to}${detail === null ? "" : `: ${detail}`}` };
}

function reportFields(report: Report): Readonly<Record<string, unknown>> {
  return {
    checkedAt: report.checkedAt,
    durationMs: Math.round(report.durationMs),
    gaps: report.gaps.length,
    broken: report.features.filter(({ status }) => status === "broken").map(({ id }) => id),
    ...(report.verdict === "unverified" ? { reason: report.unverified[0]?.reason ?? null } : {}),
  };
}
