import type { SqlConnection } from "../db/index.js";
import type { QualifiedName } from "../model/names.js";
import type { Constraint, ReferentialAction } from "../model/schema.js";
import { distinct, groupBy, inChunks } from "./chunks.js";
import { CatalogChanged, type Expressions, printedExpression } from "./expressions.js";
import { buildKeys, type ColumnsByPosition, type IndexReading } from "./indexes.js";
import type { NameRow } from "./queries/columns.js";
import {
  type ConstraintRow,
  constraintsQuery,
  type IndexRow,
  OPERATORS,
  REFERENCED_COLUMNS,
  type ReferencedRow,
} from "./queries/constraints.js";

export interface ConstraintReading {
  readonly byRelation: ReadonlyMap<number, readonly ConstraintRow[]>;
  readonly referenced: ReadonlyMap<number, QualifiedName>;
  readonly referencedColumns: ReadonlyMap<string, string>;
  readonly operators: ReadonlyMap<number, QualifiedName>;
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: "no-action",
  r: "restrict",
  c: "cascade",
  n: "set-null",
  d: "set-default",
};
const MATCHES = { s: "simple", f: "full", p: "partial" } as const;

export async function readConstraints(connection: SqlConnection, oids: readonly number[]): Promise<ConstraintReading> {
  const text = constraintsQuery(connection.serverVersion);
  const all = await inChunks(oids, (chunk) => connection.query<ConstraintRow>(text, [chunk]));
  const rows = withoutClones(all);
  const referenced = await inChunks(distinct(rows.map((row) => row.referenced)), (chunk) =>
    connection.query<ReferencedRow>(REFERENCED_COLUMNS, [chunk]),
  );
  const operators = await inChunks(distinct(rows.flatMap((row) => row.operators ?? [])), (chunk) =>
    connection.query<NameRow>(OPERATORS, [chunk]),
  );
  return {
    byRelation: groupBy(rows, ({ oid }) => oid),
    referenced: new Map(referenced.map(({ oid, schema, name }) => [oid, { schema, name }])),
    referencedColumns: new Map(referenced.map((row) => [`${row.oid}/${row.position}`, row.column])),
    operators: new Map(operators.map(({ oid, schema, name }) => [oid, { schema, name }])),
  };
}

/** A foreign key to a partitioned table has a clone for each of its partitions on the same referencing table: one fact, not many. */
function withoutClones(rows: readonly ConstraintRow[]): ConstraintRow[] {
  const owner = new Map(rows.map((row) => [row.id, row.oid]));
  return rows.filter((row) => row.parent === 0 || owner.get(row.parent) !== row.oid);
}

/** Positions of columns whose NOT NULL was added NOT VALID (PostgreSQL 18). */
export function unvalidatedNotNull(rows: readonly ConstraintRow[]): Set<number> {
  return new Set(rows.filter((row) => row.type === "n" && !row.validated).flatMap((row) => row.columns ?? []));
}

export interface ConstraintSurroundings {
  readonly columns: ColumnsByPosition;
  readonly indexes: readonly IndexRow[];
  readonly indexReading: IndexReading;
  readonly reading: ConstraintReading;
  readonly expressions: Expressions;
}

/** One constraint of the model; null for those that are a column's property (contype n). */
export function buildConstraint(row: ConstraintRow, around: ConstraintSurroundings): Constraint | null {
  const base = {
    name: row.name,
    validated: row.validated,
    enforced: row.enforced,
    deferrable: row.deferrable,
    initiallyDeferred: row.deferred,
  };
  const names = (positions: readonly number[] | null) =>
    (positions ?? []).map((position) => around.columns.get(position)?.name ?? "");
  const index = around.indexes.find(({ id }) => id === row.index);
  switch (row.type) {
    case "p":
    case "u":
      return {
        ...base,
        kind: row.type === "p" ? "primary-key" : "unique",
        columns: names(row.columns),
        include: names(index?.columns.slice(index.key_count) ?? []),
        nullsNotDistinct: index?.nulls_not_distinct ?? false,
        index: index?.name ?? "",
      };
    case "f":
      return { ...base, kind: "foreign-key", columns: names(row.columns), ...foreignSide(row, around.reading) };
    case "c":
      return {
        ...base,
        kind: "check",
        expression: printedExpression(around.expressions, row.oid, around.expressions.checks.get(row.id)),
      };
    case "x":
      if (index === undefined) throw new CatalogChanged("an index was dropped while its constraint was read");
      return { ...base, kind: "exclusion", ...exclusionParts(row, index, around) };
    default:
      return null;
  }
}

function foreignSide(row: ConstraintRow, reading: ConstraintReading) {
  return {
    references: reading.referenced.get(row.referenced) ?? { schema: "", name: "" },
    referencedColumns: (row.referenced_columns ?? []).map(
      (position) => reading.referencedColumns.get(`${row.referenced}/${position}`) ?? "",
    ),
    onDelete: ACTIONS[row.on_delete] ?? "no-action",
    onUpdate: ACTIONS[row.on_update] ?? "no-action",
    match: MATCHES[row.match as keyof typeof MATCHES] ?? "simple",
  };
}

function exclusionParts(row: ConstraintRow, index: IndexRow, around: ConstraintSurroundings) {
  const keys = buildKeys(index, around.columns, around.indexReading, around.expressions);
  const predicate = index.has_predicate
    ? printedExpression(around.expressions, row.oid, around.expressions.indexes.get(`${index.id}/0`))
    : null;
  return {
    method: around.indexReading.methods.get(index.method) ?? "",
    elements: keys.map((key, i) => ({
      key,
      operator: around.reading.operators.get(row.operators?.[i] ?? 0)?.name ?? "",
    })),
    predicate,
    index: index.name,
  };
}
