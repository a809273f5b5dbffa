import { describe, expect, it } from "vitest";
import { healthOf, healthSchema, reporters } from "../../../src/report/index.js";
import { REPORTS } from "../../support/report-set.js";

const options = { colour: true, width: 80 };

describe("health", () => {
  it.each(Object.entries(REPORTS))("%s is what the service answers about a report that was just made", (_, report) => {
    const body = healthSchema.parse(JSON.parse(reporters.health(report, options)));
    const held = { state: "current", report, failure: null, ageMs: 0 } as const;
    const served = healthOf(held, { detail: true, feature: null }, report.tool.version);
    expect({ ...body, notes: [] }).toEqual({ ...served?.body, notes: [] });
    const expected = { pass: "pass", warn: "warn", fail: "fail", unverified: "fail" } as const;
    expect(body.status).toBe(expected[report.verdict]);
  });
});
