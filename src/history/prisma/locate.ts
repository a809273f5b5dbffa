/** Which of the tables named `_prisma_migrations` belongs to an application. */
import type { Application } from "../../model/contract.js";
import type { QualifiedName } from "../../model/names.js";

export type Location<T extends QualifiedName> =
  | { readonly kind: "found"; readonly table: T }
  | { readonly kind: "none" }
  | { readonly kind: "ambiguous"; readonly tables: readonly T[] };

/**
 * Prisma writes the name unqualified: it lands in the connection's default schema (`?schema=`, else public). So: the
 * schema that the check file names, and then no other; else the application's schema, else public, else the only one
 * that exists anywhere.
 */
export function locateRecordTable<T extends QualifiedName>(
  application: Application,
  candidates: readonly T[],
): Location<T> {
  const named = application.migrations?.schema ?? null;
  const wanted = named === null ? [application.schema, "public"] : [named];
  for (const schema of wanted) {
    const table = candidates.find((candidate) => candidate.schema === schema);
    if (table !== undefined) return { kind: "found", table };
  }
  const [only, ...others] = candidates;
  if (named !== null || only === undefined) return { kind: "none" };
  return others.length === 0 ? { kind: "found", table: only } : { kind: "ambiguous", tables: candidates };
}
