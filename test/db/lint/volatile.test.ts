import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VOLATILE } from "../../../src/lint/rules/columns.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase("lint_volatile");
  await database.sql('create extension if not exists pgcrypto; create extension if not exists "uuid-ossp"');
});
afterAll(() => database.drop());

/** Volatile, and nothing that anybody takes a default from: administration, handlers, files, locks, XML of tables. */
const NO_DEFAULTS =
  /^(pg_|lo_?|binary_upgrade_|brin_|gin_|\w+_to_xml|suppress_|ts_rewrite|set_config|setseed|txid_|currtid|amvalidate|bernoulli|system|fips_mode)|handler$/;

describe("functions that give every row a value of its own", () => {
  it("are volatile to PostgreSQL, as far as it has them", async () => {
    const rows = await database.query<{ name: string; volatile: boolean }>(
      "select proname as name, bool_or(provolatile = 'v') as volatile from pg_proc where proname = any($1) group by 1",
      [VOLATILE],
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ volatile }) => !volatile)).toEqual([]);
  });

  it("are all that PostgreSQL and the extensions for ids have", async () => {
    const rows = await database.query<{ name: string }>(
      `select distinct proname as name from pg_proc p
       where provolatile = 'v' and prokind = 'f' and prorettype not in ('trigger'::regtype, 'void'::regtype, 'internal'::regtype, 'event_trigger'::regtype)
         and not proretset and pronargs - pronargdefaults <= 2 order by 1`,
    );
    const missing = rows.map(({ name }) => name).filter((name) => !VOLATILE.includes(name) && !NO_DEFAULTS.test(name));
    expect(missing).toEqual([]);
  });
});
