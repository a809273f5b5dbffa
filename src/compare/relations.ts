import type { ExpectedRelation, RelationUse } from "../model/contract.js";
import { compareQualified, displayName, type QualifiedName } from "../model/names.js";
import type { Json } from "../model/report.js";
import type { Relation, RelationKind } from "../model/schema.js";
import { blockingExtras } from "./blocking.js";
import { compareRules, compareTriggers, rules } from "./checks.js";
import { columnNamed } from "./column-names.js";
import { compareColumns, FACTS_PER_COLUMN } from "./columns.js";
import { seenAsDescribed } from "./described.js";
import { compareForeignKeys, foreignKeys } from "./foreign-keys.js";
import { compareIndexes, plainIndexes } from "./indexes.js";
import { ALL_OPERATIONS, gap, implied, type Outcome, SATISFIED } from "./outcome.js";
import { whole as wholeSubject } from "./subjects.js";
import { compareUnique, uniquenesses } from "./unique.js";

/** Compares one relation with what was found under its name (undefined: nothing). */
export function compareRelation(
  expected: ExpectedRelation,
  found: Relation | undefined,
  uses: readonly RelationUse[],
): Outcome[] {
  if (found === undefined) return missingRelation(expected, found);
  const { actual, beyond } = seenAsDescribed(expected, found);
  return [...comparePresent(expected, actual, uses), ...beyond];
}

/** Whether what was found under the name is the relation at all: another one in its place is as good as none. */
export function standsFor(expected: ExpectedRelation, actual: Relation, uses: readonly RelationUse[]): boolean {
  const isWritten = uses.some(
    (use) => isSame(use.relation, expected) && (use.insert !== null || use.update.length > 0 || use.delete),
  );
  const cannotBeWritten = actual.kind === "materialized-view" && isWritten;
  return !cannotBeWritten && isOfKind(expected.kind, actual.kind);
}

function comparePresent(expected: ExpectedRelation, actual: Relation, uses: readonly RelationUse[]): Outcome[] {
  if (!standsFor(expected, actual, uses)) return missingRelation(expected, actual);
  const isView = actual.kind === "view" || actual.kind === "materialized-view";
  // A view has no keys, and its INSERTs are judged by the tables below it.
  if (isView && expected.kind === null) return [SATISFIED, ...compareColumns(expected, actual)];
  const { whole: judged, dependent } = withoutMissingColumns(expected, actual);
  return [
    SATISFIED,
    ...compareColumns(expected, actual),
    ...compareUnique(judged, actual),
    ...compareIndexes(judged, actual),
    ...compareForeignKeys(judged, actual),
    ...compareRules(judged, actual),
    ...compareTriggers(judged, actual),
    ...(dependent > 0 ? [implied(dependent)] : []),
    ...(isView ? [] : blockingExtras(expected, actual, uses)),
  ];
}

/** Keys and indexes on a column that is missing follow from that: they are counted as implied, not told again. */
function withoutMissingColumns(expected: ExpectedRelation, actual: Relation) {
  const missing = expected.columns
    .map(({ name }) => name)
    .filter((name) => columnNamed(actual.columns, name) === undefined);
  if (missing.length === 0) return { whole: expected, dependent: 0 };
  const stands = (columns: readonly (string | null)[]) =>
    !columns.some((column) => column !== null && missing.includes(column));
  const whole: ExpectedRelation = {
    ...expected,
    indexes: expected.indexes.filter(({ keys }) => stands(keys.map(({ column }) => column))),
    constraints: expected.constraints.filter((constraint) => !("columns" in constraint) || stands(constraint.columns)),
  };
  return { whole, dependent: factsBesideColumns(expected) - factsBesideColumns(whole) };
}

function isSame(a: QualifiedName, b: QualifiedName): boolean {
  return compareQualified(a, b) === 0;
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
      subject: wholeSubject(wantsView ? "view" : "table", expected),
      expected: { kind: expected.kind ?? "table", columns: expected.columns.map(({ name }) => name) },
      actual: actual === undefined ? null : ({ kind: actual.kind } satisfies Json),
      operations: ALL_OPERATIONS,
      introducedBy: expected.introducedBy,
      message: `${what.charAt(0).toUpperCase()}${what.slice(1)} ${displayName(expected)} is missing${instead}.`,
    }),
    implied(factsOf(expected) - 1),
  ];
}
