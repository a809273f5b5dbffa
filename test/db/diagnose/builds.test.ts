/** Concurrent index builds that really run, and that are really killed. */
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Contract } from "../../../src/model/contract.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { causesOf, contractNow, evidenceOf, gapsOf, until, verifyAs } from "./support.js";

let database: TestDatabase;
let contract: Contract;
let writer: pg.Client;
let builder: pg.Client;
let building: Promise<unknown>;

/** The build waits for the writer's transaction, so it runs for as long as a test likes. */
beforeEach(async () => {
  database = await createTestDatabase("builds");
  await database.sql(
    "create table files (id int primary key, project int); create index files_project on files (project)",
  );
  contract = await contractNow(database);
  await database.sql("drop index files_project");
  [writer, builder] = [await database.connect(), await database.connect()];
  await writer.query("begin; insert into files values (1, 1)");
  building = builder
    .query("create index concurrently files_project on files (project)")
    .catch((error: unknown) => error);
  await until(database, "select 1 from pg_stat_progress_create_index where phase like 'waiting for writers%'");
});
afterEach(async () => {
  await writer.query("rollback; select pg_advisory_unlock_all()");
  await building;
  await database.drop();
});

async function kill(): Promise<void> {
  await database.query(
    "select pg_terminate_backend(pid) from pg_stat_progress_create_index where datname = current_database()",
  );
  await building;
  await until(
    database,
    "select 1 where not exists (select from pg_stat_progress_create_index where datname = current_database())",
  );
}

describe("an index that is being built", () => {
  it("is told with phase and process", async () => {
    const report = await verifyAs(database.url, contract);
    expect(gapsOf(report)).toEqual(["INVALID_INDEX files.files_project"]);
    expect(causesOf(report)).toEqual(["CONCURRENT_BUILD_RUNNING certain"]);
    expect(evidenceOf(report, "CONCURRENT_BUILD_RUNNING")).toMatch(
      /process \d+ .*builds it: phase "waiting for writers before build"/,
    );
  });

  it("is not called failed for a role that may not see the progress", async () => {
    const role = await database.createRole({ grants: "grant usage on schema public to ROLE" });
    const report = await verifyAs(role.url, contract);
    expect(causesOf(report)).toEqual(["CONCURRENT_BUILD_RUNNING likely"]);
    expect(evidenceOf(report, "CONCURRENT_BUILD_RUNNING")).toContain("is not a member of pg_monitor");
  });
});

describe("an index whose build was killed", () => {
  beforeEach(kill);

  it("is a failed build, also after a retry that says that it succeeded, until it is rebuilt as the evidence says", async () => {
    expect(causesOf(await verifyAs(database.url, contract))).toEqual(["CONCURRENT_BUILD_FAILED certain"]);
    await writer.query("rollback");
    await database.sql("create index concurrently if not exists files_project on files (project)");
    const report = await verifyAs(database.url, contract);
    expect(gapsOf(report)).toEqual(["INVALID_INDEX files.files_project"]);
    expect(causesOf(report)).toEqual(["CONCURRENT_BUILD_FAILED certain"]);
    const statement = /To do so: (.*;)$/m.exec(evidenceOf(report, "CONCURRENT_BUILD_FAILED"))?.[1] ?? "";
    expect(statement).toBe('REINDEX INDEX CONCURRENTLY "public"."files_project";');
    await database.sql(statement);
    expect((await verifyAs(database.url, contract)).verdict).toBe("pass");
  });

  it("is a failed build for a role that may not see the progress of others", async () => {
    const role = await database.createRole({ grants: "grant usage on schema public to ROLE" });
    expect(causesOf(await verifyAs(role.url, contract))).toEqual(["CONCURRENT_BUILD_FAILED certain"]);
  });
});

describe("an index that a plain CREATE INDEX is building", () => {
  it("is not there yet, and likely comes with it", async () => {
    await kill();
    await writer.query("rollback");
    await database.sql(`drop index files_project; insert into files values (1, 1);
create function slowly(int) returns int language plpgsql immutable as 'begin perform pg_advisory_lock(1); return $1; end'`);
    await writer.query("select pg_advisory_lock(1)");
    const plain = await database.connect();
    building = plain.query("create index files_project on files (project) where slowly(project) = 1").catch(() => null);
    await until(database, "select 1 from pg_locks where locktype = 'advisory' and not granted");
    const report = await verifyAs(database.url, contract);
    await writer.query("select pg_advisory_unlock(1)");
    expect(gapsOf(report)).toEqual(["MISSING_INDEX files.files_project"]);
    expect(causesOf(report)).toEqual(["CONCURRENT_BUILD_RUNNING likely"]);
    expect(report.causes[0]?.message).toContain("An index is being built on public.files right now");
  });
});
