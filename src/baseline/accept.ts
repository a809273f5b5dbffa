/** A report beside a baseline: what is accepted only warns, and what is new fails as before. Nothing is hidden. */
import type { FeatureResult, FeatureStatus, Gap, Report } from "../model/report.js";
import { judgeVerdict } from "../model/verdict.js";
import type { Baseline } from "./file.js";

/**
 * Pure. Accepted gaps become warnings, features that they alone break are degraded, and the verdict follows from that.
 * @param whole whether the report is about everything that the baseline was written for: otherwise nothing is stale
 */
export function acceptGaps(report: Report, baseline: Baseline, whole = true): Report {
  const known = new Set(baseline.gaps.map(({ id }) => id));
  const accepted = report.gaps.filter(({ id }) => known.has(id));
  const gaps = report.gaps.map((gap): Gap => (known.has(gap.id) ? { ...gap, severity: "warning" } : gap));
  const found = new Set(report.gaps.map(({ id }) => id));
  // What could not be looked at may still be there.
  const stale = whole && report.unverified.length === 0 ? baseline.gaps.filter(({ id }) => !found.has(id)) : [];
  return {
    ...report,
    verdict: judgeVerdict(gaps, report.unverified),
    gaps,
    features: report.features.map((feature) => soften(feature, gaps)),
    baseline: { accepted: accepted.map(({ id, severity }) => ({ id, severity })), stale },
  };
}

function soften(feature: FeatureResult, gaps: readonly Gap[]): FeatureResult {
  if (feature.status !== "broken") return feature;
  const own = gaps.filter(({ id }) => feature.gaps.includes(id));
  const status: FeatureStatus = own.some(({ severity }) => severity === "error") ? "broken" : "degraded";
  return { ...feature, status };
}
