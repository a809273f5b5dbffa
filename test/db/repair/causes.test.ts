/** Causes that change the plan, as a verification finds them: names, another schema, what somebody is doing right now. */
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { planSql, type SqlPlan } from "../../../src/repair/index.js";
import { verify } from "../../../src/verify.js";
import { contractOf, readModel } from "../../support/models.js";
import { runPlan } from "../../support/plans.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

const BASE = `
create schema app; set search_path = app;
create type mood as enum ('sad', 'ok');
create table users (id int primary key, "fullName" text not null, mood mood);
create table projects (id int primary key, "userId" int not null references users, title text not null);
create table notes (id int primary key, body text, "projectId" int);
insert into users values (1, 'Ann', 'ok');
insert into projects values (1, 1, 'One');
`;

let database: TestDatabase;
let client: pg.Client;
let contract: Contract;

beforeAll(async () => {
  database = await createTestDatabase("causes");
  await database.sql(BASE);
  client = await database.connect();
  contract = contractOf(await readModel(database.url, ["app"]), "app");
});

beforeEach(async () => {
  await client.query(`drop schema app cascade; ${BASE}`);
});

afterAll(() => database.drop());

async function look() {
  return verify({ contract, connection: parseConnectionString(database.url), limits: DEFAULT_LIMITS });
}

async function plan(): Promise<SqlPlan> {
  const { gaps, causes, history } = await look();
  const models = [await readModel(database.url, ["app"])];
  return planSql({ contract, gaps, causes, histories: history, models, tables: new Map(), backfill: new Map() });
}

describe("names", () => {
  it.each([
    ['alter table users rename "fullName" to fullname', ["fullname"]],
    ['alter table projects rename "userId" to userid', ["userid"]],
    ["alter table projects rename title to headline", ["headline"]],
    ["alter table projects rename to project", ["project"]],
    ["alter type mood rename value 'sad' to 'SAD'", ["SAD"]],
  ])("%s: the rename is in the plan, and nothing else", async (change, names) => {
    await client.query(change);
    const { steps, notDone } = await plan();
    expect(notDone).toEqual([]);
    expect(steps).toHaveLength(1);
    for (const name of names) expect(steps[0]?.statement).toContain(name);
    expect(steps[0]?.hazards).toContainEqual(expect.objectContaining({ kind: "breaks-running-code" }));
    await runPlan(client, steps);
    if (!change.includes("value")) await runPlan(client, steps);
    expect((await look()).gaps).toEqual([]);
    await client.query(steps[0]?.undo ?? "");
    expect((await look()).gaps).not.toEqual([]);
  });

  it("asks where the type is another one", async () => {
    await client.query('alter table users drop "fullName"; alter table users add fullname varchar(10)');
    const { steps, notDone } = await plan();
    expect(steps).toEqual([]);
    expect(notDone).toMatchObject([
      {
        what: "The name of app.users.fullName",
        statements: [
          'ALTER TABLE "app"."users" RENAME COLUMN "fullname" TO "fullName";',
          'ALTER TABLE "app"."users" ADD COLUMN IF NOT EXISTS "fullName" text;',
          'UPDATE "app"."users" SET "fullName" = VALUE WHERE "fullName" IS NULL;',
          expect.stringContaining('CHECK ("fullName" IS NOT NULL) NOT VALID;'),
          expect.stringContaining("VALIDATE CONSTRAINT"),
          'ALTER TABLE "app"."users" ALTER COLUMN "fullName" SET NOT NULL;',
          expect.stringContaining("DROP CONSTRAINT IF EXISTS"),
        ],
      },
    ]);
  });
});

describe("another place", () => {
  it("moves nothing by itself", async () => {
    await client.query("create schema other");
    for (const table of ["users", "projects", "notes"]) await client.query(`alter table app.${table} set schema other`);
    try {
      const { steps, notDone } = await plan();
      expect(steps).toEqual([]);
      expect(notDone.map(({ statements: [first] }) => first)).toEqual([
        'ALTER TABLE "other"."notes" SET SCHEMA "app";',
        'ALTER TABLE "other"."projects" SET SCHEMA "app";',
        'ALTER TABLE "other"."users" SET SCHEMA "app";',
      ]);
    } finally {
      await client.query("drop schema other cascade");
    }
  });
});

describe("what somebody is doing right now", () => {
  it("is waited for", async () => {
    await client.query("alter table app.notes drop body");
    const other = await database.connect();
    const waiting = await database.connect();
    await other.query("begin; select * from app.notes");
    const pending = waiting.query("alter table app.notes add body text");
    try {
      await expect.poll(() => isWaiting(client)).toBe(true);
      const { steps, notDone } = await plan();
      expect(steps).toEqual([]);
      expect(notDone).toMatchObject([{ what: "Wait, then verify again", statements: [] }]);
    } finally {
      await other.query("rollback");
      await pending;
    }
  });
});

async function isWaiting(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query(
    "select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())",
  );
  return rows.length > 0;
}
