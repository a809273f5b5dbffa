/** A directory of migrations as the source of a contract. */
import { SchemareadyError } from "../errors/index.js";
import { contractFromModel, type ModelSource, schemaFromMigrations } from "../expect/index.js";
import { detectMigrationTool, expectedMigrations, readMigrationDirectory } from "../history/index.js";
import type { Contract } from "../model/contract.js";
import type { MigrationDirectory, MigrationTool } from "../model/migrations.js";
import type { SourceContext, SourcePath, SourceRequest } from "./source.js";

export interface MigrationsSource {
  readonly directory: SourcePath;
  readonly tool: MigrationTool | null;
  /** Go on after a migration that fails, and list every one that does. */
  readonly keepGoing?: boolean;
}

/**
 * Reads and replays the directory in the throwaway PostgreSQL. What is odd about the directory is a warning.
 * @throws SchemareadyError SETTINGS when no tool can be told, MIGRATIONS, MIGRATION_REPLAY, SCRATCH_UNAVAILABLE
 */
export async function contractFromMigrations(
  source: MigrationsSource,
  request: SourceRequest,
  context: SourceContext,
): Promise<Contract> {
  const { schemas } = request;
  const schema = request.schema ?? "public";
  const { progress, warn, untilStopped } = context;
  const directory = await readMigrations(source);
  for (const { code, file, message } of directory.warnings) {
    warn(`warning ${code}: ${file === null ? "" : `${file}: `}${message}`);
  }
  const scratch = await context.scratch();
  for (const note of scratch.notes) warn(`note: ${note}`);
  const replaying = schemaFromMigrations({
    directory,
    scratch,
    keepGoing: source.keepGoing === true,
    schema,
    schemas: schemas ?? "all",
    onProgress: (done, total, name) => progress(`replayed ${done} of ${total}: ${name}`),
  });
  const { model, provenance, notes } = await untilStopped(replaying);
  for (const note of notes) warn(`note: ${note}`);
  return contractFromModel({ ...sourceOf(directory), model, provenance, schema });
}

/**
 * Reads the directory as its tool would.
 * @throws SchemareadyError SETTINGS when no tool can be told, MIGRATIONS
 */
export async function readMigrations({ directory, tool }: MigrationsSource): Promise<MigrationDirectory> {
  const found = tool ?? (await detectMigrationTool(directory.path));
  if (found !== null) return readMigrationDirectory({ tool: found, directory: directory.path });
  const problems = [{ place: directory.shown, message: "does not show which tool its migrations belong to" }];
  throw new SchemareadyError("SETTINGS", "The migrations cannot be read.", { problems, fix: NAME_THE_TOOL });
}

const NAME_THE_TOOL = "Name the tool: with --tool NAME, or in the check file as `tool` beside `directory`.";

function sourceOf(directory: MigrationDirectory): Pick<ModelSource, "name" | "source" | "migrations"> {
  const source = directory.tool === "prisma" ? "prisma-migrations" : "sql";
  return { name: "application", source, migrations: expectedMigrations(directory) };
}
