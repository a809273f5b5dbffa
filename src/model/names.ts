/**
 * Names of database objects, and how PostgreSQL spells them.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */

/** An object's only identity in comparisons: schema and name, exactly as the catalog stores them (no quotes, case kept). */
export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

/** NAMEDATALEN - 1: what PostgreSQL keeps of an identifier, counted in bytes of UTF-8. */
export const MAX_IDENTIFIER_BYTES = 63;

/** Quotes one identifier for SQL, always: `a"b` becomes `"a""b"`. */
export function quoteIdentifier(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** Quotes a string literal that is safe whatever standard_conforming_strings says. */
export function quoteLiteral(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return text.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}

/** `"schema"."name"`, for SQL. */
export function quoteQualified(name: QualifiedName): string {
  return `${quoteIdentifier(name.schema)}.${quoteIdentifier(name.name)}`;
}

/** `schema.name`, for messages to people, never for SQL. */
export function displayName(name: QualifiedName): string {
  return `${name.schema}.${name.name}`;
}

/**
 * Cuts a name the way PostgreSQL does (with no more than a NOTICE): to 63 bytes, never in the middle of a character.
 * Expected names pass through here before they are compared.
 */
export function truncateIdentifier(name: string): string {
  let bytes = 0;
  let kept = "";
  for (const character of name) {
    bytes += utf8Length(character);
    if (bytes > MAX_IDENTIFIER_BYTES) return kept;
    kept += character;
  }
  return name;
}

function utf8Length(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

/** A key for maps: unambiguous whatever characters the names hold. */
export function qualifiedKey(name: QualifiedName): string {
  return JSON.stringify([name.schema, name.name]);
}

/** Total order by code unit, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function compareQualified(a: QualifiedName, b: QualifiedName): number {
  return compareText(a.schema, b.schema) || compareText(a.name, b.name);
}
