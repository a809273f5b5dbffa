/** A directory of migrations -> the schema that it makes, with the origin of everything in it. */

import { type Problem, SchemareadyError } from "../errors/index.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { ScratchServer } from "../scratch/index.js";
import { type ReplayResult, replayInScratch } from "./replay/index.js";

export interface MigrationsInput {
  readonly directory: MigrationDirectory;
  readonly scratch: ScratchServer;
  /** Schemas of the application, the one for unqualified names first; `all`: every schema that the migrations make. */
  readonly schemas: readonly string[] | "all";
  /** Go on after a migration that fails, and list every one that does. */
  readonly keepGoing?: boolean;
  /** Where names without a schema go; without it, the first of `schemas`, or public. */
  readonly schema?: string;
  readonly onProgress?: (done: number, total: number, name: string) => void;
}

/**
 * Replays the migrations in a database of the throwaway server, which is dropped again. Expressions get every text that
 * they have after a dump and restore.
 * @throws SchemareadyError MIGRATION_REPLAY with the diagnosis, when PostgreSQL refuses a migration
 */
export async function schemaFromMigrations(input: MigrationsInput): Promise<Omit<ReplayResult, "failures">> {
  const { scratch, keepGoing = false, ...rest } = input;
  const { failures, ...result } = await replayInScratch(scratch, { ...rest, keepGoing, definitions: true });
  if (failures.length > 0) throw replayError(failures, result.notes);
  return result;
}

function replayError(failures: readonly ReplayFailure[], notes: readonly string[]): SchemareadyError {
  const problems = failures.map(({ file, line, message, sqlstate, code, diagnosis }): Problem => {
    const place = line === null ? file : `${file}:${line}`;
    return { place, message: `PostgreSQL says: ${message} (${sqlstate}). ${code}: ${diagnosis}` };
  });
  const [first, ...others] = failures;
  const which = others.length === 0 ? `Migration ${first?.migration ?? ""}` : `${failures.length} migrations`;
  return new SchemareadyError("MIGRATION_REPLAY", `${which} cannot be replayed.`, {
    problems: [...problems, ...notes.map((message) => ({ message }))],
    sqlstate: first?.sqlstate ?? null,
  });
}
