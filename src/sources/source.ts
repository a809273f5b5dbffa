/** What the schema of an application can be taken from, and what is asked of it. */
import { resolve } from "node:path";
import type { ConnectionSettings } from "../config/index.js";
import type { SessionLimits } from "../db/index.js";
import type { MigrationTool } from "../model/migrations.js";
import type { ScratchServer } from "../scratch/index.js";

/** A file or directory. */
export interface SourcePath {
  /** As messages call it. */
  readonly shown: string;
  /** The directory that it starts from. */
  readonly directory: string;
  /** Absolute. */
  readonly path: string;
}

/** @param shown as it was given; relative to the directory unless it is absolute */
export function sourcePath(shown: string, directory: string): SourcePath {
  return { shown, directory, path: resolve(directory, shown) };
}

export type Source =
  | {
      readonly kind: "migrations";
      readonly directory: SourcePath;
      /** Null: found out from the directory. */
      readonly tool: MigrationTool | null;
      /** Go on after a migration that fails, and list every one that does. */
      readonly keepGoing?: boolean;
    }
  | { readonly kind: "prisma"; readonly schema: SourcePath }
  | { readonly kind: "sql"; readonly file: SourcePath }
  | { readonly kind: "database"; readonly connection: ConnectionSettings }
  | { readonly kind: "contract"; readonly file: SourcePath };

export interface SourceRequest {
  readonly source: Source;
  /** Schema of what is written without one; null: public, or what a Prisma schema lists first. */
  readonly schema: string | null;
  /** Schemas that count; null: all that the source makes, and of a database the one above. Not for Prisma schemas and contracts. */
  readonly schemas: readonly string[] | null;
}

/** What reading sources needs of the process around it. */
export interface SourceContext {
  /** The throwaway server, started when it is first asked for; whoever made the context closes it. */
  readonly scratch: () => Promise<ScratchServer>;
  /** For reference databases. */
  readonly limits: SessionLimits;
  readonly progress: (message: string) => void;
  /** Something that a person should know and that stops nothing. */
  readonly warn: (message: string) => void;
  /** The result of work that cannot be stopped itself; rejects as soon as the user stops the run. */
  readonly untilStopped: <T>(work: Promise<T>) => Promise<T>;
}
