/** Locks that other sessions really hold: verify does not wait for them, and says whose they are. */
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Contract } from "../../../src/model/contract.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { causesOf, contractNow, evidenceOf, gapsOf, needingRows, rowsIn, until, verifyAs } from "./support.js";

let database: TestDatabase;
let contract: Contract;
let other: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase("locks");
  await database.sql(`create table plans (id int primary key, price int check (price > 0));
create table users (id int primary key, email text);
insert into plans values (1, 1); insert into users values (1, 'a@b')`);
  contract = needingRows(await contractNow(database), rowsIn("plans"), rowsIn("users"));
  other = await database.connect();
  await other.query("set application_name = 'the migration'");
});
afterEach(() => database.drop());

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid ?? 0;
}

describe("a required table that another session holds", () => {
  beforeEach(async () => {
    await other.query("begin; lock table plans in access exclusive mode");
    await other.query("select 1 as one /* note */ where 'secret-in-a-literal' <> $$another-secret$$");
  });

  // The lock is given back after verify has answered, so an answer is the proof that verify did not wait for it.
  it("is unverified, and the cause names process, lock, transaction and statement", async () => {
    const report = await verifyAs(database.url, contract);
    await other.query("rollback");
    const pid = report.causes[0]?.evidence[0]?.fact.match(/process (\d+)/)?.[1];
    expect(report.verdict).toBe("unverified");
    expect(causesOf(report)).toEqual(["BLOCKED_BY_LOCK certain"]);
    expect(report.causes[0]?.unverified.map(({ kind, relation }) => `${kind} ${relation}`)).toEqual([
      "constraint plans",
      "rows plans",
    ]);
    expect(report.causes[0]?.message).toContain("public.plans is locked by process");
    expect(Number(pid)).toBe(await pidOf(other));
    const evidence = evidenceOf(report, "BLOCKED_BY_LOCK");
    expect(evidence).toMatch(/\(role \S+, the migration\) holds ACCESS EXCLUSIVE on public\.plans/);
    expect(evidence).toMatch(
      /is idle in transaction, in a transaction for \d+ s; it ran last: select 1 as one where '\.\.\.' <> '\.\.\.'/,
    );
    expect(JSON.stringify(report)).not.toMatch(/secret/);
  });

  it("shows a role without pg_monitor the process, and says what it may not see", async () => {
    const role = await database.createRole({
      grants: "grant usage on schema public to ROLE; grant select on all tables in schema public to ROLE",
    });
    const report = await verifyAs(role.url, contract);
    await other.query("rollback");
    expect(causesOf(report)).toEqual(["BLOCKED_BY_LOCK certain"]);
    const evidence = evidenceOf(report, "BLOCKED_BY_LOCK");
    expect(evidence).toContain("holds ACCESS EXCLUSIVE on public.plans");
    expect(evidence).toContain(`is hidden from role ${role.name}, which is not a member of pg_monitor`);
    expect(evidence).not.toContain("select 1");
  });

  it("is possibly being changed when something of it is missing", async () => {
    await database.sql("alter table users drop column email");
    await other.query("rollback; begin; alter table users add column email text");
    const report = await verifyAs(database.url, contract);
    await other.query("rollback");
    expect(gapsOf(report)).toEqual(["MISSING_COLUMN users.email"]);
    expect(causesOf(report)).toEqual(["BLOCKED_BY_LOCK possible", "BLOCKED_BY_LOCK certain"]);
    expect(report.causes[0]?.message).toMatch(/public\.users is being changed right now by process \d+/);
  });
});

describe("a migration that waits for a lock", () => {
  it("explains what it has not brought yet, with who holds it up", async () => {
    await database.sql("alter table users drop column email");
    await other.query("begin; select count(*) from users");
    const holder = await pidOf(other);
    const migration = await database.connect();
    const altering = migration.query("alter table users add column email text").catch(() => null);
    await until(database, "select 1 from pg_locks where not granted and relation = 'users'::regclass");
    const report = await verifyAs(database.url, contract);
    await other.query("rollback");
    await altering;
    expect(causesOf(report)).toContain("BLOCKED_BY_LOCK likely");
    const cause = report.causes.find(({ confidence }) => confidence === "likely");
    expect(cause?.message).toMatch(
      /^A change of public\.users is held up: process \d+ .* waits for a lock that process \d+ \(role \S+, the migration\) holds\.$/,
    );
    expect(cause?.evidence.map(({ fact }) => fact).join("\n")).toMatch(
      new RegExp(`waits for ACCESS EXCLUSIVE on public.users, behind process ${holder}; whoever comes later waits too`),
    );
    expect((await verifyAs(database.url, contract)).verdict).toBe("pass");
  });
});
