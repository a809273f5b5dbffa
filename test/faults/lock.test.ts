/** A migration holds ACCESS EXCLUSIVE for a minute, as one does that rewrites a large table. LOCK_SECONDS: another time. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { begin, type Course } from "./course.js";
import { lookingInside, PASSWORD, prepare } from "./fixture.js";

/** Longer than the service keeps a connection: it has to open another one meanwhile. */
const LOCK_MS = Number(process.env["LOCK_SECONDS"] ?? 65) * 1_000;

let server: LivePostgres;

beforeAll(async () => {
  server = await startLivePostgres();
  await prepare(server);
  // What autovacuum commits is a commit, too: here the test says when something commits.
  await server.sql("alter system set autovacuum = off");
  await server.sql("select pg_reload_conf()");
});
afterAll(() => server.remove());

const databaseUrl = () => server.urlFor("canary_role", PASSWORD);
/** As long as no catalog has changed the last verification holds, without being repeated. */
let changes = 0;
const changeSomething = () => {
  changes += 1;
  return server.sql(`create table elsewhere_${changes} (id integer)`);
};

describe("a migration that holds ACCESS EXCLUSIVE", () => {
  it("holds up nothing; what it changes is seen when it has committed", async () => {
    const free = await begin("lock", { databaseUrl: databaseUrl() });
    const migration = await server.connect();
    try {
      await migration.query(
        "begin; lock table canaries in access exclusive mode; alter table canaries drop column name",
      );
      await free.live.verifications(3);
      await free.live.answersMeanwhile();
      await free.toTheEnd();
      await migration.query("commit");
      await free.live.untilHealth(/^503 fail 1 of 1 feature broken, 1 gap$/);
      expect(free.live.takeEvents()).toEqual(["verdict fail"]);
    } finally {
      await migration.end();
      await server.sql(
        "alter table canaries add column if not exists name text; grant select on canaries to canary_role",
      );
    }
    await free.heals();
    await free.stop();
  });

  it(`for ${LOCK_MS / 1_000} s is no news, but where the table has to be looked into: that is unverified`, async () => {
    const free = await begin("lock", { databaseUrl: databaseUrl() });
    const held = await begin("lockOnRows", { databaseUrl: databaseUrl(), contract: lookingInside("id is not null") });
    // A server on which others change their schema now and then.
    for (let round = 0; round < 3; round++) {
      await changeSomething();
      await held.live.verifications(1);
      expect(await held.asked.refresh()).toBe(200);
    }
    const migration = await server.connect();
    try {
      await migration.query("begin; alter table canaries add column age int");
      const began = performance.now();
      await held.live.verifications(2);
      expect(await held.next()).toBe("fits");
      await changeSomething();
      await free.toTheEnd();
      await held.toTheEnd(/1 object could not be looked at: .*lock timeout/);
      await held.live.untilHealth(/^503 fail unverified: 1 object could not be looked at: .*lock timeout/);
      await expectUnverifiedCounted(held);
      while (performance.now() - began < LOCK_MS) await expectNoChange(free, held);
      // Told once each, in all that time.
      expect(free.live.takeEvents()).toEqual([]);
      expect(held.live.takeEvents()).toEqual(["verify-failed", "verdict unverified"]);
      await migration.query("commit");
    } finally {
      await migration.end();
    }
    await free.heals([]);
    await held.heals();
    await Promise.all([free.stop(), held.stop()]);
  }, 180_000);
});

async function expectUnverifiedCounted({ live }: Course): Promise<void> {
  expect(await live.metric('schemaready_features{status="unverified"}')).toBe(1);
  expect(await live.metric("schemaready_unverified")).toBe(1);
}

/** Both go on verifying, on one connection each, and answer as before. */
async function expectNoChange(free: Course, held: Course): Promise<void> {
  await changeSomething();
  await Promise.all([free.live.verifications(2), held.live.verifications(2)]);
  for (const [course, code] of [
    [free, "200"],
    [held, "503"],
  ] as const) {
    const { "/schema/health": health = "", ...others } = await course.live.answers();
    expect(health.slice(0, 3)).toBe(code);
    expect(
      Object.entries(others).filter(([path, answer]) => path !== "/smoke/runs" && !answer.startsWith("200")),
    ).toEqual([]);
  }
  const client = await server.connect();
  const sql = "select count(*)::int as open from pg_stat_activity where usename = 'canary_role'";
  // Four services; PostgreSQL may list one that has just been replaced.
  expect((await client.query<{ open: number }>(sql)).rows[0]?.open).toBeLessThanOrEqual(6);
  await client.end();
  await sleep(500);
}
