import { describe, expect, it } from "vitest";
import { lookUntil } from "../../../src/cli/look-until.js";
import type { Report } from "../../../src/model/report.js";
import { failReport, passReport, unreachableReport, unverifiedReport } from "../../support/report-fixtures.js";

/** Each look takes a second, each pause as long as it is asked to; nothing waits. */
function waiting(reports: readonly Report[], deadlineMs: number) {
  let clock = 0;
  const lines: string[] = [];
  const looks: number[] = [];
  const result = lookUntil(
    ({ verdict }) => verdict === "pass",
    async (remainingMs) => {
      looks.push(remainingMs);
      clock += 1_000;
      return reports[Math.min(looks.length, reports.length) - 1] ?? passReport();
    },
    {
      ...{ deadlineMs, everyMs: 2_000, signal: new AbortController().signal },
      onChange: (line) => void lines.push(line),
      now: () => clock,
      pause: async (milliseconds) => {
        clock += milliseconds;
      },
    },
  );
  return { result, lines, looks };
}

describe("wait", () => {
  it("ends with the first report that is good enough", async () => {
    const { result, lines, looks } = waiting([unreachableReport(), failReport(), failReport(), passReport()], 60_000);
    expect((await result).verdict).toBe("pass");
    expect(looks).toEqual([60_000, 57_000, 54_000, 51_000]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^waiting: .*; 59 s left$/);
    expect(lines[1]).toContain("FAIL");
  });

  it("says once why it could not look, and names a reason when there are several", async () => {
    const several = unverifiedReport();
    const [one, two] = several.unverified;
    if (one === undefined || two === undefined) throw new Error("the fixture has two");
    const unverified = [one, { ...two, reason: "no SELECT on table audit.sessions" }];
    const { result, lines } = waiting([unreachableReport(), several, { ...several, unverified }, passReport()], 60_000);
    await result;
    const times = (text: string, line = "") => line.split(text).length - 1;
    expect(times("ECONNREFUSED 10.0.0.5:5432", lines[0])).toBe(1);
    expect(lines[0]).toBe(
      "waiting: UNVERIFIED  app@db.internal:5432/app could not be asked: connect ECONNREFUSED 10.0.0.5:5432; 59 s left",
    );
    expect(times("no USAGE on schema audit", lines[1])).toBe(1);
    expect(times("no USAGE on schema audit", lines[2])).toBe(1);
  });

  it("ends with the last report when the deadline has passed", async () => {
    const { result, looks } = waiting([failReport()], 5_000);
    expect((await result).verdict).toBe("fail");
    // The last pause ends with the deadline, and one more look is taken.
    expect(looks).toEqual([5_000, 2_000, 0]);
  });

  it("looks once even without any time", async () => {
    const { result, looks } = waiting([failReport()], 0);
    expect((await result).verdict).toBe("fail");
    expect(looks).toHaveLength(1);
  });

  it("reminds whoever reads the log that it still waits", async () => {
    const { result, lines } = waiting([failReport()], 100_000);
    await result;
    expect(lines.length).toBeGreaterThan(2);
    expect(new Set(lines.map((line) => line.replace(/; \d+ s left$/, ""))).size).toBe(1);
  });
});
