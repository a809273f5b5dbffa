/** Sentences about verdicts, for the log and for health answers. Counts only: names of objects are for callers with access. */
import type { FeatureResult, Report, Verdict } from "../model/report.js";
import { type Attempt, verdictOf } from "./verdict.js";

/**
 * `1 of 4 features broken, 1 degraded, 3 gaps`; for a report that could not be made, why. Null when there is nothing to
 * say: everything passes.
 */
export function summarize(report: Report): string | null {
  if (report.verdict === "pass") return null;
  if (report.verdict === "unverified") return `unverified: ${whyUnverified(report)}`;
  const [first, ...rest] = (["broken", "degraded"] as const)
    .map((status) => ({ status, amount: withStatus(report, status) }))
    .filter(({ amount }) => amount > 0);
  const total = count(report.features.length, "feature");
  const parts = [
    ...(first === undefined ? [] : [`${first.amount} of ${total} ${first.status}`]),
    ...rest.map(({ amount, status }) => `${amount} ${status}`),
    count(report.gaps.length, "gap"),
  ];
  return parts.join(", ");
}

/** Whether nothing could be asked, or only some of it. */
function whyUnverified(report: Report): string {
  if (report.target.server === null) return "the database could not be asked";
  return `${count(report.unverified.length, "object")} could not be looked at`;
}

/** Why an attempt gave no definite verdict, for people with access to details. */
export function describeAttempt(attempt: Attempt): string {
  if (attempt.kind === "failure") return attempt.message;
  return attempt.report.unverified[0]?.reason ?? `the verdict is ${attempt.report.verdict}`;
}

/** `3 gaps`, `1 gap` */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** `4 s`, whole seconds, rounded down: an age is never exaggerated. */
export function seconds(milliseconds: number): string {
  return `${Math.floor(milliseconds / 1000)} s`;
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

function withStatus(report: Report, status: FeatureResult["status"]): number {
  return report.features.filter((feature) => feature.status === status).length;
}
