import type { SqlConnection } from "../db/index.js";
import type { QualifiedName } from "../model/names.js";
import type { TypeRef } from "../model/schema.js";
import { inChunks } from "./chunks.js";
import { ByPosition } from "./parts.js";
import { COLLATIONS, type NameRow, TYPES, type TypeRow } from "./queries/columns.js";

const KINDS: Readonly<Record<string, TypeRef["kind"]>> = {
  b: "base",
  e: "enum",
  d: "domain",
  c: "composite",
  r: "range",
  m: "multirange",
  p: "pseudo",
};

export interface TypeLookup {
  find(type: number, modifier: number): TypeRef | null;
  /** Collation that columns of the type have unless told otherwise; 0: not collatable. */
  defaultCollation(type: number, modifier: number): number;
}

/** Resolves types by oid and modifier: compared by identity, printed by `format_type`. */
export async function readTypes(
  connection: SqlConnection,
  wanted: readonly { readonly type: number; readonly modifier: number }[],
): Promise<TypeLookup> {
  const pairs = new ByPosition<boolean>();
  const list = wanted.filter(({ type, modifier }) => {
    if (pairs.get(type, modifier)) return false;
    pairs.set(type, modifier, true);
    return true;
  });
  const rows = await inChunks(
    list.map((_, position) => position),
    (chunk) =>
      connection.query<TypeRow>(TYPES, [
        chunk.map((position) => list[position]?.type),
        chunk.map((position) => list[position]?.modifier),
      ]),
  );
  const found = new ByPosition(
    rows.map((row) => [row.type, row.modifier, { ref: toTypeRef(row), collation: row.collation }] as const),
  );
  return {
    find: (type, modifier) => found.get(type, modifier)?.ref ?? null,
    defaultCollation: (type, modifier) => found.get(type, modifier)?.collation ?? 0,
  };
}

function toTypeRef(row: TypeRow): TypeRef {
  return {
    text: row.text,
    schema: row.schema,
    name: row.name,
    extension: row.extension,
    modifier: row.modifier,
    array: row.is_array,
    kind: KINDS[row.kind] ?? "base",
    category: row.category,
  };
}

/** Collation oids -> names. */
export async function readCollations(
  connection: SqlConnection,
  oids: readonly number[],
): Promise<Map<number, QualifiedName>> {
  const rows = await inChunks(oids, (chunk) => connection.query<NameRow>(COLLATIONS, [chunk]));
  return new Map(rows.map(({ oid, schema, name }) => [oid, { schema, name }]));
}
