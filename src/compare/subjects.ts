import { displayName, type QualifiedName } from "../model/names.js";
import type { Subject, SubjectKind } from "../model/report.js";

/** The subject of something that belongs to a relation: a column, an index, a constraint, a trigger, a privilege. */
export function partOf(relation: QualifiedName, kind: SubjectKind, name: string): Subject {
  return { kind, schema: relation.schema, relation: relation.name, name };
}

/** The subject of an object of its own: a table, a type, a sequence. */
export function whole(kind: SubjectKind, object: QualifiedName): Subject {
  return { kind, schema: object.schema, relation: null, name: object.name };
}

/** `public.users.email`: for messages. */
export function columnName(relation: QualifiedName, column: string): string {
  return `${displayName(relation)}.${column}`;
}

/** `(appId, modelId)`: for messages. */
export function columnList(columns: readonly string[]): string {
  return `(${columns.join(", ")})`;
}
