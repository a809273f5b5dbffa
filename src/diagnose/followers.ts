/** Gaps that follow from others: a foreign key cannot stand where the table that it leads to is missing. */
import { displayName } from "../model/names.js";
import type { Gap } from "../model/report.js";
import type { Explanation } from "./rule.js";

/** Id of a gap -> id of the gap that it follows from. */
export type Followers = ReadonlyMap<string, string>;

export function followersOf(gaps: readonly Gap[]): Followers {
  const tables = new Map(
    gaps
      .filter(({ code }) => code === "MISSING_TABLE")
      .map(({ id, subject }) => [displayName({ schema: subject.schema ?? "", name: subject.name }), id]),
  );
  return new Map(
    gaps.flatMap(({ id, code, expected }) => {
      const table = code === "MISSING_CONSTRAINT" ? tables.get(referenceOf(expected) ?? "") : undefined;
      return table === undefined ? [] : [[id, table] as const];
    }),
  );
}

/** What a foreign key leads to, as src/compare describes it; null: no foreign key. */
function referenceOf(expected: Gap["expected"]): string | null {
  if (typeof expected !== "object" || expected === null || !("references" in expected)) return null;
  return typeof expected.references === "string" ? expected.references : null;
}

/** Takes away what follows from an explained gap: no other reason is asked for. */
export function withoutFollowers(explanations: readonly Explanation[], followers: Followers): Explanation[] {
  const explained = new Set(explanations.flatMap(({ gaps }) => gaps));
  const follows = (gap: string) => explained.has(followers.get(gap) ?? "");
  return explanations.map((each) => {
    const gaps = each.gaps.filter((gap) => !follows(gap));
    return gaps.length === each.gaps.length ? each : tellFor(each, gaps);
  });
}

/** Gives what follows to whatever explains the gap that it follows from. */
export function withFollowers(explanations: readonly Explanation[], followers: Followers): Explanation[] {
  return explanations.map((each) => {
    const added = [...followers].filter(([gap, from]) => each.gaps.includes(from) && !each.gaps.includes(gap));
    return added.length === 0 ? each : { ...each, gaps: [...each.gaps, ...added.map(([gap]) => gap)] };
  });
}

/** The explanation for some of its gaps, in the words that fit those. */
export function tellFor(explanation: Explanation, gaps: readonly string[]): Explanation {
  const { retell } = explanation;
  return gaps.length > 0 && retell !== undefined ? retell(gaps) : { ...explanation, gaps };
}
