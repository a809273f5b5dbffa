/** The GRANT that closes a MISSING_PRIVILEGE gap. Diagnose shows it as evidence, repair as a step. */
import { properties, strings } from "./json.js";
import { quoteIdentifier, quoteQualified } from "./names.js";
import type { Gap } from "./report.js";

const PRIVILEGES = ["SELECT", "INSERT", "UPDATE", "DELETE", "USAGE"];

/**
 * One SQL statement with every name quoted, or null when the gap does not say for which role or what. Read from the gap:
 * `expected.role`, `expected.privilege`, and on what: `expected.sequence`, else the subject's relation (with
 * `expected.columns`, if it is about some columns only), else its schema.
 */
export function grantStatement({ code, subject, expected }: Gap): string | null {
  const { role, privilege, sequence, columns } = properties(expected);
  if (code !== "MISSING_PRIVILEGE" || subject.schema === null) return null;
  if (typeof role !== "string" || typeof privilege !== "string" || !PRIVILEGES.includes(privilege)) return null;
  const grant = (what: string, on: string) => `GRANT ${what} ON ${on} TO ${quoteIdentifier(role)};`;
  const { schema, name } = properties(sequence ?? null);
  if (typeof schema === "string" && typeof name === "string") {
    return grant(privilege, `SEQUENCE ${quoteQualified({ schema, name })}`);
  }
  if (subject.relation === null) return grant(privilege, `SCHEMA ${quoteIdentifier(subject.schema)}`);
  const names = strings(columns).map(quoteIdentifier);
  const list = names.length > 0 ? ` (${names.join(", ")})` : "";
  return grant(`${privilege}${list}`, quoteQualified({ schema: subject.schema, name: subject.relation }));
}
