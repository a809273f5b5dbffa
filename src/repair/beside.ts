/** What no statement of the plan can bring, told with it: rows of new tables, and what nobody could look at. */
import type { Contract, RowsExpectation } from "../model/contract.js";
import { schemaGrant } from "../model/grants.js";
import { displayName, qualifiedKey } from "../model/names.js";
import type { NotDone } from "../model/repair.js";
import type { Report, Unverified } from "../model/report.js";

const NOTHING = { gaps: [], statements: [], hazards: [], checks: [], option: null } as const;

/** Reference rows of the tables that are missing: nobody has seen whether they are, so there is no gap for them yet. */
export function rowsOfNewTables({ applications }: Contract, { gaps }: Pick<Report, "gaps">): NotDone[] {
  const missing = new Set(
    gaps.flatMap(({ code, subject: { schema, name } }) =>
      code === "MISSING_TABLE" && schema !== null ? [qualifiedKey({ schema, name })] : [],
    ),
  );
  const wanted = applications
    .flatMap(({ features }) => features.flatMap(({ rows }) => rows))
    .filter(({ relation, atLeast }) => atLeast > 0 && missing.has(qualifiedKey(relation)));
  return [...new Map(wanted.map((rows) => [wordsFor(rows), rows])).keys()].map((what) => ({
    ...NOTHING,
    what,
    why: "The plan makes tables, not their contents. Run the application's own seed; a migration of the plan may bring them, too.",
  }));
}

function wordsFor({ relation, where, atLeast }: RowsExpectation): string {
  const which = where === null ? "" : ` with ${where}`;
  return `Fill ${displayName(relation)}: at least ${atLeast} ${atLeast === 1 ? "row" : "rows"}${which}`;
}

/** What could not be looked at may lack something that the plan therefore does not bring. */
export function notLookedAt({ unverified, target }: Pick<Report, "unverified" | "target">): NotDone[] {
  return unverified.map((each) => ({
    ...NOTHING,
    what: `Let somebody look at ${nameOf(each)}`,
    why: `Nobody knows whether something is missing there: ${each.reason}.`,
    statements:
      each.subject.kind === "schema" && each.sqlstate === "42501" ? [schemaGrant(each.subject.name, target.user)] : [],
  }));
}

function nameOf({ subject: { kind, schema, relation, name } }: Unverified): string {
  const path = [kind === "schema" ? null : schema, relation, name].filter((part) => part !== null && part !== "");
  return kind === "server" ? "the database" : `${kind} ${path.join(".")}`;
}
