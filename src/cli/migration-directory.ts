/** Reads a directory of migrations that a user named. */
import { resolve } from "node:path";
import { SchemareadyError } from "../errors/index.js";
import { detectMigrationTool, readMigrationDirectory } from "../history/index.js";
import type { MigrationDirectory, MigrationTool } from "../model/migrations.js";
import type { CliIo } from "./io.js";

export interface MigrationDirectoryRequest {
  /** As it was given. */
  readonly directory: string;
  /** Null: found out from the directory. */
  readonly tool: MigrationTool | null;
}

/**
 * Reads the directory as its tool would.
 * @throws SchemareadyError SETTINGS when no tool can be told, MIGRATIONS
 */
export async function readDirectory(
  { directory, tool }: MigrationDirectoryRequest,
  io: Pick<CliIo, "directory">,
): Promise<MigrationDirectory> {
  const path = resolve(io.directory, directory);
  const found = tool ?? (await detectMigrationTool(path));
  if (found !== null) return readMigrationDirectory({ tool: found, directory: path });
  const problems = [{ place: "--tool", message: `${directory} does not show which tool its migrations belong to` }];
  throw new SchemareadyError("SETTINGS", "The migrations cannot be read.", { problems });
}
