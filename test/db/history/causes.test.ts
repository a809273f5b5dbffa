/** Directories of migrations compiled into contracts, and databases whose history explains what is missing. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { contractFromModel, parseContract, printContract, schemaFromMigrations } from "../../../src/expect/index.js";
import { expectedMigrations, readMigrationDirectory } from "../../../src/history/index.js";
import type { Contract } from "../../../src/model/contract.js";
import type { MigrationTool } from "../../../src/model/migrations.js";
import type { Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { type ScratchServer, startScratch } from "../../../src/scratch/index.js";
import { verify } from "../../../src/verify.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../../support/postgres.js";
import { RECORD_TABLE_FIXTURES, recordTableSql } from "../../support/record-tables.js";
import { tree } from "../../unit/history/directories/support.js";

const A = "create table users (id int primary key, name text);\n";
const B = "create table projects (id int primary key);\nalter table users add column email text;\n";
const RECORDS = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0);`;
const sha = (text: string) => createHash("sha256").update(text).digest("hex");
let rows = 0;
/** As a run of Prisma leaves it. */
const ran = (name: string, checksum: string, day = "2025-05-07") =>
  `insert into _prisma_migrations values ('${++rows}', '${checksum}', '${day} 03:08:13.7+00', '${name}', null, null, '${day} 03:08:12.5+00', 1);`;

let scratch: ScratchServer;
beforeAll(async () => {
  scratch = await startScratch({ url: serverUrl() });
});
afterAll(() => scratch?.close());

async function compile(tool: MigrationTool, files: Readonly<Record<string, string>>): Promise<Contract> {
  const directory = await readMigrationDirectory({ tool, directory: tree(files) });
  const { model, provenance } = await schemaFromMigrations({ directory, scratch, schemas: "all" });
  const contract = contractFromModel({
    model,
    provenance,
    schema: "public",
    name: "app",
    source: "sql",
    migrations: expectedMigrations(directory),
  });
  return parseContract(printContract(contract), "contract.json");
}
const prisma = () =>
  compile("prisma", {
    "migration_lock.toml": 'provider = "postgresql"\n',
    "1_users/migration.sql": A,
    "2_projects/migration.sql": B,
  });

async function look(contract: Contract, state: string, work = (_: TestDatabase) => Promise.resolve()): Promise<Report> {
  const database = await createTestDatabase("causes");
  try {
    await database.sql(state);
    await work(database);
    return await verify({ contract, connection: parseConnectionString(database.url), limits: DEFAULT_LIMITS });
  } finally {
    await database.drop();
  }
}
const essence = ({ causes, gaps }: Report) => [
  causes.map(({ code, confidence }) => `${code} ${confidence}`),
  gaps.map(({ code, subject }) => `${code} ${subject.name}`).sort(),
];
const commands = ({ repair }: Report) => repair.steps.map((step) => (step.kind === "command" ? step.run : "SELECT"));

describe("Prisma", () => {
  const both = `${RECORDS}${ran("1_users", sha(A))}${ran("2_projects", sha(B))}`;

  it("has nothing to say of a database that was migrated, also from a checkout with CRLF", async () => {
    const contract = await prisma();
    const crlf = ran("2_projects", sha(B.replaceAll("\n", "\r\n")));
    for (const records of [both, `${RECORDS}${ran("1_users", sha(A))}${crlf}`]) {
      const report = await look(contract, A + B + records);
      expect(report).toMatchObject({ verdict: "pass", gaps: [], causes: [], history: [{ state: "up-to-date" }] });
    }
  });

  it("tells a row that was inserted by hand", async () => {
    const byHand =
      "insert into _prisma_migrations values ('x', '2_projects_manual', now(), '2_projects', null, null, now(), 1);";
    const report = await look(await prisma(), `${A}${RECORDS}${ran("1_users", sha(A))}${byHand}`);
    expect(essence(report)).toEqual([["RECORD_FORGED certain"], ["MISSING_COLUMN email", "MISSING_TABLE projects"]]);
    expect(report.history[0]?.migrations[1]).toMatchObject({ status: "forged" });
  });

  it("tells a file that was changed after it ran", async () => {
    const first = "create table projects (id int primary key);\n";
    const report = await look(
      await prisma(),
      `${A}${first}${RECORDS}${ran("1_users", sha(A))}${ran("2_projects", sha(first))}`,
    );
    expect(essence(report)).toEqual([["MIGRATION_EDITED likely"], ["MISSING_COLUMN email"]]);
    expect(report.causes[0]?.message).toContain("2_projects was changed after it ran on 2025-05-07");
  });

  it("tells what was lost since it ran, and how sure that is", async () => {
    const report = await look(
      await prisma(),
      `${A}${B}${both} drop table projects; alter table users drop column email;`,
    );
    expect(essence(report)).toEqual([
      ["APPLIED_THEN_LOST certain", "APPLIED_THEN_LOST likely"],
      ["MISSING_COLUMN email", "MISSING_TABLE projects"],
    ]);
    expect(commands(report)).toEqual(["schemaready repair"]);
    expect(report.repair.notDone).toMatchObject([{ what: expect.stringMatching(/^Run .* again$/) }]);
  });

  it("is fine one release ahead, until that release took something away", async () => {
    const contract = await prisma();
    const later = `${A}${B}${both}${ran("3_drop", sha("x"), "2025-06-01")}`;
    const healthy = await look(contract, later);
    expect(healthy).toMatchObject({ verdict: "pass", gaps: [], history: [{ state: "ahead" }] });
    expect(reporters.text(healthy, { colour: false, width: 100 })).toContain(
      "1 recorded migration that this build does not have: 3_drop",
    );
    const report = await look(contract, `${later} alter table users drop column email;`);
    expect(essence(report)).toEqual([["DATABASE_AHEAD likely"], ["MISSING_COLUMN email"]]);
  });

  it("says that the migration runs now, and does not wait for it", async () => {
    const started =
      "insert into _prisma_migrations (id, checksum, migration_name) values ('r', repeat('a', 64), '2_projects');";
    const report = await look(await prisma(), `${A}${RECORDS}${ran("1_users", sha(A))}${started}`, async (database) => {
      const other = await database.connect();
      await other.query("select pg_advisory_lock(72707369)");
      await other.query("begin; create table projects (id int primary key); alter table users add column email text");
    });
    const [codes] = essence(report);
    expect(codes).toEqual(["MIGRATION_RUNNING certain"]);
    expect(report.history[0]?.migrations[1]?.note).toContain("holds the advisory lock 72707369");
  });

  it("tells a schema that something else made", async () => {
    const report = await look(await prisma(), A);
    expect(essence(report)).toEqual([
      ["NO_HISTORY possible"],
      ["MIGRATION_NOT_APPLIED _prisma_migrations", "MISSING_COLUMN email", "MISSING_TABLE projects"],
    ]);
    const empty = await look(await prisma(), "select 1");
    expect(essence(empty)[0]).toEqual(["MIGRATION_PENDING likely"]);
  });
});

describe("other tools", () => {
  const pair = (text: string) => `-- migrate:up\n${text}-- migrate:down\n`;

  it("dbmate: what is pending, with the tool's own command", async () => {
    const contract = await compile("dbmate", { "1_a.sql": pair(A), "2_b.sql": pair(B) });
    const report = await look(contract, A + recordTableSql(RECORD_TABLE_FIXTURES.dbmate, "public", ["1"]));
    expect(essence(report)).toEqual([
      ["MIGRATION_PENDING certain"],
      ["MIGRATION_NOT_APPLIED 2", "MISSING_COLUMN email", "MISSING_TABLE projects"],
    ]);
    expect(commands(report)).toEqual(["dbmate up"]);
    expect(report.causes[0]?.evidence[0]).toMatchObject({ source: "public.schema_migrations" });
  });

  it("golang-migrate: a dirty version", async () => {
    const contract = await compile("golang-migrate", { "1_a.up.sql": A, "2_b.up.sql": B });
    const { ddl } = RECORD_TABLE_FIXTURES["golang-migrate"];
    const state = `${A}${ddl.replace("SCHEMA", "public")}; insert into schema_migrations values (2, true)`;
    const report = await look(contract, state);
    expect(essence(report)[0]).toEqual(["MIGRATION_FAILED certain"]);
    expect(report.causes[0]?.message).toBe(
      "Migration 2 failed, so its changes are not in the database; until this is resolved, golang-migrate runs no other migration.",
    );
    expect(JSON.stringify(report)).not.toMatch(/prisma/i);
  });

  it("Rails: versions of structure.sql, and no row for the file itself", async () => {
    const versions = `create table schema_migrations (version varchar primary key);\nINSERT INTO "schema_migrations" (version) VALUES\n('1'),\n('2');\n`;
    const contract = await compile("rails", { "structure.sql": `${A}${B}${versions}` });
    expect(await look(contract, A + B + versions)).toMatchObject({
      verdict: "pass",
      history: [{ state: "up-to-date" }],
    });
    const behind = await look(contract, `${A}${versions.replace(",\n('2')", "")}`);
    expect(essence(behind)).toEqual([
      ["MIGRATION_PENDING likely"],
      ["MIGRATION_NOT_APPLIED 2", "MISSING_COLUMN email", "MISSING_TABLE projects"],
    ]);
  });

  it("Drizzle: the migration that it passes over", async () => {
    const entries = [
      { tag: "0000_a", when: 100 },
      { tag: "0001_b", when: 50 },
    ];
    const contract = await compile("drizzle", {
      "meta/_journal.json": JSON.stringify({ dialect: "postgresql", entries }),
      "0000_a.sql": A,
      "0001_b.sql": B,
    });
    const table =
      "create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);";
    const report = await look(
      contract,
      `${A}${table} insert into drizzle.__drizzle_migrations (hash, created_at) values ('${sha(A)}', 100)`,
    );
    expect(report.history).toMatchObject([{ state: "behind", table: "drizzle.__drizzle_migrations" }]);
    expect(report.history[0]?.migrations.map(({ status }) => status)).toEqual(["applied", "out-of-order"]);
    expect(essence(report)[0]).toEqual(["MIGRATION_PENDING certain"]);
    expect(report.causes[0]?.message).toContain(
      "it is older than what is applied, and the tool does not simply run it",
    );
  });

  it("sql: no record is looked for, and nothing is said of one", async () => {
    const contract = await compile("sql", { "1_a.sql": A, "2_b.sql": B });
    expect(contract.applications[0]?.migrations).toMatchObject({ tool: "sql", required: [] });
    expect(await look(contract, A + B)).toMatchObject({ verdict: "pass", history: [], unverified: [] });
    expect(essence(await look(contract, A))[0]).toEqual(["UNKNOWN possible"]);
  });
});
