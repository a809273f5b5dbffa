import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { reporters } from "../../../src/report/index.js";
import { expectGolden } from "../../support/golden.js";
import { HOSTILE_NAME, smokeReport } from "../../support/report-fixtures.js";
import { REPORTS, smokeReportSaying } from "../../support/report-set.js";

const options = { colour: true, width: 80 };

interface Point {
  readonly ok: boolean;
  readonly description: string;
  readonly directive: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** TAP 14 as the specification's grammar says; anything else is an error. */
function parseTap(text: string): Point[] {
  const lines = text.split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.shift()).toBe("TAP version 14");
  const planned = Number(/^1\.\.(\d+)$/.exec(lines.shift() ?? "")?.[1]);
  const points: Point[] = [];
  while (lines.length > 0) {
    const match = /^(not )?ok (\d+) - ((?:[^#\\]|\\[#\\])*?)(?: # (SKIP .*))?$/.exec(lines.shift() ?? "");
    if (match === null) throw new Error("not a test point");
    expect(Number(match[2])).toBe(points.length + 1);
    const yaml: string[] = [];
    if (lines[0] === "  ---") {
      lines.shift();
      for (let line = lines.shift(); line !== "  ..."; line = lines.shift()) {
        if (line === undefined || !line.startsWith("  ")) throw new Error("the YAML block does not end");
        yaml.push(line.slice(2));
      }
    }
    const facts = (yaml.length === 0 ? {} : parse(yaml.join("\n"))) as Point["facts"];
    points.push({ ok: match[1] === undefined, description: match[3] ?? "", directive: match[4] ?? null, facts });
  }
  expect(points).toHaveLength(planned);
  return points;
}

describe("tap", () => {
  it.each(["fail", "smoke", "hostile", "unverified"])("%s is the golden text", (name) => {
    const report = REPORTS[name];
    if (report === undefined) throw new Error(name);
    expectGolden(reporters.tap(report, options), new URL(`golden/${name}.tap`, import.meta.url));
  });

  it.each(Object.entries(REPORTS))("%s can be read", (_, report) => {
    expect(parseTap(reporters.tap(report, options)).length).toBeGreaterThan(0);
  });

  it("tells failed from could not run from blocked, and where the step stands", () => {
    const points = parseTap(reporters.tap(smokeReport(), options));
    expect(points.map(({ ok, description, directive }) => [ok, description, directive])).toEqual([
      [true, "avatar-creator.avatars login", null],
      [false, "avatar-creator.avatars generate", null],
      [false, "avatar-creator.avatars wait", null],
      [true, "avatar-creator.avatars list", "SKIP blocked by generate"],
      [false, "cleanup generate", null],
      [false, "cleanup left behind: project p1", null],
    ]);
    expect(points[1]?.facts).toMatchObject({ severity: "fail", at: "checks/avatars.yaml:42", duration_ms: 88 });
    expect(points[2]?.facts).toMatchObject({ severity: "error", type: "NOT_RUN" });
    expect(points[0]?.facts).toEqual({ duration_ms: 20 });
  });

  it("lets no text forge a test point, a directive or the end of a block", () => {
    const texts = fc.oneof(
      fc.constantFrom(HOSTILE_NAME, "a # SKIP", "  ...\nok 9", "\\", "ok 1\r\nok 2"),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const points = parseTap(reporters.tap(smokeReportSaying(text), options));
        expect(points.map(({ ok, directive }) => [ok, directive])).toEqual(points.map(() => [false, null]));
        expect(points[0]?.facts["detail"]).toContain("GET http://app/");
      }),
      { numRuns: 150 },
    );
  });
});
