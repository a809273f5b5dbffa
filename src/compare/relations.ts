import type { ExpectedRelation, RelationUse } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { Json } from "../model/report.js";
import type { Relation, RelationKind } from "../model/schema.js";
import { blockingExtras } from "./blocking.js";
import { compareRules, compareTriggers, rules } from "./checks.js";
import { compareColumns, FACTS_PER_COLUMN } from "./columns.js";
import { compareForeignKeys, foreignKeys } from "./foreign-keys.js";
import { compareIndexes, plainIndexes } from "./indexes.js";
import { ALL_OPERATIONS, gap, implied, type Outcome, SATISFIED } from "./outcome.js";
import { whole } from "./subjects.js";
import { compareUnique, uniquenesses } from "./unique.js";

/** Compares one relation with what was found under its name (undefined: nothing). */
export function compareRelation(
  expected: ExpectedRelation,
  actual: Relation | undefined,
  uses: readonly RelationUse[],
): Outcome[] {
  if (actual === undefined || !isOfKind(expected.kind, actual.kind)) return missingRelation(expected, actual);
  const isView = actual.kind === "view" || actual.kind === "materialized-view";
  // A view has no keys, and its INSERTs are judged by the tables below it.
  if (isView && expected.kind === null) return [SATISFIED, ...compareColumns(expected, actual)];
  return [
    SATISFIED,
    ...compareColumns(expected, actual),
    ...compareUnique(expected, actual),
    ...compareIndexes(expected, actual),
    ...compareForeignKeys(expected, actual),
    ...compareRules(expected, actual),
    ...compareTriggers(expected, actual),
    ...(isView ? [] : blockingExtras(expected, actual, uses)),
  ];
}

/** To an application a partitioned table is a table; a view is told apart from a materialized one only on request. */
function isOfKind(expected: RelationKind | null, actual: RelationKind): boolean {
  if (expected === null || expected === actual) return true;
  return expected === "table" && (actual === "partitioned-table" || actual === "foreign-table");
}

/** How many expectations a relation holds: the relation itself and each fact about its parts. */
export function factsOf(expected: ExpectedRelation): number {
  return 1 + expected.columns.length * FACTS_PER_COLUMN + factsBesideColumns(expected);
}

function factsBesideColumns(expected: ExpectedRelation): number {
  return (
    uniquenesses(expected).length +
    plainIndexes(expected).length +
    foreignKeys(expected).length +
    rules(expected).length +
    expected.triggers.length
  );
}

function missingRelation(expected: ExpectedRelation, actual: Relation | undefined): Outcome[] {
  const wantsView = expected.kind === "view" || expected.kind === "materialized-view";
  const what = (expected.kind ?? "table").replace("-", " ");
  const instead = actual === undefined ? "" : `; there is a ${actual.kind.replace("-", " ")} of this name`;
  return [
    gap({
      code: wantsView ? "MISSING_VIEW" : "MISSING_TABLE",
      severity: "error",
      subject: whole(wantsView ? "view" : "table", expected),
      expected: { kind: expected.kind ?? "table", columns: expected.columns.map(({ name }) => name) },
      actual: actual === undefined ? null : ({ kind: actual.kind } satisfies Json),
      operations: ALL_OPERATIONS,
      introducedBy: expected.introducedBy,
      message: `${what.charAt(0).toUpperCase()}${what.slice(1)} ${displayName(expected)} is missing${instead}.`,
    }),
    implied(factsOf(expected) - 1),
  ];
}
