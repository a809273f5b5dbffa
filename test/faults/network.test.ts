/** What stands between the service and PostgreSQL fails: a black hole, a reset, a failover to a server with another content. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { createProxy, type TcpProxy } from "../support/proxy.js";
import { type Course, useCourse } from "./course.js";
import { PASSWORD, prepare } from "./fixture.js";

let server: LivePostgres;
let standIn: LivePostgres;
let proxy: TcpProxy;

beforeAll(async () => {
  [server, standIn] = await Promise.all([startLivePostgres(), startLivePostgres()]);
  await Promise.all([prepare(server), prepare(standIn)]);
  await standIn.sql("alter table canaries drop column name");
});
afterAll(() => Promise.all([server.remove(), standIn.remove()]));
beforeEach(async () => {
  proxy = await createProxy(server.urlFor("canary_role", PASSWORD));
});
afterEach(async () => {
  await proxy.close();
});

const beginHere = useCourse(() => proxy.url);

/** A connection that is cut in the middle of a verification is a failure, one between two of them is none: chance decides. */
const verdicts = ({ live }: Course) => live.takeEvents().filter((event) => event.startsWith("verdict"));

describe("a network", () => {
  it("that swallows everything holds up no answer, and heals when it is mended", async () => {
    const swallowed = await beginHere("blackHole");
    proxy.blackHole();
    await swallowed.live.answersMeanwhile();
    await swallowed.toTheEnd(/did not answer within|cannot be reached: timeout/);
    proxy.heal();
    await swallowed.heals();
  });

  it("that closes every connection at once is a database that cannot be asked", async () => {
    const refused = await beginHere("refused");
    proxy.refuse();
    await refused.toTheEnd(/cannot be reached/);
    proxy.heal();
    await refused.heals();
  });

  it("that resets connections now and then is nothing worth a word", async () => {
    const reset = await beginHere("reset");
    for (let round = 0; round < 5; round++) {
      proxy.cut();
      await reset.live.verifications(1);
    }
    await reset.toTheEnd();
    await reset.heals(null);
    expect(verdicts(reset)).toEqual([]);
  });

  it("never has more than one connection of the service open", async () => {
    const reset = await beginHere("reset");
    let most = 0;
    for (let round = 0; round < 20; round++) {
      // The first cut ends the connection of the service that is not asked any more: one is left.
      if (round % 5 === 0) proxy.cut();
      await reset.live.verifications(1);
      most = Math.max(most, proxy.open);
    }
    expect(most).toBeLessThanOrEqual(1);
  });
});

describe("a failover", () => {
  it("to a server that lacks a column is a gap at once, and back again none", async () => {
    const failover = await beginHere("failover");
    proxy.pointTo(standIn.url);
    await failover.toTheEnd();
    await failover.live.untilHealth(/^503 fail 1 of 1 feature broken, 1 gap$/);
    // Losing the connection is not an outage: the next one was answered.
    expect(verdicts(failover)).toEqual(["verdict fail"]);
    proxy.pointTo(server.url);
    await failover.heals(null);
    expect(verdicts(failover)).toEqual(["verdict pass"]);
  });

  it("to the same content is seen to be the same", async () => {
    const failover = await beginHere("failoverSame");
    await standIn.sql("alter table canaries add column name text");
    try {
      const before = proxy.connections;
      proxy.pointTo(standIn.url);
      await failover.live.verifications(3);
      await failover.toTheEnd();
      expect(proxy.connections).toBeGreaterThan(before);
      await failover.heals(null);
      expect(verdicts(failover)).toEqual([]);
    } finally {
      await standIn.sql("alter table canaries drop column name");
    }
  });
});
