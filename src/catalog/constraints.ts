import type { SqlConnection } from "../db/index.js";
import type { QualifiedName } from "../model/names.js";
import type { Constraint, ReferentialAction } from "../model/schema.js";
import { distinct, groupBy, inChunks } from "./chunks.js";
import { type Expressions, printedExpression } from "./expressions.js";
import { buildKeys, type ColumnsByPosition, type IndexFacts, type IndexReading } from "./indexes.js";
import { ByPosition, listReader } from "./parts.js";
import type { NameRow } from "./queries/columns.js";
import {
  type ConstraintRow,
  constraintsQuery,
  OPERATORS,
  REFERENCED_COLUMNS,
  type ReferencedRow,
} from "./queries/constraints.js";
import type { RelationRow } from "./queries/relations.js";
import { CatalogChanged } from "./savepoint.js";

/** A constraint as its row says, the lists read. */
export interface ConstraintFacts extends Omit<ConstraintRow, "columns" | "referenced_columns" | "operators"> {
  readonly columns: readonly number[];
  readonly referenced_columns: readonly number[];
  readonly operators: readonly number[];
}

export interface ConstraintReading {
  readonly byRelation: ReadonlyMap<number, readonly ConstraintFacts[]>;
  /** What foreign keys point to outside of the relations that are read. */
  readonly referenced: ReadonlyMap<number, QualifiedName>;
  readonly referencedColumns: ByPosition<string>;
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
  const rows = withoutClones(withLists(all));
  const referenced = await readReferenced(connection, rows, new Set(oids));
  const operators = await inChunks(distinct(rows.flatMap((row) => row.operators)), (chunk) =>
    connection.query<NameRow>(OPERATORS, [chunk]),
  );
  return {
    byRelation: groupBy(rows, ({ oid }) => oid),
    referenced: new Map(referenced.map(({ oid, schema, name }) => [oid, { schema, name }])),
    referencedColumns: new ByPosition(referenced.map((row) => [row.oid, row.position, row.column] as const)),
    operators: new Map(operators.map(({ oid, schema, name }) => [oid, { schema, name }])),
  };
}

function withLists(rows: readonly ConstraintRow[]): ConstraintFacts[] {
  const read = listReader();
  const list = (text: string | null) => (text === null ? [] : read(text));
  return rows.map((row) => ({
    ...row,
    columns: list(row.columns),
    referenced_columns: list(row.referenced_columns),
    operators: list(row.operators),
  }));
}

/** @param known relations whose names and columns are read anyway */
async function readReferenced(
  connection: SqlConnection,
  rows: readonly ConstraintFacts[],
  known: ReadonlySet<number>,
): Promise<ReferencedRow[]> {
  const seen = new ByPosition<boolean>();
  const places: { readonly oid: number; readonly position: number }[] = [];
  for (const { referenced: oid, referenced_columns } of rows) {
    if (oid === 0 || known.has(oid)) continue;
    for (const position of referenced_columns) {
      if (!seen.get(oid, position)) places.push({ oid, position });
      seen.set(oid, position, true);
    }
  }
  return inChunks([...places.keys()], (chunk) => {
    const asked = chunk.flatMap((at) => places[at] ?? []);
    const params = [asked.map(({ oid }) => oid), asked.map(({ position }) => position)];
    return connection.query<ReferencedRow>(REFERENCED_COLUMNS, params);
  });
}

/** A foreign key to a partitioned table has a clone for each of its partitions on the same referencing table: one fact, not many. */
function withoutClones(rows: readonly ConstraintFacts[]): ConstraintFacts[] {
  const owner = new Map(rows.map((row) => [row.id, row.oid]));
  return rows.filter((row) => row.parent === 0 || owner.get(row.parent) !== row.oid);
}

/** Positions of columns whose NOT NULL was added NOT VALID (PostgreSQL 18). */
export function unvalidatedNotNull(rows: readonly ConstraintFacts[]): Set<number> {
  return new Set(rows.filter((row) => row.type === "n" && !row.validated).flatMap((row) => row.columns));
}

export interface ConstraintSurroundings {
  readonly columns: ColumnsByPosition;
  readonly indexes: readonly IndexFacts[];
  readonly indexReading: IndexReading;
  readonly reading: ConstraintReading;
  /** The relations that are read, which most foreign keys point to. */
  readonly relations: ReadonlyMap<number, RelationRow>;
  readonly columnsOf: (relation: number) => ColumnsByPosition | undefined;
  readonly expressions: Expressions;
}

/** One constraint of the model; null for those that are a column's property (contype n). */
export function buildConstraint(row: ConstraintFacts, around: ConstraintSurroundings): Constraint | null {
  const { name, validated, enforced, deferrable, deferred: initiallyDeferred } = row;
  const base = { name, validated, enforced, deferrable, initiallyDeferred };
  const names = (positions: readonly number[]) => positions.map((position) => around.columns.get(position)?.name ?? "");
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
      return { ...base, kind: "foreign-key", columns: names(row.columns), ...foreignSide(row, around) };
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

function foreignSide(row: ConstraintFacts, { reading, relations, columnsOf }: ConstraintSurroundings) {
  const target = relations.get(row.referenced) ?? reading.referenced.get(row.referenced);
  const columns = columnsOf(row.referenced);
  const nameOf = (position: number) =>
    columns === undefined ? reading.referencedColumns.get(row.referenced, position) : columns.get(position)?.name;
  return {
    references: { schema: target?.schema ?? "", name: target?.name ?? "" },
    referencedColumns: row.referenced_columns.map((position) => nameOf(position) ?? ""),
    onDelete: ACTIONS[row.on_delete] ?? "no-action",
    onUpdate: ACTIONS[row.on_update] ?? "no-action",
    match: MATCHES[row.match as keyof typeof MATCHES] ?? "simple",
  };
}

function exclusionParts(row: ConstraintFacts, index: IndexFacts, around: ConstraintSurroundings) {
  const keys = buildKeys(index, around.columns, around.indexReading, around.expressions);
  const predicate = index.has_predicate
    ? printedExpression(around.expressions, row.oid, around.expressions.indexes.get(index.id, 0))
    : null;
  return {
    method: around.indexReading.methods.get(index.method) ?? "",
    elements: keys.map((key, i) => ({
      key,
      operator: around.reading.operators.get(row.operators[i] ?? 0)?.name ?? "",
    })),
    predicate,
    index: index.name,
  };
}
