/** PostgreSQL itself fails: stopped, restarted, frozen, without a free slot. What the service says meanwhile, and that it heals. */
import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { canFreeze, type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { type LiveService, startLiveService } from "../support/live-service.js";
import { CONTRACT, expectAway, expectHealed, HIDDEN, PASSWORD, prepare } from "./fixture.js";

let server: LivePostgres;
let service: LiveService;
const untilAway = (reason: RegExp) => expectAway(service, reason);
const untilHealed = () => expectHealed(service);

beforeAll(async () => {
  server = await startLivePostgres();
  await prepare(server);
});
afterAll(() => server.remove());
beforeEach(async () => {
  const databaseUrl = server.urlFor("canary_role", PASSWORD);
  service = await startLiveService({ databaseUrl, contract: CONTRACT, hidden: HIDDEN });
  await service.untilHealth(/^200 pass$/);
  expect(service.takeEvents()).toEqual(["start", "verdict pass"]);
});
afterEach(() => service.stop());

describe("a PostgreSQL", () => {
  it("that is stopped is a warning first, then unverified, and heals when it is started", async () => {
    await server.stop();
    try {
      // The last verdict stands for two failures.
      await service.untilHealth(/^(200 warn .*the last attempt could not look|503)/);
      await untilAway(/ECONNREFUSED/);
      await service.answersMeanwhile();
    } finally {
      await server.start();
    }
    await untilHealed();
  });

  it("that is restarted with the service on it is never a gap", async () => {
    await server.stop();
    await server.start();
    await service.until("a verification after the restart", async () => {
      const state = await service.metric('schemaready_state{state="current"}');
      return state === 1 && (await service.health()) === "200 pass";
    });
    const events = service.takeEvents().filter((event) => event.startsWith("verdict"));
    expect(events.filter((event) => event.endsWith("fail"))).toEqual([]);
  });

  it.skipIf(!canFreeze())("that is frozen holds up no answer, and heals when it goes on", async () => {
    server.freeze();
    try {
      await service.answersMeanwhile();
      await untilAway(/did not answer within|cannot be reached: timeout/);
      await service.answersMeanwhile();
    } finally {
      server.thaw();
    }
    await untilHealed();
  });

  it("without a free slot costs nothing while the service holds its own, and heals when one is free again", async () => {
    const others = await fillSlots();
    try {
      await service.verifications(3);
      expect(await service.health()).toBe("200 pass");
      expect(service.takeEvents()).toEqual([]);
      await takeItsSlot(others);
      await untilAway(/SQLSTATE 53300/);
    } finally {
      await Promise.all(others.map((client) => client.end()));
    }
    await untilHealed();
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

  /** Another one takes a slot that is kept for superusers; then the service's own is not enough for it to come back. */
  async function takeItsSlot(others: pg.Client[]): Promise<void> {
    others.push(await server.connect());
    await server.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'canary_role'");
  }
});
