import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/config/index.js";
import { loadCheckFiles } from "../../../src/expect/index.js";
import { planRun } from "../../../src/smoke/plan.js";

describe("the check files that ship", () => {
  it("are flows that the runner can start", async () => {
    const { suites } = await loadCheckFiles(["checks"]);
    const names = [...JSON.stringify(suites).matchAll(/\{\{env\.(\w+)\}\}/g)].map((match) => match[1] ?? "");
    const env = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
    const facts = { runId: "run1", env, now: () => new Date(0), uuid: () => "u" };
    const plan = planRun({ suites, baseUrl: "http://app.test", only: null, facts }, createRedactor());
    expect(plan.length).toBe(suites.flatMap(({ flows }) => flows).length);
    expect(plan.length).toBeGreaterThan(0);
  });
});
