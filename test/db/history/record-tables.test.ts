/** Every record table but Prisma's, created as its tool does, in a schema of its own and read on a real server. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import { buildHistories, historyUnverified, migrationGaps, readRecordTables } from "../../../src/history/index.js";
import type { Contract, ExpectedMigrations } from "../../../src/model/contract.js";
import { RECORD_TOOLS } from "../../../src/model/migrations.js";
import { application, contractOf } from "../../support/builders.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { RECORD_TABLE_FIXTURES, recordTableSql } from "../../support/record-tables.js";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase("records");
});
afterAll(() => db?.drop());

type Fixtures = typeof RECORD_TABLE_FIXTURES;
const TOOLS = Object.keys(RECORD_TABLE_FIXTURES) as (keyof Fixtures)[];

const read = (contract: Contract, url = db.url) =>
  withReadSession(parseConnectionString(url), DEFAULT_LIMITS, (session) => readRecordTables(session, contract));
const requiring = (
  tool: ExpectedMigrations["tool"],
  schema: string | null,
  required: readonly string[],
  more: Partial<ExpectedMigrations> = {},
) => contractOf(application({ schema: "app", migrations: { tool, schema, required, ...more } }));
const historyOf = async (contract: Contract, url = db.url) => {
  const readings = await read(contract, url);
  const [history] = buildHistories(contract, readings);
  const states = history?.migrations.map(({ name, status }) => `${status} ${name}`);
  return { readings, history, states, gaps: migrationGaps(contract, history === undefined ? [] : [history]) };
};
let schemas = 0;
async function schemaWith(sql: (schema: string) => string): Promise<string> {
  const schema = `s${++schemas}`;
  await db.sql(`create schema ${schema}; ${sql(schema)}`);
  return schema;
}

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
    const role = await db.createRole();
    const contract = requiring(tool, schema, [first, third]);
    const refused = await historyOf(contract, role.url);
    expect(refused).toMatchObject({ history: { state: "unreadable", migrations: [] }, gaps: [] });
    const [unverified] = historyUnverified(contract, refused.readings);
    expect(unverified).toMatchObject({ sqlstate: "42501", subject: { kind: "history", schema, name: fixture.table } });
    await db.sql(unverified?.reason.split("to allow it: ")[1] ?? "");
    expect((await historyOf(contract, role.url)).states?.slice(0, 2)).toEqual([`applied ${first}`, `pending ${third}`]);
  });

  it("says that row security may hide rows", async () => {
    const schema = await schemaWith(
      (name) =>
        `${recordTableSql(fixture, name, applied)}; alter table ${name}."${fixture.table}" enable row level security`,
    );
    const grants = `grant usage on schema ${schema} to ROLE; grant select on ${schema}."${fixture.table}" to ROLE`;
    const role = await db.createRole({ grants });
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

describe("what only some tools record", () => {
  const table = (tool: keyof Fixtures, rows: string) => (schema: string) =>
    `${recordTableSql(RECORD_TABLE_FIXTURES[tool], schema, [])}; ${rows.replaceAll("SCHEMA.", `${schema}.`)}`;
  const statesOf = async (tool: keyof Fixtures, rows: string, required: readonly string[]) => {
    const schema = await schemaWith(table(tool, rows));
    return historyOf(requiring(tool, schema, required));
  };

  it("golang-migrate: a dirty version failed and blocks, and what is older was applied", async () => {
    const { states, history } = await statesOf(
      "golang-migrate",
      "insert into SCHEMA.schema_migrations values (2, true)",
      ["1", "2", "3"],
    );
    expect(states).toEqual(["applied 1", "failed 2", "pending 3"]);
    expect(history?.migrations[1]?.blocks).toBe(true);
  });

  it("goose: the latest row of a version counts", async () => {
    const rows = "insert into SCHEMA.goose_db_version (version_id, is_applied) values (1, true), (2, true), (2, false)";
    expect((await statesOf("goose", rows, ["1", "2"])).states).toEqual(["applied 1", "rolled-back 2"]);
  });

  it("goose: what is older than an applied one is out of order", async () => {
    const rows = "insert into SCHEMA.goose_db_version (version_id, is_applied) values (1, true), (3, true)";
    expect((await statesOf("goose", rows, ["1", "2", "3"])).states).toEqual([
      "applied 1",
      "out-of-order 2",
      "applied 3",
    ]);
  });

  it("Flyway: baseline, failed, undone, deleted and repeatable rows", async () => {
    const flyway = (values: string) =>
      `insert into SCHEMA.flyway_schema_history (version, description, type, script, checksum, installed_by, execution_time, success) values ${values}`;
    const rows = flyway(`(null, '<< Flyway Schema Creation >>', 'SCHEMA', '"app"', null, 'app', 0, true),
      ('2.0', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', null, 'app', 0, true),
      ('3', 'c', 'SQL', 'V3__c.sql', 1, 'app', 1, true), ('4', 'd', 'SQL', 'V4__d.sql', 1, 'app', 1, true),
      ('4', 'd', 'UNDO_SQL', 'U4__d.sql', 1, 'app', 1, true), ('5', 'e', 'SQL', 'V5__e.sql', 1, 'app', 1, false),
      (null, 'r', 'SQL', 'R__r.sql', 7, 'app', 1, true), ('9', 'x', 'SQL', 'V9__x.sql', 1, 'app', 1, true), ('9', 'x', 'DELETE', 'V9__x.sql', 1, 'app', 1, true)`);
    const required = ["V1__a.sql", "V2__b.sql", "V03__renamed.sql", "V4__d.sql", "V5__e.sql", "R__r.sql"];
    expect((await statesOf("flyway", rows, required)).states).toEqual([
      "recorded-without-running V1__a.sql",
      "recorded-without-running V2__b.sql",
      "applied V03__renamed.sql",
      "rolled-back V4__d.sql",
      "failed V5__e.sql",
      "applied R__r.sql",
    ]);
  });

  it("Liquibase: MARK_RAN did not run; one id of two authors is two change sets", async () => {
    const rows = `insert into SCHEMA.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype) values
      ('1', 'ann', 'classpath:a.xml', now(), 1, 'MARK_RAN'), ('2', 'ann', 'a.xml', now(), 2, 'RERAN'), ('3', 'ann', 'a.xml', now(), 3, 'SKIPPED')`;
    expect(
      (await statesOf("liquibase", rows, ["a.xml::1::ann", "a.xml::2::ann", "a.xml::3::ann", "a.xml::1::bob"])).states,
    ).toEqual([
      "recorded-without-running a.xml::1::ann",
      "applied a.xml::2::ann",
      "rolled-back a.xml::3::ann",
      "pending a.xml::1::bob",
    ]);
  });

  it("Atlas: baseline, partly applied with its error, set by hand", async () => {
    const rows = `insert into SCHEMA.atlas_schema_revisions (version, description, type, applied, total, executed_at, execution_time, error, hash, operator_version) values
      ('2', 'x', 1, 0, 0, now(), 0, null, '', 'x'), ('3', 'x', 4, 0, 0, now(), 0, null, 'h', 'x'),
      ('4', 'x', 2, 1, 3, now(), 0, 'pq: relation "a" already exists at postgres://app:s3cr3t@db/app', 'h', 'x')`;
    const { states, history } = await statesOf("atlas", rows, ["1", "2", "3", "4"]);
    expect(states).toEqual([
      "recorded-without-running 1",
      "recorded-without-running 2",
      "recorded-without-running 3",
      "failed 4",
    ]);
    expect(history?.migrations[3]).toMatchObject({
      blocks: false,
      note: expect.stringMatching(/^1 of 3 statements applied: pq: relation "a"/),
    });
    expect(JSON.stringify(history)).not.toContain("s3cr3t");
  });

  it("sqlx: success = false blocks; a checksum that is none is forged", async () => {
    const rows = `insert into SCHEMA._sqlx_migrations values (1, 'a', now(), true, '\\x00', 1), (2, 'b', now(), false, decode(repeat('ab', 48), 'hex'), 1)`;
    expect((await statesOf("sqlx", rows, ["0001", "2"])).states).toEqual(["forged 0001", "failed 2"]);
  });

  it("pgroll: what is started and not completed runs; baselines and inferred rows are told", async () => {
    const rows = `insert into SCHEMA.migrations (schema, name, migration, done, migration_type, created_at) values
      ('app', '01_base', '{}', true, 'baseline', '2025-01-01'), ('app', '02_sql', '{}', true, 'inferred', '2025-01-02'), ('app', '03_c', '{}', false, 'pgroll', '2025-01-03')`;
    expect((await statesOf("pgroll", rows, ["00_old", "01_base", "03_c"])).states).toEqual([
      "recorded-without-running 00_old",
      "recorded-without-running 01_base",
      "running 03_c",
      "applied 02_sql",
    ]);
  });

  it("Drizzle before 1.0: found by `when` or digest, and what is dated before the latest is passed over", async () => {
    const schema = await schemaWith(
      (
        name,
      ) => `create table ${name}.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
        insert into ${name}.__drizzle_migrations (hash, created_at) values (repeat('a', 64), 100), (repeat('b', 64), 300)`,
    );
    const script = (name: string, hash: string, when: string) => ({
      name,
      file: `${name}.sql`,
      checksum: hash.repeat(64),
      recordedAs: when,
    });
    const scripts = [
      script("0000", "a", "100"),
      script("0001", "c", "200"),
      script("0002", "d", "300"),
      script("0003", "e", "400"),
    ];
    const required = scripts.map(({ name }) => name);
    const { states } = await historyOf(requiring("drizzle", schema, required, { scripts }));
    expect(states).toEqual(["applied 0000", "out-of-order 0001", "edited 0002", "pending 0003"]);
    const byHand = requiring("drizzle", schema, ["0000"]);
    const undecided = await historyOf(byHand);
    expect(undecided).toMatchObject({ history: { state: "unreadable" }, gaps: [] });
    expect(historyUnverified(byHand, undecided.readings)[0]?.reason).toContain(
      "compile the contract with --migrations",
    );
  });

  it("Alembic: only the current head is known, and when it is none of the required ones, nothing is claimed", async () => {
    const schema = await schemaWith(
      (name) =>
        `create table ${name}.alembic_version (version_num varchar(32) not null primary key); insert into ${name}.alembic_version values ('bbb')`,
    );
    expect((await historyOf(requiring("alembic", schema, ["aaa", "bbb", "ccc"]))).states).toEqual([
      "applied aaa",
      "applied bbb",
      "pending ccc",
    ]);
    const other = requiring("alembic", schema, ["ddd"]);
    const { history, gaps, readings } = await historyOf(other);
    expect([history?.state, gaps]).toEqual(["unreadable", []]);
    expect(historyUnverified(other, readings)[0]?.reason).toContain("holds the current revision only (bbb)");
  });
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
      const histories = buildHistories(contract, await read(contract, own.url));
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
    await db.sql(`create schema "${schema.replaceAll('"', '""')}"`);
    await db.sql(recordTableSql(knex, schema, [hostile.replaceAll("'", "''")]));
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
