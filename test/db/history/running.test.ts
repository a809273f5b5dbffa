/** Migrations that run while somebody looks: real sessions that hold the locks of the tools. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import { buildHistories, readRecordTables } from "../../../src/history/index.js";
import type { Contract } from "../../../src/model/contract.js";
import type { RecordTool } from "../../../src/model/migrations.js";
import { application, contractOf } from "../../support/builders.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { RECORD_TABLE_FIXTURES, recordTableSql } from "../../support/record-tables.js";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase("running");
  await db.sql(`create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
    migration_name varchar(255) not null, logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0);
    insert into _prisma_migrations (id, checksum, migration_name) values ('1', repeat('a', 64), 'a')`);
  for (const tool of ["knex", "goose"] as const) {
    await db.sql(recordTableSql(RECORD_TABLE_FIXTURES[tool], "public", []));
  }
});
afterAll(() => db?.drop());

const requiring = (tool: RecordTool, required: readonly string[]): Contract =>
  contractOf(application({ name: "app", migrations: { tool, schema: null, required } }));
async function look(contract: Contract, url = db.url) {
  const readings = await withReadSession(parseConnectionString(url), DEFAULT_LIMITS, (session) =>
    readRecordTables(session, contract),
  );
  return buildHistories(contract, readings)[0]?.migrations[0];
}
/** Another session that does something while the work runs, and undoes it afterwards. */
async function whileHolding<T>(statement: string, work: (pid: number) => Promise<T>): Promise<T> {
  const other = await db.connect();
  await other.query("set application_name = 'deploy job'");
  await other.query(`begin; ${statement}`);
  const { rows } = await other.query<{ pid: number }>("select pg_backend_pid() as pid");
  try {
    return await work(rows[0]?.pid ?? 0);
  } finally {
    await other.query("rollback; select pg_advisory_unlock_all()");
  }
}

describe("Prisma", () => {
  const contract = requiring("prisma", ["a"]);

  it("runs while a session holds the advisory lock, and the session is named", async () => {
    await whileHolding("select pg_advisory_lock(72707369)", async (pid) => {
      const migration = await look(contract);
      expect(migration).toMatchObject({ status: "running", blocks: false });
      expect(migration?.note).toContain(
        `it runs now: session ${pid} (deploy job) holds the advisory lock 72707369 since 20`,
      );
    });
  });

  it("is seen to run by a role that may see nothing of other sessions", async () => {
    const role = await db.createRole({ grants: "grant select on _prisma_migrations to ROLE" });
    await whileHolding("select pg_advisory_lock(72707369)", async (pid) => {
      const migration = await look(contract, role.url);
      expect(migration).toMatchObject({ status: "running", note: expect.stringContaining(`session ${pid}`) });
    });
  });

  it("was killed when nobody holds the lock, whatever other locks are held", async () => {
    await whileHolding("select pg_advisory_lock(1), pg_advisory_lock(1, 72707369)", async () => {
      expect(await look(contract)).toMatchObject({
        status: "failed",
        blocks: true,
        note: expect.stringContaining("was killed"),
      });
    });
  });

  it("of another database holds its own lock, not ours", async () => {
    const other = await createTestDatabase("running_elsewhere");
    try {
      const client = await other.connect();
      await client.query("select pg_advisory_lock(72707369)");
      expect(await look(contract)).toMatchObject({ status: "failed" });
    } finally {
      await other.drop();
    }
  });
});

describe("other tools", () => {
  it("goose: the first that is not applied, while the session lock is held", async () => {
    const contract = requiring("goose", ["1", "2"]);
    expect(await look(contract)).toMatchObject({ name: "1", status: "pending" });
    await whileHolding("select pg_advisory_lock(4097083626)", async () => {
      expect(await look(contract)).toMatchObject({
        status: "running",
        note: expect.stringContaining("it, or what comes before it, runs now"),
      });
    });
  });

  it("any: while a session has written to the record table and not committed", async () => {
    const contract = requiring("goose", ["1"]);
    await whileHolding("insert into goose_db_version (version_id, is_applied) values (1, true)", async () => {
      expect(await look(contract)).toMatchObject({
        status: "running",
        note: expect.stringContaining("RowExclusiveLock on the record table"),
      });
    });
    await whileHolding("select * from goose_db_version", async () => {
      expect(await look(contract)).toMatchObject({ status: "pending" });
    });
  });

  it("Knex: its lock is a row, which stays when the process is killed", async () => {
    const contract = requiring("knex", ["a"]);
    expect(await look(contract)).toMatchObject({ status: "pending" });
    await db.sql("update knex_migrations_lock set is_locked = 1");
    expect(await look(contract)).toMatchObject({
      status: "running",
      note: expect.stringContaining("row in knex_migrations_lock; a killed process leaves this lock behind"),
    });
    const role = await db.createRole({ grants: "grant select on knex_migrations to ROLE" });
    expect(await look(contract, role.url)).toMatchObject({ status: "pending" });
  });
});
