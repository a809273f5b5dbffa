/** Four things go wrong in a healthy database: exactly four findings, each with its own cause. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { contractFromModel } from "../../../src/expect/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { dumpAndRestore } from "../../support/dump.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../../support/postgres.js";
import { directoryOf, useReplay } from "../replay/support.js";
import { gapsOf, until, verifyAs } from "./support.js";

const FOLDER = {
  "1_init": `CREATE SCHEMA audit;
CREATE TABLE public.users (id int PRIMARY KEY, email text NOT NULL, nickname text);
CREATE TABLE audit.events (id int PRIMARY KEY, at timestamptz NOT NULL);`,
  "2_files": `CREATE TABLE public.files (id int PRIMARY KEY, owner int NOT NULL);
CREATE INDEX files_owner_idx ON public.files (owner);`,
  "3_notes": "CREATE TABLE public.notes (id int PRIMARY KEY, text text NOT NULL);",
};
const RECORDS = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),
  applied_steps_count int not null default 0)`;

const replay = useReplay();
let database: TestDatabase;
let role: TestRole;
let contract: Contract;

beforeAll(async () => {
  const { model, provenance } = await replay(FOLDER, { schemas: ["public", "audit"] });
  const { scripts } = directoryOf(FOLDER);
  const migrations = { tool: "prisma", schema: null, required: scripts.map(({ name }) => name) } as const;
  const whole = contractFromModel({
    model,
    provenance,
    migrations,
    schema: "public",
    name: "app",
    source: "prisma-migrations",
  });
  database = await restored(scripts.map(({ name }) => name));
  role = await database.createRole({
    grants:
      "grant usage on schema public, audit to ROLE; grant select, insert, update on all tables in schema public, audit to ROLE",
  });
  contract = {
    ...whole,
    applications: whole.applications.map((each) => ({ ...each, role: role.name, features: [using()] })),
  };
});
afterAll(() => database.drop());

/** A database that was restored from a dump of the one that the migrations made; where that cannot be, that one itself. */
async function restored(names: readonly string[]): Promise<TestDatabase> {
  const origin = await createTestDatabase("headline_origin");
  await migrate(origin, names);
  const copy = await createTestDatabase("headline");
  const why = await dumpAndRestore(origin, copy);
  if (why === null) {
    await origin.drop();
    return copy;
  }
  process.stderr.write(`headline: without dump and restore, because ${why}\n`);
  await copy.drop();
  return origin;
}

/** As a run of Prisma leaves it. */
async function migrate(target: TestDatabase, names: readonly string[]): Promise<void> {
  await target.sql(`${RECORDS};\n${Object.values(FOLDER).join("\n")}`);
  for (const name of names) {
    await target.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
values (gen_random_uuid()::text, repeat('a', 64), now(), $1, now() - interval '1 s', 1)`,
      [name],
    );
  }
}

function using() {
  const use = (schema: string, name: string) => ({
    relation: { schema, name },
    select: ["id"],
    insert: null,
    update: [],
    delete: false,
  });
  const uses = [use("audit", "events"), use("public", "users")];
  return { id: "all", title: "All", application: "app", endpoints: [], uses, rows: [], migrations: [] };
}

it("finds nothing in the healthy database, and four causes for four faults", async () => {
  expect(await verifyAs(database.url, contract)).toMatchObject({
    verdict: "pass",
    gaps: [],
    causes: [],
    unverified: [],
  });

  await database.sql("alter table users drop column nickname");
  await killBuild();
  await markAsApplied();
  await database.sql(`revoke usage on schema audit from "${role.name}"`);

  const report = await verifyAs(database.url, contract);
  expect(gapsOf(report).sort()).toEqual([
    "INVALID_INDEX files.files_owner_idx",
    "MISSING_COLUMN users.nickname",
    "MISSING_PRIVILEGE USAGE",
    "MISSING_TABLE notes",
  ]);
  const causes = report.gaps.map(({ code, id }) => [
    code,
    ...report.causes.filter(({ explains }) => explains.includes(id)).map((cause) => cause.code),
  ]);
  expect(Object.fromEntries(causes)).toEqual({
    INVALID_INDEX: "CONCURRENT_BUILD_FAILED",
    MISSING_COLUMN: "APPLIED_THEN_LOST",
    MISSING_PRIVILEGE: "PERMISSION_DENIED",
    MISSING_TABLE: "RECORDED_WITHOUT_RUNNING",
  });
  expect(report.causes).toHaveLength(4);
});

/** The build waits for a writer, and is killed there. */
async function killBuild(): Promise<void> {
  const writer = await database.connect();
  const builder = await database.connect();
  await database.sql("drop index files_owner_idx");
  await writer.query("begin; insert into files values (1, 1)");
  const building = builder.query("create index concurrently files_owner_idx on files (owner)").catch(() => null);
  const running = "select 1 from pg_stat_progress_create_index where datname = current_database()";
  await until(database, `${running} and phase like 'waiting for writers%'`);
  await database.query(
    "select pg_terminate_backend(pid) from pg_stat_progress_create_index where datname = current_database()",
  );
  await building;
  await until(database, `select 1 where not exists (${running})`);
  await writer.query("rollback");
}

/** What `prisma migrate resolve --applied` leaves, of a migration that never ran here. */
async function markAsApplied(): Promise<void> {
  await database.sql(`drop table notes; delete from _prisma_migrations where migration_name = '3_notes';
insert into _prisma_migrations (id, checksum, finished_at, migration_name, logs, started_at, applied_steps_count)
values (gen_random_uuid()::text, repeat('a', 64), '2026-01-01 10:00:00.5+00', '3_notes', '', '2026-01-01 10:00:00.5+00', 0)`);
}
