/** verify --migrations: what waits is tried on a copy. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { createFolder } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { type CliOptions, runCli } from "../support/run-cli.js";

const folder = createFolder();
const RECORDS = `create table _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0);
insert into _prisma_migrations values ('1', repeat('a', 64), now(), '1_notes', null, null, now() - interval '1 s', 1);`;
const CHECK = `version: 1
application: notes
migrations: { tool: prisma, required: [1_notes, { name: 2_tags, creates: [tags] }] }
relations:
  notes: { columns: { id: integer not null, title: text } }
  tags: { columns: { id: integer not null } }
features:
  tag-note: { title: Tag a note, endpoints: ["POST /tags"], writes: { tags: { insert: [id] } } }
`;
const checks = folder.file("notes.yaml", CHECK);
let database: TestDatabase;

function migration(name: string, sql: string, directory = "migrations"): void {
  mkdirSync(join(folder.path, directory, name), { recursive: true });
  folder.file(`${directory}/${name}/migration.sql`, sql);
}

beforeAll(async () => {
  migration("1_notes", "create table notes (id int primary key, title text);");
  migration(
    "2_tags",
    "-- tags\ncreate table tags (id int primary key);\nalter table notes add column title text default 'secret';\n",
  );
  folder.file("migrations/migration_lock.toml", 'provider = "postgresql"\n');
  database = await createTestDatabase("waiting");
  await database.sql(`create table notes (id int primary key, title text); ${RECORDS}`);
});
afterAll(async () => {
  folder.remove();
  await database.drop();
});

function verify(args: readonly string[], { checks: own = true, ...options }: CliOptions & { checks?: boolean } = {}) {
  const env = { DATABASE_URL: database.url, SCHEMAREADY_SCRATCH_URL: serverUrl(), ...options.env };
  return runCli(["verify", ...(own ? ["--checks", checks] : []), "--format", "json", ...args], { ...options, env });
}

const reportOf = (stdout: string) => JSON.parse(stdout) as Report;
const migrations = join(folder.path, "migrations");

describe("verify --migrations", () => {
  it("says at which statement the deploy would fail, without literals", async () => {
    const { code, stdout, stderr } = await verify(["--migrations", migrations]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const [cause] = reportOf(stdout).causes;
    expect(cause).toMatchObject({ code: "MIGRATION_CANNOT_APPLY", confidence: "certain" });
    expect(cause?.message).toBe(
      'Migration 2_tags is pending, and running it now would fail: column "title" of relation "notes" already exists (42701), at 2_tags/migration.sql:3.',
    );
    expect(stdout).toContain("alter table notes add column title text default '...'");
    expect(stdout).not.toContain("secret");
  });

  it("takes the directory from the environment", async () => {
    const { stdout } = await verify([], { env: { SCHEMAREADY_MIGRATIONS: migrations } });
    expect(reportOf(stdout).causes[0]?.code).toBe("MIGRATION_CANNOT_APPLY");
  });

  it("tries nothing without it", async () => {
    const { stdout } = await verify([]);
    expect(reportOf(stdout).causes[0]?.code).toBe("MIGRATION_PENDING");
  });

  it("refuses a directory that is none", async () => {
    const { code, stderr } = await verify(["--migrations", join(folder.path, "nowhere"), "--tool", "prisma"]);
    expect(code).toBe(2);
    expect(stderr).toContain("nowhere");
  });

  it("verifies all the same when there is no throwaway server", async () => {
    const contract = join(folder.path, "contract.json");
    const env = { SCHEMAREADY_SCRATCH_URL: serverUrl() };
    expect((await runCli(["compile", "--checks", checks, "-o", contract], { env })).code).toBe(0);
    const { code, stdout, stderr } = await runCli(
      ["verify", "--contract", contract, "--format", "json", "--migrations", migrations],
      { env: { DATABASE_URL: database.url, SCHEMAREADY_SCRATCH_URL: "postgresql://nobody@127.0.0.1:1/none" } },
    );
    expect(code).toBe(1);
    expect(stderr).toContain("the migrations were not tried out: ");
    expect(reportOf(stdout).causes[0]?.code).toBe("MIGRATION_PENDING");
  });

  it("finds the scripts that the check files take the schema from", async () => {
    migration("1_notes", "create table notes (id int primary key);", "project");
    migration("2_tags", "create table tags (id int primary key);\nalter table notes add column title text;", "project");
    folder.file("project/migration_lock.toml", 'provider = "postgresql"\n');
    const check = folder.file(
      "project.yaml",
      "version: 1\napplication: notes\nexpect: { migrations: { directory: project, tool: prisma } }\n",
    );
    const { code, stdout } = await verify(["--checks", check], { checks: false });
    expect(code).toBe(1);
    expect(reportOf(stdout).causes[0]?.message).toContain(
      'would fail: column "title" of relation "notes" already exists (42701), at 2_tags/migration.sql:2.',
    );
  });
});
