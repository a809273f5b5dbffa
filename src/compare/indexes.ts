/**
 * Indexes match by definition, whatever their names. Uniqueness on plain columns is compared in unique.ts, because a
 * unique index, a unique constraint and a primary key are one class.
 */
import type { ExpectedRelation } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { Operation } from "../model/report.js";
import type { Index, Relation } from "../model/schema.js";
import { describeIndex, indexText, serves, uniqueColumns } from "./index-definition.js";
import { gap, type Outcome, SATISFIED, unverified } from "./outcome.js";
import { partOf } from "./subjects.js";

/** Expected indexes that unique.ts does not judge: plain, partial and expression indexes. */
export function plainIndexes(relation: ExpectedRelation): Index[] {
  return relation.indexes.filter((index) => index.constraint === null && uniqueColumns(index) === null);
}

export function compareIndexes(expected: ExpectedRelation, actual: Relation): Outcome[] {
  return plainIndexes(expected).map((index) => compareIndex(expected, index, actual));
}

function compareIndex(relation: ExpectedRelation, index: Index, actual: Relation): Outcome {
  const serving = actual.indexes.filter((candidate) => serves(index, candidate) === "same");
  if (serving.some(({ valid }) => valid)) return SATISFIED;
  const broken = serving[0];
  if (broken !== undefined) return invalidIndex(relation, index, broken);
  if (actual.indexes.some((candidate) => serves(index, candidate) === "unknown")) {
    return unverified(
      partOf(relation, "index", index.name),
      "the relation is locked, index expressions cannot be printed",
      "55P03",
      [],
    );
  }
  const stricter =
    index.unique &&
    actual.indexes.find(
      (candidate) =>
        candidate.valid && candidate.predicate === null && serves({ ...index, predicate: null }, candidate) === "same",
    );
  if (stricter) return stricterIndex(relation, index, stricter);
  const namesake = actual.indexes.find(({ name }) => name === index.name);
  return namesake === undefined ? missingIndex(relation, index) : otherDefinition(relation, index, namesake);
}

/** Without a unique index ON CONFLICT has no arbiter (42P10) and duplicates come in; without a plain one, it is slow. */
export function indexOperations(index: Index): readonly Operation[] {
  return index.unique ? ["insert", "update"] : ["select", "update", "delete"];
}

export function invalidIndex(relation: ExpectedRelation, expected: Index, actual: Index): Outcome {
  const state = actual.building
    ? "is still being built"
    : "is not valid, so no query uses it: a concurrent build is still at work or did not finish";
  return gap({
    code: "INVALID_INDEX",
    severity: expected.unique ? "error" : "warning",
    subject: partOf(relation, "index", actual.name),
    expected: { ...asObject(describeIndex(expected)), valid: true },
    actual: { name: actual.name, valid: actual.valid, ready: actual.ready, building: actual.building },
    operations: indexOperations(expected),
    introducedBy: relation.introducedBy,
    message: `Index ${actual.name} on ${displayName(relation)} ${state}.`,
  });
}

function missingIndex(relation: ExpectedRelation, index: Index): Outcome {
  return gap({
    code: "MISSING_INDEX",
    severity: index.unique ? "error" : "warning",
    subject: partOf(relation, "index", index.name),
    expected: describeIndex(index),
    actual: null,
    operations: indexOperations(index),
    introducedBy: relation.introducedBy,
    message: `${displayName(relation)} has no ${indexText(index)}.`,
  });
}

function otherDefinition(relation: ExpectedRelation, index: Index, namesake: Index): Outcome {
  return gap({
    code: "INDEX_DEFINITION",
    severity: index.unique ? "error" : "warning",
    subject: partOf(relation, "index", index.name),
    expected: describeIndex(index),
    actual: describeIndex(namesake),
    operations: indexOperations(index),
    introducedBy: relation.introducedBy,
    message: `Index ${index.name} on ${displayName(relation)} is ${article(indexText(namesake))}, expected ${article(indexText(index))}.`,
  });
}

/** ON CONFLICT works with it, but it also refuses rows that the predicate would let in. */
function stricterIndex(relation: ExpectedRelation, index: Index, actual: Index): Outcome {
  return gap({
    code: "INDEX_DEFINITION",
    severity: "warning",
    subject: partOf(relation, "index", actual.name),
    expected: describeIndex(index),
    actual: describeIndex(actual),
    operations: ["insert", "update"],
    introducedBy: relation.introducedBy,
    message: `Index ${actual.name} on ${displayName(relation)} has no predicate, expected ${article(indexText(index))}: rows outside of it can be refused (23505).`,
  });
}

function article(noun: string): string {
  return noun.startsWith("u") ? `a ${noun}` : `an ${noun}`;
}

function asObject(value: ReturnType<typeof describeIndex>): Record<string, typeof value> {
  return value as Record<string, typeof value>;
}
