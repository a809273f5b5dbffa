/** PostgreSQL itself fails: stopped, restarted, frozen, without a free slot. What the service says meanwhile, and that it heals. */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canFreeze, type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { useCourse } from "./course.js";
import { PASSWORD, prepare } from "./fixture.js";

const NO_ANSWER = /did not answer within|cannot be reached: timeout/;

let server: LivePostgres;

beforeAll(async () => {
  server = await startLivePostgres();
  await prepare(server);
});
afterAll(() => server.remove());

const beginHere = useCourse(() => server.urlFor("canary_role", PASSWORD));

describe("a PostgreSQL", () => {
  it("that is stopped is a warning first, then unverified, and heals when it is started", async () => {
    const stopped = await beginHere("stopped");
    await server.stop();
    try {
      await stopped.toTheEnd(/ECONNREFUSED/);
    } finally {
      await server.start();
    }
    await stopped.heals();
  });

  it("that is restarted with the service on it is never a gap", async () => {
    const restarted = await beginHere("restarted");
    await server.stop();
    await server.start();
    await restarted.toTheEnd();
    await restarted.heals(null);
    const events = restarted.live.takeEvents().filter((event) => event.startsWith("verdict"));
    expect(events.filter((event) => event.endsWith("fail"))).toEqual([]);
  });

  it.skipIf(!canFreeze())("that is frozen holds up no answer, and heals when it goes on", async () => {
    const frozen = await beginHere("frozen");
    server.freeze();
    try {
      await frozen.live.answersMeanwhile();
      await frozen.toTheEnd(NO_ANSWER);
    } finally {
      server.thaw();
    }
    await frozen.heals();
  });

  it.skipIf(!canFreeze())(
    "that is frozen when there was a gap holds up no answer, not even the repair plan",
    async () => {
      const frozen = await beginHere("frozenWithGap");
      await server.sql("alter table canaries drop column name");
      try {
        await frozen.live.untilHealth(/^503 fail 1 of 1 feature broken, 1 gap$/);
        expect(await frozen.asked.refresh()).toBe(200);
        expect(frozen.live.takeEvents()).toEqual(["verdict fail"]);
        server.freeze();
        await frozen.toTheEnd(NO_ANSWER);
      } finally {
        server.thaw();
        await server.sql("alter table canaries add column name text");
      }
      await frozen.heals(null);
    },
  );

  it("without a free slot costs nothing while the service holds its own, and heals when one is free again", async () => {
    const full = await beginHere("slots");
    const others = await fillSlots();
    try {
      await full.live.verifications(3);
      expect(await full.next()).toBe("fits");
      expect(full.live.takeEvents()).toEqual([]);
      await takeTheirSlots(others);
      await full.toTheEnd(/SQLSTATE 53300/);
    } finally {
      await Promise.all(others.map((client) => client.end()));
    }
    await full.heals();
  });

  /** Every slot but those of the superuser. */
  async function fillSlots(): Promise<pg.Client[]> {
    await server.sql(`
      create or replace function slots_of_others() returns int language sql as
        $$ select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int $$`);
    const taken: pg.Client[] = [];
    for (;;) {
      const next = await server.connect();
      taken.push(next);
      const { rows } = await next.query<{ full: boolean }>(
        "select count(*) >= slots_of_others() as full from pg_stat_activity where backend_type = 'client backend'",
      );
      if (rows[0]?.full) return taken;
    }
  }

  /** Others take slots that are kept for superusers; then the two of the services are not enough for them to come back. */
  async function takeTheirSlots(others: pg.Client[]): Promise<void> {
    others.push(await server.connect(), await server.connect());
    await server.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'canary_role'");
  }
});
