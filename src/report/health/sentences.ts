/** Sentences about a verdict. Counts only: names of objects are for callers with access. */
import type { FeatureResult, Report } from "../../model/report.js";
import { plural } from "../display.js";

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
  const total = plural(report.features.length, "feature");
  const parts = [
    ...(first === undefined ? [] : [`${first.amount} of ${total} ${first.status}`]),
    ...rest.map(({ amount, status }) => `${amount} ${status}`),
    plural(report.gaps.length, "gap"),
  ];
  return parts.join(", ");
}

/** Whether nothing could be asked, or only some of it. */
function whyUnverified(report: Report): string {
  if (report.target.server === null) return "the database could not be asked";
  return `${plural(report.unverified.length, "object")} could not be looked at`;
}

/** Why a report has no definite verdict, for people with access to details. */
export function reasonOf(report: Report): string {
  return report.unverified[0]?.reason ?? `the verdict is ${report.verdict}`;
}

/** `4 s`, whole seconds, rounded down: an age is never exaggerated. */
export function seconds(milliseconds: number): string {
  return `${Math.floor(milliseconds / 1000)} s`;
}

function withStatus(report: Report, status: FeatureResult["status"]): number {
  return report.features.filter((feature) => feature.status === status).length;
}
