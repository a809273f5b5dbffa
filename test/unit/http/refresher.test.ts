import { describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import { createRefresher, type RefresherOptions } from "../../../src/http/refresher.js";
import { FakeLogger, FakeTime, FakeVerification, settle } from "../../support/fake-time.js";
import { failReport, passReport, unverifiedReport } from "../../support/report-fixtures.js";

const INTERVAL = 10_000;
const MAX_STALE = 300_000;
const DEADLINE = 30_000;

function setUp(options: Partial<RefresherOptions> = {}) {
  const time = new FakeTime();
  const verification = new FakeVerification();
  const logger = new FakeLogger();
  const refresher = createRefresher({
    verify: verification.verify,
    intervalMs: INTERVAL,
    maxStaleMs: MAX_STALE,
    deadlineMs: DEADLINE,
    now: time.now,
    setTimer: time.setTimer,
    random: () => 0.5,
    logger,
    ...options,
  });
  return { time, verification, logger, refresher };
}

/** A refresher whose first verification has given this report. */
async function started(first = passReport(), options: Partial<RefresherOptions> = {}) {
  const parts = setUp(options);
  parts.refresher.start();
  await settle();
  await parts.verification.answer(first);
  return parts;
}

describe("the rhythm", () => {
  it("verifies at once, and then an interval after each verification ended", async () => {
    const { time, verification, refresher } = await started();
    expect(verification.calls).toBe(1);
    await time.advance(INTERVAL - 1);
    expect(verification.calls).toBe(1);
    await time.advance(1);
    expect(verification.calls).toBe(2);
    await time.advance(5_000);
    await verification.answer(passReport());
    expect(time.pending).toEqual([INTERVAL]);
    expect(refresher.current()).toMatchObject({ state: "current", verdict: "pass", ageMs: 5_000 });
  });

  it.each([
    [0, 8_000],
    [0.5, 10_000],
    [0.999_999, 12_000],
  ])("spreads the interval by a fifth either way: random %d", async (random, delayMs) => {
    const { time } = await started(passReport(), { random: () => random });
    expect(time.pending.map(Math.round)).toEqual([delayMs]);
  });

  it("backs off when a failure is established, up to eight times, and returns when it works again", async () => {
    const { time, verification } = await started(unverifiedReport());
    const delays = [time.pending[0]];
    for (let round = 0; round < 6; round++) {
      await time.advance(time.pending[0] ?? 0);
      await verification.answer(unverifiedReport());
      delays.push(time.pending[0]);
    }
    expect(delays).toEqual([10_000, 10_000, 20_000, 40_000, 80_000, 80_000, 80_000]);
    await time.advance(80_000);
    await verification.answer(passReport());
    expect(time.pending).toEqual([INTERVAL]);
  });

  it("never backs off so far that the verdict would expire meanwhile", async () => {
    const { time, verification } = await started(unverifiedReport(), { maxStaleMs: 60_000, random: () => 1 });
    for (let round = 0; round < 6; round++) {
      await time.advance(time.pending[0] ?? 0);
      await verification.answer(unverifiedReport());
    }
    expect(time.pending[0]).toBeLessThan(60_000);
  });
});

describe("one at a time", () => {
  it("shares one run among those who ask at once, and another among those who ask while it runs", async () => {
    const { time, verification, refresher } = setUp();
    const early = [refresher.refresh(), refresher.refresh()];
    await settle();
    expect(verification.calls).toBe(1);
    const late = [refresher.refresh(), refresher.refresh(), refresher.refresh()];
    await settle();
    expect(verification.calls).toBe(1);
    await verification.answer(failReport());
    expect(await Promise.all(early)).toEqual([0, 1].map(() => ({ kind: "report", report: failReport() })));
    await verification.answer(passReport());
    for (const attempt of await Promise.all(late)) expect(attempt).toMatchObject({ report: { verdict: "pass" } });
    expect(verification).toMatchObject({ calls: 2, mostAtOnce: 1 });
    expect(time.pending).toEqual([INTERVAL]);
  });

  it("does not begin another verification while one that passed its deadline still holds on", async () => {
    const { time, verification, refresher, logger } = await started();
    await time.advance(INTERVAL);
    await time.advance(DEADLINE);
    expect(verification).toMatchObject({ calls: 2, aborted: 1, running: 1 });
    const attempt = await refresher.refresh();
    expect(attempt).toMatchObject({ kind: "failure", reason: "deadline" });
    await time.advance(3 * INTERVAL);
    expect(verification).toMatchObject({ calls: 2, mostAtOnce: 1 });
    expect(refresher.current()).toMatchObject({ verdict: "unverified", failure: { reason: "deadline" } });
    await verification.answer(passReport());
    expect(refresher.current().verdict).toBe("unverified");
    const again = refresher.refresh();
    await settle();
    expect(verification.calls).toBe(3);
    await verification.answer(passReport());
    await again;
    expect(refresher.current()).toMatchObject({ verdict: "pass", state: "current" });
    expect(logger.messages.at(-1)).toBe("info verdict pass");
  });
});

describe("damping", () => {
  it("takes a gap at its word at once, and its end too", async () => {
    const { verification, refresher } = await started();
    for (const [report, verdict] of [
      [failReport(), "fail"],
      [passReport(), "pass"],
    ] as const) {
      const done = refresher.refresh();
      await settle();
      await verification.answer(report);
      await done;
      expect(refresher.current()).toMatchObject({ verdict, state: "current" });
    }
  });

  it("lets a definite verdict stand until the third failure to look in a row", async () => {
    const { time, verification, refresher } = await started();
    for (const [round, expected] of [
      [1, { verdict: "pass", state: "damped" }],
      [2, { verdict: "pass", state: "damped" }],
      [3, { verdict: "unverified", state: "current" }],
    ] as const) {
      await time.advance(INTERVAL);
      await verification.answer(unverifiedReport());
      expect(refresher.current(), `after failure ${round}`).toMatchObject(expected);
    }
  });

  it("counts failures in a row: one good look in between starts the count again", async () => {
    const { time, verification, refresher } = await started();
    for (const report of [
      unverifiedReport(),
      unverifiedReport(),
      passReport(),
      unverifiedReport(),
      unverifiedReport(),
    ]) {
      await time.advance(INTERVAL);
      await verification.answer(report);
    }
    expect(refresher.current()).toMatchObject({ verdict: "pass", state: "damped" });
  });

  it("has nothing to stand in for a first failure", async () => {
    const { refresher } = await started(unverifiedReport());
    expect(refresher.current()).toMatchObject({ verdict: "unverified", state: "current" });
  });

  it("treats a verification that throws as a failure to look, and tells the log only once what it was", async () => {
    const { time, verification, refresher, logger } = await started();
    await time.advance(INTERVAL);
    await verification.fail(new TypeError("secret thing"));
    expect(refresher.current()).toMatchObject({ verdict: "pass", state: "damped" });
    expect(logger.messages.slice(1)).toEqual([
      "error verification broke",
      "warn verification failed; the last verdict stands",
    ]);
    const attempt = refresher.refresh();
    await settle();
    await verification.fail(new TypeError("secret thing"));
    expect(JSON.stringify(await attempt)).not.toContain("secret thing");
  });

  it("repeats the message of an error that was written for people", async () => {
    const { verification, refresher } = await started();
    const attempt = refresher.refresh();
    await settle();
    await verification.fail(new SchemareadyError("INTERNAL", "No answer to the opening query."));
    expect(await attempt).toMatchObject({ reason: "error", message: "No answer to the opening query." });
  });
});

describe("age", () => {
  it("counts from when the verification began to look", async () => {
    const { time, verification, refresher } = setUp();
    expect(refresher.current()).toEqual({
      state: "starting",
      verdict: null,
      report: null,
      failure: null,
      unsettled: null,
      ageMs: null,
      version: 0,
    });
    refresher.start();
    await settle();
    await time.advance(2_000);
    await verification.answer(passReport());
    expect(refresher.current().ageMs).toBe(2_000);
  });

  it("makes a verdict late after two intervals and expired after maxStale, while a verification hangs", async () => {
    const { time, refresher, logger } = await started(passReport(), { deadlineMs: 10 * MAX_STALE });
    await time.advance(2 * INTERVAL);
    expect(refresher.current().state).toBe("current");
    await time.advance(1);
    expect(refresher.current()).toMatchObject({ state: "late", verdict: "pass" });
    await time.advance(MAX_STALE - 2 * INTERVAL - 1);
    expect(refresher.current().state).toBe("late");
    await time.advance(1);
    expect(refresher.current()).toMatchObject({ state: "expired", ageMs: MAX_STALE + 1 });
    refresher.current();
    expect(logger.messages.filter((line) => line.includes("expired"))).toEqual([
      "error the verdict has expired: nothing verifies",
    ]);
  });

  it("expires a damped verdict at maxStale, even before the third failure", async () => {
    const { time, verification, refresher } = await started(passReport(), { maxStaleMs: 15_000 });
    await time.advance(INTERVAL);
    await verification.answer(unverifiedReport());
    expect(refresher.current().state).toBe("damped");
    await time.advance(6_000);
    expect(refresher.current().state).toBe("expired");
  });

  it("does not call a slow database late: the time a verification takes is allowed for", async () => {
    const { time, verification, refresher } = setUp();
    refresher.start();
    await settle();
    await time.advance(25_000);
    await verification.answer(passReport());
    await time.advance(INTERVAL);
    expect(refresher.current()).toMatchObject({ state: "current", ageMs: 35_000 });
  });
});

describe("telling", () => {
  it("logs and announces a change once, not each verification", async () => {
    const { time, verification, refresher, logger } = await started();
    const changes: string[] = [];
    refresher.onChange(({ from, to }) => changes.push(`${from} -> ${to}`));
    for (const report of [passReport(), failReport(), failReport(), passReport(), passReport()]) {
      await time.advance(INTERVAL);
      await verification.answer(report);
    }
    expect(changes).toEqual(["pass -> fail", "fail -> pass"]);
    expect(logger.messages).toEqual([
      "info verdict pass",
      "error verdict fail: 2 of 6 features broken, 1 degraded, 4 gaps",
      "info verdict pass",
    ]);
  });

  it("tells when the gaps are other ones, although the verdict is the same", async () => {
    const { time, verification, refresher, logger } = await started(failReport());
    const changes: string[] = [];
    const unsubscribe = refresher.onChange(({ from, to }) => changes.push(`${from} -> ${to}`));
    await time.advance(INTERVAL);
    await verification.answer({ ...failReport(), gaps: failReport().gaps.slice(1) });
    expect(changes).toEqual(["fail -> fail"]);
    expect(logger.messages.at(-1)).toContain("3 gaps");
    unsubscribe();
    await time.advance(INTERVAL);
    await verification.answer(passReport());
    expect(changes).toHaveLength(1);
  });

  it("logs a blip as two lines: when it begins and when it is over", async () => {
    const { time, verification, logger } = await started();
    for (const report of [unverifiedReport(), unverifiedReport(), passReport()]) {
      await time.advance(INTERVAL);
      await verification.answer(report);
    }
    expect(logger.messages.slice(1)).toEqual([
      "warn verification failed; the last verdict stands",
      "info verification works again",
    ]);
  });
});

describe("a listener that breaks", () => {
  it("keeps nobody else from hearing of the change, and verification goes on", async () => {
    const { time, verification, logger, refresher } = setUp();
    const heard: string[] = [];
    refresher.onChange(() => {
      throw new Error("it broke");
    });
    refresher.onChange(({ to }) => heard.push(to));
    refresher.start();
    await settle();
    await verification.answer(passReport());
    expect(heard).toEqual(["pass"]);
    expect(logger.messages).toContain("error telling a change broke");
    await time.advance(INTERVAL);
    await verification.answer(failReport());
    expect(heard).toEqual(["pass", "fail"]);
  });
});

describe("stopping", () => {
  it("aborts the run, answers those who wait, and never verifies again", async () => {
    const { time, verification, refresher } = await started();
    const waiting = refresher.refresh();
    await settle();
    const stopped = refresher.stop();
    expect(verification.aborted).toBe(1);
    expect(await waiting).toMatchObject({ kind: "failure", reason: "stopped" });
    await verification.answer(failReport());
    await stopped;
    expect(refresher.current().verdict).toBe("pass");
    expect(time.pending).toEqual([]);
    expect(await refresher.refresh()).toMatchObject({ reason: "stopped" });
    await time.advance(10 * INTERVAL);
    expect(verification.calls).toBe(2);
  });
});
