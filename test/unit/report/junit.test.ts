import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { everyCodeReport } from "../../support/every-code-report.js";
import { expectGolden } from "../../support/golden.js";
import {
  columnSubject,
  failReport,
  featureWith,
  gapWith,
  HOSTILE_NAME,
  hostileReport,
  passReport,
  reportWith,
  smokeReport,
  unreachableReport,
  unverifiedReport,
} from "../../support/report-fixtures.js";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  textNodeName: "text",
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => ["testsuite", "testcase"].includes(name),
});

interface Case {
  classname: string;
  name: string;
  failure?: { type: string; message: string; text: string };
  error?: { type: string; message: string; text: string };
  skipped?: { message: string };
  "system-out"?: string;
}
interface Suite {
  name: string;
  tests: string;
  failures: string;
  errors: string;
  skipped: string;
  timestamp: string;
  testcase: Case[];
}

function parse(report: Report): { totals: Record<string, string>; suites: Suite[] } {
  const xml = reporters.junit(report, { colour: true, width: 80 });
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = parser.parse(xml) as { testsuites: Record<string, string> & { testsuite: Suite[] } };
  return { totals: testsuites, suites: testsuites.testsuite };
}

const count = (suites: Suite[], key: "failure" | "error" | "skipped") =>
  suites.flatMap(({ testcase }) => testcase).filter((each) => each[key] !== undefined).length;

describe("junit", () => {
  it.each([
    ["fail", failReport()],
    ["hostile", hostileReport()],
    ["smoke", smokeReport()],
    ["unverified", unverifiedReport()],
    ["every-code", { ...everyCodeReport(), features: [] }],
  ])("%s is the golden document", (name, report) => {
    expectGolden(reporters.junit(report, { colour: false, width: 80 }), new URL(`golden/${name}.xml`, import.meta.url));
  });

  it("counts what it holds", () => {
    for (const report of [passReport(), failReport(), unverifiedReport(), hostileReport(), smokeReport()]) {
      const { totals, suites } = parse(report);
      const cases = suites.reduce((sum, { testcase }) => sum + testcase.length, 0);
      expect(Number(totals["tests"])).toBe(cases);
      expect(Number(totals["failures"])).toBe(count(suites, "failure"));
      expect(Number(totals["errors"])).toBe(count(suites, "error"));
      expect(Number(totals["skipped"])).toBe(count(suites, "skipped"));
      for (const suite of suites) expect(Number(suite.tests)).toBe(suite.testcase.length);
    }
  });

  it("has a test case for each feature and each gap that no feature feels", () => {
    const { suites } = parse(failReport());
    expect(suites.map(({ name }) => name)).toEqual(["avatar-creator", "schema"]);
    const [features, schema] = suites;
    expect(features?.testcase.map(({ name }) => name)).toEqual(failReport().features.map(({ id }) => id));
    expect(features?.testcase[0]?.failure?.type).toBe("MISSING_TABLE MISSING_COLUMN");
    expect(features?.testcase[2]?.failure).toBeUndefined();
    expect(features?.testcase[2]?.["system-out"]).toContain("MISSING_INDEX");
    expect(schema?.testcase.map(({ name }) => name)).toEqual(["COLUMN_TYPE public.users.tags"]);
  });

  it("calls what could not be looked at an error, never a failure", () => {
    for (const report of [unverifiedReport(), unreachableReport()]) {
      const { suites } = parse(report);
      expect(count(suites, "failure")).toBe(0);
      expect(count(suites, "error")).toBeGreaterThan(0);
    }
  });

  it("is never empty: that would look like a run that never was", () => {
    const { suites } = parse(reportWith());
    expect(suites).toMatchObject([{ name: "schema", testcase: [{ name: "contract" }] }]);
  });

  it("gives a smoke run its flows and a clean-up suite of its own", () => {
    const { suites } = parse(smokeReport());
    expect(suites.map(({ name }) => name)).toEqual(["avatar-creator.avatars", "cleanup"]);
    const [flow, cleanup] = suites;
    expect(new Set(flow?.testcase.map(({ classname }) => classname))).toEqual(new Set(["avatar-creator.avatars"]));
    expect(flow?.testcase[1]?.failure?.message).toContain("because table public.avatars is missing");
    expect(flow?.testcase[2]?.error?.type).toBe("NOT_RUN");
    expect(flow?.testcase[3]?.skipped?.message).toBe("blocked by generate");
    expect(cleanup?.testcase.at(-1)?.failure?.type).toBe("LEFT_BEHIND");
  });

  it("carries hostile names through a parser, without terminal escapes and illegal characters", () => {
    const { suites } = parse(hostileReport());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what the reporter must remove
    const expected = HOSTILE_NAME.replace(/\u001b\[2J/g, "").replace(/\u0000|\ud800/g, "\ufffd");
    expect(suites[0]?.name).toBe(expected);
    expect(suites[0]?.testcase[0]?.failure?.text).toContain("]]></failure><a b=");
  });

  it("is well-formed for any name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, message) => {
        const gap = gapWith({ subject: columnSubject(name, name), message });
        const features = [featureWith({ id: name, application: message, status: "broken", gaps: [gap.id] })];
        const xml = reporters.junit(reportWith({ verdict: "fail", gaps: [gap], features }), {
          colour: false,
          width: 80,
        });
        expect(XMLValidator.validate(xml)).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 does not allow
        expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
      }),
      { numRuns: 200 },
    );
  });
});
