/** Composite and range types and collations that a column needs: no gap tells that they are missing. */
import type { ObjectDefinition } from "../../model/definitions.js";
import { literalVisibly } from "../../model/grants.js";
import { quoteIdentifier } from "../../model/names.js";
import type { Column } from "../../model/schema.js";
import { draft } from "./draft.js";
import { runIf, unlessType } from "./guards.js";
import type { Known } from "./known.js";
import { typeKey } from "./needs.js";
import type { Draft } from "./task.js";

/** Those whose definition the contract has, each only made where it is not there. */
export function unlistedTypes(known: Known, { type, collation }: Column): Draft[] {
  const types = type.schema === "pg_catalog" ? [] : defined(known, "type", type.schema, type.name);
  const collations = collation === null ? [] : defined(known, "collation", collation.schema, collation.name);
  return [...collations, ...types].flatMap((each) => made(known, each, new Set()));
}

function defined({ definitions }: Known, kind: "type" | "collation", schema: string, name: string): ObjectDefinition[] {
  return definitions.filter((each) => each.kind === kind && each.schema === schema && each.name === name);
}

/** A field of a composite type may be of another one. */
function made(known: Known, definition: ObjectDefinition, above: ReadonlySet<ObjectDefinition>): Draft[] {
  const { schema, name, sql } = definition;
  const seen = new Set([...above, definition]);
  const below = known.definitions.filter((each) => each.kind === "type" && !seen.has(each) && isNamedIn(sql, each));
  const key = { schema: schema ?? "", name };
  const own = sql.map((text) =>
    draft("type", guarded(definition, `${text};`), `A column is of ${key.schema}.${name}.`, { makes: [typeKey(key)] }),
  );
  return [...below.flatMap((each) => made(known, each, seen)), ...own];
}

function isNamedIn(sql: readonly string[], { schema, name }: ObjectDefinition): boolean {
  const spellings = [`${schema}.${name}`, `${quoteIdentifier(schema ?? "")}.${quoteIdentifier(name)}`];
  return sql.some((text) => spellings.some((spelling) => text.includes(spelling)));
}

function guarded({ kind, schema, name }: ObjectDefinition, statement: string): string {
  if (kind === "type") return unlessType({ schema: schema ?? "", name }, statement);
  const place = `collnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ${literalVisibly(schema ?? "")})`;
  const found = `SELECT FROM pg_catalog.pg_collation WHERE collname = ${literalVisibly(name)} AND ${place}`;
  return runIf(`NOT EXISTS (${found})`, statement);
}
