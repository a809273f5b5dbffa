/** Pieces that every statement is made of. Statements are pasted by people: what cannot be seen is spelled out. */
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import type { QualifiedName } from "../../model/names.js";
import type { TypeRef } from "../../model/schema.js";

/** `("a", "b")` */
export function columnList(names: readonly string[]): string {
  return `(${names.map(quoteVisibly).join(", ")})`;
}

/** An expression where the grammar wants a parenthesis. */
export function parenthesized(expression: string): string {
  return `(${expression})`;
}

/** Words that are not empty, with one blank between them and a semicolon behind them. */
export function statement(...words: readonly (string | null | false)[]): string {
  return `${clause(...words)};`;
}

export function clause(...words: readonly (string | null | false)[]): string {
  return words.filter((word) => word !== null && word !== false && word !== "").join(" ");
}

export function alterTable(relation: QualifiedName, ...words: readonly (string | null | false)[]): string {
  return statement("ALTER TABLE", qualifiedVisibly(relation), ...words);
}

export function alterColumn(
  relation: QualifiedName,
  column: string,
  ...words: readonly (string | null | false)[]
): string {
  return alterTable(relation, "ALTER COLUMN", quoteVisibly(column), ...words);
}

/**
 * A type by its qualified name, or as PostgreSQL prints it where a modifier belongs to it. Types that somebody made have
 * none; those of extensions may.
 */
export function typeName(type: TypeRef): string {
  const own = type.schema !== "pg_catalog" && type.extension === null && type.kind !== "base";
  return own ? `${qualifiedVisibly(type)}${type.array ? "[]" : ""}` : type.text;
}

export function collate(collation: QualifiedName | null): string | null {
  return collation === null ? null : `COLLATE ${qualifiedVisibly(collation)}`;
}
