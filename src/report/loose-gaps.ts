import type { Gap, Report } from "../model/report.js";

/** Gaps that no listed feature refers to, in the order of the report. */
export function looseGaps({ gaps, features }: Pick<Report, "gaps" | "features">): Gap[] {
  const felt = new Set(features.flatMap((feature) => feature.gaps));
  return gaps.filter(({ id }) => !felt.has(id));
}
