import type { QualifiedName } from "./names.js";
import type { Subject } from "./report.js";

/** The relation that a subject is or belongs to; null for everything that stands outside relations. */
export function subjectRelation({ kind, schema, relation, name }: Subject): QualifiedName | null {
  // The `relation` of an enum label is its enum type.
  if (schema === null || kind === "enum") return null;
  if (relation !== null) return { schema, name: relation };
  return kind === "table" || kind === "view" ? { schema, name } : null;
}

/** The object outside relations that a subject is or belongs to: an enum (also of one of its labels), a domain, ... */
export function subjectObject({ kind, schema, relation, name }: Subject): QualifiedName | null {
  if (schema === null) return null;
  if (kind === "enum") return { schema, name: relation ?? name };
  // A function may be named with its arguments: `norm(text)`.
  if (kind === "function") return { schema, name: name.replace(/\(.*\)$/s, "") };
  return kind === "domain" || kind === "sequence" ? { schema, name } : null;
}
