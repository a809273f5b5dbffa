/**
 * Does what `prisma migrate deploy` and `prisma migrate resolve` do: Prisma's engine is not installed with schemaready.
 * Migrations are read in Prisma's layout, and the rows in `_prisma_migrations` are those that Prisma 6 leaves.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { failedMigrations, failedScript, P3005 } from "./prisma-texts.js";

export interface Migration {
  /** Name of its directory. */
  readonly name: string;
  readonly script: string;
}

/** A command ended with an error of Prisma; `message` is Prisma's text. */
export class MigrateError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

interface Row {
  readonly migration_name: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly rolled_back_at: Date | null;
  readonly logs: string | null;
}

/** The advisory lock that all Prisma commands share. */
const LOCK = 72707369;
const CREATE_TABLE = `CREATE TABLE _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/** Reads every sub-directory with a migration.sql, in Prisma's order (localeCompare). */
export async function readMigrations(...directories: readonly string[]): Promise<Migration[]> {
  const found = await Promise.all(
    directories.map(async (directory) => {
      const entries = await readdir(directory, { withFileTypes: true });
      const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      const file = (name: string) => join(directory, name, "migration.sql");
      return Promise.all(names.map(async (name) => ({ name, script: await readFile(file(name), "utf8") })));
    }),
  );
  return found.flat().sort((first, second) => first.name.localeCompare(second.name));
}

/**
 * Runs the migrations that have no live row, in order, and returns their names. Throws MigrateError P3009 when a failed
 * one is recorded, P3005 when tables but no records exist, P3018 when one fails now. Each script is sent as one simple
 * query, so one that fails leaves nothing behind but its row.
 */
export async function deploy(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  return locked(client, async () => {
    await ensureTable(client, { tablesMayExist: false });
    const live = (await readRows(client)).filter((row) => row.rolled_back_at === null);
    const failed = live.filter((row) => row.finished_at === null);
    if (failed.length > 0) throw new MigrateError("P3009", failedMigrations(failed));
    const pending = migrations.filter(({ name }) => live.every((row) => row.migration_name !== name));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  });
}

/** Marks the unfinished rows of a migration as rolled back: deploy will run it again. Throws P3011, P3012. */
export async function resolveRolledBack(client: pg.Client, name: string): Promise<void> {
  await locked(client, async () => {
    await ensureTable(client, { tablesMayExist: true });
    const rows = (await readRows(client)).filter((row) => row.migration_name === name);
    if (rows.length === 0) {
      throw new MigrateError(
        "P3011",
        `Migration \`${name}\` cannot be rolled back because it was never applied to the database.`,
      );
    }
    if (rows.every((row) => row.finished_at !== null)) {
      throw new MigrateError(
        "P3012",
        `Migration \`${name}\` cannot be rolled back because it is not in a failed state.`,
      );
    }
    await closeUnfinished(client, name);
  });
}

/** Records a migration as applied without running it, and without looking whether its objects exist. Throws P3017, P3008. */
export async function resolveApplied(client: pg.Client, migrations: readonly Migration[], name: string): Promise<void> {
  const migration = migrations.find((candidate) => candidate.name === name);
  if (!migration) throw new MigrateError("P3017", `The migration ${name} could not be found.`);
  await locked(client, async () => {
    await ensureTable(client, { tablesMayExist: true });
    const rows = (await readRows(client)).filter((row) => row.migration_name === name);
    if (rows.some((row) => row.finished_at !== null && row.rolled_back_at === null)) {
      throw new MigrateError("P3008", `The migration \`${name}\` is already recorded as applied in the database.`);
    }
    await closeUnfinished(client, name);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, logs, applied_steps_count)
       VALUES ($1, $2, $3, $4, $4, '', 0)`,
      [randomUUID(), checksumOf(migration.script), name, new Date()],
    );
  });
}

/** One line for each migration, with what its rows say. */
export async function status(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const rows = (await tableExists(client)) ? await readRows(client) : [];
  const names = new Set([...migrations.map(({ name }) => name), ...rows.map((row) => row.migration_name)]);
  return [...names].map((name) => {
    const live = rows.filter((row) => row.migration_name === name && row.rolled_back_at === null);
    const state = live.some((row) => row.finished_at !== null) ? "applied" : live.length > 0 ? "failed" : "pending";
    return `${state.padEnd(8)} ${name}`;
  });
}

async function apply(client: pg.Client, { name, script }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query(
    "INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name) VALUES ($1, $2, $3, $4)",
    [id, checksumOf(script), new Date(), name],
  );
  try {
    await client.query(script);
  } catch (error) {
    const text = error instanceof pg.DatabaseError ? failedScript(name, error) : String(error);
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [id, text]);
    throw new MigrateError("P3018", text, { cause: error });
  }
  await client.query("UPDATE _prisma_migrations SET applied_steps_count = applied_steps_count + 1 WHERE id = $1", [id]);
  await client.query("UPDATE _prisma_migrations SET finished_at = $2 WHERE id = $1", [id, new Date()]);
}

async function closeUnfinished(client: pg.Client, name: string): Promise<void> {
  await client.query(
    `UPDATE _prisma_migrations SET rolled_back_at = $2
     WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
    [name, new Date()],
  );
}

async function readRows(client: pg.Client): Promise<Row[]> {
  const columns = "migration_name, started_at, finished_at, rolled_back_at, logs";
  return (await client.query<Row>(`SELECT ${columns} FROM _prisma_migrations ORDER BY started_at`)).rows;
}

async function tableExists(client: pg.Client): Promise<boolean> {
  const found = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  );
  return found.rows[0]?.exists ?? false;
}

async function ensureTable(client: pg.Client, { tablesMayExist }: { tablesMayExist: boolean }): Promise<void> {
  if (await tableExists(client)) return;
  const others = await client.query("SELECT FROM pg_tables WHERE schemaname = current_schema() LIMIT 1");
  if (others.rows.length > 0 && !tablesMayExist) {
    throw new MigrateError("P3005", P3005);
  }
  await client.query(CREATE_TABLE);
}

/** Two runners at once would run a migration twice; Prisma waits ten seconds for its turn. */
async function locked<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("SET statement_timeout = '10s'");
  await client.query("SELECT pg_advisory_lock($1)", [LOCK]).catch((error: unknown) => {
    throw new MigrateError("P1002", `Timed out trying to acquire a postgres advisory lock (${LOCK}).`, {
      cause: error,
    });
  });
  await client.query("RESET statement_timeout");
  try {
    return await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
  }
}

function checksumOf(script: string): string {
  return createHash("sha256").update(script, "utf8").digest("hex");
}
