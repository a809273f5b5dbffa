import type { SqlConnection } from "../db/index.js";
import type { QualifiedName } from "../model/names.js";
import type { Column, ColumnSequence, Expression, IdentityKind, TypeRef } from "../model/schema.js";
import { distinct, groupBy, inChunks } from "./chunks.js";
import { type Expressions, printedExpression } from "./expressions.js";
import { ByPosition } from "./parts.js";
import {
  COLUMNS,
  type ColumnRow,
  type ColumnSequenceRow,
  DEFAULT_SEQUENCES,
  DEFAULTS,
  DEFAULTS_BESIDE_GENERATED,
  type DefaultRow,
  OWNED_SEQUENCES,
} from "./queries/columns.js";
import { COLUMN_PRIVILEGES, type ColumnPrivilegeRow, type RelationRow } from "./queries/relations.js";
import { inSavepoint } from "./savepoint.js";
import { readCollations, readTypes, type TypeLookup } from "./types.js";

export interface ColumnReading {
  readonly byRelation: ReadonlyMap<number, readonly ColumnRow[]>;
  readonly defaults: ByPosition<Expression | null>;
  readonly sequences: ByPosition<ColumnSequence>;
  readonly privileges: ByPosition<ColumnPrivilegeRow>;
  readonly types: TypeLookup;
  readonly collations: ReadonlyMap<number, QualifiedName>;
}

const IDENTITY: Readonly<Record<string, IdentityKind>> = { a: "always", d: "by-default" };

/** Reads the raw columns of relations: never waits for a lock. @throws CatalogChanged */
export async function readColumns(
  connection: SqlConnection,
  relations: readonly RelationRow[],
  role: string | null,
): Promise<ColumnReading> {
  const oids = relations.map(({ oid }) => oid);
  const rows = await inChunks(oids, (chunk) => connection.query<ColumnRow>(COLUMNS, [chunk]));
  const defaults = await readDefaults(connection, oids, rows);
  const sequences = await readSequences(connection, oids, defaults, role);
  const partial = relations
    .filter((row) => !(row.can_select && row.can_insert && row.can_update))
    .map(({ oid }) => oid);
  const privileges = await inChunks(partial, (chunk) =>
    connection.query<ColumnPrivilegeRow>(COLUMN_PRIVILEGES, [role, chunk]),
  );
  const types = await readTypes(connection, rows);
  return {
    byRelation: groupBy(rows, ({ oid }) => oid),
    defaults: expressionOfColumn(defaults),
    sequences: sequenceOfColumn(sequences),
    privileges: new ByPosition(privileges.map((row) => [row.oid, row.position, row] as const)),
    types,
    collations: await readCollations(connection, distinct(rows.map(({ collation }) => collation))),
  };
}

async function readDefaults(
  connection: SqlConnection,
  oids: readonly number[],
  columns: readonly ColumnRow[],
): Promise<DefaultRow[]> {
  const generating = new Set(columns.filter(({ generated }) => generated !== "").map(({ oid }) => oid));
  const read = (text: string) => (chunk: readonly number[]) => connection.query<DefaultRow>(text, [chunk]);
  const plain = oids.filter((oid) => !generating.has(oid));
  const beside = await inChunks([...generating], read(DEFAULTS_BESIDE_GENERATED));
  if (plain.length === 0) return beside;
  const rows = await inSavepoint(connection, "schemaready_defaults", () => inChunks(plain, read(DEFAULTS)));
  for (const row of beside) rows.push(row);
  return rows;
}

/** Only a constant of type regclass makes an expression refer to a sequence, and it is printed with its type. */
async function readSequences(
  connection: SqlConnection,
  oids: readonly number[],
  defaults: readonly DefaultRow[],
  role: string | null,
): Promise<ColumnSequenceRow[]> {
  const owned = await inChunks(oids, (chunk) => connection.query<ColumnSequenceRow>(OWNED_SEQUENCES, [chunk, role]));
  const referring = defaults.filter(({ expression }) => expression?.includes("regclass"));
  const referred = await inChunks([...referring.keys()], (chunk) => {
    const rows = chunk.flatMap((at) => referring[at] ?? []);
    const places = [rows.map(({ oid }) => oid), role, rows.map(({ position }) => position)];
    return connection.query<ColumnSequenceRow>(DEFAULT_SEQUENCES, places);
  });
  return [...owned, ...referred];
}

/** Equal defaults share one expression: `now()` stands in every other table. */
function expressionOfColumn(rows: readonly DefaultRow[]): ByPosition<Expression | null> {
  const known = new Map<string | null, Expression | null>();
  const found = new ByPosition<Expression | null>();
  for (const { oid, position, expression } of rows) {
    let shared = known.get(expression);
    if (shared === undefined) {
      shared = expressionOf(expression);
      known.set(expression, shared);
    }
    found.set(oid, position, shared);
  }
  return found;
}

/** The sequence in use wins over one that is merely dropped along with the column. */
function sequenceOfColumn(rows: readonly ColumnSequenceRow[]): ByPosition<ColumnSequence> {
  const byRank = [...rows].sort((a, b) => a.rank - b.rank);
  return new ByPosition(
    byRank.map(({ oid, position, schema, name, usage }) => [oid, position, { schema, name, usage }] as const),
  );
}

/** Builds the columns of one relation in the order of their position. */
export function buildColumns(
  relation: RelationRow,
  reading: ColumnReading,
  expressions: Expressions,
  unvalidatedNotNull: ReadonlySet<number>,
): Column[] {
  const rows = [...(reading.byRelation.get(relation.oid) ?? [])].sort((a, b) => a.position - b.position);
  const whole = { select: relation.can_select, insert: relation.can_insert, update: relation.can_update };
  return rows.map((row) => {
    const privileges = reading.privileges.get(row.oid, row.position);
    return {
      name: row.name,
      position: row.position,
      type: reading.types.find(row.type, row.modifier) ?? vanishedType(row),
      nullable: !row.not_null,
      notNullValidated: !unvalidatedNotNull.has(row.position),
      default: row.generated === "" ? (reading.defaults.get(row.oid, row.position) ?? null) : null,
      identity: IDENTITY[row.identity] ?? null,
      generated: generatedOf(row, expressions),
      sequence: reading.sequences.get(row.oid, row.position) ?? null,
      collation: collationOf(row, reading),
      privileges: privileges === undefined ? whole : withOwn(whole, privileges),
    };
  });
}

function withOwn(whole: Column["privileges"], own: ColumnPrivilegeRow): Column["privileges"] {
  return {
    select: whole.select || own.can_select,
    insert: whole.insert || own.can_insert,
    update: whole.update || own.can_update,
  };
}

/** An expression as printed; an empty one means that it could not be printed now (locked). */
export function expressionOf(text: string): Expression;
export function expressionOf(text: string | null): Expression | null;
export function expressionOf(text: string | null): Expression | null {
  return text === null ? null : { text, renderings: text === "" ? [] : [text] };
}

function generatedOf(row: ColumnRow, expressions: Expressions): Column["generated"] {
  if (row.generated === "") return null;
  const expression = printedExpression(expressions, row.oid, expressions.generated.get(row.oid, row.position));
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
