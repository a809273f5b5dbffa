/** The role that the service connects as is changed while it runs: its password, its rights, its settings. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Contract } from "../../src/model/contract.js";
import { type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { type LiveService, startLiveService } from "../support/live-service.js";
import {
  CONTRACT,
  expectAway,
  expectHealed,
  GAP,
  HIDDEN,
  LOOKED,
  lookingInside,
  NEW_PASSWORD,
  PASSWORD,
  prepare,
} from "./fixture.js";

const CUT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'canary_role'";

let server: LivePostgres;
let service: LiveService | undefined;

beforeAll(async () => {
  server = await startLivePostgres();
  await prepare(server);
});
afterAll(() => server.remove());
beforeEach(() => {
  service = undefined;
});
afterEach(() => service?.stop());

async function serve(contract: Contract = CONTRACT, statementTimeoutMs = 2_000): Promise<LiveService> {
  const databaseUrl = server.urlFor("canary_role", PASSWORD);
  const limits = { statementTimeoutMs };
  service = await startLiveService({ databaseUrl, contract, limits, hidden: HIDDEN });
  await service.untilHealth(/^200 pass$/);
  expect(service.takeEvents()).toEqual(["start", "verdict pass"]);
  return service;
}

describe.each([
  [
    "whose password is changed",
    `alter role canary_role password '${NEW_PASSWORD}'`,
    `alter role canary_role password '${PASSWORD}'`,
    /SQLSTATE 28P01\)\. The password/,
  ],
  ["that may not log in any more", "alter role canary_role nologin", "alter role canary_role login", /SQLSTATE 28000/],
  [
    "that may not connect to the database any more",
    "revoke connect on database postgres from public",
    "grant connect on database postgres to public",
    /SQLSTATE 42501/,
  ],
  [
    "that has no connection left",
    "alter role canary_role connection limit 0",
    "alter role canary_role connection limit -1",
    /SQLSTATE 53300/,
  ],
])("a role %s", (_name, change, mend, reason) => {
  it("goes on with the connection that it has; a new one is refused, until that is mended", async () => {
    const running = await serve();
    await server.sql(change);
    try {
      await running.verifications(2);
      expect(await running.health()).toBe("200 pass");
      await server.sql(CUT);
      await expectAway(running, reason);
    } finally {
      await server.sql(mend);
    }
    await expectHealed(running);
    expect(running.log()).not.toContain(NEW_PASSWORD);
  });
});

describe("a role that loses its rights", () => {
  it("on a table is a gap at once, and none when it has them again", async () => {
    const running = await serve();
    await server.sql("revoke select on canaries from canary_role");
    try {
      await running.untilHealth(/^503 fail 1 of 1 feature broken, 1 gap$/);
      expect(await running.answers()).toEqual(GAP);
      expect(running.takeEvents()).toEqual(["verdict fail"]);
      expect((await running.get("/schema/verify")).text).toContain("MISSING_PRIVILEGE");
    } finally {
      await server.sql("grant select on canaries to canary_role");
    }
    await expectHealed(running);
  });
});

describe("settings of the role", () => {
  it("do not apply: a statement_timeout that is too short for what has to be asked is not ours", async () => {
    await server.sql(`
      insert into canaries values ('tweety');
      alter role canary_role set statement_timeout = '100ms'; alter role canary_role set lock_timeout = '1ms'`);
    try {
      const running = await serve(lookingInside("pg_catalog.pg_sleep(0.3) is not null"), 5_000);
      await running.verifications(2);
      expect(await running.health()).toBe("200 pass");
    } finally {
      await server.sql("truncate canaries; alter role canary_role reset all");
    }
  });

  it("that end idle sessions cost a new connection, and no verdict", async () => {
    await server.sql("alter role canary_role set idle_session_timeout = '50ms'");
    try {
      const running = await serve();
      await running.verifications(5);
      await running.untilHealth(/^200 pass$/);
      // On a busy machine a session may end before it is used; that is a failure, and damped.
      expect(running.takeEvents().filter((event) => event.startsWith("verdict"))).toEqual([]);
    } finally {
      await server.sql("alter role canary_role reset all");
    }
  });
});

describe("a migration that holds ACCESS EXCLUSIVE", () => {
  it("holds up nothing; what it changes is seen when it has committed", async () => {
    const running = await serve();
    const migration = await server.connect();
    try {
      await migration.query(
        "begin; lock table canaries in access exclusive mode; alter table canaries drop column name",
      );
      await running.verifications(3);
      await running.answersMeanwhile();
      await sleep(1_000);
      expect(await running.health()).toBe("200 pass");
      await migration.query("commit");
      await running.untilHealth(/^503 fail 1 of 1 feature broken, 1 gap$/);
      expect(running.takeEvents()).toEqual(["verdict fail"]);
    } finally {
      await migration.end();
      await server.sql(
        "alter table canaries add column if not exists name text; grant select on canaries to canary_role",
      );
    }
    await expectHealed(running);
  });

  it("makes unverified what would have to be read from the table, and nothing else", async () => {
    const running = await serve(lookingInside("id is not null"));
    const migration = await server.connect();
    try {
      await migration.query("begin; alter table canaries add column age int");
      // As long as no catalog has changed the last verification holds.
      await running.verifications(2);
      expect(await running.health()).toBe("200 pass");
      await server.sql("create table elsewhere (id integer)");
      await running.untilHealth(/^503 fail unverified: 1 object could not be looked at: .*lock timeout/);
      expect(await running.answers()).toEqual({ ...LOOKED, "/schema/health": 503 });
      expect(await running.metric('schemaready_features{status="unverified"}')).toBe(1);
      expect(await running.metric("schemaready_unverified")).toBe(1);
      expect(running.takeEvents()).toEqual(["verify-failed", "verdict unverified"]);
    } finally {
      await migration.end();
    }
    await expectHealed(running);
  });
});
