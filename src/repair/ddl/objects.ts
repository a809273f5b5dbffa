/** What belongs to the database, and what is known only as PostgreSQL printed it. */
import { definitionOf, type ObjectDefinition } from "../../model/definitions.js";
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import type { QualifiedName } from "../../model/names.js";
import { statement } from "./words.js";

/** @param schema where its objects go; null: where the extension or the session wants them */
export function createExtension(name: string, schema: string | null = null): string {
  const where = schema === null ? null : `SCHEMA ${quoteVisibly(schema)}`;
  return statement("CREATE EXTENSION IF NOT EXISTS", quoteVisibly(name), where);
}

export function createSchema(name: string): string {
  return statement("CREATE SCHEMA IF NOT EXISTS", quoteVisibly(name));
}

/** Kinds whose definition is whole statements and that a gap can be about. */
export type PrintedKind = "view" | "function" | "trigger" | "extension" | "policy" | "type" | "collation" | "rule";

/**
 * The statements that make an object that the model says too little about; empty: the contract does not know them.
 * A materialized view has two, the second of which fills it.
 */
export function createPrinted(
  definitions: readonly ObjectDefinition[],
  kind: PrintedKind,
  subject: Pick<ObjectDefinition, "schema" | "relation" | "name">,
): string[] {
  return definitionOf(definitions, kind, subject).map((sql) => statement(sql));
}

export type DroppedKind = "VIEW" | "MATERIALIZED VIEW" | "TYPE" | "DOMAIN";

/** Without CASCADE: what others need is not dropped. */
export function dropObject(kind: DroppedKind, name: QualifiedName): string {
  return statement(`DROP ${kind} IF EXISTS`, qualifiedVisibly(name));
}
