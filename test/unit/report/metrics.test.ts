import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GAP_CODES, type Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { failReport, HOSTILE_NAME, smokeReport, stepWith } from "../../support/report-fixtures.js";
import { REPORTS, smokeReportSaying } from "../../support/report-set.js";

interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LABEL = /([a-z_][a-z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/gy;

/** https://prometheus.io/docs/instrumenting/exposition_formats/, as strictly as the textfile collector reads it. */
function parseMetrics(text: string): Series[] {
  expect(text.endsWith("\n")).toBe(true);
  const series: Series[] = [];
  const declared = new Set<string>();
  const seen = new Set<string>();
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const comment = /^# (HELP|TYPE) ([a-z_][a-z0-9_]*) (.+)$/s.exec(line);
    if (comment !== null) {
      const [, kind, name = "", rest] = comment;
      if (kind === "TYPE") expect(rest).toBe("gauge");
      if (kind === "HELP") {
        expect(declared.has(name)).toBe(false);
        declared.add(name);
        current = name;
      }
      continue;
    }
    const match = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?(?:e-?\d+)?)$/s.exec(line);
    if (match === null) throw new Error(`not a sample: ${line}`);
    const [, name = "", labels = "", value] = match;
    expect(name).toBe(current);
    expect(seen.has(`${name}{${labels}}`)).toBe(false);
    seen.add(`${name}{${labels}}`);
    series.push({ name, labels: readLabels(labels), value: Number(value) });
  }
  return series;
}

function readLabels(text: string): Record<string, string> {
  const found: [string, string][] = [];
  let end = 0;
  for (const match of text.matchAll(LABEL)) {
    found.push([match[1] ?? "", (match[2] ?? "").replace(/\\(.)/g, (_, each) => (each === "n" ? "\n" : each))]);
    end = match.index + match[0].length;
  }
  expect(end).toBe(text.length);
  return Object.fromEntries(found);
}

const seriesOf = (report: Report) => parseMetrics(reporters.metrics(report, { colour: true, width: 80 }));
const sampleOf = (series: readonly Series[], name: string, labels: Readonly<Record<string, string>> = {}) =>
  series.find(
    (each) => each.name === name && Object.entries(labels).every(([key, value]) => each.labels[key] === value),
  )?.value;

describe("metrics", () => {
  it.each(Object.entries(REPORTS))("%s can be read", (_, report) => {
    const series = seriesOf(report);
    expect(series.every(({ name }) => name.startsWith("schemaready_"))).toBe(true);
  });

  it("tells the verdict, the gaps by code and what they do to features", () => {
    const series = seriesOf(failReport());
    const verdicts = series.filter(({ name }) => name === "schemaready_verdict");
    expect(verdicts.map(({ labels, value }) => [labels["verdict"], value])).toEqual([
      ["pass", 0],
      ["warn", 0],
      ["fail", 1],
      ["unverified", 0],
    ]);
    expect(series.filter(({ name }) => name === "schemaready_gaps")).toHaveLength(GAP_CODES.length);
    expect(sampleOf(series, "schemaready_gaps", { code: "MISSING_TABLE" })).toBe(1);
    expect(sampleOf(series, "schemaready_gaps", { code: "MISSING_ENUM" })).toBe(0);
    expect(sampleOf(series, "schemaready_features", { status: "broken" })).toBe(2);
    expect(sampleOf(series, "schemaready_feature_served", { feature: "create-avatar" })).toBe(0);
    expect(sampleOf(series, "schemaready_feature_served", { feature: "credits" })).toBe(1);
    expect(sampleOf(series, "schemaready_last_verify_timestamp_seconds")).toBe(Date.UTC(2026, 10, 20, 10) / 1000);
    expect(sampleOf(series, "schemaready_smoke_success")).toBeUndefined();
  });

  it("tells how the steps of a run went and how long they took; nothing of steps that did not run", () => {
    const series = seriesOf(smokeReport());
    expect(sampleOf(series, "schemaready_smoke_success")).toBe(0);
    expect(sampleOf(series, "schemaready_smoke_steps", { outcome: "skipped" })).toBe(1);
    const generate = { application: "avatar-creator", flow: "avatars", step: "generate" };
    expect(sampleOf(series, "schemaready_smoke_step_duration_seconds", generate)).toBe(0.088);
    expect(sampleOf(series, "schemaready_smoke_step_success", generate)).toBe(0);
    expect(sampleOf(series, "schemaready_smoke_step_success", { step: "list" })).toBeUndefined();
    expect(sampleOf(series, "schemaready_smoke_leftovers")).toBe(1);
  });

  it("says nothing of a schema that was not looked at, and does not call an unknown feature broken", () => {
    const report = smokeReport();
    const blind = { ...report, verdict: "unverified", target: { ...report.target, host: "", server: null } } as const;
    const names = new Set(seriesOf(blind).map(({ name }) => name));
    expect(names.has("schemaready_verdict")).toBe(false);
    expect(names.has("schemaready_smoke_success")).toBe(true);
    const unreachable = REPORTS["unreachable"];
    if (unreachable === undefined) throw new Error("unreachable");
    expect(sampleOf(seriesOf(unreachable), "schemaready_feature_served")).toBeUndefined();
  });

  it("has a bounded number of series", () => {
    const report = smokeReport();
    const [flow] = report.smoke?.flows ?? [];
    if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
    const steps = Array.from({ length: 5_000 }, (_, at) => stepWith({ id: `s${at}` }));
    const many = { ...report, smoke: { ...report.smoke, flows: [{ ...flow, steps }] } };
    expect(seriesOf(many).length).toBeLessThan(1_200);
    expect(sampleOf(seriesOf(many), "schemaready_smoke_steps", { outcome: "passed" })).toBe(5_000);
  });

  it("carries any name through, and never has a series twice", () => {
    const texts = fc.oneof(
      fc.constantFrom(HOSTILE_NAME, 'a"} 1\nschemaready_verdict 7', "\\", "a\\n"),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const series = seriesOf(smokeReportSaying(text));
        const step = series.find(({ name }) => name === "schemaready_smoke_step_success");
        expect(step?.labels["step"]).toBe(text.slice(0, 200).replace(/\p{Surrogate}/gu, "\ufffd"));
      }),
      { numRuns: 150 },
    );
  });
});
