import type { QualifiedName } from "../model/names.js";

/** What to read. Named objects that do not exist are simply not in the answer. */
export interface CatalogRequest {
  /** Schemas to look at; with `all`, everything in them is read. */
  readonly schemas: readonly string[];
  readonly relations: "all" | readonly QualifiedName[];
  readonly enums: "all" | readonly QualifiedName[];
  readonly domains: "all" | readonly QualifiedName[];
  readonly sequences: "all" | readonly QualifiedName[];
  readonly functions: "all" | readonly QualifiedName[];
  /** Role whose privileges are judged; null: the connected role. */
  readonly role: string | null;
  /** Nobody else can change the catalog meanwhile (a throwaway database), so whether it changed need not be looked at. */
  readonly alone?: boolean;
}

/** A request for the whole of some schemas. */
export function wholeSchemas(schemas: readonly string[], role: string | null = null): CatalogRequest {
  return { schemas, relations: "all", enums: "all", domains: "all", sequences: "all", functions: "all", role };
}
