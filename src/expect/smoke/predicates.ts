import type { Predicate } from "../../model/flow.js";
import type { Json } from "../../model/report.js";
import type { AssertSection, SqlSection } from "../schema/check-file.js";
import { PREDICATES, SHIFTS } from "../schema/claims.js";
import { toJson } from "../schema/values.js";

type PredicatesSection = Exclude<AssertSection["body"], undefined>;
type PredicateSection = Exclude<PredicatesSection, readonly unknown[]> | Exclude<RowsSection, undefined>;
type RowsSection = Exclude<SqlSection["assert"], undefined>["rows"];

/** One predicate: a plain value means equals. */
export function readPredicate(section: PredicateSection): Predicate {
  if (section === null || typeof section !== "object") return { equals: section };
  const entries = [...PREDICATES, ...SHIFTS].flatMap((name): [string, Json][] => {
    const value = section[name];
    return value === undefined ? [] : [[name, toJson(value)]];
  });
  return Object.fromEntries(entries);
}

/** One or several predicates that must all hold. */
export function readPredicates(section: PredicatesSection): Predicate[] {
  return Array.isArray(section) ? section.map(readPredicate) : [readPredicate(section)];
}
