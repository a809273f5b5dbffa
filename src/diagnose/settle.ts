/** Which explanations stand: the strongest one of each gap, what was seen before what a history merely leaves open. */
import type { CauseCode, Confidence } from "../model/report.js";
import { tellFor } from "./followers.js";
import type { Explanation } from "./rule.js";

export const STRENGTH: Record<Confidence, number> = { possible: 1, likely: 2, certain: 3 };

/**
 * Shown by what stands in the database itself. Among explanations that are likely they win: that a migration is pending is
 * an inference about a gap of unknown origin, a table of this name in the next schema is not.
 */
const SEEN: readonly CauseCode[] = [
  "WRONG_DATABASE",
  "WRONG_SCHEMA",
  "NAME_CASE",
  "RENAMED",
  "SKIPPED_BY_IF_NOT_EXISTS",
  "BLOCKED_BY_LOCK",
  "CONCURRENT_BUILD_RUNNING",
  "DATABASE_AHEAD",
];

/**
 * What an explanation makes superfluous, however sure that one is: in another database of course nothing was applied;
 * what was renamed, moved or never came was not lost.
 */
const REPLACES: Readonly<Partial<Record<CauseCode, readonly CauseCode[]>>> = {
  WRONG_DATABASE: [
    "MIGRATION_PENDING",
    "MIGRATION_CANNOT_APPLY",
    "NO_HISTORY",
    "DATABASE_AHEAD",
    "NO_MIGRATION_CREATES_IT",
    "APPLIED_THEN_LOST",
    "WRONG_SCHEMA",
    "NAME_CASE",
    "RENAMED",
  ],
  WRONG_SCHEMA: ["APPLIED_THEN_LOST", "NO_MIGRATION_CREATES_IT"],
  NAME_CASE: ["APPLIED_THEN_LOST", "NO_MIGRATION_CREATES_IT"],
  RENAMED: ["APPLIED_THEN_LOST"],
  ORDER_DIFFERS: ["APPLIED_THEN_LOST"],
  SKIPPED_BY_IF_NOT_EXISTS: ["APPLIED_THEN_LOST"],
  CONCURRENT_BUILD_RUNNING: ["APPLIED_THEN_LOST", "MIGRATION_PENDING"],
  CONCURRENT_BUILD_FAILED: ["APPLIED_THEN_LOST"],
};

/** Drops what explains a gap less surely than another explanation does, and every explanation that is left without gaps. */
export function settle(explanations: readonly Explanation[]): Explanation[] {
  const standing = withoutReplaced(explanations);
  const best = new Map<string, number>();
  for (const each of standing) {
    for (const gap of each.gaps) best.set(gap, Math.max(best.get(gap) ?? 0, weight(each)));
  }
  const kept = standing.map((each) => keep(each, (gap) => best.get(gap) === weight(each)));
  return withRestatements(kept);
}

function keep(explanation: Explanation, isLeft: (gap: string) => boolean): Explanation {
  const gaps = explanation.gaps.filter(isLeft);
  return gaps.length === explanation.gaps.length ? explanation : tellFor(explanation, gaps);
}

/** Certain things can be true together, and guesses stand beside each other; of two that are likely, what was seen is said. */
function weight({ code, confidence }: Explanation): number {
  return STRENGTH[confidence] * 2 + (confidence === "likely" && SEEN.includes(code) ? 1 : 0);
}

/** A guess replaces nothing: only what is at least likely does. */
function withoutReplaced(explanations: readonly Explanation[]): Explanation[] {
  const strong = explanations.filter(({ confidence }) => confidence !== "possible");
  return explanations.map((each) =>
    keep(
      each,
      (gap) => !strong.some(({ code, gaps }) => (REPLACES[code] ?? []).includes(each.code) && gaps.includes(gap)),
    ),
  );
}

/** A restating gap goes with the first explanation that explains something else too; alone it is its own proof. */
function withRestatements(explanations: readonly Explanation[]): Explanation[] {
  const said = new Set<string>();
  const claim = (explanation: Explanation): Explanation => {
    const restates = explanation.restates.filter((id) => !said.has(id));
    for (const id of restates) said.add(id);
    return { ...explanation, gaps: [...explanation.gaps, ...restates], restates };
  };
  const explains = ({ gaps, unverified = [] }: Explanation) => gaps.length > 0 || unverified.length > 0;
  const explaining = explanations.filter(explains).map(claim);
  const alone = explanations
    .filter((each) => !explains(each))
    .map((each) => claim({ ...each, confidence: "certain", doubt: null }))
    .filter(({ gaps }) => gaps.length > 0);
  return [...explaining, ...alone];
}
