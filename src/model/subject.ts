import type { QualifiedName } from "./names.js";
import type { Subject } from "./report.js";

/** The relation that a subject is or belongs to; null for everything that stands outside relations. */
export function subjectRelation({ kind, schema, relation, name }: Subject): QualifiedName | null {
  if (schema === null) return null;
  if (relation !== null) return { schema, name: relation };
  return kind === "table" || kind === "view" ? { schema, name } : null;
}
