import { expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { failReport, passReport, smokeReport, stepWith, unreachableReport } from "../../support/report-fixtures.js";

const plain = { colour: false, width: 60 };

function withBody(body: string): string {
  const report = smokeReport();
  const [flow] = report.smoke?.flows ?? [];
  if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
  const steps = [stepWith({ id: "a", outcome: "failed", body })];
  return reporters.text({ ...report, smoke: { ...report.smoke, flows: [{ ...flow, steps }] } }, plain);
}

it("never breaks or cuts the stand-in of a secret", () => {
  for (let before = 0; before < 60; before += 1) {
    const text = withBody(`${"x".repeat(before)}[redacted]${"y".repeat(90)}`);
    expect(text).toContain("[redacted]");
  }
  for (let before = 285; before < 301; before += 1) {
    const text = withBody(`${"x".repeat(before)}[redacted]${"y".repeat(90)}`).replaceAll("[redacted]", "");
    expect(text).not.toContain("[r");
  }
});

it.each<[string, Partial<Report>, string]>([
  ["pass", passReport(), "schema: pass, all 3 features served"],
  ["fail", {}, "schema: fail, 2 of 6 features broken, 1 degraded"],
  ["warn", { verdict: "warn", gaps: failReport().gaps.slice(2, 3) }, "schema: warn, 1 warning, 2 of 6 features broken"],
  ["no server", unreachableReport(), "schema: unverified, app@db.internal:5432/app could not be asked: connect"],
  [
    "no database",
    { verdict: "unverified", target: { ...passReport().target, host: "", server: null } },
    "schema: not looked at, no database was given",
  ],
])("has no second verdict, but a line on the schema: %s", (_, parts, expected) => {
  const report = smokeReport();
  const lines = reporters.text({ ...report, ...parts, smoke: report.smoke }, { colour: false, width: 100 }).split("\n");
  expect(lines[1]?.startsWith(expected)).toBe(true);
  expect(lines.filter((line) => /^(?:PASS|WARN|FAIL|UNVERIFIED)/.test(line))).toHaveLength(1);
});

it("does not say that steps failed when some could only not run", () => {
  const report = smokeReport();
  const smoke = report.smoke as NonNullable<typeof report.smoke>;
  const flows = smoke.flows.map((flow) => ({
    ...flow,
    steps: flow.steps.map((step) => (step.outcome === "failed" ? { ...step, outcome: "errored" as const } : step)),
  }));
  const page = reporters.text({ ...report, smoke: { ...smoke, flows } }, { colour: false, width: 100 });
  expect(page).toContain(": 2 of 4 steps could not run, 1 skipped, ");
});

it("tells what only warns from what fails the run, in every reporter", () => {
  const report = smokeReport();
  const [flow] = report.smoke?.flows ?? [];
  if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
  const steps = [
    stepWith({ id: "slow", warnings: ["took 9 ms, at most 5 ms allowed"] }),
    stepWith({ id: "soft", outcome: "failed", severity: "warning", failures: ["status: expected 2xx, got 404"] }),
    stepWith({ id: "extra", outcome: "errored", severity: "info", failures: ["no answer"] }),
  ];
  const cleanup = { outcome: "passed", steps: [], leftovers: [] } as const;
  const warned = {
    ...report,
    smoke: { ...report.smoke, outcome: "warning", flows: [{ ...flow, steps }], cleanup },
  } as const;
  const text = reporters.text(warned, { colour: false, width: 120 });
  expect(text).toMatch(/^WARN {2}smoke run against \S+: 1 step passed, 2 warnings\n/);
  expect(text).toMatch(
    /^ +ok +slow .*\n +warning: took 9 ms, at most 5 ms allowed\n +WARNING +soft .*\n[\s\S]*\n +optional +extra/m,
  );
  const junit = reporters.junit(warned, plain);
  expect(junit).toContain('failures="0"');
  expect(junit).toContain("this step only warns, and failed; status: expected 2xx, got 404");
  expect(junit).toContain("this step is optional, and errored; no answer");
  expect(junit).toContain("warning: took 9 ms, at most 5 ms allowed");
  const markdown = reporters.markdown(warned, plain);
  for (const word of ["WARNING", "optional", "took 9 ms"]) expect(markdown).toContain(word);
});

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

it("shows the whole address of a request that did not pass", () => {
  const report = smokeReport();
  const [flow] = report.smoke?.flows ?? [];
  if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
  const request = `GET ${report.smoke.baseUrl}/api/x`;
  const steps = [stepWith({ id: "a", outcome: "passed", request }), stepWith({ id: "b", outcome: "failed", request })];
  const smoke = { ...report.smoke, flows: [{ ...flow, steps }] };
  const text = reporters.text({ ...report, smoke }, { colour: false, width: 100 });
  expect(text).toMatch(/ok +a {2}GET \/api\/x/);
  expect(text).toContain(`FAILED   b  ${request}`);
});
