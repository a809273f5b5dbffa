import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { symptomsOf } from "../../../src/impact/symptoms.js";
import type { Gap, Operation } from "../../../src/model/report.js";
import { gap, subject } from "../../support/builders.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../../support/postgres.js";

/** What a real server answers to the statements of an application whose schema has the gap. */
interface Case {
  readonly gap: Partial<Gap> & Pick<Gap, "code">;
  readonly operation: Operation;
  readonly setUp: string;
  readonly statement: string;
  readonly params?: readonly unknown[];
}

const table = "create table t (id int primary key, status text, n int)";
const unique = { unique: true };

const CASES: readonly Case[] = [
  { gap: { code: "MISSING_TABLE" }, operation: "select", setUp: "", statement: "select * from t" },
  { gap: { code: "MISSING_VIEW" }, operation: "select", setUp: "", statement: "select * from v" },
  { gap: { code: "MISSING_COLUMN" }, operation: "select", setUp: table, statement: 'select "projectId" from t' },
  {
    gap: { code: "MISSING_COLUMN" },
    operation: "insert",
    setUp: table,
    statement: 'insert into t (id, "projectId") values (1, 1)',
  },
  {
    gap: { code: "MISSING_ENUM" },
    operation: "insert",
    setUp: table,
    statement: "insert into t (id, status) values (1, 'a'::color)",
  },
  {
    gap: { code: "MISSING_DOMAIN" },
    operation: "insert",
    setUp: table,
    statement: "insert into t (id, status) values (1, 'a'::email)",
  },
  {
    gap: { code: "MISSING_ENUM_LABEL" },
    operation: "insert",
    setUp: "create type color as enum ('red'); create table e (c color)",
    statement: "insert into e values ($1)",
    params: ["blue"],
  },
  {
    gap: { code: "MISSING_SEQUENCE" },
    operation: "insert",
    setUp: table,
    statement: "insert into t (id) values (nextval('s'))",
  },
  {
    gap: { code: "MISSING_FUNCTION" },
    operation: "insert",
    setUp: table,
    statement: "insert into t (id, status) values (1, norm('a'))",
  },
  { gap: { code: "MISSING_EXTENSION" }, operation: "select", setUp: table, statement: "select 'a'::citext" },
  { gap: { code: "MISSING_EXTENSION" }, operation: "select", setUp: table, statement: "select similarity('a', 'b')" },
  ...(["MISSING_INDEX", "MISSING_CONSTRAINT", "INDEX_DEFINITION", "CONSTRAINT_DEFINITION"] as const).map(
    (code): Case => ({
      gap: { code, expected: unique },
      operation: "insert",
      setUp: table,
      statement: "insert into t (id, status) values (1, 'a') on conflict (status) do update set n = 1",
    }),
  ),
  {
    gap: { code: "INVALID_INDEX", expected: unique },
    operation: "insert",
    setUp: `${table}; create unique index i on t (status); update pg_index set indisvalid = false where indexrelid = 'i'::regclass`,
    statement: "insert into t (id, status) values (1, 'a') on conflict (status) do nothing",
  },
  {
    gap: { code: "CONSTRAINT_DEFINITION", expected: unique, actual: { unique: true, deferrable: true } },
    operation: "insert",
    setUp: `${table}; alter table t add unique (status) deferrable`,
    statement: "insert into t (id, status) values (1, 'a') on conflict (status) do nothing",
  },
  {
    gap: { code: "COLUMN_TYPE" },
    operation: "insert",
    setUp: table,
    statement: "insert into t (id, n) values (1, $1::text)",
    params: ["1"],
  },
  {
    gap: { code: "COLUMN_TYPE" },
    operation: "update",
    setUp: table,
    statement: "update t set n = $1::text",
    params: ["1"],
  },
  {
    gap: { code: "COLUMN_TYPE" },
    operation: "select",
    setUp: table,
    statement: "select * from t where n = $1::text",
    params: ["1"],
  },
  {
    gap: { code: "DOMAIN_DEFINITION" },
    operation: "insert",
    setUp: "create domain d as int; create table t (d d)",
    statement: "insert into t values ($1::text)",
    params: ["1"],
  },
  {
    gap: { code: "COLUMN_NULLABILITY" },
    operation: "insert",
    setUp: `${table}; alter table t alter n set not null`,
    statement: "insert into t (id) values (1)",
  },
  {
    gap: { code: "COLUMN_NULLABILITY" },
    operation: "update",
    setUp: `${table}; alter table t alter n set not null; insert into t values (1, 'a', 1)`,
    statement: "update t set n = null",
  },
  { gap: { code: "COLUMN_DEFAULT" }, operation: "insert", setUp: table, statement: "insert into t (n) values (1)" },
  { gap: { code: "COLUMN_IDENTITY" }, operation: "insert", setUp: table, statement: "insert into t (n) values (1)" },
  {
    gap: { code: "COLUMN_IDENTITY", severity: "warning" },
    operation: "insert",
    setUp: "create table t (id int generated always as identity)",
    statement: "insert into t (id) values (1)",
  },
  ...(["insert", "update"] as const).map(
    (operation): Case => ({
      gap: { code: "COLUMN_GENERATED", actual: { generated: "(n + 1)" } },
      operation,
      setUp: "create table t (n int, m int generated always as (n + 1) stored)",
      statement: operation === "insert" ? "insert into t (n, m) values (1, 2)" : "update t set m = 2",
    }),
  ),
  {
    gap: { code: "BLOCKING_EXTRA_COLUMN" },
    operation: "insert",
    setUp: `${table}; alter table t add "personaName" text not null`,
    statement: "insert into t (id) values (1)",
  },
  {
    gap: { code: "BLOCKING_EXTRA_CONSTRAINT", actual: { references: "public.t", onDelete: "no-action" } },
    operation: "delete",
    setUp: `${table}; create table poses (t int references t); insert into t values (1); insert into poses values (1)`,
    statement: "delete from t",
  },
  {
    gap: { code: "BLOCKING_EXTRA_CONSTRAINT", actual: { references: "public.t", onDelete: "restrict" } },
    operation: "delete",
    setUp: `${table}; create table poses (t int references t on delete restrict); insert into t values (1); insert into poses values (1)`,
    statement: "delete from t",
  },
  {
    gap: { code: "BLOCKING_EXTRA_CONSTRAINT", actual: { references: "public.t", onDelete: "no-action" } },
    operation: "insert",
    setUp: `${table}; create table poses (t int references t)`,
    statement: "insert into poses values (1)",
  },
  {
    gap: {
      code: "CONSTRAINT_DEFINITION",
      operations: ["update", "delete"],
      actual: { references: "public.t", onDelete: "no-action" },
    },
    operation: "delete",
    setUp: `${table}; create table poses (t int references t); insert into t values (1); insert into poses values (1)`,
    statement: "delete from t",
  },
  {
    gap: {
      code: "CONSTRAINT_DEFINITION",
      operations: ["insert", "update"],
      expected: { references: "public.t" },
      actual: { references: "public.u" },
    },
    operation: "insert",
    setUp: "create table u (id int primary key); create table poses (t int references u)",
    statement: "insert into poses values (1)",
  },
  {
    gap: { code: "BLOCKING_EXTRA_CONSTRAINT", severity: "warning", actual: { unique: true } },
    operation: "insert",
    setUp: `${table}; create unique index on t (status); insert into t values (1, 'a')`,
    statement: "insert into t values (2, 'a')",
  },
  {
    gap: { code: "BLOCKING_EXTRA_CONSTRAINT", severity: "warning", actual: { kind: "check" } },
    operation: "insert",
    setUp: `${table}; alter table t add check (n > 0)`,
    statement: "insert into t values (1, 'a', 0)",
  },
  {
    gap: { code: "BLOCKING_EXTRA_CONSTRAINT", severity: "warning", actual: { kind: "exclusion" } },
    operation: "insert",
    setUp: `${table}; alter table t add exclude (n with =); insert into t values (1, 'a', 0)`,
    statement: "insert into t values (2, 'a', 0)",
  },
];

let db: TestDatabase;
let role: TestRole;
beforeAll(async () => {
  db = await createTestDatabase("symptoms");
  role = await db.createRole();
});
afterAll(() => db?.drop());

/** The SQLSTATE of the error that the statement gets; everything is rolled back. */
async function answer(setUp: string, statement: string, params: readonly unknown[] = []): Promise<string> {
  const client = await db.connect();
  await client.query("begin");
  if (setUp !== "") await client.query(setUp);
  const error = await client.query(statement, [...params]).then(
    () => null,
    (reason: unknown) => reason,
  );
  await client.query("rollback");
  return error instanceof pg.DatabaseError ? (error.code ?? "") : "no error";
}

describe("symptoms as PostgreSQL gives them", () => {
  it.each(CASES.map((each) => [each.gap.code, each.operation, each.statement, each] as const))(
    "%s, %s: %s",
    async (code, operation, _statement, { gap: fields, setUp, statement, params }) => {
      const answered = await answer(setUp, statement, params);
      // PostgreSQL 13 calls writing to a generated column a syntax error; from 14 on it has a code of its own.
      const isOld = code === "COLUMN_GENERATED" && db.serverVersion < 140_000 && answered === "42601";
      const sqlstate = isOld ? "428C9" : answered;
      const symptoms = symptomsOf(gap({ id: "g", ...fields }), [operation]);
      expect(symptoms.map((symptom) => symptom.sqlstate)).toContain(sqlstate);
    },
  );

  it.each([
    ["a table", "", "select * from t"],
    ["a schema, by a qualified name", "revoke usage on schema s from PUBLIC", "select * from s.t"],
    ["a schema, by an unqualified name", "", "set local search_path = s; select * from t"],
  ])("MISSING_PRIVILEGE on %s", async (what, setUp, statement) => {
    const asRole = `create table t (id int); create schema s; create table s.t (id int); ${setUp}; set local role "${role.name}"`;
    const client = await db.connect();
    await client.query(`begin; ${asRole}`);
    const error: unknown = await client.query(statement).catch((reason: unknown) => reason);
    await client.query("rollback");
    const on = what === "a table" ? subject("privileges", "SELECT", "t") : subject("privileges", "USAGE");
    const symptoms = symptomsOf(gap({ id: "g", code: "MISSING_PRIVILEGE", subject: on }), ["select"]);
    expect(symptoms.map(({ sqlstate }) => sqlstate)).toContain((error as pg.DatabaseError).code);
  });
});
