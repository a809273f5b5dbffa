/** The GRANT that closes a MISSING_PRIVILEGE gap. Diagnose shows it as evidence, repair as a step. */
import { quoteIdentifier, quoteQualified } from "./names.js";
import type { Gap, Json } from "./report.js";

/**
 * One SQL statement, or null when the gap does not say for which role. Reads from the gap: the privilege is the subject's
 * name (`INSERT`, `USAGE`), what it is on is the subject, `expected.role` and, for column privileges, `expected.columns`.
 */
export function grantStatement({ code, subject, expected }: Gap): string | null {
  const role = property(expected, "role");
  if (code !== "MISSING_PRIVILEGE" || typeof role !== "string" || subject.schema === null) return null;
  const privilege = /^[A-Z]+$/.exec(subject.name)?.[0];
  if (privilege === undefined) return null;
  const to = `TO ${quoteIdentifier(role)};`;
  if (subject.relation === null) return `GRANT ${privilege} ON SCHEMA ${quoteIdentifier(subject.schema)} ${to}`;
  const columns = property(expected, "columns");
  const list =
    Array.isArray(columns) && columns.length > 0 ? ` (${columns.map(String).map(quoteIdentifier).join(", ")})` : "";
  const on = `${privilege === "USAGE" ? "SEQUENCE " : ""}${quoteQualified({ schema: subject.schema, name: subject.relation })}`;
  return `GRANT ${privilege}${list} ON ${on} ${to}`;
}

function property(value: Json, name: string): Json {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  return Object.hasOwn(value, name) ? ((value as { readonly [key: string]: Json })[name] ?? null) : null;
}
