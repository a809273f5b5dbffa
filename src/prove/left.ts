/** What a verification of the copy says about the plan. Pure. */
import type { Contract } from "../model/contract.js";
import type { Gap, GapCode, Report } from "../model/report.js";

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
 * @param stay ids of those that the plan leaves
 */
export function remainingOf(copy: Pick<Report, "gaps">, before: readonly Gap[], stay: readonly string[]): Gap[] {
  const ids = new Set(stay);
  const left = new Set(before.filter(({ id }) => ids.has(id)).map(({ subject }) => JSON.stringify(subject)));
  return copy.gaps.filter(
    ({ id, code, subject }) => !ids.has(id) && !left.has(JSON.stringify(subject)) && !UNSEEN_ON_A_COPY.includes(code),
  );
}

/** Why the verification of the copy does not count; null: it does. What nobody could see on the target either is no doubt. */
export function unseenOf(copy: Report, target: Pick<Report, "unverified">): string | null {
  if (copy.target.server === null) return copy.unverified[0]?.reason ?? "the copy could not be looked at";
  const known = new Set(target.unverified.map(({ subject }) => JSON.stringify(subject)));
  const [first] = copy.unverified.filter(({ subject }) => !known.has(JSON.stringify(subject)));
  return first === undefined ? null : first.reason;
}
