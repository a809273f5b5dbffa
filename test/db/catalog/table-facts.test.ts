/** What the size of tables is, and what their rows refuse: asked of a real server. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askChecks, readTableFacts } from "../../../src/catalog/index.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, type ReadSession, type SessionLimits, withReadSession } from "../../../src/db/index.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../../support/postgres.js";

let database: TestDatabase;
let role: TestRole;

beforeAll(async () => {
  database = await createTestDatabase("facts");
  await database.sql(`
create table small (id int primary key, note text);
insert into small select n, repeat('x', 100) from generate_series(1, 1000) n;
create table hollow (id int);
create table emptied (id int);
insert into emptied values (1); delete from emptied;
create table part (id int) partition by range (id);
create table part_1 partition of part for values from (0) to (1000);
create table part_2 partition of part for values from (1000) to (2000);
insert into part select generate_series(0, 1499);
create table fresh (id int); insert into fresh values (1);
analyze small; analyze hollow; analyze emptied; analyze part_1; analyze part_2`);
  role = await database.createRole({ grants: "grant select on small to ROLE" });
});
afterAll(() => database.drop());

const names = (...tables: string[]) => tables.map((name) => ({ schema: "public", name }));

function ask<T>(work: (session: ReadSession) => Promise<T>, url = database.url, limits: Partial<SessionLimits> = {}) {
  return withReadSession(parseConnectionString(url), { ...DEFAULT_LIMITS, ...limits }, work);
}

const facts = async (url: string, ...tables: string[]) =>
  Object.fromEntries(await ask((session) => readTableFacts(session, names(...tables)), url));

describe("facts of tables", () => {
  it("are rows, bytes and emptiness; a table that is not there is left out", async () => {
    const { "public.small": small, ...others } = await facts(database.url, "small", "hollow", "nobody");
    expect(small).toMatchObject({ rows: 1000, empty: false });
    expect(small?.bytes).toBeGreaterThan(100_000);
    expect(others).toEqual({ "public.hollow": { rows: expect.toBeOneOf([0, null]), bytes: 0, empty: true } });
  });

  it("count the rows of all partitions", async () => {
    expect((await facts(database.url, "part"))["public.part"]).toMatchObject({ rows: 1500, empty: false });
  });

  it("see that the rows of a table are gone, and that nobody has counted those of another", async () => {
    const found = await facts(database.url, "emptied", "fresh");
    expect(found["public.emptied"]).toMatchObject({ empty: true });
    expect(found["public.fresh"]).toMatchObject({ rows: null, empty: false });
  });

  it("are not guessed where the role may not look", async () => {
    const found = await facts(role.url, "small", "fresh", "hollow");
    expect(found["public.small"]?.empty).toBe(false);
    expect(found["public.fresh"]?.empty).toBeNull();
    // Without a byte there is no row, whoever may look.
    expect(found["public.hollow"]?.empty).toBe(true);
  });

  it("do not wait for a lock longer than the session lets them", async () => {
    const other = await database.connect();
    await other.query("begin; lock table small in access exclusive mode");
    try {
      const found = (await facts(database.url, "small"))["public.small"];
      expect(found).toMatchObject({ rows: 1000, empty: null });
      expect(found?.bytes).toBeGreaterThan(0);
    } finally {
      await other.query("rollback");
    }
  });
});

describe("pre-checks", () => {
  const answers = async (statements: string[], limits: Partial<SessionLimits> = {}, budget = 60_000) => {
    const checks = statements.map((statement) => ({ statement }));
    return [...(await ask((session) => askChecks(session, checks, budget), database.url, limits)).values()];
  };

  it("give the number of rows, each statement asked once", async () => {
    const two = "SELECT pg_catalog.count(*) FROM public.small WHERE id <= 2;";
    expect(await answers([two, two, "select 0::bigint"])).toEqual([
      { kind: "count", count: 2 },
      { kind: "count", count: 0 },
    ]);
  });

  it("are unknown when they are refused or take too long, and the others are still asked", async () => {
    const slow = "select count(pg_sleep(30))";
    const found = await answers([slow, "select count(nobody) from public.small", "select 7"], {
      statementTimeoutMs: 300,
    });
    expect(found).toEqual([
      { kind: "unknown", reason: "canceling statement due to statement timeout" },
      { kind: "unknown", reason: 'column "nobody" does not exist' },
      { kind: "count", count: 7 },
    ]);
  });

  it("are unknown when there is no time left, or when the answer is no number of rows", async () => {
    expect(await answers(["select 1"], {}, -1)).toEqual([
      { kind: "unknown", reason: "there was no time left: all checks together may take -1 ms" },
    ]);
    expect(await answers(["select -1", "select 'x'"])).toEqual([
      { kind: "unknown", reason: "the answer was no number" },
      { kind: "unknown", reason: "the answer was no number" },
    ]);
  });

  it.each([
    "delete from public.small returning 1",
    "select 1; delete from public.small",
    "with gone as (delete from public.small returning 1) select count(*) from gone",
    "select 1; commit; delete from public.small",
    "select setval('public.none', 1)",
  ])("write nothing: %s", async (statement) => {
    expect((await answers([statement])).map(({ kind }) => kind)).toEqual(["unknown"]);
    expect(await database.query("select count(*)::int as n from small")).toEqual([{ n: 1000 }]);
  });
});
