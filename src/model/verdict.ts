import type { Gap, Report, SmokeResult, StepResult, Unverified, Verdict } from "./report.js";

/** The one rule: an error fails; what could not be looked at is neither fine nor a gap; the rest only warns. */
export function judgeVerdict(gaps: readonly Gap[], unverified: readonly Unverified[]): Verdict {
  if (gaps.some(({ severity }) => severity === "error")) return "fail";
  if (unverified.length > 0) return "unverified";
  return gaps.length > 0 ? "warn" : "pass";
}

/** Whether a step fails its run: one with a severity only warns, or is optional. */
export function failsTheRun({ outcome, severity }: Pick<StepResult, "outcome" | "severity">): boolean {
  return severity === undefined && (outcome === "failed" || outcome === "errored");
}

/** Whether an application answered no request at all: then it was not tested. */
export function neverAnswered({ flows }: Pick<SmokeResult, "flows">): boolean {
  const steps = flows.flatMap((flow) => flow.steps).filter(({ outcome }) => outcome !== "skipped");
  const requests = steps.filter(({ request }) => request !== null);
  return requests.length > 0 && requests.every(({ outcome, status }) => outcome === "errored" && status === null);
}

/**
 * Schema and smoke run together. What is known to be wrong comes before what is not known, and that before what only
 * warns; something that was left behind warns.
 */
export function judgeGate(schema: Verdict, smoke: SmokeResult): Verdict {
  const untested = neverAnswered(smoke);
  if (schema === "fail" || (smoke.outcome === "failed" && !untested)) return "fail";
  if (schema === "unverified" || untested) return "unverified";
  const isLeft = smoke.cleanup.leftovers.length > 0;
  return schema === "warn" || smoke.outcome === "warning" || isLeft ? "warn" : "pass";
}

/** Whether a warning of the schema is more than what the baseline accepts. */
export function warnsBesides({ gaps, baseline, verdict }: Report): boolean {
  const accepted = new Set(baseline?.accepted.map(({ id }) => id));
  return verdict === "warn" && gaps.some(({ id }) => !accepted.has(id));
}
