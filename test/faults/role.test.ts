/** The role that the service connects as is changed while it runs: its password, its rights, its settings. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { useCourse } from "./course.js";
import { lookingInside, NEW_PASSWORD, PASSWORD, prepare } from "./fixture.js";
import type { FaultName } from "./table.js";

const CUT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'canary_role'";

let server: LivePostgres;

beforeAll(async () => {
  server = await startLivePostgres();
  await prepare(server);
});
afterAll(() => server.remove());

const beginHere = useCourse(() => server.urlFor("canary_role", PASSWORD));

describe.each<readonly [string, FaultName, string, string, RegExp]>([
  [
    "whose password is changed",
    "password",
    `alter role canary_role password '${NEW_PASSWORD}'`,
    `alter role canary_role password '${PASSWORD}'`,
    /SQLSTATE 28P01\)\. The password/,
  ],
  [
    "that may not log in any more",
    "login",
    "alter role canary_role nologin",
    "alter role canary_role login",
    /SQLSTATE 28000/,
  ],
  [
    "that may not connect to the database any more",
    "connect",
    "revoke connect on database postgres from public",
    "grant connect on database postgres to public",
    /SQLSTATE 42501/,
  ],
  [
    "that has no connection left",
    "connectionLimit",
    "alter role canary_role connection limit 0",
    "alter role canary_role connection limit -1",
    /SQLSTATE 53300/,
  ],
])("a role %s", (_name, fault, change, mend, reason) => {
  it("goes on with the connection that it has; a new one is refused, until that is mended", async () => {
    const running = await beginHere(fault);
    await server.sql(change);
    try {
      await running.live.verifications(2);
      expect(await running.next()).toBe("fits");
      await server.sql(CUT);
      await running.toTheEnd(reason);
    } finally {
      await server.sql(mend);
    }
    await running.heals();
    expect(running.live.log()).not.toContain(NEW_PASSWORD);
  });
});

describe("a role that loses its rights", () => {
  it("on a table is a gap at once, and none when it has them again", async () => {
    const running = await beginHere("rights");
    await server.sql("revoke select on canaries from canary_role");
    try {
      await running.toTheEnd(/1 of 1 feature broken, 1 gap$/);
      await running.live.untilHealth(/^503 fail 1 of 1 feature broken, 1 gap$/);
      expect(running.live.takeEvents()).toEqual(["verdict fail"]);
      expect((await running.live.get("/schema/verify")).text).toContain("MISSING_PRIVILEGE");
    } finally {
      await server.sql("grant select on canaries to canary_role");
    }
    await running.heals();
  });
});

describe("settings of the role", () => {
  it("do not apply: a statement_timeout that is too short for what has to be asked is not ours", async () => {
    await server.sql(`
      insert into canaries values ('tweety');
      alter role canary_role set statement_timeout = '100ms'; alter role canary_role set lock_timeout = '1ms'`);
    try {
      const contract = lookingInside("pg_catalog.pg_sleep(0.3) is not null");
      const running = await beginHere("statementTimeout", { contract, limits: { statementTimeoutMs: 5_000 } });
      await running.live.verifications(2);
      await running.toTheEnd();
      await running.heals([]);
    } finally {
      await server.sql("truncate canaries; alter role canary_role reset all");
    }
  });

  it("that end idle sessions cost a new connection, and no verdict", async () => {
    await server.sql("alter role canary_role set idle_session_timeout = '50ms'");
    try {
      const running = await beginHere("idleTimeout");
      await running.live.verifications(5);
      await running.toTheEnd();
      await running.heals(null);
      // On a busy machine a session may end before it is used; that is a failure, and damped.
      expect(running.live.takeEvents().filter((event) => event.startsWith("verdict"))).toEqual([]);
    } finally {
      await server.sql("alter role canary_role reset all");
    }
  });
});
