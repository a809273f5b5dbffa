/** What a directory of migrations makes the contract expect of the record table. */
import { createHash } from "node:crypto";
import type { Application, ExpectedMigrations, ExpectedScript } from "../model/contract.js";
import { groupBy } from "../model/group.js";
import type { MigrationDirectory, MigrationScript } from "../model/migrations.js";

/**
 * Every migration of the directory is required, under the name that the tool records. Scripts without a tool leave no
 * record, so none of them is required; the list of them is kept, because it tells an edited file from the one before.
 */
export function expectedMigrations(directory: MigrationDirectory): ExpectedMigrations {
  const { tool, scripts, recorded } = directory;
  const listed = [...groupBy(scripts, ({ name }) => name).values()].flatMap(expectedScript);
  const names = tool === "sql" ? [] : (recorded ?? listed.map(({ name }) => name));
  return {
    tool,
    schema: null,
    required: [...new Set(names)],
    scripts: listed,
    ...(holdsCode(directory) ? { incomplete: true } : {}),
  };
}

/** Go, Java, Ruby and JavaScript migrations are recorded like the others, under names that are not known here. */
function holdsCode({ tool, warnings }: MigrationDirectory): boolean {
  const takesSqlOnly = ["prisma", "drizzle", "dbmate", "supabase", "atlas", "rails"].includes(tool);
  return (
    !takesSqlOnly && warnings.some(({ code, file }) => code === "NOT_READ" && file !== null && !/\.sql$/i.test(file))
  );
}

/** Whether the application's tool keeps records that can be read. */
export function keepsRecords({ migrations }: Application): boolean {
  return migrations !== null && migrations.tool !== "sql";
}

/** A file with several up parts is one migration. */
function expectedScript(parts: readonly MigrationScript[]): ExpectedScript[] {
  const [first] = parts;
  if (first === undefined) return [];
  const { name, file, checksum, alike = [], recordedAs = null, startsHistory = false } = first;
  return [
    {
      name,
      file,
      checksum: checksum ?? digestOf(parts),
      ...(alike.length > 0 ? { alike } : {}),
      ...(recordedAs === null ? {} : { recordedAs }),
      ...(startsHistory ? { startsHistory } : {}),
    },
  ];
}

function digestOf(parts: readonly MigrationScript[]): string {
  const hash = createHash("sha256");
  for (const { sql } of parts) hash.update(sql.replaceAll("\r\n", "\n"));
  return `sha256:${hash.digest("hex")}`;
}
