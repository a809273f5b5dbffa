/** Rebuilds the state of an incident: the contract of the deployed code, and the database as it was found. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  compileContract,
  contractFromModel,
  loadCheckFiles,
  type ModelSource,
  schemaFromMigrations,
} from "../../src/expect/index.js";
import { expectedMigrations, readMigrationDirectory } from "../../src/history/index.js";
import type { Contract } from "../../src/model/contract.js";
import type { MigrationDirectory } from "../../src/model/migrations.js";
import type { ScratchServer } from "../../src/scratch/index.js";
import type { TestDatabase } from "../support/postgres.js";

export const INCIDENTS = dirname(fileURLToPath(import.meta.url));

/** Nobody listens there: a port below 1024 is not given to test servers. */
export const NOBODY = "postgresql://app_user@127.0.0.1:1/app";

/** Every folder is one, but for the states that they share. */
export function incidentNames(): string[] {
  return readdirSync(INCIDENTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "states")
    .map(({ name }) => name)
    .sort();
}

export interface Incident {
  readonly title: string;
  readonly base: readonly string[];
  readonly checks: readonly string[];
  /** The build has the migrations in `migrations/`, of Prisma: the contract is compiled from them. */
  readonly build?: "prisma";
  /** The scripts of these ran here, in this order, and Prisma recorded them. */
  readonly applied?: readonly string[];
  /** Statements that were sent each by itself after state.sql; some of them fail, as they did then. */
  readonly attempts?: readonly string[];
  /** What another session does, in a transaction that stays open while we look. */
  readonly meanwhile?: string;
  readonly role?: string;
  readonly unreachable?: boolean;
  /** Directory of migrations: those that wait are tried on a copy. */
  readonly migrations?: string;
  /** Directory of migrations that only the repair has at hand. */
  readonly scripts?: string;
}

/** Contracts, compiled once for each set of check files. */
export function createCompiler(scratch: () => ScratchServer) {
  const known = new Map<string, Promise<Contract>>();
  const fromChecks = (paths: readonly string[]) => {
    const key = paths.join("\n");
    const compiled = known.get(key) ?? compileChecks(paths, scratch());
    known.set(key, compiled);
    return compiled;
  };
  return async (folder: string, { checks, build }: Incident): Promise<Contract> => {
    if (build !== undefined) return compileMigrations(folder, scratch());
    return fromChecks(checks.map((path) => resolve(folder, path)));
  };
}

async function compileChecks(paths: readonly string[], scratch: ScratchServer): Promise<Contract> {
  const checks = await loadCheckFiles(paths);
  return compileContract({ checks, scratch, defaultSchema: "public" });
}

async function compileMigrations(folder: string, scratch: ScratchServer): Promise<Contract> {
  const directory = await readFolder(folder);
  const { model, provenance } = await schemaFromMigrations({ directory, scratch, schemas: "all" });
  const migrations = expectedMigrations(directory);
  const source: ModelSource = {
    name: "application",
    schema: "public",
    source: "prisma-migrations",
    migrations,
    model,
    provenance,
  };
  return contractFromModel(source);
}

function readFolder(folder: string): Promise<MigrationDirectory> {
  return readMigrationDirectory({ tool: "prisma", directory: join(folder, "migrations") });
}

/** Base, what Prisma applied, what is peculiar to the incident, and what was tried then. */
export async function rebuild(database: TestDatabase, folder: string, incident: Incident): Promise<void> {
  for (const base of incident.base) await database.sql(readFileSync(join(INCIDENTS, "states", `${base}.sql`), "utf8"));
  if (incident.applied !== undefined) await apply(database, await readFolder(folder), incident.applied);
  await database.sql(readFileSync(join(folder, "state.sql"), "utf8"));
  for (const statement of incident.attempts ?? []) await database.sql(statement).catch(() => {});
}

/** Each an hour after the one before it, with the row that a run of Prisma leaves. */
async function apply(database: TestDatabase, { scripts }: MigrationDirectory, names: readonly string[]): Promise<void> {
  for (const [at, name] of names.entries()) {
    const script = scripts.find((each) => each.name === name);
    if (script === undefined) throw new Error(`there is no migration ${name} to be applied`);
    await database.sql(script.sql);
    await database.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       select gen_random_uuid()::text, $2, $1, start, start + interval '0.25 s', 1
       from (select timestamptz '2026-01-01 09:00:00+00' + $3 * interval '1 h' as start) as run`,
      [name, script.checksum, at],
    );
  }
}
