/** A server on which others write all the time: the catalog is read when it has changed, and not otherwise. */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { verify } from "../../../src/verify.js";
import { facts, settle, type Watched, watch } from "../../drift/watched.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../../support/postgres.js";
import { CONTRACT, schemaFor } from "./fixture.js";

let database: TestDatabase;
let role: TestRole;
let watched: Watched;

beforeAll(async () => {
  database = await createTestDatabase("busy");
  role = await database.createRole();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql(schemaFor(`"${role.name}"`));
  watched = await watch(CONTRACT, role.url);
  return () => watched.close();
});

const verified = (contract: Contract = CONTRACT) =>
  verify({ contract, connection: parseConnectionString(role.url), limits: DEFAULT_LIMITS });

describe("a verifier on a busy server", () => {
  it("stops reading the catalog, with a report that is as new as any", async () => {
    const first = await watched.look();
    const report = await settle(watched);
    expect(facts(report)).toEqual(facts(first));
    expect(facts(report)).toEqual(facts(await verified()));
    expect(report.checkedAt > first.checkedAt).toBe(true);
  });

  it.each([
    ["revoke select on users from ROLE", "fail"],
    ["revoke usage on schema public from ROLE", "unverified"],
    ["revoke select on _prisma_migrations from ROLE", "unverified"],
    ["alter table users enable row level security", "fail"],
    ["delete from plans", "fail"],
    ["update _prisma_migrations set finished_at = null, logs = 'no'", "warn"],
    ["alter table users drop constraint short, add constraint short check (length(name) < 98)", "warn"],
    ["drop index users_name", "fail"],
  ])("sees %s at once", async (statement, verdict) => {
    await settle(watched);
    await database.sql(statement.replaceAll("ROLE", `"${role.name}"`));
    const report = await watched.look();
    expect(report.verdict).toBe(verdict);
    expect(facts(report)).toEqual(facts(await verified()));
  });

  it("reads, and says so, when what must be read each time is locked", async () => {
    await settle(watched);
    const migration = await database.connect();
    try {
      await migration.query("begin; lock table plans in access exclusive mode");
      expect((await watched.look()).verdict).toBe("unverified");
    } finally {
      await migration.end();
    }
    expect((await watched.look()).verdict).toBe("pass");
  });

  it("is not taken in by a change that comes and goes", async () => {
    const migration = await database.connect();
    try {
      for (let round = 0; round < 6; round++) {
        const looking = (async () => {
          for (let i = 0; i < 4; i++) await watched.look();
        })();
        await comeAndGo(migration, 3 + (round % 2));
        await looking;
        expect(facts(await watched.look())).toEqual(facts(await verified()));
      }
    } finally {
      await migration.end();
    }
  });
});

/** Drops the index and makes it again, in turns; after an even number of times it is there. */
async function comeAndGo(session: pg.Client, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const { rows } = await session.query("select from pg_class where relname = 'users_name'");
    await session.query(rows.length > 0 ? "drop index users_name" : "create unique index users_name on users (name)");
    await sleep(150);
  }
}
