import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploy, readMigrations } from "../../../demo/migrations.js";
import { FIX, MIGRATIONS } from "../../../demo/paths.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { parseContract, printContract } from "../../../src/expect/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { compileSources, type Source, sourcePath } from "../../../src/sources/index.js";
import { verify } from "../../../src/verify.js";
import { createFolder } from "../../support/cli-checks.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { useSources } from "../../support/sources.js";
import { asMajor, FULL_DUMP, withoutCommands } from "./dumps.js";

const DUMP = readFileSync(new URL("demo-dump.sql", import.meta.url), "utf8");
const folder = createFolder();
const context = useSources();
afterAll(() => folder.remove());

async function compile(
  source: Source,
  schemas: readonly string[] | null = null,
  sources = context(),
): Promise<Contract> {
  const named = { request: { source, schema: "public", schemas }, place: "--sql" };
  const contract = await compileSources({ named, checks: [], defaultSchema: "public", environment: {} }, sources);
  // What every contract must survive.
  expect(parseContract(printContract(contract), "c.json")).toEqual(contract);
  return contract;
}

function sqlFile(name: string, text: string): Source {
  return { kind: "sql", file: sourcePath(folder.file(name, text).slice(folder.path.length + 1), folder.path) };
}

/** Codes of the gaps; what is unverified counts as well. */
async function look(contract: Contract, database: TestDatabase): Promise<string[]> {
  const report = await verify({ contract, connection: parseConnectionString(database.url), limits: DEFAULT_LIMITS });
  const unverified = report.unverified.map(({ reason }) => reason);
  return [...report.gaps.map(({ code, message }) => `${code} ${message}`), ...unverified];
}

describe("one application from its migrations, from a dump, and from the live database", () => {
  let migrated: TestDatabase;
  let restored: TestDatabase;
  const all = folder.path;

  beforeAll(async () => {
    migrated = await createTestDatabase("migrated");
    await deploy(await migrated.connect(), await readMigrations(MIGRATIONS, FIX));
    restored = await createTestDatabase("restored");
    await restored.sql(withoutCommands(DUMP));
  });
  afterAll(() => Promise.all([migrated.drop(), restored.drop()]));

  const live = (database: TestDatabase): Source => ({
    kind: "database",
    connection: parseConnectionString(database.url),
  });

  it.each([
    ["pg_dump 15, as it was written", DUMP],
    ["pg_dump 11", asMajor(DUMP, 11, false)],
    ["pg_dump 13", asMajor(DUMP, 13, false)],
    ["pg_dump 14 with \\restrict", asMajor(DUMP, 14, true)],
    ["pg_dump 16", asMajor(DUMP, 16, false)],
    ["pg_dump 17", asMajor(DUMP, 17, true)],
    ["pg_dump 18", asMajor(DUMP, 18, true)],
    ["pg_dump 18 on Windows", asMajor(DUMP, 18, true).replaceAll("\n", "\r\n")],
  ])("a dump of %s: no gap in the migrated and in the restored database", async (_, text) => {
    const contract = await compile(sqlFile("dump.sql", text));
    expect(contract.source).toBe("sql");
    expect(contract.applications[0]?.relations).toHaveLength(23);
    expect(contract.provenance).toEqual([]);
    expect(await look(contract, migrated)).toEqual([]);
    expect(await look(contract, restored)).toEqual([]);
  });

  it("the live database: no gap in either, and neither has more than the other", async () => {
    for (const source of [migrated, restored]) {
      const contract = await compile(live(source));
      for (const target of [migrated, restored]) expect(await look(contract, target)).toEqual([]);
    }
  });

  it("the migrations: no gap in the database restored from the dump", async () => {
    for (const { name, script } of await readMigrations(MIGRATIONS, FIX)) {
      mkdirSync(join(all, "prisma", name), { recursive: true });
      writeFileSync(join(all, "prisma", name, "migration.sql"), script);
    }
    const directory = sourcePath("prisma", all);
    const contract = await compile({ kind: "migrations", directory, tool: "prisma" });
    // The dump is of a database without the record table: every migration is missing there, and nothing else.
    const gaps = await look(contract, restored);
    expect(gaps.filter((gap) => !gap.includes("_prisma_migrations") && !gap.startsWith("MIGRATION_"))).toEqual([]);
    expect(await look(contract, migrated)).toEqual([]);
    const fromDump = await compile(sqlFile("dump.sql", DUMP));
    const columns = (each: Contract) =>
      each.applications[0]?.relations.map(({ name, columns }) => [name, columns.map((column) => column.name).sort()]);
    expect(columns(fromDump)).toEqual(columns(contract));
  });

  it("a dump is missed where the database lacks something of it", async () => {
    const contract = await compile(sqlFile("dump.sql", DUMP));
    const broken = await createTestDatabase("broken");
    try {
      await broken.sql(withoutCommands(DUMP));
      await broken.sql('alter table public.users drop column "email"; drop table public.ai_models cascade');
      const codes = new Set((await look(contract, broken)).map((gap) => gap.split(" ")[0]));
      expect(codes).toEqual(new Set(["MISSING_TABLE", "MISSING_COLUMN"]));
    } finally {
      await broken.drop();
    }
  });
});

describe("a whole dump of a server", () => {
  it("gives the schema of its database, and touches nothing else", async () => {
    const sources = context();
    const contract = await compile(sqlFile("all.sql", FULL_DUMP), null, sources);
    const [application] = contract.applications;
    expect(
      application?.relations.map(({ schema, name, indexes }) => [schema, name, indexes.map((index) => index.name)]),
    ).toEqual([["public", "items", ["items_name", "items_pkey"]]]);
    expect(application?.enums).toEqual([{ schema: "app", name: "state", labels: ["open;", "closed"], ordered: false }]);
    expect(application?.sequences).toEqual([]);
    expect(printContract(contract)).not.toContain("canary-password");
    expect(sources.warnings.filter((each) => !each.includes("--scratch-url is a superuser"))).toEqual([
      expect.stringMatching(/^note: all\.sql: extension "no_such_extension" is not available/),
    ]);
    const scratch = await context().scratch();
    const connection = await scratch.connect();
    const left = await connection.query<{ name: string }>(
      "select rolname as name from pg_roles where rolname in ('dumped_owner', 'dumped_reader') union all select datname from pg_database where datname = 'shop'",
    );
    expect(left).toEqual([]);
  });

  it("counts only what is in the schemas that were named", async () => {
    const text = "create schema a; create table a.x (); create schema b; create table b.y (); create table z ();";
    const names = async (schemas: readonly string[] | null) =>
      (await compile(sqlFile("s.sql", text), schemas)).applications[0]?.relations.map(
        ({ schema, name }) => `${schema}.${name}`,
      );
    expect(await names(null)).toEqual(["a.x", "b.y", "public.z"]);
    expect(await names(["a", "public"])).toEqual(["a.x", "public.z"]);
  });

  it("does not expect partitions: they come and go", async () => {
    const text = `create table events (day date not null) partition by range (day);
create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');`;
    const contract = await compile(sqlFile("p.sql", text));
    expect(contract.applications[0]?.relations.map(({ name }) => name)).toEqual(["events"]);
  });
});

describe("a file that PostgreSQL refuses", () => {
  it.each([
    [
      "needs what is not in it",
      "-- one\n\ncreate table a (b int references nobody);\n",
      /^bad\.sql:3: PostgreSQL says: relation "nobody" does not exist \(42P01\)\. Nothing in the file creates it: dump the whole schema/,
    ],
    [
      "has it in another order",
      "create view v as select * from t;\ncreate table t (a int);\n",
      /^bad\.sql:1: .*\(42P01\)\. The file creates it further down/,
    ],
    [
      "lacks a schema",
      "create table app.t (a int);\n",
      /^bad\.sql:1: .*\(3F000\)\. Nothing in the file creates the schema/,
    ],
    [
      "is no SQL",
      "create table t (a int);\n\ncreate tabel u (b int);\n",
      /^bad\.sql:3: PostgreSQL says: syntax error at or near "tabel" \(42601\)\.$/,
    ],
    [
      "uses an extension that is not there",
      "create extension vector;\ncreate table t (\n  a vector(3));\n",
      /^bad\.sql:3: .*\(42704\)\. Type "vector" comes from extension "vector", which the throwaway server does not have\. .*--scratch-url/,
    ],
  ])("because it %s: says where and why", async (_, text, message) => {
    const failure = await compile(sqlFile("bad.sql", text)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "SQL_FILE", message: "PostgreSQL refuses a statement of bad.sql." });
    expect(
      (failure as { problems: { place: string; message: string }[] }).problems.map(
        ({ place, message: text }) => `${place}: ${text}`,
      )[0],
    ).toMatch(message);
  });

  it.each([
    ["none.sql", "there is no such file", null],
    ["nothing.sql", "it makes no relation, so nothing would be expected", "-- nothing\n"],
    ["empty.sql", "the file is empty", ""],
    ["blank.sql", "the file is empty", "\n \t\r\n"],
  ])("or cannot be used at all: %s", async (name, message, text) => {
    const source: Source = text === null ? { kind: "sql", file: sourcePath(name, folder.path) } : sqlFile(name, text);
    await expect(compile(source)).rejects.toMatchObject({ code: "SQL_FILE", problems: [{ place: name, message }] });
  });

  it("is not a directory, and says what is meant by one", async () => {
    const source: Source = { kind: "sql", file: sourcePath(".", folder.path) };
    await expect(compile(source)).rejects.toMatchObject({
      problems: [{ place: ".", message: expect.stringContaining("migrations are given with --migrations") }],
    });
  });
});
