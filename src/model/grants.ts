/** The GRANT that closes a MISSING_PRIVILEGE gap. Diagnose shows it as evidence, repair as a step. */
import { properties, strings } from "./json.js";
import { type QualifiedName, quoteIdentifier, quoteLiteral } from "./names.js";
import type { Gap } from "./report.js";

/** What a terminal acts on or does not show: control characters, separators, invisible and direction-changing ones. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const ESCAPED = new RegExp(`${UNSEEN.source}|\\\\`, "g");

/**
 * Quotes one identifier for a statement that is shown to people and pasted by them: `U&"a\0007b"` where the name holds
 * what cannot be shown. https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function quoteVisibly(identifier: string): string {
  if (!UNSEEN.test(identifier)) return quoteIdentifier(identifier);
  const spell = (found: string) =>
    found === "\\" ? "\\\\" : `\\${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return `U&${quoteIdentifier(identifier.replace(ESCAPED, spell))}`;
}

/** A string literal for a statement to be pasted: `E'a\\u0007b'` where it holds what cannot be shown. */
export function literalVisibly(text: string): string {
  if (!UNSEEN.test(text)) return quoteLiteral(text);
  const spell = (found: string) =>
    found === "\\" ? "\\\\" : `\\u${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return `E'${text.replace(ESCAPED, spell).replaceAll("'", "''")}'`;
}

/** `"schema"."name"`, for a statement to be pasted. */
export function qualifiedVisibly({ schema, name }: QualifiedName): string {
  return `${quoteVisibly(schema)}.${quoteVisibly(name)}`;
}

/** `GRANT USAGE ON SCHEMA "schema" TO "role";` */
export function schemaGrant(schema: string, role: string): string {
  return `GRANT USAGE ON SCHEMA ${quoteVisibly(schema)} TO ${quoteVisibly(role)};`;
}

const PRIVILEGES = ["SELECT", "INSERT", "UPDATE", "DELETE", "USAGE"];

/**
 * One SQL statement with every name quoted, or null when the gap does not say for which role or what. Read from the gap:
 * `expected.role`, `expected.privilege`, and on what: `expected.sequence`, else the subject's relation (with
 * `expected.columns`, if it is about some columns only), else its schema; for CONNECT, `expected.database`.
 */
export function grantStatement({ code, subject, expected }: Gap): string | null {
  const { role, privilege, sequence, columns, database } = properties(expected);
  if (code !== "MISSING_PRIVILEGE" || typeof role !== "string") return null;
  if (privilege === "CONNECT" && typeof database === "string") {
    return `GRANT CONNECT ON DATABASE ${quoteVisibly(database)} TO ${quoteVisibly(role)};`;
  }
  if (subject.schema === null) return null;
  if (typeof privilege !== "string" || !PRIVILEGES.includes(privilege)) return null;
  const grant = (what: string, on: string) => `GRANT ${what} ON ${on} TO ${quoteVisibly(role)};`;
  const { schema, name } = properties(sequence ?? null);
  if (typeof schema === "string" && typeof name === "string") {
    return grant(privilege, `SEQUENCE ${qualifiedVisibly({ schema, name })}`);
  }
  if (subject.relation === null) return grant(privilege, `SCHEMA ${quoteVisibly(subject.schema)}`);
  const names = strings(columns).map(quoteVisibly);
  const list = names.length > 0 ? ` (${names.join(", ")})` : "";
  return grant(`${privilege}${list}`, qualifiedVisibly({ schema: subject.schema, name: subject.relation }));
}

/** `GRANT SELECT ON "schema"."relation" TO "role";` */
export function selectGrant(relation: QualifiedName, role: string): string {
  return `GRANT SELECT ON ${qualifiedVisibly(relation)} TO ${quoteVisibly(role)};`;
}
