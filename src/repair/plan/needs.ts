/** Keys of what statements make and need, so that nothing runs before what it rests on, or without it. */
import { displayName, type QualifiedName } from "../../model/names.js";
import type { TypeRef } from "../../model/schema.js";

type NeedKind =
  | "extension"
  | "schema"
  | "type"
  | "sequence"
  | "relation"
  | "column"
  | "column-type"
  | "unique"
  | "function"
  | "label";

function key(kind: NeedKind, readable: string, ...parts: readonly string[]): string {
  return JSON.stringify([kind, ...parts, readable]);
}

/** `table public.users`: the key as people say it. */
export function readableKey(made: string): string {
  const parts: unknown = JSON.parse(made);
  return Array.isArray(parts) ? String(parts.at(-1)) : made;
}

export const extensionKey = (name: string): string => key("extension", `extension ${name}`, name);
export const schemaKey = (name: string): string => key("schema", `schema ${name}`, name);
export const typeKey = (name: QualifiedName): string => ofName("type", "type", name);
export const sequenceKey = (name: QualifiedName): string => ofName("sequence", "sequence", name);
export const relationKey = (name: QualifiedName): string => ofName("relation", "table", name);
/** Whatever its arguments are: a statement does not say which overload it means. */
export const functionKey = (name: QualifiedName): string => ofName("function", "function", name);

function ofName(kind: NeedKind, word: string, name: QualifiedName): string {
  return key(kind, `${word} ${displayName(name)}`, name.schema, name.name);
}

export function columnKey(table: QualifiedName, column: string): string {
  return key("column", `column ${displayName(table)}.${column}`, table.schema, table.name, column);
}

/** The expected type of a column that is there with another one: views hand it on. */
export function columnTypeKey(table: QualifiedName, column: string): string {
  const readable = `the type of ${displayName(table)}.${column}`;
  return key("column-type", readable, table.schema, table.name, column);
}

/** A key or unique index on exactly these columns, for foreign keys to rest on. */
export function uniqueKey(table: QualifiedName, columns: readonly string[]): string {
  const sorted = [...columns].sort();
  return key(
    "unique",
    `uniqueness of ${displayName(table)} (${sorted.join(", ")})`,
    table.schema,
    table.name,
    ...sorted,
  );
}

export function labelKey(type: QualifiedName, label: string): string {
  return key("label", `label ${label} of enum ${displayName(type)}`, type.schema, type.name, label);
}

/** What a column of this type needs: nothing for a built-in one. */
export function typeNeeds({ schema, name, extension }: TypeRef): string[] {
  if (extension !== null) return [extensionKey(extension)];
  return schema === "pg_catalog" ? [] : [typeKey({ schema, name })];
}
