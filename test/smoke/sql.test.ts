import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConnectionSettings, parseConnectionString } from "../../src/config/index.js";
import type { Predicate, SqlStep, Step } from "../../src/model/flow.js";
import type { SmokeInput } from "../../src/smoke/index.js";
import { flow, jsonCapture, sqlStep, step, suite } from "../support/flows.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";
import { testApp } from "../support/test-app.js";

let database: TestDatabase;
let connection: ConnectionSettings;
const app = testApp();

beforeAll(async () => {
  database = await createTestDatabase("sql steps");
  connection = parseConnectionString(database.url);
  await database.sql(`
    create schema "App x";
    create table "App x".credits (id int primary key, "userId" text not null, balance numeric(10,2), note text, at timestamptz, tags text[], data jsonb);
    insert into "App x".credits values
      (1, 'u1', 100, null, '2026-11-20T10:00:00Z', '{a,b}', '{"k":[1]}'),
      (2, 'u1', 90.50, 'x', null, '{}', 'null');
    create function "App x".write_something() returns int language sql as $$ insert into "App x".credits values (9, 'f', 0) returning id $$;
  `);
});
afterAll(() => database.drop());

const run = (steps: readonly Step[], parts: Partial<SmokeInput> = {}) =>
  app.run({ "GET /me": () => ({ id: "u1", spent: 9.5 }) }, [suite([flow("f", steps)], { schema: "App x" })], {
    connection,
    ...parts,
  });

async function one(query: string, parts: Partial<SqlStep> = {}, input: Partial<SmokeInput> = {}) {
  const result = await run([sqlStep("s", query, parts)], input);
  const [only] = result.flows[0]?.steps ?? [];
  return { outcome: only?.outcome, failures: only?.failures };
}

const passed = { outcome: "passed", failures: [] };

describe("SQL steps", () => {
  it("sees the application's schema, takes params from captures and gives captures to later steps", async () => {
    const me = step("me", "GET /me", { capture: [jsonCapture("user", "$.id")] });
    const newest = sqlStep("newest", 'select balance, id from credits where "userId" = $1 order by id desc limit 1', {
      params: ["{{user}}"],
      capture: [{ name: "balance", column: "balance", secret: false }],
      assert: { rows: { equals: 1 }, values: [{ column: "balance", predicate: { lessThan: 100 } }] },
    });
    const same = sqlStep("same", "select $1::numeric as b", {
      params: ["{{balance}}"],
      assert: { rows: null, values: [{ column: "b", predicate: { equals: 90.5 } }] },
    });
    const result = await run([me, newest, same]);
    expect(result.flows[0]?.steps.map(({ outcome, failures }) => ({ outcome, failures }))).toEqual([
      passed,
      passed,
      passed,
    ]);
    expect(result.flows[0]?.steps[1]).toMatchObject({ request: null, status: null, body: null });
  });

  it("finds that the balance fell by what was spent, exactly", async () => {
    const balance = (id: string, note: string, predicate: Predicate) =>
      sqlStep(id, "select balance::numeric - $1::numeric as balance from credits where id = 1", {
        params: [note],
        capture: [{ name: id, column: "balance", secret: false }],
        assert: { rows: null, values: [{ column: "balance", predicate }] },
      });
    const me = step("me", "GET /me", { capture: [jsonCapture("spent", "$.spent")] });
    const before = balance("before", "0", { exists: true });
    const fell = (minus: string | number) => balance("after", "9.50", { equals: "{{before}}", minus });
    const result = await run([me, before, fell("{{spent}}")]);
    expect(result.flows[0]?.steps.map(({ failures }) => failures)).toEqual([[], [], []]);
    await app.close();
    const wrong = await run([me, before, fell(10)]);
    expect(wrong.flows[0]?.steps[2]?.failures).toEqual([
      'column balance: expected 90 ("100.00" minus 10), got "90.50"',
    ]);
  });

  it("judges rows and columns", async () => {
    const values = (column: string, predicate: SqlStep["assert"]["values"][number]["predicate"]) => ({
      assert: { rows: null, values: [{ column, predicate }] },
    });
    const all = "select * from credits order by id";
    expect(await one(all, { assert: { rows: { atLeast: 3 }, values: [] } })).toEqual({
      outcome: "failed",
      failures: ["rows: expected at least 3, got 2"],
    });
    expect(await one("select count(*) as n from credits", values("n", { equals: 2 }))).toEqual(passed);
    expect(await one(all, values("note", { equals: null }))).toEqual(passed);
    expect(await one(all, values("tags", { equals: ["a", "b"] }))).toEqual(passed);
    expect(await one(all, values("data", { equals: { k: [1] } }))).toEqual(passed);
    expect(await one(all, values("at", { equals: "2026-11-20T10:00:00.000Z" }))).toEqual(passed);
    expect(await one(all, values("balance", { equals: 99 }))).toEqual({
      outcome: "failed",
      failures: ['column balance: expected 99, got "100.00"'],
    });
    expect((await one(all, values("nope", { exists: true }))).failures?.[0]).toMatch(
      /^column nope: the query has no column nope; columns: id, /,
    );
    expect((await one(`${all} limit 0`, values("id", { equals: 1 }))).failures).toEqual([
      "column id: the query returned no rows",
    ]);
    const capture = [{ name: "x", column: "id", secret: false }];
    expect((await one(`${all} limit 0`, { capture })).failures).toEqual(["capture x: the query returned no rows"]);
    expect(
      (await one("select generate_series(1, 20000) as n", { assert: { rows: { equals: 20_000 }, values: [] } }))
        .failures,
    ).toEqual(["rows: 10000 or more; use count(*) in the query"]);
  });

  it("passes values of every type as parameters", async () => {
    const me = step("me", "GET /me", { capture: [jsonCapture("all", "$"), jsonCapture("spent", "$.spent")] });
    const query = sqlStep("q", "select $1::jsonb ->> 'id' as id, $2::numeric as n, $3::text as t", {
      params: ["{{all}}", "{{spent}}", "a {{spent}}"],
      assert: {
        rows: null,
        values: [
          { column: "id", predicate: { equals: "u1" } },
          { column: "n", predicate: { equals: 9.5 } },
          { column: "t", predicate: { equals: "a 9.5" } },
        ],
      },
    });
    expect((await run([me, query])).outcome).toBe("passed");
  });

  const writes = [
    "insert into credits values (3, 'u', 0)",
    "  UPDATE credits set balance = 0",
    "with gone as (delete from credits returning id) select * from gone",
    "select write_something()",
    'select 1; commit; delete from "App x".credits',
    'select 1; rollback; begin; delete from "App x".credits; commit',
    "truncate credits",
    "commit",
    "select nextval('pg_catalog.no'); drop table credits",
    "select set_config('transaction_read_only', 'off', false) from credits; delete from credits",
    "select * from credits for update",
  ];
  for (const query of writes) {
    it(`never writes: ${query}`, async () => {
      const before = await database.query('select * from "App x".credits order by id');
      const result = await one(query);
      expect(result.outcome).toBe("errored");
      expect(result.failures).toHaveLength(1);
      expect(await database.query('select * from "App x".credits order by id')).toEqual(before);
    });
  }

  it("says that SQL steps only read", async () => {
    for (const query of writes.slice(0, 4)) {
      expect((await one(query)).failures?.[0]).toMatch(
        /^SQL steps only read; a statement that writes is refused: .+ \(SQLSTATE (25006|42601|0A000)\)$/,
      );
    }
  });

  it("quotes the server's error, with its SQLSTATE", async () => {
    expect(await one("select * from avatar_projects")).toEqual({
      outcome: "errored",
      failures: ['relation "avatar_projects" does not exist (SQLSTATE 42P01)'],
    });
  });

  it("ends a statement that takes too long", async () => {
    const result = await one("select pg_sleep(30)", { timeoutMs: 200 });
    expect(result).toEqual({
      outcome: "errored",
      failures: ["the statement took longer than 200 ms (SQLSTATE 57014)"],
    });
  });

  it("ends when the run is stopped", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 150);
    const started = performance.now();
    const result = await one("select pg_sleep(3)", {}, { signal: controller.signal });
    expect(result).toEqual({ outcome: "errored", failures: ["the run was stopped"] });
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it("says what is missing when there is no database, or none that answers", async () => {
    expect((await one("select 1", {}, { connection: null })).failures).toEqual([
      "SQL steps need the application's database: give --database-url or set DATABASE_URL",
    ]);
    const gone = { ...connection, port: 1 };
    const refused = await one("select 1", {}, { connection: gone });
    expect(refused.outcome).toBe("errored");
    expect(refused.failures?.[0]).toMatch(/cannot be reached: connect ECONNREFUSED/);
    const wrong = await one(
      "select 1",
      {},
      { connection: { ...connection, user: "nobody", password: "hunter2-hunter2" } },
    );
    expect(wrong.outcome).toBe("errored");
    expect(wrong.failures?.[0]).not.toContain("hunter2");
  });

  it("hides secrets that come from the database", async () => {
    const capture = [{ name: "who", column: "userId", secret: true }];
    const first = sqlStep("a", "select 'canary-user-77' as \"userId\"", { capture });
    const second = sqlStep("b", "select 'is canary-user-77' as x", {
      assert: { rows: null, values: [{ column: "x", predicate: { equals: "no" } }] },
    });
    const result = await run([first, second]);
    expect(result.flows[0]?.steps[1]?.failures).toEqual(['column x: expected "no", got "is [redacted]"']);
  });
});
