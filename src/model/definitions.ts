/**
 * What the schema model says too little about to print it again: the statement or clause, as PostgreSQL printed it when
 * the contract was compiled. Everything else is printed from the model (src/repair/ddl).
 */
import type { QualifiedName } from "./names.js";

/** Whole statements, each of which makes the object or a part of it. */
export const STATEMENT_KINDS = [
  "extension",
  "collation",
  "type",
  "function",
  "view",
  "row-security",
  "policy",
  "rule",
  "trigger",
  "statistics",
] as const;

/**
 * One clause, to be put into the statement of something else: options of a sequence (`AS integer START WITH 5 ...`) or of
 * an identity column, a constraint as pg_get_constraintdef prints it, `UNLOGGED`, parents (`"app"."parents"`),
 * a partition key (`RANGE (day)`); for a partition the schema and the name of its parent, as they are, and its bound.
 */
export const CLAUSE_KINDS = [
  "sequence",
  "identity",
  "constraint",
  "unlogged",
  "inherits",
  "partition-key",
  "partition",
] as const;

export const DEFINITION_KINDS = [...STATEMENT_KINDS, ...CLAUSE_KINDS] as const;
export type DefinitionKind = (typeof DEFINITION_KINDS)[number];

const TABLE_CLAUSES: readonly DefinitionKind[] = ["row-security", "unlogged", "inherits", "partition-key", "partition"];

/** The subject is a table itself, not a part of it: name and relation are one. */
export function isTableClause(kind: DefinitionKind): boolean {
  return TABLE_CLAUSES.includes(kind);
}

export interface ObjectDefinition {
  readonly kind: DefinitionKind;
  /** Null: of the database (an extension). */
  readonly schema: string | null;
  /** The relation that it is a part of; null for what stands alone. */
  readonly relation: string | null;
  /** Of a function with its argument types, as its subject in gaps: `slug(text, text)`; of row security the relation's own. */
  readonly name: string;
  /** Statements without a semicolon, to be run together and in this order, or clauses. Every name is qualified. */
  readonly sql: readonly string[];
}

/** The statements or clauses of one object; empty when they are not known. */
export function definitionOf(
  definitions: readonly ObjectDefinition[],
  kind: DefinitionKind,
  { schema, relation, name }: Pick<ObjectDefinition, "schema" | "relation" | "name">,
): readonly string[] {
  const found = definitions.find(
    (each) => each.kind === kind && each.name === name && each.schema === schema && each.relation === relation,
  );
  return found?.sql ?? [];
}

/** The clause of a relation itself, or of a part of it. */
export function clauseOf(
  definitions: readonly ObjectDefinition[],
  kind: DefinitionKind,
  { schema, name }: QualifiedName,
  part: string | null = null,
): string | null {
  const subject = part === null ? { schema, relation: null, name } : { schema, relation: name, name: part };
  return definitionOf(definitions, kind, subject)[0] ?? null;
}

/** The partitioned table that a table is attached to, with the bound; null: none is known. */
export function partitionClause(
  definitions: readonly ObjectDefinition[],
  { schema, name }: QualifiedName,
): { readonly parent: QualifiedName; readonly bound: string } | null {
  const [ofSchema, of, bound] = definitionOf(definitions, "partition", { schema, relation: null, name });
  if (ofSchema === undefined || of === undefined || bound === undefined) return null;
  return { parent: { schema: ofSchema, name: of }, bound };
}
