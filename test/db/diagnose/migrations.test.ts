/** Causes that the contract proves: it was compiled from migrations, and knows which statement made what. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contractFromModel } from "../../../src/expect/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { type Folder, useReplay } from "../replay/support.js";
import { causesOf, evidenceOf, gapsOf, verifyAs } from "./support.js";

const replay = useReplay();
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase("guards");
});
afterEach(() => database.drop());

async function contractOf(folder: Folder): Promise<Contract> {
  const { model, provenance } = await replay(folder, { schemas: ["public"] });
  const migrations = { tool: "prisma", schema: null, required: Object.keys(folder) } as const;
  return contractFromModel({
    model,
    provenance,
    migrations,
    schema: "public",
    name: "app",
    source: "prisma-migrations",
  });
}

/** As `migrate deploy` does it: each script, and its row. */
async function deploy(folder: Folder): Promise<void> {
  await database.sql(`create table if not exists _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
  finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count int not null default 0)`);
  for (const [name, sql] of Object.entries(folder)) {
    await database.sql(sql);
    await database.query(
      "insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) values (gen_random_uuid()::text, repeat('a', 64), now(), $1, now() - interval '1 s', 1)",
      [name],
    );
  }
}

const GUARDED = {
  "1_avatars": `CREATE TABLE IF NOT EXISTS avatars (id text PRIMARY KEY, persona text, project text NOT NULL);
CREATE INDEX IF NOT EXISTS avatars_project ON avatars (project);`,
};

describe("CREATE TABLE IF NOT EXISTS", () => {
  it("that met an older table explains what that lacks and what it has besides", async () => {
    const contract = await contractOf(GUARDED);
    await database.sql("create table avatars (id text primary key, project text not null, owner text not null)");
    await deploy(GUARDED);
    const report = await verifyAs(database.url, contract);
    expect(gapsOf(report)).toEqual(["BLOCKING_EXTRA_COLUMN avatars.owner", "MISSING_COLUMN avatars.persona"]);
    expect(causesOf(report)).toEqual(["SKIPPED_BY_IF_NOT_EXISTS certain"]);
    expect(report.causes[0]?.message).toBe(
      "Migration 1_avatars was to create table public.avatars only if it did not exist; it existed in another shape, so the migration left it as it was.",
    );
    expect(report.causes[0]?.evidence[0]?.source).toBe("1_avatars/migration.sql:1");
    expect(evidenceOf(report, "SKIPPED_BY_IF_NOT_EXISTS")).toContain("no column was ever dropped from it");
  });

  it("is not blamed for a column that was dropped later", async () => {
    const contract = await contractOf(GUARDED);
    await deploy(GUARDED);
    await database.sql("alter table avatars drop column persona");
    const report = await verifyAs(database.url, contract);
    expect(gapsOf(report)).toEqual(["MISSING_COLUMN avatars.persona"]);
    expect(causesOf(report)).not.toContain("SKIPPED_BY_IF_NOT_EXISTS certain");
    expect(causesOf(report)).not.toContain("SKIPPED_BY_IF_NOT_EXISTS likely");
  });

  it("is not blamed when the statement has no guard, or the migration has not run", async () => {
    const plain = { "1_avatars": "CREATE TABLE avatars (id text PRIMARY KEY, persona text);" };
    const older = "create table avatars (id text primary key)";
    const contract = await contractOf(plain);
    await deploy({ "1_avatars": older });
    expect(causesOf(await verifyAs(database.url, contract)).join()).not.toContain("SKIPPED");
    await database.sql("delete from _prisma_migrations");
    expect(causesOf(await verifyAs(database.url, await contractOf(GUARDED)))).toContain("MIGRATION_PENDING certain");
  });

  it("is told for a guarded column and a guarded enum as well", async () => {
    const folder = {
      "1_files": "CREATE TABLE files (id int PRIMARY KEY);",
      "2_more": `ALTER TABLE files ADD COLUMN IF NOT EXISTS size bigint;
DO $$ BEGIN CREATE TYPE state AS ENUM ('new', 'done'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
    };
    const contract = await contractOf(folder);
    await database.sql("create table files (id int primary key, size text); create type state as enum ('new')");
    await deploy({ "1_files": "select 1", "2_more": folder["2_more"] });
    const report = await verifyAs(database.url, contract);
    expect(gapsOf(report)).toEqual(["COLUMN_TYPE files.size", "MISSING_ENUM_LABEL state.done"]);
    expect(causesOf(report)).toEqual(["SKIPPED_BY_IF_NOT_EXISTS likely", "SKIPPED_BY_IF_NOT_EXISTS likely"]);
  });
});

describe("an object that no migration creates", () => {
  it("is said to be that, and nothing that a migration creates is", async () => {
    const folder = {
      "1_init": "CREATE TABLE users (id int PRIMARY KEY);",
      "2_posts": "CREATE TABLE posts (id int PRIMARY KEY);",
    };
    const contract = await contractOf(folder);
    const [application] = contract.applications;
    const [users] = application?.relations ?? [];
    if (application === undefined || users === undefined) throw new Error("the contract is empty");
    // As a check file adds it: a table that somebody made by hand in the development database.
    const byHand = { ...users, name: "plans", introducedBy: null, columnIntroducedBy: {} };
    const wider: Contract = {
      ...contract,
      applications: [{ ...application, relations: [...application.relations, byHand] }],
    };
    await deploy({ "1_init": folder["1_init"], "2_posts": "select 1" });
    const report = await verifyAs(database.url, wider);
    expect(gapsOf(report)).toEqual(["MISSING_TABLE plans", "MISSING_TABLE posts"]);
    const cause = report.causes.find(({ code }) => code === "NO_MIGRATION_CREATES_IT");
    expect(cause?.message).toBe(
      "No migration creates public.plans: a database that is made by the migrations alone cannot have it.",
    );
    expect(cause?.confidence).toBe("certain");
    expect(cause?.explains).toEqual([report.gaps[0]?.id]);
  });
});
