/**
 * Stands in for the `prisma migrate` command (see migrations.ts). With Prisma installed, `npx prisma migrate …` does the
 * same on the same directory and the same database. The database is DATABASE_URL.
 *
 *   node dist/demo/migrate.js deploy [--also DIRECTORY]    runs pending migrations; --also: those of DIRECTORY, too
 *   node dist/demo/migrate.js resolve --rolled-back NAME   the failed migration may run again
 *   node dist/demo/migrate.js resolve --applied NAME       records it as applied without running it
 *   node dist/demo/migrate.js status
 */
import { parseArgs } from "node:util";
import pg from "pg";
import {
  deploy,
  MigrateError,
  type Migration,
  readMigrations,
  resolveApplied,
  resolveRolledBack,
  status,
} from "./migrations.js";
import { MIGRATIONS } from "./paths.js";

const USAGE =
  "usage: migrate.js deploy [--also DIRECTORY] | resolve --rolled-back NAME | resolve --applied NAME | status";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    also: { type: "string", multiple: true, default: [] },
    "rolled-back": { type: "string" },
    applied: { type: "string" },
  },
});

process.exitCode = await main().catch((error: unknown) => {
  const text = error instanceof MigrateError ? `Error: ${error.code}\n\n${error.message}` : String(error);
  process.stderr.write(`${text}\n`);
  return 1;
});

async function main(): Promise<number> {
  const connectionString = process.env["DATABASE_URL"];
  if (!connectionString) throw new Error("DATABASE_URL is not set.");
  const migrations = await readMigrations(MIGRATIONS, ...values.also);
  const client = new pg.Client({ connectionString, application_name: "migrate" });
  await client.connect();
  try {
    const lines = await run(client, migrations);
    process.stdout.write(`${(lines ?? [USAGE]).join("\n")}\n`);
    return lines === null ? 2 : 0;
  } finally {
    await client.end();
  }
}

/** Lines for standard output; null: not a command. */
async function run(client: pg.Client, migrations: readonly Migration[]): Promise<readonly string[] | null> {
  const [command] = positionals;
  if (command === "status") return status(client, migrations);
  if (command === "deploy") {
    const applied = await deploy(client, migrations);
    if (applied.length === 0) return ["No pending migrations to apply."];
    const lines = applied.map((name) => `Applying migration \`${name}\``);
    return [`${migrations.length} migrations found`, ...lines, "All migrations have been successfully applied."];
  }
  if (command !== "resolve") return null;
  if (values["rolled-back"] !== undefined) {
    await resolveRolledBack(client, values["rolled-back"]);
    return [`Migration ${values["rolled-back"]} marked as rolled back.`];
  }
  if (values.applied === undefined) return null;
  await resolveApplied(client, migrations, values.applied);
  return [`Migration ${values.applied} marked as applied.`];
}
