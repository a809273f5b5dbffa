/** A reading takes several statements: what changes between them must not be taken for one state. */
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { readCatalog, wholeSchemas } from "../../../src/catalog/index.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import type { SchemaModel } from "../../../src/model/schema.js";
import { readModel } from "../../support/models.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

let database: TestDatabase | null = null;

async function prepared(): Promise<TestDatabase> {
  database ??= await createTestDatabase("catalog-changing");
  await database.sql(`
drop schema if exists app cascade; drop schema if exists beside cascade; create schema app; create schema beside;
create table beside.target (a int, b int, primary key (a, b));
create sequence beside.numbers;
create function app.noop() returns trigger language plpgsql as 'begin return new; end';
create table app.t (id serial primary key, n int default 1 check (n > 0), m text default 'x', k bigint default nextval('beside.numbers'),
  x int, y int, constraint outward foreign key (y, x) references beside.target (b, a), self int references app.t (id));
create index by_n on app.t (n) where n > 5;
create trigger noop before insert on app.t for each row execute function app.noop();
create table app.g (id int primary key, doubled int generated always as (id * 2) stored, n int default 3)`);
  return database;
}

beforeEach(async () => {
  await prepared();
});

afterAll(async () => {
  await database?.drop();
});

/** Runs `change` before the first statement with the marker. */
async function readDuring(marker: string, change: string): Promise<{ model: SchemaModel; readings: number }> {
  if (database === null) throw new Error("no database");
  const { url, sql } = database;
  let changed = false;
  let readings = 0;
  const model = await withReadSession(parseConnectionString(url), DEFAULT_LIMITS, (session) => {
    const query: typeof session.query = async (text, params) => {
      if (text.includes("schemaready:columns ")) readings++;
      if (!changed && text.includes(`schemaready:${marker} `)) {
        changed = true;
        await sql(change);
      }
      return session.query(text, params);
    };
    return readCatalog({ serverVersion: session.serverVersion, query }, wholeSchemas(["app"]));
  });
  expect(changed).toBe(true);
  return { model, readings };
}

describe("a reading", () => {
  it.each([
    ["triggers", "alter table app.t add column late int"],
    ["triggers", "alter table app.t drop column n"],
    ["triggers", "alter table app.t alter column n drop default"],
    ["triggers", "alter table app.t alter column n set default 2"],
    ["triggers", "alter table app.t alter column m set not null"],
    ["triggers", "alter table app.t rename column n to other"],
    ["triggers", "alter table app.t rename to other"],
    ["triggers", "drop index app.by_n"],
    ["triggers", "create index late on app.t (m)"],
    ["triggers", "alter table app.t drop constraint t_n_check"],
    ["triggers", "alter table app.t add check (n < 9)"],
    ["triggers", "alter table app.t drop constraint outward"],
    ["role", "drop table app.t"],
    ["triggers", "drop table app.t"],
    ["indexes", "drop trigger noop on app.t"],
    ["check-expressions", "create trigger late after update on app.t for each row execute function app.noop()"],
    ["defaults", "alter table app.t add column late int generated always as (x * 2) stored"],
    ["defaults", "alter table app.g add column late int default 4"],
    ["constraints", "alter table app.g drop column doubled"],
  ])("during which something changed before its %s (%s) gives the state after it", async (marker, change) => {
    if (database === null) throw new Error("no database");
    const { model, readings } = await readDuring(marker, change);
    expect(model).toEqual(await readModel(database.url, ["app"]));
    expect(readings).toBe(marker === "role" ? 1 : 2);
  });

  it("during which something else is written does not start again", async () => {
    const { readings } = await readDuring(
      "triggers",
      "create table beside.other (id int); insert into beside.other values (1)",
    );
    expect(readings).toBe(1);
  });
});

it("what a role may not do is no change: it is told at once, and as what it is", async () => {
  const hardened = await prepared();
  const role = await hardened.createRole();
  await hardened.sql(
    "drop table app.g; revoke execute on function pg_catalog.pg_get_expr(pg_node_tree, oid) from public",
  );
  try {
    await expect(readModel(role.url, ["app"])).rejects.toMatchObject({ code: "42501" });
  } finally {
    await hardened.sql("grant execute on function pg_catalog.pg_get_expr(pg_node_tree, oid) to public");
  }
});

it("a column has the sequence that its default draws from, wherever that is, and a key the columns that it points to", async () => {
  if (database === null) throw new Error("no database");
  const model = await readModel(database.url, ["app"]);
  const table = model.relations.find(({ name }) => name === "t");
  const sequences = table?.columns.map(({ name, sequence }) => [name, sequence === null ? null : sequence.name]);
  expect(Object.fromEntries(sequences ?? [])).toMatchObject({ id: "t_id_seq", k: "numbers", n: null });
  const keys = table?.constraints.filter(({ kind }) => kind === "foreign-key");
  expect(keys).toMatchObject([
    { columns: ["y", "x"], references: { schema: "beside", name: "target" }, referencedColumns: ["b", "a"] },
    { columns: ["self"], references: { schema: "app", name: "t" }, referencedColumns: ["id"] },
  ]);
  const generated = model.relations.find(({ name }) => name === "g");
  expect(generated?.columns.map((column) => [column.default?.text, column.generated?.expression.text])).toEqual([
    [undefined, undefined],
    [undefined, "(id * 2)"],
    ["3", undefined],
  ]);
});
