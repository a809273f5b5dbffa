/** Which of the tables with the name and columns of a tool belongs to an application. */
import type { Application } from "../model/contract.js";
import type { QualifiedName } from "../model/names.js";

export type Location<T extends QualifiedName> =
  | { readonly kind: "found"; readonly table: T }
  | { readonly kind: "none" }
  | { readonly kind: "ambiguous"; readonly tables: readonly T[] };

export interface Search {
  /** Where the tool keeps the table unless told otherwise. */
  readonly toolSchemas: readonly string[];
  /** Whether a table in any other schema counts when it is the only one: not where several programs use the name. */
  readonly anywhere: boolean;
}

/**
 * The schema that the check file names, and then no other; else the application's schema, the tool's own, public, and
 * last the only one that exists anywhere. Most tools write the name unqualified, so it lands in the connection's default
 * schema.
 */
export function locateRecordTable<T extends QualifiedName>(
  application: Application,
  candidates: readonly T[],
  { toolSchemas, anywhere }: Search = { toolSchemas: [], anywhere: true },
): Location<T> {
  const named = application.migrations?.schema ?? null;
  const wanted = named === null ? [application.schema, ...toolSchemas, "public"] : [named];
  for (const schema of wanted) {
    const table = candidates.find((candidate) => candidate.schema === schema);
    if (table !== undefined) return { kind: "found", table };
  }
  const [only, ...others] = candidates;
  if (named !== null || only === undefined || !anywhere) return { kind: "none" };
  return others.length === 0 ? { kind: "found", table: only } : { kind: "ambiguous", tables: candidates };
}
