import type { SqlConnection } from "../db/index.js";
import type { QualifiedName } from "../model/names.js";
import type { Index, IndexKey } from "../model/schema.js";
import { distinct, groupBy, inChunks } from "./chunks.js";
import { type Expressions, printedExpression } from "./expressions.js";
import { listReader } from "./parts.js";
import type { ColumnRow, NameRow } from "./queries/columns.js";
import {
  ACCESS_METHODS,
  INDEX_BUILDS,
  type IndexRow,
  indexesQuery,
  OPERATOR_CLASSES,
  type OperatorClassRow,
} from "./queries/constraints.js";
import { readCollations } from "./types.js";

/** An index as its row says, the vectors read. */
export interface IndexFacts extends Omit<IndexRow, "columns" | "classes" | "options" | "collations"> {
  readonly columns: readonly number[];
  readonly classes: readonly number[];
  readonly options: readonly number[];
  readonly collations: readonly number[];
}

export interface IndexReading {
  readonly byRelation: ReadonlyMap<number, readonly IndexFacts[]>;
  readonly methods: ReadonlyMap<number, string>;
  readonly classes: ReadonlyMap<number, OperatorClassRow>;
  readonly collations: ReadonlyMap<number, QualifiedName>;
  readonly building: ReadonlySet<number>;
}

/** Reads indexes from raw catalog columns: half the server time of pg_get_indexdef, and no lock. */
export async function readIndexes(connection: SqlConnection, oids: readonly number[]): Promise<IndexReading> {
  const text = indexesQuery(connection.serverVersion);
  const rows = withLists(await inChunks(oids, (chunk) => connection.query<IndexRow>(text, [chunk])));
  const classes = await inChunks(distinct(rows.flatMap((row) => row.classes)), (chunk) =>
    connection.query<OperatorClassRow>(OPERATOR_CLASSES, [chunk]),
  );
  const methods = rows.length === 0 ? [] : await connection.query<NameRow>(ACCESS_METHODS);
  const unfinished = rows.filter((row) => !row.valid || !row.ready).map(({ id }) => id);
  const builds = await inChunks(unfinished, (chunk) => connection.query<{ id: number }>(INDEX_BUILDS, [chunk]));
  return {
    byRelation: groupBy(rows, ({ oid }) => oid),
    methods: new Map(methods.map(({ oid, name }) => [oid, name])),
    classes: new Map(classes.map((row) => [row.oid, row])),
    collations: await readCollations(connection, distinct(rows.flatMap((row) => row.collations))),
    building: new Set(builds.map(({ id }) => id)),
  };
}

function withLists(rows: readonly IndexRow[]): IndexFacts[] {
  const list = listReader();
  return rows.map((row) => ({
    ...row,
    columns: list(row.columns),
    classes: list(row.classes),
    options: list(row.options),
    collations: list(row.collations),
  }));
}

/** Columns of a relation by attnum. */
export type ColumnsByPosition = ReadonlyMap<number, ColumnRow>;

export function buildIndex(
  row: IndexFacts,
  columns: ColumnsByPosition,
  reading: IndexReading,
  expressions: Expressions,
  constraint: string | null,
): Index {
  const name = (position: number) => columns.get(position)?.name ?? "";
  return {
    name: row.name,
    method: reading.methods.get(row.method) ?? "",
    keys: buildKeys(row, columns, reading, expressions),
    include: row.columns.slice(row.key_count).map(name),
    predicate: row.has_predicate ? printedExpression(expressions, row.oid, expressions.indexes.get(row.id, 0)) : null,
    unique: row.unique,
    nullsNotDistinct: row.nulls_not_distinct,
    constraint,
    immediate: row.immediate,
    valid: row.valid && row.ready,
    ready: row.ready,
    building: reading.building.has(row.id),
  };
}

/** `indoption` bit 0: DESC, bit 1: NULLS FIRST (src/include/catalog/pg_index.h). */
export function buildKeys(
  row: IndexFacts,
  columns: ColumnsByPosition,
  reading: IndexReading,
  expressions: Expressions,
): IndexKey[] {
  return row.columns.slice(0, row.key_count).map((attnum, i) => {
    const column = columns.get(attnum);
    const options = row.options[i] ?? 0;
    const operatorClass = reading.classes.get(row.classes[i] ?? 0);
    const collation = row.collations[i] ?? 0;
    const ownCollation = collation === 0 || collation === (column === undefined ? DEFAULT_COLLATION : column.collation);
    return {
      column: attnum === 0 ? null : (column?.name ?? ""),
      expression: attnum === 0 ? printedExpression(expressions, row.oid, expressions.indexes.get(row.id, i + 1)) : null,
      descending: (options & 1) === 1,
      nullsFirst: (options & 2) === 2,
      operatorClass:
        operatorClass === undefined || operatorClass.is_default
          ? null
          : { schema: operatorClass.schema, name: operatorClass.name },
      collation: ownCollation ? null : (reading.collations.get(collation) ?? null),
    };
  });
}

/** pg_catalog."default", a fixed oid: what an expression has unless told otherwise. */
const DEFAULT_COLLATION = 100;
