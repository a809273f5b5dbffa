/** A directory of migrations as the source of a contract. */
import type { ScratchSettings } from "../config/index.js";
import { type ModelSource, schemaFromMigrations } from "../expect/index.js";
import { expectedMigrations } from "../history/index.js";
import type { MigrationDirectory, MigrationTool } from "../model/migrations.js";
import { displaySafe } from "../report/index.js";
import { startScratch } from "../scratch/index.js";
import type { CliIo } from "./io.js";
import { readDirectory } from "./migration-directory.js";
import type { Progress } from "./progress.js";
import { scratchOptions } from "./scratch.js";
import { abortable, startingUp } from "./stop.js";

export interface MigrationsRequest extends ScratchSettings {
  /** As it was given. */
  readonly directory: string;
  /** Null: found out from the directory. */
  readonly tool: MigrationTool | null;
  /** Null: everything that the migrations make, and public for what is written without a schema. */
  readonly schema: string | null;
  /** Go on after a migration that fails, and list every one that does. */
  readonly keepGoing: boolean;
  readonly quiet: boolean;
}

/**
 * Reads and replays the directory in a throwaway PostgreSQL, which is gone when this returns or throws. What is odd
 * about the directory is said on stderr.
 * @throws SchemareadyError SETTINGS when no tool can be told, MIGRATIONS, MIGRATION_REPLAY, SCRATCH_UNAVAILABLE;
 *   StoppedEarly when the signal is aborted
 */
export async function sourceFromMigrations(
  request: MigrationsRequest,
  progress: Progress,
  io: CliIo,
): Promise<ModelSource> {
  return startingUp(readAndReplay(request, progress, io), io.signal);
}

async function readAndReplay(request: MigrationsRequest, progress: Progress, io: CliIo): Promise<ModelSource> {
  const directory = await readDirectory(request, io);
  const say = (text: string) => {
    if (!request.quiet) io.stderr.write(`${displaySafe(text)}\n`);
  };
  for (const { code, file, message } of directory.warnings) {
    say(`warning ${code}: ${file === null ? "" : `${file}: `}${message}`);
  }
  const scratch = await startScratch(scratchOptions(request, progress));
  try {
    io.signal.throwIfAborted();
    for (const note of scratch.notes) say(`note: ${note}`);
    const replaying = schemaFromMigrations({
      directory,
      scratch,
      keepGoing: request.keepGoing,
      schemas: request.schema === null ? "all" : [request.schema],
      onProgress: (done, total, name) => progress(`replayed ${done} of ${total}: ${name}`),
    });
    const { model, provenance, notes } = await abortable(replaying, io.signal);
    for (const note of notes) say(`note: ${note}`);
    return { ...sourceOf(directory), model, provenance, schema: request.schema ?? "public" };
  } finally {
    await scratch.close();
  }
}

function sourceOf(directory: MigrationDirectory): Pick<ModelSource, "name" | "source" | "migrations"> {
  const source = directory.tool === "prisma" ? "prisma-migrations" : "sql";
  return { name: "application", source, migrations: expectedMigrations(directory) };
}
