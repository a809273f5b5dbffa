/**
 * Every change of a type that the plan calls lossless, tried on values at the ends of their range: each value has to come
 * back as itself, and the table is rewritten exactly where the plan says so. And the counts of what does not fit.
 */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../../src/compare/index.js";
import type { TypeRef } from "../../../src/model/schema.js";
import { planSql, questionsOf } from "../../../src/repair/index.js";
import { changeOf } from "../../../src/repair/plan/widening.js";
import { contractOf, observationOf, readModel } from "../../support/models.js";
import { answersOf } from "../../support/plans.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

/** Type and values that it holds. */
const TYPES: readonly (readonly [string, readonly string[]])[] = [
  ["smallint", ["-32768", "32767"]],
  ["integer", ["-2147483648", "2147483647"]],
  ["bigint", ["-9223372036854775808", "9223372036854775807"]],
  ["real", ["'1.1'", "'3.4e38'"]],
  ["double precision", ["'1.1'", "'1e300'"]],
  ["numeric", ["123456789012345678901234567890.123456789"]],
  ["numeric(6,2)", ["-9999.99"]],
  ["numeric(8,2)", ["-999999.99"]],
  ["numeric(8,4)", ["-9999.9999"]],
  ["numeric(20,0)", ["-99999999999999999999"]],
  ["text", ["'äöü   '"]],
  ["varchar", ["'äöü   '"]],
  ["varchar(5)", ["'äöü'"]],
  ["varchar(9)", ["'äöü   '"]],
  ["char(5)", ["'a'"]],
  ["timestamp", ["'2025-10-12 10:11:12.123456'"]],
  ["timestamp(3)", ["'2025-10-12 10:11:12.123'"]],
  ["timestamptz", ["'2025-10-12 10:11:12.123456+02'"]],
  ["timestamptz(0)", ["'2025-10-12 10:11:12+02'"]],
  ["time(0)", ["'10:11:12'"]],
  ["time", ["'10:11:12.123456'"]],
  ["date", ["'2025-10-12'"]],
  ["uuid", ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"]],
  ["json", ['\'{"a": 1, "a": 2}\'']],
  ["jsonb", ["'{\"a\": 1}'"]],
  ["integer[]", ["'{1,2}'"]],
  ["bigint[]", ["'{1,2}'"]],
  ["varchar(5)[]", ["'{ab,c}'"]],
  ["text[]", ["'{ab,c}'"]],
];

let database: TestDatabase;
let client: pg.Client;
let refs: Map<string, TypeRef>;

beforeAll(async () => {
  database = await createTestDatabase("types");
  client = await database.connect();
  await client.query("create schema app");
  const columns = TYPES.map(([type], i) => `c${i} ${type}`);
  await client.query(`create table app.every (${columns.join(", ")})`);
  const model = await readModel(database.url, ["app"]);
  refs = new Map(model.relations[0]?.columns.map(({ type }, i) => [TYPES[i]?.[0] ?? "", type]));
});

afterAll(() => database.drop());

const PAIRS = TYPES.flatMap(([from, values]) => TYPES.flatMap(([to]) => (from === to ? [] : [{ from, to, values }])));

describe("changes of a type", () => {
  it("keep every value where they are called lossless, and rewrite where they say so", async () => {
    const tried: string[] = [];
    for (const { from, to, values } of PAIRS) {
      const change = changeOf(typeOf(from), typeOf(to));
      if (change === "lossy") continue;
      const found = await changed(from, to, values);
      expect(found, `${from} -> ${to}`).toEqual({ kept: true, rewritten: change === "rewrite" });
      tried.push(`${from} -> ${to}`);
    }
    expect(tried.length).toBeGreaterThan(25);
    expect(tried).toContain("varchar(5) -> text");
    expect(tried).toContain("integer -> bigint");
    expect(tried).toContain("integer -> double precision");
    expect(tried).not.toContain("integer -> real");
    expect(tried).not.toContain("bigint -> double precision");
    expect(tried).not.toContain("char(5) -> text");
    expect(tried).not.toContain("bigint -> integer");
    expect(tried).not.toContain("timestamp -> timestamptz");
  });
});

function typeOf(text: string): TypeRef {
  const ref = refs.get(text);
  if (ref === undefined) throw new Error(text);
  return ref;
}

async function changed(from: string, to: string, values: readonly string[]) {
  await client.query(`drop table if exists app.t; create table app.t (v ${from}, old ${from})`);
  for (const value of values) await client.query(`insert into app.t values (${value}, ${value})`);
  const before = await fileOf();
  await client.query(`alter table app.t alter v type ${to}`);
  const { rows } = await client.query<{ kept: boolean }>(
    `select bool_and(v::${from}::text = old::text) as kept from app.t`,
  );
  return { kept: rows[0]?.kept, rewritten: (await fileOf()) !== before };
}

async function fileOf(): Promise<string> {
  const { rows } = await client.query<{ file: string }>("select pg_relation_filenode('app.t')::text as file");
  return rows[0]?.file ?? "";
}

/** What is expected, what is there, values, and how many of them do not fit; null: nothing simple tells. */
const MISFITS: readonly (readonly [string, string, readonly string[], number | null])[] = [
  ["varchar(3)", "text", ["'abc'", "'abcd'", "null"], 1],
  ["varchar(3)", "varchar(9)", ["'äöü'", "'äöüß'"], 1],
  ["integer", "bigint", ["1", "2147483648", "-2147483649"], 2],
  ["smallint", "integer", ["1", "40000"], 1],
  ["integer", "numeric", ["1", "1.5", "1e12"], 2],
  ["integer", "text", ["'12'", "' -7 '", "'x'", "''", "'99999999999'"], 3],
  ["numeric(4,2)", "numeric", ["12.34", "99.999", "1.005", "123"], 3],
  ["numeric(4,2)", "text", ["'1.5'", "'.5'", "'1e3'", "'x'"], 1],
  ["boolean", "text", ["'true'", "'NO'", "'maybe'"], 1],
  ["uuid", "text", ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'x'"], 1],
  ["app.mood", "text", ["'ok'", "'bad'", "null"], 1],
  ["timestamp", "timestamptz", ["now()"], null],
  ["date", "text", ["'2025-01-01'"], null],
];

describe("what does not fit is counted first", () => {
  it.each(MISFITS)("%s, and %s is there", async (wanted, actual, values, count) => {
    await client.query("drop table if exists app.t; drop table if exists app.every; drop type if exists app.mood");
    await client.query(`create type app.mood as enum ('ok'); create table app.t (v ${wanted})`);
    const contract = contractOf(await readModel(database.url, ["app"]), "app");
    await client.query(`drop table app.t; create table app.t (v ${actual})`);
    for (const value of values) await client.query(`insert into app.t values (${value})`);
    const model = await readModel(database.url, ["app"]);
    const { gaps } = compare(contract, observationOf(model));
    const plan = planSql({
      contract,
      gaps,
      causes: [],
      histories: [],
      models: [model],
      tables: new Map(),
      backfill: new Map(),
    });
    expect(plan.steps).toEqual([]);
    expect(plan.notDone).toMatchObject([{ gaps: gaps.map(({ id }) => id), option: null }]);
    const answers = [...(await answersOf(client, questionsOf(plan))).values()];
    expect(answers.every(({ kind }) => kind === "count")).toBe(true);
    expect(answers.length === 1 ? null : answers[0]).toEqual(count === null ? null : { kind: "count", count });
    // What fits can be converted by the statement that is told.
    if (count === null) await runAll(plan.notDone[0]?.statements ?? []);
    else
      expect(await conversionFails(plan.notDone[0]?.statements ?? [])).toBe(
        count > 0 && !LENIENT.includes(`${actual} -> ${wanted}`),
      );
  });
});

/** Here PostgreSQL rounds or cuts instead of refusing, which is worse. */
const LENIENT = ["text -> varchar(3)", "varchar(9) -> varchar(3)"];

async function runAll(statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}

async function conversionFails(statements: readonly string[]): Promise<boolean> {
  return runAll(statements).then(
    () => false,
    () => true,
  );
}
