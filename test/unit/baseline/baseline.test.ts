import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  acceptGaps,
  baselineJsonSchema,
  baselineOf,
  parseBaseline,
  printBaseline,
} from "../../../src/baseline/index.js";
import { reportExitCode } from "../../../src/cli/exit-code.js";
import type { Gap, Report } from "../../../src/model/report.js";
import { judgeVerdict } from "../../../src/model/verdict.js";
import { reporters, reportSchema } from "../../../src/report/index.js";
import { columnSubject, gapWith, reportWith } from "../../support/report-builders.js";

const gap = (name: string, parts: Partial<Gap> = {}) => gapWith({ subject: columnSubject("avatars", name), ...parts });
const [first, second, slow] = [gap("projectId"), gap("prompt"), gap("seed", { severity: "warning" })];
const feature = (gaps: readonly Gap[]): Report["features"][number] => ({
  ...{ id: "generate", application: "app", title: "Generate", status: "broken", endpoints: [], symptoms: [] },
  gaps: gaps.map(({ id }) => id),
});
const reportOf = (gaps: readonly Gap[], parts: Partial<Report> = {}) =>
  reportWith({ gaps, verdict: judgeVerdict(gaps, []), features: [feature(gaps)], ...parts });

describe("a report beside its own baseline", () => {
  it("only warns, and says what is accepted; not even --strict fails", () => {
    const report = acceptGaps(reportOf([first, slow]), baselineOf(reportOf([first, slow]), null));
    expect(report).toMatchObject({ verdict: "warn", features: [{ status: "degraded" }] });
    expect(report.gaps.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
    expect(report.baseline).toEqual({
      accepted: [
        { id: first.id, severity: "error" },
        { id: slow.id, severity: "warning" },
      ],
      stale: [],
    });
    expect([reportExitCode(report, false), reportExitCode(report, true)]).toEqual([0, 0]);
    expect(reportSchema.parse(report)).toEqual(report);
  });

  it("fails because of one new gap, which is told as before", () => {
    const report = acceptGaps(reportOf([first, second]), baselineOf(reportOf([first]), null));
    expect(report).toMatchObject({ verdict: "fail", features: [{ status: "broken" }] });
    expect(report.gaps.map(({ severity }) => severity)).toEqual(["warning", "error"]);
    expect(reportExitCode(report, false)).toBe(1);
  });

  it("with --strict fails because of a new warning", () => {
    const report = acceptGaps(reportOf([first, slow]), baselineOf(reportOf([first]), null));
    expect([reportExitCode(report, false), reportExitCode(report, true)]).toEqual([0, 1]);
  });

  it("lists stale entries, unless something could not be looked at or only a part was", () => {
    const baseline = baselineOf(reportOf([first, second]), null);
    expect(acceptGaps(reportOf([first]), baseline).baseline?.stale).toMatchObject([{ id: second.id }]);
    const unverified = [{ subject: second.subject, reason: "no USAGE", sqlstate: "42501", features: [] }];
    const blind = acceptGaps(reportOf([first], { unverified }), baseline);
    expect(blind).toMatchObject({ verdict: "unverified", baseline: { stale: [] } });
    expect(acceptGaps(reportOf([first]), baseline, false).baseline?.stale).toEqual([]);
  });

  it("accepts everything and nothing else, whatever the order and the words", () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 });
    const check = (old: readonly string[], fresh: readonly string[]) => {
      const before = old.map((name) => gap(name));
      const added = fresh.filter((name) => !old.includes(name)).map((name) => gap(name));
      const now = [...added, ...before.toReversed()].map((each) => ({
        ...each,
        message: `other words: ${each.message}`,
      }));
      const report = acceptGaps(reportOf(now), parseBaseline(printBaseline(baselineOf(reportOf(before), null)), "b"));
      expect(report.gaps.filter(({ severity }) => severity === "error").map(({ id }) => id)).toEqual(
        added.map(({ id }) => id),
      );
      expect(report.verdict).toBe(added.length > 0 ? "fail" : before.length > 0 ? "warn" : "pass");
      expect(report.baseline?.stale).toEqual([]);
    };
    fc.assert(fc.property(names, names, check));
  });
});

describe("the file", () => {
  it("has the same bytes for the same gaps, keeps notes, and is what its schema says", () => {
    const baseline = baselineOf(reportOf([second, first]), null);
    const text = printBaseline(baseline);
    expect(text).toBe(printBaseline(baselineOf(reportOf([first, second]), null)));
    const noted = { gaps: baseline.gaps.map((entry) => ({ ...entry, note: "ticket 7" })) };
    const again = baselineOf(reportOf([first, slow]), parseBaseline(printBaseline(noted), "b"));
    expect(again.gaps.find(({ id }) => id === first.id)).toMatchObject({ note: "ticket 7" });
    expect(again.gaps.find(({ id }) => id === slow.id)).not.toHaveProperty("note");
    const ajv = new Ajv.default({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(baselineJsonSchema());
    expect(validate(JSON.parse(printBaseline(again))), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ formatVersion: 1, gaps: [{ id: "g" }] })).toBe(false);
  });

  it.each([
    ["no JSON", "{"],
    ["another version", JSON.stringify({ formatVersion: 2, gaps: [] })],
    ["another file", JSON.stringify({ gaps: [first] })],
    [
      "one gap twice",
      printBaseline({
        gaps: [...baselineOf(reportOf([first]), null).gaps, ...baselineOf(reportOf([first]), null).gaps],
      }),
    ],
  ])("that is %s is refused", (_, text) => {
    expect(() => parseBaseline(text, "b.json")).toThrow(expect.objectContaining({ code: "BASELINE_FILE" }));
  });
});

it("every page for people names what is accepted and what is stale", () => {
  const report = acceptGaps(reportOf([first]), baselineOf(reportOf([first, second]), null));
  for (const format of ["text", "markdown", "html"] as const) {
    const page = reporters[format](report, { colour: false, width: 100 }).replaceAll("&#39;", "'");
    expect(page).toContain("1 gap accepted, 0 not in the baseline, 1 stale");
    expect(page).toContain("(breaks statements)");
    expect(page.replaceAll(/[`\\]/g, "")).toMatch(/stale:? +MISSING_?COLUMN column public\.avatars\.prompt/);
  }
  expect(reporters.junit(report, { colour: false, width: 100 })).not.toContain("<failure");
  expect(reporters.github(report, { colour: false, width: 100 })).not.toContain("::error");
});
