/** Directories of migrations: which tool they belong to, which scripts they hold, in which order, and how each is sent. */
import { SchemareadyError } from "../../errors/index.js";
import type { MigrationDirectory, MigrationTool } from "../../model/migrations.js";
import { readAtlas } from "./atlas.js";
import { readDbmate } from "./dbmate.js";
import { readDrizzle } from "./drizzle.js";
import { readFlyway } from "./flyway.js";
import { type Folder, openFolder } from "./folder.js";
import { readGolangMigrate } from "./golang-migrate.js";
import { readGoose } from "./goose.js";
import { readKnex } from "./knex.js";
import { readNodePgMigrate } from "./node-pg-migrate.js";
import { readPlainSql } from "./plain-sql.js";
import { readPrisma } from "./prisma.js";
import type { PrismaOrder } from "./prisma-version.js";
import { readRails } from "./rails.js";
import type { ReadScripts } from "./script.js";
import { readSqlx } from "./sqlx.js";
import { readSupabase } from "./supabase.js";

export { detectMigrationTool } from "./detect.js";

type Reader = (folder: Folder, prismaOrder: PrismaOrder | null) => Promise<ReadScripts>;

const READERS: Readonly<Record<MigrationTool, Reader>> = {
  prisma: readPrisma,
  drizzle: readDrizzle,
  knex: readKnex,
  "node-pg-migrate": readNodePgMigrate,
  flyway: readFlyway,
  dbmate: readDbmate,
  goose: readGoose,
  "golang-migrate": readGolangMigrate,
  sqlx: readSqlx,
  supabase: readSupabase,
  atlas: readAtlas,
  rails: readRails,
  sql: readPlainSql,
};

/**
 * Reads a directory as the tool would, without a database. `prismaOrder` overrides the order that the project's version of
 * Prisma implies. Throws SchemareadyError MIGRATIONS with every problem at once; what can be lived with is a warning.
 */
export async function readMigrationDirectory(options: {
  readonly tool: MigrationTool;
  readonly directory: string;
  readonly prismaOrder?: PrismaOrder | null;
}): Promise<MigrationDirectory> {
  const { tool, directory, prismaOrder = null } = options;
  const folder = await openFolder(directory);
  // A directory that cannot be listed has one problem; to add that it holds no migrations would be another story.
  const isListed = folder.problems.length === 0;
  const read: ReadScripts = isListed ? await READERS[tool](folder, prismaOrder) : { scripts: [] };
  const { scripts, otherOrder = null, recorded } = read;
  if (folder.problems.length === 0 && scripts.length === 0) {
    folder.problem(null, `there is no migration of ${tool === "sql" ? "plain SQL" : tool} in it`);
  }
  if (folder.problems.length > 0) {
    const what = `the migrations in ${directory} cannot be read as those of ${tool}`;
    throw new SchemareadyError("MIGRATIONS", what, { problems: folder.problems });
  }
  return { tool, scripts, otherOrder, warnings: folder.warnings, ...(recorded === undefined ? {} : { recorded }) };
}
