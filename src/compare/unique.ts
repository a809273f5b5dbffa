/**
 * "These columns are unique" is one fact, whether a primary key, a unique constraint or a unique index says it
 * (Prisma's @unique creates an index). A partial, invalid or deferrable one does not serve ON CONFLICT (columns).
 * https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT
 */
import type { ExpectedRelation } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { Json, Operation } from "../model/report.js";
import type { Index, KeyConstraint, Relation } from "../model/schema.js";
import { columnNamed } from "./column-names.js";
import { sameMembers, uniqueColumns } from "./index-definition.js";
import { invalidIndex } from "./indexes.js";
import { gap, type Outcome, SATISFIED } from "./outcome.js";
import { columnList, partOf } from "./subjects.js";

interface Uniqueness {
  readonly kind: "primary-key" | "constraint" | "index";
  readonly name: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly mayDefer: boolean;
  /** The index as the contract has it, for messages about invalid ones. */
  readonly index: Index | null;
}

const WRITES: readonly Operation[] = ["insert", "update"];

/** Everything in the contract that says "unique on these columns", each column set once. */
export function uniquenesses(relation: ExpectedRelation): Uniqueness[] {
  const keys = relation.constraints.filter((constraint): constraint is KeyConstraint => isKey(constraint.kind));
  const fromKeys = keys.map(
    (key): Uniqueness => ({
      kind: key.kind === "primary-key" ? "primary-key" : "constraint",
      name: key.name,
      columns: key.columns,
      nullsNotDistinct: key.nullsNotDistinct,
      mayDefer: key.deferrable,
      index: relation.indexes.find(({ name }) => name === key.index) ?? null,
    }),
  );
  const fromIndexes = relation.indexes.flatMap((index): Uniqueness[] => {
    const columns = index.constraint === null ? uniqueColumns(index) : null;
    if (columns === null) return [];
    return [
      { kind: "index", name: index.name, columns, nullsNotDistinct: index.nullsNotDistinct, mayDefer: false, index },
    ];
  });
  const all = [...fromKeys, ...fromIndexes];
  return all.filter((one, i) => all.findIndex((other) => sameMembers(one.columns, other.columns)) === i);
}

function isKey(kind: string): boolean {
  return kind === "primary-key" || kind === "unique";
}

export function compareUnique(expected: ExpectedRelation, actual: Relation): Outcome[] {
  return uniquenesses(expected).map((unique) => compareOne(expected, unique, actual));
}

function compareOne(relation: ExpectedRelation, unique: Uniqueness, actual: Relation): Outcome {
  if (unique.index !== null && unique.index.method !== "btree") return withoutOverlaps(relation, unique, actual);
  const candidates = actual.indexes.filter((index) => {
    const columns = uniqueColumns(index);
    return columns !== null && sameMembers(columns, unique.columns);
  });
  const valid = candidates.filter((index) => index.valid);
  const serving = valid.filter((index) => sameNulls(unique, index, actual));
  if (serving.some((index) => index.immediate || unique.mayDefer)) return primaryKeyIsThere(relation, unique, actual);
  if (serving.length > 0) return deferrable(relation, unique);
  if (valid.length > 0) return otherNulls(relation, unique);
  const invalid = candidates.find((index) => !index.valid);
  if (invalid !== undefined) return invalidIndex(relation, { ...invalid, unique: true }, invalid);
  return missing(relation, unique, actual);
}

/** A key WITHOUT OVERLAPS (PostgreSQL 18) has a gist index: no arbiter for ON CONFLICT, so nothing but such a key will do. */
function withoutOverlaps(relation: ExpectedRelation, unique: Uniqueness, actual: Relation): Outcome {
  const methodOf = (name: string) => actual.indexes.find((index) => index.name === name)?.method;
  const serving = actual.constraints.find(
    (other) =>
      (other.kind === "primary-key" || other.kind === "unique") &&
      methodOf(other.index) === unique.index?.method &&
      // The last column is the period.
      other.columns.at(-1) === unique.columns.at(-1) &&
      sameMembers(other.columns, unique.columns),
  );
  return serving === undefined ? missing(relation, unique, actual) : primaryKeyIsThere(relation, unique, actual);
}

/** NULLS NOT DISTINCT makes no difference where no column can be NULL. */
function sameNulls(unique: Uniqueness, index: Index, actual: Relation): boolean {
  if (unique.nullsNotDistinct === index.nullsNotDistinct) return true;
  return unique.columns.every((column) => columnNamed(actual.columns, column)?.nullable === false);
}

/** Unique and NOT NULL does all that statements need of a primary key; replication and foreign keys without columns need more. */
function primaryKeyIsThere(relation: ExpectedRelation, unique: Uniqueness, actual: Relation): Outcome {
  if (unique.kind !== "primary-key") return SATISFIED;
  const key = actual.constraints.find(({ kind }) => kind === "primary-key") as KeyConstraint | undefined;
  if (key !== undefined && sameMembers(key.columns, unique.columns)) return SATISFIED;
  return gap({
    code: "MISSING_CONSTRAINT",
    severity: "warning",
    subject: partOf(relation, "constraint", unique.name),
    expected: describe(unique),
    actual: key === undefined ? { unique: true, primaryKey: null } : { primaryKey: key.columns },
    operations: WRITES,
    introducedBy: relation.introducedBy,
    message: `${displayName(relation)} is unique on ${columnList(unique.columns)}, but that is not its primary key.`,
  });
}

/** ON CONFLICT works with either; only what happens to a second NULL differs. */
function otherNulls(relation: ExpectedRelation, unique: Uniqueness): Outcome {
  const effect = unique.nullsNotDistinct
    ? "several rows with NULL are let in"
    : "a second row with NULL is refused (23505)";
  return gap({
    code: "CONSTRAINT_DEFINITION",
    severity: "warning",
    subject: partOf(relation, unique.kind === "index" ? "index" : "constraint", unique.name),
    expected: { ...describe(unique), nullsNotDistinct: unique.nullsNotDistinct },
    actual: { nullsNotDistinct: !unique.nullsNotDistinct },
    operations: WRITES,
    introducedBy: relation.introducedBy,
    message: `${displayName(relation)} is unique on ${columnList(unique.columns)}, but treats NULL differently: ${effect}.`,
  });
}

function deferrable(relation: ExpectedRelation, unique: Uniqueness): Outcome {
  return gap({
    code: "CONSTRAINT_DEFINITION",
    severity: "error",
    subject: partOf(relation, "constraint", unique.name),
    expected: { ...describe(unique), deferrable: false },
    actual: { ...describe(unique), deferrable: true },
    operations: WRITES,
    introducedBy: relation.introducedBy,
    message: `The unique constraint on ${displayName(relation)} ${columnList(unique.columns)} is DEFERRABLE: INSERT … ON CONFLICT cannot use it (55000).`,
  });
}

function missing(relation: ExpectedRelation, unique: Uniqueness, actual: Relation): Outcome {
  const key = actual.constraints.find(({ kind }) => kind === "primary-key") as KeyConstraint | undefined;
  const otherKey = unique.kind === "primary-key" ? key : undefined;
  const differs = otherKey !== undefined;
  const what =
    unique.kind === "primary-key" ? "primary key" : unique.kind === "constraint" ? "unique constraint" : "unique index";
  const instead = otherKey === undefined ? "" : `; its primary key is ${columnList(otherKey.columns)}`;
  return gap({
    code: differs ? "CONSTRAINT_DEFINITION" : unique.kind === "index" ? "MISSING_INDEX" : "MISSING_CONSTRAINT",
    severity: "error",
    subject: partOf(relation, unique.kind === "index" ? "index" : "constraint", unique.name),
    expected: describe(unique),
    actual: otherKey === undefined ? null : { primaryKey: otherKey.columns },
    operations: WRITES,
    introducedBy: relation.introducedBy,
    message: `${displayName(relation)} has no ${what} on ${columnList(unique.columns)}${instead}: upserts fail (42P10) and duplicates are not kept out.`,
  });
}

function describe(unique: Uniqueness): { readonly [key: string]: Json } {
  return {
    columns: unique.columns,
    unique: true,
    ...(unique.kind === "primary-key" ? { primaryKey: true } : {}),
    ...(unique.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
  };
}
