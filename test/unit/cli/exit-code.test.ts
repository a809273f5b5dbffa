import { describe, expect, it } from "vitest";
import { smokeExitCode, VERDICT_EXIT, verifyExitCode } from "../../../src/cli/exit-code.js";
import type { SmokeResult, StepResult } from "../../../src/model/report.js";
import { stepWith } from "../../support/report-fixtures.js";

describe("verify", () => {
  it("maps the verdict, and nothing but the verdict", () => {
    expect(VERDICT_EXIT).toEqual({ pass: 0, warn: 0, fail: 1, unverified: 3 });
  });

  it("makes a warning a failure with --strict, and leaves the rest", () => {
    const verdicts = ["pass", "warn", "fail", "unverified"] as const;
    expect(verdicts.map((verdict) => verifyExitCode(verdict, true))).toEqual([0, 1, 1, 3]);
    expect(verdicts.map((verdict) => verifyExitCode(verdict, false))).toEqual([0, 0, 1, 3]);
  });
});

describe("smoke", () => {
  const run = (steps: readonly StepResult[], leftovers: readonly string[] = []): SmokeResult => ({
    runId: "r",
    baseUrl: "http://localhost",
    startedAt: "2026-11-20T10:00:00.000Z",
    durationMs: 1,
    outcome: steps.every(({ outcome }) => outcome === "passed") ? "passed" : "failed",
    flows: [{ id: "f", application: "a", title: "f", outcome: "passed", steps }],
    cleanup: { outcome: leftovers.length > 0 ? "failed" : "passed", steps: [], leftovers },
  });
  const request = "GET http://localhost/";
  const passed = stepWith({ id: "a", request, status: 200 });
  const failed = stepWith({ id: "b", request, status: 500, outcome: "failed" });
  const unreachable = stepWith({ id: "c", request, outcome: "errored" });
  const skipped = stepWith({ id: "d", outcome: "skipped" });

  it.each([
    ["everything passed", run([passed]), 0],
    ["a step failed", run([passed, failed]), 1],
    ["a step failed and something was left behind", run([failed], ["project p1"]), 1],
    ["one step of two got no answer", run([passed, unreachable]), 1],
    ["the application never answered", run([unreachable, skipped]), 3],
    ["a step could not be judged, but there was an answer", run([{ ...unreachable, status: 502 }]), 1],
    ["only an SQL step failed", run([stepWith({ id: "e", outcome: "errored" })]), 1],
    ["something was left behind", run([passed], ["project p1"]), 4],
    ["everything was to stay", { ...run([passed]), cleanup: { outcome: "kept", steps: [], leftovers: ["p1"] } }, 0],
  ] satisfies [string, SmokeResult, number][])("%s", (_, result, code) => {
    expect([smokeExitCode(result, false), smokeExitCode(result, true)]).toEqual([code, code]);
  });

  it("makes a warning a failure with --strict, before anything that was left behind", () => {
    const warned = { ...run([passed], ["project p1"]), outcome: "warning" } as const;
    expect([smokeExitCode(warned, false), smokeExitCode(warned, true)]).toEqual([4, 1]);
    const clean = { ...run([passed]), outcome: "warning" } as const;
    expect([smokeExitCode(clean, false), smokeExitCode(clean, true)]).toEqual([0, 1]);
  });
});
