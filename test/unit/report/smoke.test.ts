import { expect, it } from "vitest";
import { reporters } from "../../../src/report/index.js";
import { smokeReport, stepWith } from "../../support/report-fixtures.js";

it("names steps that were skipped for the same reason on one line", () => {
  const report = smokeReport();
  const skipped = (id: string, reason: string) =>
    stepWith({ id, outcome: "skipped", failures: [`skipped: ${reason}`] });
  const steps = [skipped("a", "needs login"), skipped("b", "needs login"), skipped("c", "stopped")];
  const [flow] = report.smoke?.flows ?? [];
  if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
  const smoke = { ...report.smoke, flows: [{ ...flow, steps }] };
  const text = reporters.text({ ...report, smoke }, { colour: false, width: 100 });
  expect(text).toContain("skipped  a, b: needs login\n");
  expect(text).toContain("skipped  c: stopped\n");
});
