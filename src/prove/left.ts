/** What a verification of the copy says about the plan. Pure. */
import type { Contract } from "../model/contract.js";
import { quoteVisibly } from "../model/grants.js";
import type { NotDone } from "../model/repair.js";
import type { Gap, GapCode, Report, Subject } from "../model/report.js";

/** Roles, rows and policies in force belong to the target: on a copy nobody can see them. */
export const UNSEEN_ON_A_COPY: readonly GapCode[] = ["MISSING_PRIVILEGE", "MISSING_ROWS", "ROW_SECURITY_HIDES_ROWS"];

/** The contract without what a copy cannot have: privileges of roles, and rows. */
export function forCopy(contract: Contract): Contract {
  const applications = contract.applications.map((application) => ({
    ...application,
    role: false as const,
    features: application.features.map((feature) => ({ ...feature, rows: [] })),
  }));
  return { ...contract, applications };
}

/**
 * Gaps of the copy that the plan was to close, or that it made. Half of what was to be done may be: a foreign key that is
 * there and not validated is what is left of one that was missing.
 * @param before those of the target
 * @param notDone what the plan leaves
 * @param ignored ids of gaps that the plan has nothing to do with
 */
export function remainingOf(
  copy: Pick<Report, "gaps">,
  before: readonly Gap[],
  notDone: readonly Pick<NotDone, "gaps" | "statements">[],
  ignored: readonly string[],
): Gap[] {
  const ids = new Set([...notDone.flatMap(({ gaps }) => gaps), ...ignored]);
  const left = new Set(before.filter(({ id }) => ids.has(id)).map(({ subject }) => JSON.stringify(subject)));
  const isPart = partsLeft(before, notDone);
  return copy.gaps.filter(
    (gap) =>
      !ids.has(gap.id) &&
      !left.has(JSON.stringify(gap.subject)) &&
      !isPart(gap) &&
      !UNSEEN_ON_A_COPY.includes(gap.code),
  );
}

/** The index of a column that was missing is told with the column, and becomes a gap of its own when the column is there. */
function partsLeft(
  before: readonly Gap[],
  notDone: readonly Pick<NotDone, "gaps" | "statements">[],
): (gap: Gap) => boolean {
  const told = notDone.map(({ gaps, statements }) => {
    const about = before.filter(({ id }) => gaps.includes(id)).map(({ subject }) => placeOf(subject));
    return { statements, places: new Set(about) };
  });
  return ({ code, subject }) => {
    const name = quoteVisibly(subject.name);
    const isMissing = PARTS.includes(code);
    return (
      isMissing &&
      told.some(
        ({ places, statements }) => places.has(placeOf(subject)) && statements.some((sql) => sql.includes(` ${name} `)),
      )
    );
  };
}

const PARTS: readonly GapCode[] = ["MISSING_INDEX", "MISSING_CONSTRAINT", "UNVALIDATED_CONSTRAINT"];

function placeOf({ schema, relation, name }: Subject): string {
  return JSON.stringify([schema, relation ?? name]);
}

/** Why the verification of the copy does not count; null: it does. What nobody could see on the target either is no doubt. */
export function unseenOf(copy: Report, target: Pick<Report, "unverified">): string | null {
  if (copy.target.server === null) return copy.unverified[0]?.reason ?? "the copy could not be looked at";
  const known = new Set(target.unverified.map(({ subject }) => JSON.stringify(subject)));
  const [first] = copy.unverified.filter(({ subject }) => !known.has(JSON.stringify(subject)));
  return first === undefined ? null : first.reason;
}
