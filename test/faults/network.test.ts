/** What stands between the service and PostgreSQL fails: a black hole, a reset, a failover to a server with another content. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { type LiveService, startLiveService } from "../support/live-service.js";
import { createProxy, type TcpProxy } from "../support/proxy.js";
import { CONTRACT, expectAway, expectHealed, GAP, HIDDEN, PASSWORD, prepare } from "./fixture.js";

let server: LivePostgres;
let standIn: LivePostgres;
let proxy: TcpProxy;
let service: LiveService;

beforeAll(async () => {
  [server, standIn] = await Promise.all([startLivePostgres(), startLivePostgres()]);
  await Promise.all([prepare(server), prepare(standIn)]);
  await standIn.sql("alter table canaries drop column name");
});
afterAll(() => Promise.all([server.remove(), standIn.remove()]));
beforeEach(async () => {
  proxy = await createProxy(server.urlFor("canary_role", PASSWORD));
  service = await startLiveService({ databaseUrl: proxy.url, contract: CONTRACT, hidden: HIDDEN });
  await service.untilHealth(/^200 pass$/);
  expect(service.takeEvents()).toEqual(["start", "verdict pass"]);
});
afterEach(async () => {
  await service.stop();
  await proxy.close();
});

/** A connection that is cut in the middle of a verification is a failure, one between two of them is none: chance decides. */
const verdicts = () => service.takeEvents().filter((event) => event.startsWith("verdict"));

describe("a network", () => {
  it("that swallows everything holds up no answer, and heals when it is mended", async () => {
    proxy.blackHole();
    await service.answersMeanwhile();
    await expectAway(service, /did not answer within|cannot be reached: timeout/);
    await service.answersMeanwhile();
    proxy.heal();
    await expectHealed(service);
  });

  it("that resets connections now and then is nothing worth a word", async () => {
    for (let round = 0; round < 5; round++) {
      proxy.cut();
      await service.verifications(1);
    }
    await service.untilHealth(/^200 pass$/);
    expect(verdicts()).toEqual([]);
  });

  it("never has more than one connection of the service open", async () => {
    let most = 0;
    for (let round = 0; round < 20; round++) {
      if (round % 5 === 0) proxy.cut();
      await service.verifications(1);
      most = Math.max(most, proxy.open);
    }
    expect(most).toBeLessThanOrEqual(1);
  });
});

describe("a failover", () => {
  it("to a server that lacks a column is a gap at once, and back again none", async () => {
    proxy.pointTo(standIn.url);
    await service.untilHealth(/^503 fail 1 of 1 feature broken, 1 gap$/);
    expect(await service.answers()).toEqual(GAP);
    expect(await service.metric("schemaready_up")).toBe(1);
    // Losing the connection is not an outage: the next one was answered.
    expect(verdicts()).toEqual(["verdict fail"]);
    proxy.pointTo(server.url);
    await expectHealed(service, null);
    expect(verdicts()).toEqual(["verdict pass"]);
  });

  it("to the same content is seen to be the same", async () => {
    await standIn.sql("alter table canaries add column name text");
    try {
      const before = proxy.connections;
      proxy.pointTo(standIn.url);
      await service.verifications(3);
      expect(proxy.connections).toBeGreaterThan(before);
      await expectHealed(service, null);
      expect(verdicts()).toEqual([]);
    } finally {
      await standIn.sql("alter table canaries drop column name");
    }
  });
});
