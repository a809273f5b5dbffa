/** When there is no copy, the reason is given; what the copy lacks is listed; the target is only read. */
import { afterEach, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { differences } from "../../../src/copy/compare.js";
import { copySchema, displayLeftOut } from "../../../src/copy/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { readSnapshot } from "../../../src/expect/index.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { made, useCopies } from "./support.js";

const copyOf = useCopies();
const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

async function databaseWith(script: string): Promise<TestDatabase> {
  const database = await createTestDatabase("refusals");
  databases.push(database);
  await database.sql(script);
  return database;
}

describe("what a copy cannot hold", () => {
  const AGGREGATE = `create aggregate total(int) (sfunc = int4pl, stype = int, initcond = 0);
    create table t (id int primary key);`;

  it("is listed, with what needs it", async () => {
    const database = await databaseWith(
      `${AGGREGATE} create schema other; create view other.v as select total(id) from t;`,
    );
    const copy = made(await copyOf(database.url));
    expect(copy.leftOut.map(displayLeftOut)).toEqual(["view other.v", "aggregate public.total"]);
    await copy.connection.close();
  });

  it("makes the copy useless where the application's tables and views need it", async () => {
    const database = await databaseWith(`${AGGREGATE} create view v as select total(id) from t;`);
    const copy = await copyOf(database.url);
    expect(copy).toMatchObject({
      known: false,
      reason: expect.stringContaining("it would lack view public.v (function"),
    });
  });
});

it("an extension that the throwaway server does not have is left out, with what needs it", async () => {
  // The test server has the same extensions, so an unknown one is pretended.
  const own = await databaseWith("create extension citext; set allow_system_table_mods = on");
  await own.sql("update pg_extension set extname = 'unheard_of' where extname = 'citext'");
  await own.sql("create schema other; create table other.mails (mail citext)");
  const copy = made(await copyOf(own.url));
  expect(copy.leftOut.map(displayLeftOut)).toEqual(["extension unheard_of", "table other.mails"]);
  await copy.connection.close();
});

describe("an invalid index", () => {
  it("is rebuilt under its name, so that a retry fails as on the target", async () => {
    const database = await databaseWith("create table t (id int); create index broken on t (id)");
    await database.sql("update pg_index set indisvalid = false where indexrelid = 'broken'::regclass");
    const copy = made(await copyOf(database.url));
    await expect(copy.connection.execute("create index broken on t (id)")).rejects.toMatchObject({ code: "42P07" });
    await copy.connection.close();
  });
});

describe("the target", () => {
  it("is waited for no longer than lock_timeout says", async () => {
    const database = await databaseWith("create table t (id int check (id > 0)); create view v as select id from t");
    const other = await database.connect();
    await other.query("begin; lock table t in access exclusive mode");
    const limits = { ...DEFAULT_LIMITS, lockTimeoutMs: 50 };
    const copy = await copyOf(database.url, { limits });
    await other.query("rollback");
    expect(copy).toMatchObject({ known: false, sqlstate: "55P03" });
  });

  it("need not let anybody write", async () => {
    const database = await databaseWith("create table t (id int generated always as identity primary key)");
    await database.sql(`alter database "${database.name}" set default_transaction_read_only = on`);
    const role = await database.createRole();
    const copy = made(await copyOf(role.url));
    await copy.connection.close();
    await database.sql(`set default_transaction_read_only = off; alter database "${database.name}" reset all`);
  });

  it("that cannot be reached is a reason, not an error", async () => {
    const copy = await copySchema({
      connection: parseConnectionString("postgresql://nobody@127.0.0.1:1/none"),
      limits: DEFAULT_LIMITS,
      scratch: copyOf.server(),
      schemas: ["public"],
      recordTables: [],
    });
    expect(copy).toMatchObject({ known: false });
  });
});

describe("the rows of record tables", () => {
  const TABLE = { schema: "public", name: "migrations" };
  const SQL = `create table migrations (id int generated always as identity primary key, name text not null, at timestamptz(6), data bytea,
      twice int generated always as (2) stored);
    insert into migrations (name, at, data) values ('a''b', '2025-10-16 02:10:34.123456+02', '\\x00ff'), ('c', null, null);
    create table secrets as select 'x' as secret;`;

  it("are copied, and no others", async () => {
    const database = await databaseWith(SQL);
    const copy = made(await copyOf(database.url, { recordTables: [TABLE] }));
    const text = "select m::text as row from public.migrations m order by id";
    await database.sql("set timezone = 'UTC'");
    await copy.connection.execute("set timezone = 'UTC'");
    expect(await copy.connection.query(text)).toEqual(await database.query(text));
    expect(await copy.connection.query("select * from public.secrets")).toEqual([]);
    expect(copy.notes).toEqual([]);
    await copy.connection.close();
  });

  it("are noted as missing when the role may not read them", async () => {
    const database = await databaseWith(SQL);
    const role = await database.createRole();
    const copy = made(await copyOf(role.url, { recordTables: [TABLE] }));
    expect(copy.notes).toEqual([
      expect.stringMatching(/^the rows of public\.migrations were not copied: permission denied/),
    ]);
    await copy.connection.close();
  });
});

describe("comparing", () => {
  it.each([
    ["alter table public.t drop column x", "column public.t.x is not in the copy"],
    ["alter table public.t alter x type varchar(9)", "type of column public.t.x is another one in the copy"],
    ["alter table public.t alter n set default 'y'", "default of column public.t.n is another one in the copy"],
    ["alter table public.t drop constraint t_check", "constraint public.t.t_check is not in the copy"],
    ["create table public.more (id int)", "table public.more is in the copy only"],
    [
      "create or replace view public.v as select n, 1 as id from public.t",
      "definition of view public.v is another one in the copy",
    ],
    ["alter table public.t enable row level security", "rowSecurity of table public.t is another one in the copy"],
  ])("finds what %s did", async (change, difference) => {
    const database = await databaseWith(
      "create table t (id int, x text, n text default 'x', constraint t_check check (n in ('a', 'b'))); create view v as select n, id from t",
    );
    const { connection, leftOut } = made(await copyOf(database.url));
    const { model: original } = await readSnapshot(connection, "all");
    await connection.execute(change);
    const { model: copy } = await readSnapshot(connection, "all");
    expect(await differences({ connection, original, copy, leftOut, invalid: [] })).toContain(difference);
    await connection.close();
  });
});
