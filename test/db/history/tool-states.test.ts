/** States that only some tools record, with the rows that they write. */
import { describe, expect, it } from "vitest";
import { historyUnverified } from "../../../src/history/index.js";
import { RECORD_TABLE_FIXTURES, recordTableSql } from "../../support/record-tables.js";
import { requiring, useRecords } from "./support.js";

type Fixtures = typeof RECORD_TABLE_FIXTURES;

const { db, historyOf, schemaWith } = useRecords("tool_states");

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

  it("Prisma 8: a marker without a ledger says nothing of single migrations", async () => {
    const marker = `create table SCHEMA.marker (space text primary key, core_hash text not null, profile_hash text, contract_json jsonb,
      canonical_version int, updated_at timestamptz not null default now(), app_tag text, meta jsonb, invariants text[]);
      insert into SCHEMA.marker (space, core_hash) values ('app', 'sha256:42')`;
    const schema = await schemaWith(table("prisma-next", marker));
    const contract = requiring("prisma-next", schema, ["20260101_a"]);
    const { history, gaps, readings } = await historyOf(contract);
    expect([history?.state, gaps]).toEqual(["unreadable", []]);
    expect(historyUnverified(contract, readings)[0]?.reason).toContain("marked as made by contract sha256:42");
    await db().sql(
      `insert into ${schema}.ledger (space, migration_name, migration_hash) values ('app', '20260101_a', 'sha256:1')`,
    );
    expect((await historyOf(contract)).states).toEqual(["applied 20260101_a"]);
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
