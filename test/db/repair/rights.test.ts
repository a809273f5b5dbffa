/** What the application's role may do after the plan, row security of tables that are made anew, and empty tables. */
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readObjectDefinitions } from "../../../src/catalog/index.js";
import { compare } from "../../../src/compare/index.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { displayName } from "../../../src/model/names.js";
import type { Gap } from "../../../src/model/report.js";
import { planSql, questionsOf, type SqlPlan, settle } from "../../../src/repair/index.js";
import { contractOf, observationOf, readModel } from "../../support/models.js";
import { answersOf, runPlan } from "../../support/plans.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../../support/postgres.js";

const BASE = `
create schema app; set search_path = app;
create table users (id serial primary key, name text not null);
create table secrets (id int primary key, owner_name text not null);
alter table secrets enable row level security; alter table secrets force row level security;
create policy own on secrets using (owner_name = current_user);
`;

let database: TestDatabase;
let client: pg.Client;
let role: TestRole;
let contract: Contract;

beforeAll(async () => {
  database = await createTestDatabase("rights");
  role = await database.createRole();
  client = await database.connect();
  await client.query(granted());
  const model = await readModel(database.url, ["app"], role.name);
  const definitions = await withReadSession(parseConnectionString(database.url), DEFAULT_LIMITS, (session) =>
    readObjectDefinitions(session, ["app"]),
  );
  contract = { ...contractOf(model, "app", { role: role.name }), definitions };
});

beforeEach(async () => {
  await client.query(`drop schema app cascade; ${granted()}`);
});

afterAll(() => database.drop());

function granted(): string {
  const to = `to "${role.name}"`;
  return `${BASE} grant usage on schema app ${to}; grant select, insert, update, delete on all tables in schema app ${to}; grant usage on all sequences in schema app ${to};`;
}

async function look() {
  const model = await readModel(database.url, ["app"], role.name);
  return { model, gaps: compare(contract, observationOf(model)).gaps };
}

async function mended(isEmpty: boolean | null = null): Promise<{ plan: SqlPlan; left: readonly Gap[] }> {
  const { gaps, model } = await look();
  const facts = { rows: null, bytes: 0, empty: isEmpty };
  const tables = new Map(model.relations.map((each) => [displayName(each), facts]));
  const plan = planSql({ contract, gaps, causes: [], histories: [], models: [model], tables, backfill: new Map() });
  const settled = settle(plan, await answersOf(client, questionsOf(plan)));
  await runPlan(client, settled.steps);
  await runPlan(client, settled.steps);
  return { plan: settled, left: (await look()).gaps };
}

describe("rights of the application's role", () => {
  it.each([
    "revoke insert on app.users from ROLE",
    "revoke usage on schema app from ROLE",
    "revoke usage on sequence app.users_id_seq from ROLE",
    "drop table app.users",
    "drop table app.users, app.secrets",
    "drop schema app cascade",
  ])("%s", async (change) => {
    await client.query(change.replace("ROLE", `"${role.name}"`));
    const { left, plan } = await mended();
    expect(left).toEqual([]);
    expect(plan.notDone).toEqual([]);
    const session = await database.connect();
    await session.query(`set role "${role.name}"`);
    await session.query("insert into app.users (name) values ('Ann')");
    await session.end();
  });

  it("takes a grant back with its undo", async () => {
    await client.query(`revoke insert, delete on app.users from "${role.name}"`);
    const { plan } = await mended();
    for (const { undo } of plan.steps) await client.query(undo ?? "");
    expect((await look()).gaps.map(({ code }) => code)).toEqual(["MISSING_PRIVILEGE", "MISSING_PRIVILEGE"]);
  });
});

describe("row security", () => {
  it("is there as soon as the table is: in one transaction, with its policies", async () => {
    await client.query("drop table app.secrets");
    const { plan, left } = await mended();
    expect(left).toEqual([]);
    const own = plan.steps.filter(
      ({ statement }) => statement.includes('"secrets"') || statement.includes("app.secrets"),
    );
    expect(new Set(own.map(({ group }) => group)).size).toBe(1);
    const { rows } = await client.query(
      "select relrowsecurity, relforcerowsecurity, (select count(*)::int from pg_policy where polrelid = c.oid) as policies from pg_class c where oid = 'app.secrets'::regclass",
    );
    expect(rows).toEqual([{ relrowsecurity: true, relforcerowsecurity: true, policies: 1 }]);
  });

  it("is a decision where its policies are gone", async () => {
    await client.query("drop policy own on app.secrets");
    const { gaps } = await look();
    expect(gaps.map(({ code }) => code)).toEqual(["ROW_SECURITY_HIDES_ROWS"]);
    const { plan, left } = await mended();
    expect(plan.steps).toEqual([]);
    expect(left).toHaveLength(1);
    expect(plan.notDone[0]?.statements).toEqual([expect.stringMatching(/^CREATE POLICY /)]);
    for (const statement of plan.notDone[0]?.statements ?? []) await client.query(statement);
    expect((await look()).gaps).toEqual([]);
  });
});

describe("tables known to be empty", () => {
  it.each([
    "alter table app.users drop column name",
    "alter table app.users alter name drop not null",
    "alter table app.users drop constraint users_pkey",
    "alter table app.users drop column id",
  ])("%s: nothing is left to people, and nothing is asked", async (change) => {
    await client.query(change);
    const { plan, left } = await mended(true);
    expect(left).toEqual([]);
    expect(plan.notDone).toEqual([]);
    expect(questionsOf(plan)).toEqual([]);
    expect(plan.steps.every(({ transactional }) => transactional)).toBe(true);
  });
});
