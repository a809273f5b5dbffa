/** The migrations that check files take the schema of an application from. */
import { loadCheckFiles } from "../expect/index.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { CompileRequest } from "./compile.js";
import { databaseProblems, expectingFiles, requestOf } from "./expected.js";
import { readMigrations } from "./migrations.js";

/**
 * Reads the directory of each application whose `expect` names migrations.
 * @returns by name of the application; empty: no check file names any
 * @throws SchemareadyError CHECK_FILE, SETTINGS, MIGRATIONS
 */
export async function expectedDirectories({
  checks,
  defaultSchema,
  environment,
}: Pick<CompileRequest, "checks" | "defaultSchema" | "environment">): Promise<Map<string, MigrationDirectory>> {
  const { files } = await loadCheckFiles(checks, {
    defaultSchema: defaultSchema ?? "public",
    databaseProblems: (url) => databaseProblems(url, environment),
  });
  const found = new Map<string, MigrationDirectory>();
  for (const { application, file } of expectingFiles(files)) {
    const { source } = requestOf(file, defaultSchema, environment);
    if (source.kind === "migrations") found.set(application, await readMigrations(source));
  }
  return found;
}
