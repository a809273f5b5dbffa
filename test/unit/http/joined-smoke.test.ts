import { describe, expect, it } from "vitest";
import { joinSmoke } from "../../../src/http/joined-smoke.js";
import { advance, NOT_BEGUN } from "../../../src/http/smoke-progress.js";
import type { SmokeResult, StepResult } from "../../../src/model/report.js";
import { SMOKE_EVENTS_FORMAT_VERSION } from "../../../src/model/smoke-event.js";
import { failReport, passReport, stepWith } from "../../support/report-fixtures.js";
import { failedSmoke, passedSmoke } from "../../support/scripted-smoke.js";

describe("the newest smoke run in a report", () => {
  it("is joined once for both, and anew for another run or another report", () => {
    let smoke: SmokeResult | null = null;
    const joined = joinSmoke(() => smoke);
    const report = failReport();
    expect(joined(null)).toBeNull();
    expect(joined(report)).toBe(report);
    smoke = failedSmoke();
    const first = joined(report);
    expect(first?.smoke?.outcome).toBe("failed");
    expect(joined(report)).toBe(first);
    smoke = passedSmoke();
    expect(joined(report)?.smoke?.outcome).toBe("passed");
    expect(joined(passReport())?.verdict).toBe("pass");
  });

  it("has the cause that is known now, whatever was known during the run", () => {
    const smoke = failedSmoke();
    const before = { kind: "proved", gaps: [], message: "An older cause." } as const;
    const flows = smoke.flows.map((flow) => ({
      ...flow,
      steps: flow.steps.map((step) => (step.attribution?.kind === "proved" ? { ...step, attribution: before } : step)),
    }));
    const report = failReport();
    const steps = joinSmoke(() => ({ ...smoke, flows }))(report)?.smoke?.flows[0]?.steps ?? [];
    const [now] = steps.filter(({ attribution }) => attribution?.kind === "proved");
    expect(now?.attribution?.gaps).toContain(report.gaps[0]?.id);
    expect(now?.attribution?.message).not.toContain("older");
  });
});

describe("the progress of a run", () => {
  const ended = (fields: Partial<StepResult>) =>
    advance(NOT_BEGUN, {
      ...{ formatVersion: SMOKE_EVENTS_FORMAT_VERSION, runId: "run-1", time: "2026-11-20T10:00:01.000Z" },
      ...{
        kind: "step-end",
        application: "avatar-creator",
        flow: "avatars",
        result: stepWith({ id: "generate", ...fields }),
      },
    });

  it.each([
    ["passed", undefined, 0],
    ["skipped", undefined, 0],
    ["failed", undefined, 1],
    ["errored", undefined, 1],
    ["failed", "warning", 0],
    ["errored", "warning", 0],
  ] as const)("after a step that %s, severity %s: %i failed", (outcome, severity, failed) => {
    const fields = { outcome, ...(severity === undefined ? {} : { severity }) };
    expect(ended(fields)).toMatchObject({ done: 1, failed });
  });
});
