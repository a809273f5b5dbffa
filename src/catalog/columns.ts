import type { SqlConnection } from "../db/index.js";
import type { QualifiedName } from "../model/names.js";
import type { Column, ColumnSequence, Expression, IdentityKind, TypeRef } from "../model/schema.js";
import { distinct, groupBy, inChunks } from "./chunks.js";
import { type Expressions, printedExpression } from "./expressions.js";
import {
  COLUMN_SEQUENCES,
  COLUMNS,
  type ColumnRow,
  type ColumnSequenceRow,
  DEFAULTS,
  type DefaultRow,
} from "./queries/columns.js";
import { COLUMN_PRIVILEGES, type ColumnPrivilegeRow, type RelationRow } from "./queries/relations.js";
import { readCollations, readTypes, type TypeLookup } from "./types.js";

export interface ColumnReading {
  readonly rows: readonly ColumnRow[];
  readonly byRelation: ReadonlyMap<number, readonly ColumnRow[]>;
  readonly defaults: ReadonlyMap<string, DefaultRow>;
  readonly sequences: ReadonlyMap<string, ColumnSequence>;
  readonly privileges: ReadonlyMap<string, ColumnPrivilegeRow>;
  readonly types: TypeLookup;
  readonly collations: ReadonlyMap<number, QualifiedName>;
}

const IDENTITY: Readonly<Record<string, IdentityKind>> = { a: "always", d: "by-default" };

/** Reads the raw columns of relations: never waits for a lock. */
export async function readColumns(
  connection: SqlConnection,
  relations: readonly RelationRow[],
  role: string | null,
): Promise<ColumnReading> {
  const oids = relations.map(({ oid }) => oid);
  const rows = await inChunks(oids, (chunk) => connection.query<ColumnRow>(COLUMNS, [chunk]));
  const defaults = await inChunks(oids, (chunk) => connection.query<DefaultRow>(DEFAULTS, [chunk]));
  const sequences = await inChunks(oids, (chunk) =>
    connection.query<ColumnSequenceRow>(COLUMN_SEQUENCES, [chunk, role]),
  );
  const partial = relations
    .filter((row) => !(row.can_select && row.can_insert && row.can_update))
    .map(({ oid }) => oid);
  const privileges = await inChunks(partial, (chunk) =>
    connection.query<ColumnPrivilegeRow>(COLUMN_PRIVILEGES, [role, chunk]),
  );
  const types = await readTypes(connection, rows);
  return {
    rows,
    byRelation: groupBy(rows, ({ oid }) => oid),
    defaults: new Map(defaults.map((row) => [key(row), row])),
    sequences: sequenceOfColumn(sequences),
    privileges: new Map(privileges.map((row) => [key(row), row])),
    types,
    collations: await readCollations(connection, distinct(rows.map(({ collation }) => collation))),
  };
}

function key(row: { readonly oid: number; readonly position: number }): string {
  return `${row.oid}/${row.position}`;
}

/** The sequence in use wins over one that is merely dropped along with the column. */
function sequenceOfColumn(rows: readonly ColumnSequenceRow[]): Map<string, ColumnSequence> {
  const found = new Map<string, ColumnSequence>();
  for (const row of [...rows].sort((a, b) => a.rank - b.rank)) {
    found.set(key(row), { schema: row.schema, name: row.name, usage: row.usage });
  }
  return found;
}

/** Builds the columns of one relation in the order of their position. */
export function buildColumns(
  relation: RelationRow,
  reading: ColumnReading,
  expressions: Expressions,
  unvalidatedNotNull: ReadonlySet<number>,
): Column[] {
  const rows = [...(reading.byRelation.get(relation.oid) ?? [])].sort((a, b) => a.position - b.position);
  return rows.map((row) => {
    const privileges = reading.privileges.get(key(row));
    return {
      name: row.name,
      position: row.position,
      type: reading.types.find(row.type, row.modifier) ?? vanishedType(row),
      nullable: !row.not_null,
      notNullValidated: !unvalidatedNotNull.has(row.position),
      default: row.generated === "" ? expressionOf(reading.defaults.get(key(row))?.expression) : null,
      identity: IDENTITY[row.identity] ?? null,
      generated: generatedOf(row, expressions),
      sequence: reading.sequences.get(key(row)) ?? null,
      collation: collationOf(row, reading),
      privileges: {
        select: relation.can_select || (privileges?.can_select ?? false),
        insert: relation.can_insert || (privileges?.can_insert ?? false),
        update: relation.can_update || (privileges?.can_update ?? false),
      },
    };
  });
}

/** An expression as printed; an empty one means that it could not be printed now (locked). */
export function expressionOf(text: string): Expression;
export function expressionOf(text: string | null | undefined): Expression | null;
export function expressionOf(text: string | null | undefined): Expression | null {
  return text === null || text === undefined ? null : { text, renderings: text === "" ? [] : [text] };
}

function generatedOf(row: ColumnRow, expressions: Expressions): Column["generated"] {
  if (row.generated === "") return null;
  const expression = printedExpression(expressions, row.oid, expressions.generated.get(key(row)));
  return { kind: row.generated === "v" ? "virtual" : "stored", expression };
}

function collationOf(row: ColumnRow, reading: ColumnReading): QualifiedName | null {
  if (row.collation === 0 || row.collation === reading.types.defaultCollation(row.type, row.modifier)) return null;
  return reading.collations.get(row.collation) ?? null;
}

/** The type was dropped (with its column) between two statements; the second reading will not see the column. */
function vanishedType(row: ColumnRow): TypeRef {
  return {
    text: `type ${row.type}`,
    schema: "",
    name: "",
    extension: null,
    modifier: row.modifier,
    array: false,
    kind: "base",
    category: "",
  };
}
