/** A copy equals its original, whatever the original holds; one that does not is not used, and the reason is given. */
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { RICH_SCHEMA } from "../expect/rich-schema.js";
import { HARD_SCHEMAS, SINCE_14 } from "./schemas.js";
import { made, useCopies } from "./support.js";

const copyOf = useCopies();
const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

async function databaseWith(name: string, ...scripts: readonly string[]): Promise<TestDatabase> {
  const database = await createTestDatabase(name);
  databases.push(database);
  for (const script of scripts) await database.sql(script);
  await database.sql("reset all");
  return database;
}

describe("the copy equals the original", () => {
  it.each(Object.entries(HARD_SCHEMAS))("%s", async (name, script) => {
    const database = await databaseWith(`copy ${name}`, script);
    const copy = made(await copyOf(database.url));
    expect(copy.leftOut).toEqual([]);
    expect(copy.notes).toEqual([]);
    await copy.connection.close();
  });

  it("a schema with one of each thing", async () => {
    const database = await databaseWith("copy rich", RICH_SCHEMA);
    const copy = made(await copyOf(database.url));
    expect(copy.leftOut).toEqual([]);
    await copy.connection.close();
  });

  it("functions and ranges of PostgreSQL 14", async ({ skip }) => {
    const database = await databaseWith("copy since 14");
    if (database.serverVersion < 140_000) skip("PostgreSQL 13 has neither");
    await database.sql(SINCE_14);
    const copy = made(await copyOf(database.url));
    expect(copy.leftOut).toEqual([]);
    await copy.connection.close();
  });

  it("in what the model does not say of types", async () => {
    const parts = `select t.typname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) as type, k.collname
      from pg_catalog.pg_type t join pg_catalog.pg_attribute a on a.attrelid = t.typrelid
      left join pg_catalog.pg_collation k on k.oid = a.attcollation where t.typname = 'point3' order by a.attnum`;
    const ranges =
      "select rngtypid::regtype::text, rngsubtype::regtype::text, rngsubdiff::regproc::text from pg_catalog.pg_range where rngtypid >= 16384";
    const database = await databaseWith("copy types", HARD_SCHEMAS["types"] ?? "");
    const original = new pg.Client({ connectionString: database.url });
    await original.connect();
    const copy = made(await copyOf(database.url));
    for (const [sql, count] of [
      [parts, 4],
      [ranges, 1],
    ] as const) {
      const { rows } = await original.query(sql);
      expect(rows).toHaveLength(count);
      expect(await copy.connection.query(sql)).toEqual(rows);
    }
    await Promise.all([original.end(), copy.connection.close()]);
  });

  it("an empty database", async () => {
    const database = await databaseWith("copy empty");
    await made(await copyOf(database.url)).connection.close();
  });
});

const states = new URL("../../incidents/states/", import.meta.url);
describe("the states of the incidents", () => {
  const names = readdirSync(states).filter((name) => name.endsWith(".sql"));
  it("are found", () => expect(names.length).toBeGreaterThan(3));
  it.each(names)("%s", async (name) => {
    const database = await databaseWith(`copy ${name}`, readFileSync(new URL(name, states), "utf8"));
    const copy = made(await copyOf(database.url));
    expect(copy.leftOut).toEqual([]);
    await copy.connection.close();
  });
});
