/** Every record table but Prisma's, created as its tool does, in a schema of its own and read on a real server. */
import { describe, expect, it } from "vitest";
import { buildHistories, historyUnverified } from "../../../src/history/index.js";
import { RECORD_TOOLS } from "../../../src/model/migrations.js";
import { application, contractOf } from "../../support/builders.js";
import { createTestDatabase } from "../../support/postgres.js";
import { RECORD_TABLE_FIXTURES, recordTableSql } from "../../support/record-tables.js";
import { readTables, requiring, useRecords } from "./support.js";

type Fixtures = typeof RECORD_TABLE_FIXTURES;
const TOOLS = Object.keys(RECORD_TABLE_FIXTURES) as (keyof Fixtures)[];

const { db, historyOf, schemaWith } = useRecords("records");

describe.each(TOOLS)("%s", (tool) => {
  const fixture = RECORD_TABLE_FIXTURES[tool];
  const [first, second, third] = fixture.names;
  const applied = tool === "golang-migrate" ? [second] : [first, second];

  it("tells what is applied from what is not", async () => {
    const schema = await schemaWith((name) => recordTableSql(fixture, name, applied));
    const contract = requiring(tool, schema, [first, second, third]);
    const { readings, history, states, gaps } = await historyOf(contract);
    expect(readings[0]).toMatchObject({ tool, table: { schema, name: fixture.table }, rows: { known: true } });
    expect(history).toMatchObject({ tool, table: `${schema}.${fixture.table}`, state: "behind" });
    expect(states?.slice(0, 3)).toEqual([`applied ${first}`, `applied ${second}`, `pending ${third}`]);
    expect(gaps).toMatchObject([
      { code: "MIGRATION_NOT_APPLIED", severity: "warning", subject: { schema, name: third } },
    ]);
    expect((await historyOf(requiring(tool, schema, [first, second]))).history?.state).toBe("up-to-date");
  });

  it("takes an empty table for a history in which nothing is applied, and no table for none", async () => {
    const schema = await schemaWith((name) => recordTableSql(fixture, name, []));
    const empty = await historyOf(requiring(tool, schema, [first]));
    expect(empty).toMatchObject({ history: { state: "behind" }, states: [`pending ${first}`] });
    const nowhere = await historyOf(requiring(tool, await schemaWith(() => ""), [first]));
    expect(nowhere).toMatchObject({ history: { state: "none", table: null } });
    expect(nowhere.gaps).toMatchObject([{ subject: { kind: "history", name: fixture.table } }]);
  });

  it("says what to grant to a role that may not read it, and does not call anything pending", async () => {
    const schema = await schemaWith((name) => recordTableSql(fixture, name, applied));
    const role = await db().createRole();
    const contract = requiring(tool, schema, [first, third]);
    const refused = await historyOf(contract, role.url);
    expect(refused).toMatchObject({ history: { state: "unreadable", migrations: [] }, gaps: [] });
    const [unverified] = historyUnverified(contract, refused.readings);
    expect(unverified).toMatchObject({ sqlstate: "42501", subject: { kind: "history", schema, name: fixture.table } });
    await db().sql(unverified?.reason.split("to allow it: ")[1] ?? "");
    expect((await historyOf(contract, role.url)).states?.slice(0, 2)).toEqual([`applied ${first}`, `pending ${third}`]);
  });

  it("says that row security may hide rows", async () => {
    const schema = await schemaWith(
      (name) =>
        `${recordTableSql(fixture, name, applied)}; alter table ${name}."${fixture.table}" enable row level security`,
    );
    const grants = `grant usage on schema ${schema} to ROLE; grant select on ${schema}."${fixture.table}" to ROLE`;
    const role = await db().createRole({ grants });
    const contract = requiring(tool, schema, [first]);
    const { readings, history } = await historyOf(contract, role.url);
    expect(history?.state).toBe("unreadable");
    expect(historyUnverified(contract, readings)[0]?.reason).toContain("row security is enabled");
  });

  it("does not take a table without one of its columns for its own", async () => {
    const column = fixture.columns.split(",")[0]?.trim() ?? "";
    const schema = await schemaWith(
      (name) =>
        `${recordTableSql(fixture, name, [])}; alter table ${name}."${fixture.table}" rename column ${column} to renamed`,
    );
    const { history } = await historyOf(requiring(tool, schema, [first]));
    // A name that only this tool uses: could not look. A name that others use: somebody else's table.
    expect(["unreadable", "none"]).toContain(history?.state);
    expect(history?.migrations.filter(({ status }) => status === "applied")).toEqual([]);
  });
});

it("has a fixture for every tool", () => {
  expect([...TOOLS, "prisma", "alembic"].sort()).toEqual([...RECORD_TOOLS].sort());
});

describe("finding the table", () => {
  const { knex, flyway, rails, supabase, "golang-migrate": golang } = RECORD_TABLE_FIXTURES;
  const NAME = knex.names[0];

  it("reads the tables of several tools at once, in one session", async () => {
    const own = await createTestDatabase("several");
    try {
      await own.sql(recordTableSql(knex, "public", [NAME]));
      await own.sql(recordTableSql(flyway, "public", ["V1__a.sql"]));
      await own.sql(`create schema supabase_migrations; ${recordTableSql(supabase, "supabase_migrations", ["1"])}`);
      await own.sql(recordTableSql(golang, "public", ["7"]));
      const contract = contractOf(
        application({ name: "a", migrations: { tool: "knex", schema: null, required: [NAME] } }),
        application({ name: "b", migrations: { tool: "flyway", schema: null, required: ["V1__a.sql"] } }),
        application({ name: "c", migrations: { tool: "supabase", schema: null, required: ["1"] } }),
        application({ name: "d", migrations: { tool: "golang-migrate", schema: null, required: ["7"] } }),
        application({ name: "e", migrations: { tool: "rails", schema: null, required: ["1"] } }),
        application({ name: "f", migrations: { tool: "sql", schema: null, required: [] } }),
      );
      const histories = buildHistories(contract, await readTables(contract, own.url));
      expect(histories.map(({ application: name, table, state }) => [name, table, state])).toEqual([
        ["a", "public.knex_migrations", "up-to-date"],
        ["b", "public.flyway_schema_history", "up-to-date"],
        ["c", "supabase_migrations.schema_migrations", "up-to-date"],
        ["d", "public.schema_migrations", "up-to-date"],
        // schema_migrations is there, and it is golang-migrate's.
        ["e", null, "none"],
      ]);
    } finally {
      await own.drop();
    }
  });

  it("knows a table of another name by its columns, where no other program has such a table, or by the name given", async () => {
    const renamed = (name: string) =>
      `${recordTableSql(knex, name, [NAME])}; alter table ${name}.knex_migrations rename to "Our Migrations"`;
    const schema = await schemaWith(renamed);
    expect((await historyOf(requiring("knex", schema, [NAME]))).history).toMatchObject({
      table: `${schema}.Our Migrations`,
      state: "up-to-date",
    });
    const versions = await schemaWith(
      (name) => `${recordTableSql(rails, name, ["1"])}; alter table ${name}.schema_migrations rename to versions`,
    );
    expect((await historyOf(requiring("rails", versions, ["1"]))).history?.state).toBe("none");
    expect((await historyOf(requiring("rails", versions, ["1"], { table: "versions" }))).history).toMatchObject({
      table: `${versions}.versions`,
      state: "up-to-date",
    });
  });

  it("does not take an application's own table for a record table", async () => {
    const schema = await schemaWith(
      (name) => `create table ${name}.migrations (id int, name text, "timestamp" bigint, bird text);
        create table ${name}.schema_migrations (version int, name text); create table ${name}."knex_migrations_Archive" (id int, name text, batch int, migration_time timestamptz, note text)`,
    );
    for (const tool of [
      "typeorm",
      "pgroll",
      "rails",
      "dbmate",
      "ecto",
      "supabase",
      "golang-migrate",
      "knex",
    ] as const) {
      expect((await historyOf(requiring(tool, schema, ["1"]))).history?.state).toBe("none");
    }
  });

  it("leaves a schema_migrations of another program in another schema alone", async () => {
    const own = await createTestDatabase("platform");
    try {
      await own.sql(`create schema auth; ${recordTableSql(rails, "auth", ["1"])}`);
      const { history } = await historyOf(requiring("dbmate", null, ["20250101000000"]), own.url);
      expect(history).toMatchObject({ table: null, state: "none" });
    } finally {
      await own.drop();
    }
  });

  it("survives hostile schemas and names", async () => {
    const schema = `x"; drop schema public; --\n`;
    const hostile = `a'); drop table t; --\u0007😀`;
    await db().sql(`create schema "${schema.replaceAll('"', '""')}"`);
    await db().sql(recordTableSql(knex, schema, [hostile.replaceAll("'", "''")]));
    const { states, history } = await historyOf(requiring("knex", schema, [hostile]));
    expect(states).toEqual([`applied ${hostile}`]);
    expect(history?.table).toBe(`${schema}.knex_migrations`);
  });

  it("reads 10,000 rows, and refuses more", async () => {
    const rows = (count: number) => (name: string) =>
      `${recordTableSql(knex, name, [])}; insert into ${name}.knex_migrations (name, batch) select 'm' || g, 1 from generate_series(1, ${count}) g`;
    const full = await historyOf(requiring("knex", await schemaWith(rows(10_000)), ["m10000"]));
    expect(full.history).toMatchObject({ state: "up-to-date" });
    expect(full.history?.migrations).toHaveLength(10_000);
    const long = requiring("knex", await schemaWith(rows(10_001)), ["m1"]);
    const { readings, gaps } = await historyOf(long);
    expect(gaps).toEqual([]);
    expect(historyUnverified(long, readings)[0]?.reason).toContain("more than 10000 rows");
  });
});
