/** A Prisma schema as the source of a contract. */
import type { ScratchSettings } from "../config/index.js";
import { buildPrismaSchema, type ModelSource, readPrismaSchema } from "../expect/index.js";
import { displaySafe } from "../report/index.js";
import { startScratch } from "../scratch/index.js";
import type { CliIo } from "./io.js";
import type { Progress } from "./progress.js";
import { scratchOptions } from "./scratch.js";
import { abortable, startingUp } from "./stop.js";

export interface PrismaRequest extends ScratchSettings {
  /** As it was given. */
  readonly path: string;
  /** Null: public, or the first that the datasource lists. */
  readonly schema: string | null;
  readonly quiet: boolean;
}

/**
 * Builds the schema in a throwaway PostgreSQL, which is gone when this returns or throws. What the schema cannot say is
 * told on stderr.
 * @throws SchemareadyError PRISMA_SCHEMA, PRISMA_ENGINE_UNAVAILABLE, SCRATCH_UNAVAILABLE; StoppedEarly when the signal
 *   is aborted
 */
export function sourceFromPrisma(request: PrismaRequest, progress: Progress, io: CliIo): Promise<ModelSource> {
  return startingUp(build(request, progress, io), io.signal);
}

async function build(request: PrismaRequest, progress: Progress, io: CliIo): Promise<ModelSource> {
  const { path, quiet } = request;
  progress(`reading ${path} with Prisma's schema engine`);
  // Before the server is started: what is wrong with a schema is said at once.
  const read = await abortable(readPrismaSchema({ ...request, directory: io.directory }), io.signal);
  const scratch = await startScratch(scratchOptions(request, progress));
  try {
    io.signal.throwIfAborted();
    const { model, schema, views, notes } = await abortable(buildPrismaSchema(read, scratch), io.signal);
    if (!quiet) for (const note of [...scratch.notes, ...notes]) io.stderr.write(`${displaySafe(`note: ${note}`)}\n`);
    return { model, schema, views, name: "application", source: "prisma-schema", migrations: null, provenance: [] };
  } finally {
    await scratch.close();
  }
}
