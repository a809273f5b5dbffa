/** What the commands of migration tools do on a copy, as their record tables tell it afterwards. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { applyCommand, type SchemaCopy } from "../../../src/copy/index.js";
import { expectedMigrations, readMigrationDirectory } from "../../../src/history/index.js";
import { shareHistories } from "../../../src/model/history.js";
import type { MigrationDirectory, MigrationTool } from "../../../src/model/migrations.js";
import type { QualifiedName } from "../../../src/model/names.js";
import type { CommandEffect } from "../../../src/model/repair.js";
import { application, contractOf } from "../../support/builders.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { RECORD_TABLE_FIXTURES, recordTableSql } from "../../support/record-tables.js";
import { commandStep } from "../../support/report-builders.js";
import { historyOf } from "../history/support.js";
import { made, useCopies } from "./support.js";

const copies = useCopies();
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

type Tool = Exclude<MigrationTool, "sql" | "rails">;
type Files = Readonly<Record<string, string>>;

const [ONE, TWO, THREE] = ["create table a (id int);", "create table b (id int);", "create table c (id int);"] as const;
const three = (nameOf: (number: number, letter: string) => string, head = ""): Files => ({
  [nameOf(1, "a")]: head + ONE,
  [nameOf(2, "b")]: head + TWO,
  [nameOf(3, "c")]: head + THREE,
});
const entry = (number: number, letter: string) => ({
  ...{
    idx: number - 1,
    version: "7",
    when: 1746587292500 + number,
    tag: `000${number - 1}_${letter}`,
    breakpoints: true,
  },
});

const FOLDERS: Readonly<Record<Tool, Files>> = {
  prisma: {
    ...three((n, letter) => `2025010${n}_${letter}/migration.sql`),
    "migration_lock.toml": 'provider = "postgresql"',
  },
  drizzle: {
    ...three((n, letter) => `000${n - 1}_${letter}.sql`),
    "meta/_journal.json": JSON.stringify({
      ...{ version: "7", dialect: "postgresql" },
      entries: [entry(1, "a"), entry(2, "b"), entry(3, "c")],
    }),
  },
  knex: three((n, letter) => `2025010${n}_${letter}.up.sql`),
  "node-pg-migrate": three((n, letter) => `174658729250${n}_${letter}.sql`, "-- Up Migration\n"),
  flyway: three((n, letter) => `V${n}__make_${letter}.sql`),
  dbmate: three((n, letter) => `2025010${n}000000_${letter}.sql`, "-- migrate:up\n"),
  goose: three((n, letter) => `${n}_${letter}.sql`, "-- +goose Up\n"),
  "golang-migrate": three((n, letter) => `${n}_${letter}.up.sql`),
  sqlx: three((n, letter) => `${n}_make_${letter}.sql`),
  supabase: three((n, letter) => `2025010${n}000000_${letter}.sql`),
  atlas: three((n, letter) => `2025010${n}_${letter}.sql`),
};
const TOOLS = Object.keys(FOLDERS) as Tool[];

async function read(tool: Tool, files: Files = FOLDERS[tool]): Promise<MigrationDirectory> {
  const folder = mkdtempSync(join(tmpdir(), "schemaready-commands-"));
  opened.push(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return readMigrationDirectory({ tool, directory: folder });
}

const PRISMA = `create table SCHEMA._prisma_migrations (id varchar(36) primary key not null, checksum varchar(64) not null,
  finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

interface Given {
  readonly state?: string;
  readonly recordTable?: QualifiedName | null;
  readonly files?: Files;
}

/** A copy of a database in this state, on which commands can be done one after the other. */
async function copyOf(tool: Tool, { state = "select 1", recordTable = null, files }: Given = {}) {
  const directory = await read(tool, files);
  const names = [...new Set(directory.scripts.map(({ name }) => name))];
  const contract = contractOf(application({ schema: "app", migrations: expectedMigrations(directory) }));
  const database: TestDatabase = await createTestDatabase("commands");
  opened.push(() => database.drop());
  await database.sql(`create schema app; ${state}`);
  const recordTables = recordTable === null ? [] : [recordTable];
  const copy: SchemaCopy = made(await copies(database.url, { schemas: ["app"], recordTables }));
  opened.push(() => copy.connection.close());
  const seen = () => historyOf(contract, copy.connection.url);
  const before = (await seen()).history;
  const [history] = shareHistories(before === undefined ? [] : [before]);
  if (history === undefined) throw new Error("no history");
  const apply = (effect: CommandEffect) =>
    applyCommand({
      ...{ copy, history, recordTable, directory, schemas: ["app"], scratch: copies.server() },
      step: commandStep({ run: "x", effect }),
    });
  const tables = async () => {
    const query = "select relname from pg_class where relname in ('a', 'b', 'c') order by 1";
    return (await copy.connection.query<{ relname: string }>(query)).map(({ relname }) => relname).join("");
  };
  return { apply, seen, tables, copy, names };
}

describe.each(TOOLS)("%s", (tool) => {
  it("deploys into a database without a record table, and makes one", async () => {
    const { apply, seen, tables, names } = await copyOf(tool);
    expect(await apply({ kind: "deploy", migrations: names })).toEqual({ kind: "done" });
    expect(await seen()).toMatchObject({ history: { state: "up-to-date" }, gaps: [] });
    expect((await seen()).states).toEqual(names.map((name) => `applied ${name}`));
    expect(await tables()).toBe("abc");
  });

  it("records beside what is recorded, and runs nothing twice", async () => {
    const fixture = tool === "prisma" ? null : RECORD_TABLE_FIXTURES[tool];
    const [first = "", ...rest] = (await read(tool)).scripts.map(({ name }) => name);
    const existing =
      fixture === null
        ? `${PRISMA.replace("SCHEMA", "app")}; insert into app._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
            values ('1', repeat('a', 64), '${first}', clock_timestamp(), 1)`
        : recordTableSql(fixture, "app", [first]);
    const recordTable = { schema: "app", name: fixture?.table ?? "_prisma_migrations" };
    const { apply, seen, tables } = await copyOf(tool, {
      state: `${existing}; ${ONE.replace(" a", " app.a")}`,
      recordTable,
    });
    expect(await apply({ kind: "deploy", migrations: rest })).toEqual({ kind: "done" });
    expect((await seen()).states?.slice(1)).toEqual(rest.map((name) => `applied ${name}`));
    expect(await tables()).toBe("abc");
  });

  it("records as applied what does not run", async () => {
    const { apply, seen, tables, names } = await copyOf(tool);
    expect(await apply({ kind: "mark-applied", migrations: names })).toEqual({ kind: "done" });
    const { history, gaps } = await seen();
    expect(history?.state).toBe("up-to-date");
    expect(gaps).toEqual([]);
    expect(await tables()).toBe("");
  });
});

describe("what cannot be deployed", () => {
  it("is told as PostgreSQL's refusal", async () => {
    const { apply, names } = await copyOf("prisma", { state: "create table app.b ()" });
    const result = await apply({ kind: "deploy", migrations: names });
    expect(result).toMatchObject({ kind: "refused", failure: { migration: names[1], sqlstate: "42P07" } });
  });

  it("is not known without its script", async () => {
    const { apply } = await copyOf("prisma");
    expect(await apply({ kind: "deploy", migrations: ["20260101_gone"] })).toEqual({
      kind: "unknown",
      reason: "of 20260101_gone there is no script here",
    });
    expect(await apply({ kind: "mark-applied", migrations: ["20260101_gone"] })).toMatchObject({
      kind: "unknown",
      reason: "the row that Prisma writes for 20260101_gone is not known here",
    });
  });
});

describe("a failure", () => {
  const failed = (name: string) =>
    `${PRISMA.replace("SCHEMA", "app")}; insert into app._prisma_migrations (id, checksum, migration_name, logs) values ('1', repeat('a', 64), '${name}', 'ERROR: x')`;
  const recordTable = { schema: "app", name: "_prisma_migrations" };
  const NAME = "20250101_a";

  it("of Prisma is rolled back, and then it waits again", async () => {
    const { apply, seen, names } = await copyOf("prisma", { state: failed(NAME), recordTable });
    expect((await seen()).states?.[0]).toBe(`failed ${NAME}`);
    expect(await apply({ kind: "mark-rolled-back", migrations: [NAME] })).toEqual({ kind: "done" });
    expect((await seen()).states?.[0]).toBe(`rolled-back ${NAME}`);
    expect(await apply({ kind: "deploy", migrations: names })).toEqual({ kind: "done" });
    expect((await seen()).history?.state).toBe("up-to-date");
  });

  it("of Prisma can be recorded as applied as it is", async () => {
    const { apply, seen } = await copyOf("prisma", { state: failed(NAME), recordTable });
    expect(await apply({ kind: "mark-applied", migrations: [NAME] })).toEqual({ kind: "done" });
    expect((await seen()).states?.[0]).toBe(`recorded-without-running ${NAME}`);
    expect((await seen()).history?.migrations[0]?.blocks).toBe(false);
  });

  it("of golang-migrate goes back to the version before, or to none", async () => {
    const table = { schema: "app", name: "schema_migrations" };
    const dirty = (version: number) =>
      `${recordTableSql(RECORD_TABLE_FIXTURES["golang-migrate"], "app", [])}; insert into app.schema_migrations values (${version}, true)`;
    const second = await copyOf("golang-migrate", { state: dirty(2), recordTable: table });
    expect(await second.apply({ kind: "mark-rolled-back", migrations: ["2"] })).toEqual({ kind: "done" });
    expect((await second.seen()).states).toEqual(["applied 1", "pending 2", "pending 3"]);
    const first = await copyOf("golang-migrate", { state: dirty(1), recordTable: table });
    await first.apply({ kind: "mark-rolled-back", migrations: ["1"] });
    expect((await first.seen()).states).toEqual(["pending 1", "pending 2", "pending 3"]);
  });

  it("of Flyway loses its row", async () => {
    const table = { schema: "app", name: "flyway_schema_history" };
    const fixture = RECORD_TABLE_FIXTURES.flyway;
    const row = `update app.flyway_schema_history set success = false, script = 'V1__make_a.sql'`;
    const state = `${recordTableSql(fixture, "app", ["V1__make_a.sql"])}; ${row}`;
    const { apply, seen } = await copyOf("flyway", { state, recordTable: table });
    expect((await seen()).states?.[0]).toBe("failed V1__make_a.sql");
    expect(await apply({ kind: "mark-rolled-back", migrations: ["V1__make_a.sql"] })).toEqual({ kind: "done" });
    expect((await seen()).states?.[0]).toBe("pending V1__make_a.sql");
  });
});

it("a command that changes nothing is done at once", async () => {
  const { apply } = await copyOf("prisma");
  expect(await apply({ kind: "look" })).toEqual({ kind: "done" });
});
