import type { Gap, Unverified, Verdict } from "./report.js";

/** The one rule: an error fails; what could not be looked at is neither fine nor a gap; the rest only warns. */
export function judgeVerdict(gaps: readonly Gap[], unverified: readonly Unverified[]): Verdict {
  if (gaps.some(({ severity }) => severity === "error")) return "fail";
  if (unverified.length > 0) return "unverified";
  return gaps.length > 0 ? "warn" : "pass";
}
