/** Which migration a gap's object comes with, when the contract was compiled from migrations. */
import type { Contract } from "../model/contract.js";
import type { Provenance } from "../model/provenance.js";
import type { Gap, GapCode, Subject } from "../model/report.js";

/** The property that a gap of this code is about, as the provenance calls it. */
const PROPERTIES: Partial<Readonly<Record<GapCode, string>>> = {
  COLUMN_TYPE: "type",
  COLUMN_NULLABILITY: "nullability",
  COLUMN_DEFAULT: "default",
};

/**
 * The gaps, each with the migration that creates what is missing, or that last changed what differs. Gaps whose object
 * has no provenance keep what they say.
 */
export function withOrigins(gaps: readonly Gap[], { provenance }: Contract): readonly Gap[] {
  if (provenance.length === 0) return gaps;
  const known = new Map(provenance.map((each) => [keyOf(each.subject, each.property), each]));
  return gaps.map((gap) => {
    const origin = originOf(gap, known);
    return origin === null ? gap : { ...gap, introducedBy: origin };
  });
}

function originOf({ code, subject }: Gap, known: ReadonlyMap<string, Provenance>): string | null {
  const whole = known.get(keyOf(subject, null));
  // What blocks is not in the contract, and rows and privileges are nobody's migration.
  if (whole === undefined || code.startsWith("BLOCKING_")) return null;
  if (code.startsWith("MISSING_")) return whole.createdBy.migration;
  const property = PROPERTIES[code];
  const changed = property === undefined ? undefined : known.get(keyOf(subject, property));
  return (changed ?? whole).changedBy.migration;
}

function keyOf({ kind, schema, relation, name }: Subject, property: string | null): string {
  // A view that is required as "any relation" is missing as a table.
  return JSON.stringify([kind === "view" ? "table" : kind, schema, relation, name, property]);
}
