/** A directory of migrations as the source of a contract. */
import { readdir } from "node:fs/promises";
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
  const { model, definitions, provenance, notes } = await untilStopped(replaying);
  for (const note of notes) warn(`note: ${note}`);
  return contractFromModel({ ...sourceOf(directory), model, definitions, provenance, schema });
}

/**
 * Reads the directory as its tool would.
 * @throws SchemareadyError SETTINGS when no tool can be told, MIGRATIONS
 */
export async function readMigrations({ directory, tool }: MigrationsSource): Promise<MigrationDirectory> {
  const found = tool ?? (await detectMigrationTool(directory.path));
  if (found !== null) return readMigrationDirectory({ tool: found, directory: directory.path });
  const { message, fix } = await whyUnknown(directory.path);
  const problems = [{ place: directory.shown, message }];
  throw new SchemareadyError("SETTINGS", "The migrations cannot be read.", { problems, fix });
}

/** Who mistyped the path need not think about tools. */
async function whyUnknown(path: string): Promise<{ readonly message: string; readonly fix: string }> {
  try {
    const entries = await readdir(path);
    if (entries.length === 0) return { message: "the directory is empty", fix: NAME_THE_DIRECTORY };
    return { message: "does not show which tool its migrations belong to", fix: NAME_THE_TOOL };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const message = NO_DIRECTORY[code] ?? `the directory cannot be read (${code})`;
    return { message, fix: NAME_THE_DIRECTORY };
  }
}

const NO_DIRECTORY: Readonly<Record<string, string>> = {
  ENOENT: "there is no such directory",
  ENOTDIR: "this is a file, and a directory is expected; `compile` takes one file of SQL with --sql",
  EACCES: "the directory may not be read (permission denied)",
  ELOOP: "the symbolic links lead in a circle",
};
const NAME_THE_DIRECTORY =
  "Give the directory that holds the migrations, for example --migrations prisma/migrations; `schemaready init` looks for it.";
const NAME_THE_TOOL = "Name the tool: with --tool NAME, or in the check file as `tool` beside `directory`.";

function sourceOf(directory: MigrationDirectory): Pick<ModelSource, "name" | "source" | "migrations"> {
  const source = directory.tool === "prisma" ? "prisma-migrations" : "sql";
  return { name: "application", source, migrations: expectedMigrations(directory) };
}
