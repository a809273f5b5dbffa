/** What the replay of the migrations tells about the object of a gap. */
import type { Contract } from "../model/contract.js";
import type { Provenance } from "../model/provenance.js";
import type { Subject } from "../model/report.js";

/** Finds the provenance of an object itself, not of its properties. */
export interface Provenances {
  find(subject: Subject): Provenance | undefined;
}

export function provenancesOf({ provenance }: Contract): Provenances {
  const known = new Map(
    provenance.filter(({ property }) => property === null).map((each) => [keyOf(each.subject), each]),
  );
  return { find: (subject) => known.get(keyOf(subject)) };
}

/** A view that is required as "any relation" is missing as a table; a function may be named without its arguments. */
function keyOf({ kind, schema, relation, name }: Subject): string {
  if (kind === "function") return JSON.stringify([kind, schema, null, name.replace(/\(.*\)$/s, "")]);
  // An extension may be installed in any schema.
  if (kind === "extension") return JSON.stringify([kind, null, null, name]);
  return JSON.stringify([kind === "view" ? "table" : kind, schema, relation, name]);
}
