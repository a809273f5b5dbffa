/** What a report says about its baseline, for every page: how many gaps are accepted, which, and what is stale. */
import type { Report } from "../model/report.js";
import { plural, subjectWithKind } from "./display.js";

export interface BaselineWords {
  /** One sentence. */
  readonly summary: string;
  /** `MISSING_COLUMN column public.avatars.projectId`, each with what it does. */
  readonly accepted: readonly string[];
  readonly stale: readonly string[];
}

/** Null when there is no baseline, or nothing to say about it. */
export function baselineWords({ baseline, gaps }: Report): BaselineWords | null {
  if (baseline === undefined) return null;
  const severities = new Map(baseline.accepted.map(({ id, severity }) => [id, severity]));
  const accepted = gaps.flatMap(({ id, code, subject }) => {
    const severity = severities.get(id);
    if (severity === undefined) return [];
    return [`${code} ${subjectWithKind(subject)}${severity === "error" ? " (breaks statements)" : ""}`];
  });
  const stale = baseline.stale.map(({ code, subject }) => `${code} ${subjectWithKind(subject)}`);
  if (accepted.length + stale.length === 0) return null;
  const others = gaps.length - accepted.length;
  const counts = [`${plural(accepted.length, "gap")} accepted`, `${others} not in the baseline`];
  const old = stale.length === 0 ? [] : [`${stale.length} stale: take them out with --write-baseline`];
  return { summary: [...counts, ...old].join(", "), accepted, stale };
}
