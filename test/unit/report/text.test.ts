import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Gap } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { displayWidth } from "../../../src/report/text/page.js";
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

const reports = {
  pass: passReport(),
  fail: failReport(),
  unverified: unverifiedReport(),
  unreachable: unreachableReport(),
  hostile: hostileReport(),
  smoke: smokeReport(),
  "every-code": everyCodeReport(),
};
const plain = { colour: false, width: 100 };

/** Everything but line ends that a terminal would act on, or that hides or reverses text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const DANGEROUS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

describe("text", () => {
  it.each(Object.entries(reports))("%s is the golden page", (name, report) => {
    expectGolden(reporters.text(report, plain), new URL(`golden/${name}.txt`, import.meta.url));
  });

  it.each(Object.entries(reports))("%s fits into the width, except what is to be pasted", (_, report) => {
    for (const width of [40, 60, 80, 100, 120]) {
      const pasted = report.repair.steps.flatMap((step) => {
        return (step.kind === "command" ? step.run : step.statement).split("\n").map((line) => line.trim());
      });
      pasted.push('GRANT SELECT ON "public"."_prisma_migrations" TO "app";');
      pasted.push(...(report.smoke?.flows.flatMap(({ steps }) => steps.flatMap(({ curl }) => curl ?? [])) ?? []));
      const lines = reporters.text(report, { colour: false, width }).split("\n");
      const tooLong = lines.filter((line) => displayWidth(line) > width);
      expect(tooLong.filter((line) => !pasted.includes(line.trim().replace(/^\$ /, "")))).toEqual([]);
    }
  });

  it.each(Object.entries(reports))("%s has the same words with colour", (_, report) => {
    const coloured = reporters.text(report, { colour: true, width: 100 });
    expect(coloured).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that the reporter adds
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(reporters.text(report, plain));
  });

  it("keeps statements and commands in one piece, however narrow the terminal is", () => {
    const page = reporters.text(failReport(), { colour: false, width: 40 });
    expect(page).toContain('CREATE INDEX CONCURRENTLY "credits_userId_createdAt_idx" ON "public"."credits"');
  });

  it("tells every gap once, with its code", () => {
    const page = reporters.text(failReport(), plain);
    const section = page.slice(page.indexOf("What is wrong"), page.indexOf("Migrations of"));
    expect(section.match(/^ {4}[A-Z]+_[A-Z_]+( \(warning\))? {2}/gm)).toHaveLength(failReport().gaps.length);
  });

  it("tells of one missing column on a screen of 25 lines", () => {
    const gap = gapWith({ subject: columnSubject("notes", "title"), introducedBy: null, causes: ["c-1"] });
    const endpoints = ["GET /notes"];
    const report = reportWith({
      verdict: "fail",
      gaps: [gap],
      features: [
        featureWith({
          id: "read-notes",
          status: "broken",
          endpoints,
          gaps: [gap.id],
          symptoms: [{ sqlstate: "42703", prisma: "P2022", operation: "select" }],
        }),
        featureWith({ id: "write-notes" }),
      ],
      causes: [
        {
          id: "c-1",
          code: "UNKNOWN",
          confidence: "possible",
          explains: [gap.id],
          unverified: [],
          message: "The reason is not known: nothing that was looked at explains this gap.",
          evidence: [{ fact: "notes has no migration-record table here", source: "catalog of the database" }],
        },
      ],
    });
    expect(reporters.text(report, plain).trimEnd().split("\n").length).toBeLessThanOrEqual(25);
  });

  it("lets nothing of a hostile name reach the terminal", () => {
    const page = reporters.text(hostileReport(), plain);
    expect(page).not.toMatch(DANGEROUS);
    expect(page).not.toMatch(/^PASS/m);
    expect(page).toContain("\\nPASS all is well\\u{1b}[2J");
  });

  it("is safe and within its width for any name", () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(name, fc.integer({ min: 20, max: 120 }), (hostile, width) => {
        const gap = gapWith({ subject: columnSubject(hostile, hostile), message: hostile });
        const feature = featureWith({ id: hostile, application: hostile, status: "broken", gaps: [gap.id] });
        const report = reportWith({ verdict: "fail", gaps: [gap], features: [feature] });
        const page = reporters.text(report, { colour: false, width });
        expect(page).not.toMatch(DANGEROUS);
        expect(Math.max(...page.split("\n").map(displayWidth))).toBeLessThanOrEqual(Math.max(width, 28));
      }),
      { numRuns: 200 },
    );
  });
});

const NOT_WHAT = "FAIL  the schema is not what the application needs:";

describe("the first line", () => {
  const first = (report: Parameters<typeof reporters.text>[0]) => reporters.text(report, plain).split("\n")[0];
  const warning = gapWith({ subject: columnSubject("a", "b"), severity: "warning" });
  const error = gapWith({ subject: columnSubject("a", "b") });
  const lostDefault = gapWith({
    code: "COLUMN_DEFAULT",
    subject: columnSubject("customers", "id"),
    expected: { autoIncrement: "sequence" },
    actual: { autoIncrement: "none" },
  });
  const longWinded = gapWith({ code: "MISSING_TRIGGER", subject: columnSubject("a", "t"), message: "x".repeat(200) });
  const broken = (id: string, gap: Gap, title = id) => featureWith({ id, title, status: "broken", gaps: [gap.id] });
  const server = reportWith().target;
  const blind = featureWith({ id: "a", status: "unverified" });

  it.each([
    ["no features", reportWith(), "PASS  the application is served by this schema: 120 expectations satisfied"],
    [
      "one feature",
      reportWith({ features: [featureWith({ id: "a" })] }),
      "PASS  avatar-creator is served by this schema: its one feature works",
    ],
    [
      "a warning",
      reportWith({
        verdict: "warn",
        gaps: [warning],
        features: [featureWith({ id: "a", status: "degraded" }), featureWith({ id: "b" })],
      }),
      "WARN  avatar-creator is served by this schema, with 1 warning: column a.b is missing; 1 of 2",
    ],
    [
      "two warnings",
      reportWith({
        verdict: "warn",
        gaps: [warning, { ...warning, id: "g" }],
        features: [featureWith({ id: "a", status: "degraded" }), featureWith({ id: "b" })],
      }),
      "WARN  avatar-creator is served by this schema, with 2 warnings: 1 of 2 features degraded",
    ],
    [
      "gaps that no feature feels",
      reportWith({ verdict: "fail", gaps: [error, { ...error, id: "g" }], features: [featureWith({ id: "a" })] }),
      "FAIL  the schema is not what avatar-creator needs: 2 gaps that no feature is known to feel",
    ],
    [
      "one gap that no feature feels",
      reportWith({ verdict: "fail", gaps: [warning, { ...error, id: "g" }], features: [featureWith({ id: "a" })] }),
      "FAIL  the schema is not what avatar-creator needs: 1 gap that no feature is known to feel: column",
    ],
    [
      "a gap without features",
      reportWith({ verdict: "fail", gaps: [error] }),
      `${NOT_WHAT} 1 gap: column a.b is missing`,
    ],
    [
      "one broken feature",
      reportWith({
        verdict: "fail",
        gaps: [lostDefault],
        features: [broken("register", lostDefault, "Register a customer"), featureWith({ id: "b" })],
      }),
      "FAIL  1 of 2 features broken: Register a customer: customers.id has no default",
    ],
    [
      "two broken features with one reason",
      reportWith({ verdict: "fail", gaps: [error], features: [broken("a", error), broken("b", error), blind] }),
      "FAIL  2 of 3 features broken: a and b: column a.b is missing; 1 unverified",
    ],
    [
      "two broken features with a reason each",
      reportWith({
        verdict: "fail",
        gaps: [error, lostDefault],
        features: [broken("a", error), broken("b", lostDefault)],
      }),
      "FAIL  2 of 2 features broken: a (column a.b is missing) and b (customers.id has no default)",
    ],
    [
      "features whose reasons are too long for a headline",
      reportWith({
        verdict: "fail",
        gaps: [longWinded, lostDefault],
        features: [broken("a", longWinded), broken("b", lostDefault)],
      }),
      "FAIL  2 of 2 features broken: a and b",
    ],
    [
      "one gap that breaks many",
      reportWith({ verdict: "fail", gaps: [error], features: ["a", "b", "c"].map((id) => broken(id, error)) }),
      "FAIL  3 of 3 features broken: column a.b is missing",
    ],
    [
      "several gaps that break many",
      reportWith({
        verdict: "fail",
        gaps: [error, lostDefault],
        features: ["a", "b", "c"].map((id) => broken(id, error)),
      }),
      "FAIL  avatar-creator is not served by this schema: 3 of 3 features broken",
    ],
    [
      "several applications",
      reportWith({
        verdict: "fail",
        features: ["a", "b", "c"].map((id) => featureWith({ id, status: "broken", application: `${id}-app` })),
      }),
      "FAIL  a-app, b-app and c-app are not served by this schema: 3 of 3 features broken",
    ],
    [
      "no database",
      reportWith({ verdict: "unverified", target: { ...server, host: "", server: null } }),
      "UNVERIFIED  the schema was not looked at: no database was given",
    ],
    [
      "no answer",
      unreachableReport(),
      "UNVERIFIED  app@db.internal:5432/app could not be asked: connect ECONNREFUSED 10.0.0.5:5432",
    ],
    [
      "a part that could not be looked at, for one reason",
      unverifiedReport(),
      "UNVERIFIED  could not judge 1 of 4 features of avatar-creator: no USAGE on schema audit; no gap in",
    ],
    [
      "a schema that may not be used",
      reportWith({
        verdict: "unverified",
        gaps: [warning],
        features: [blind],
        unverified: [
          {
            subject: { kind: "schema", schema: "public", relation: null, name: "public" },
            reason: "no USAGE on schema public for the connected role app: to it every table looks missing",
            sqlstate: "42501",
            features: ["a"],
          },
        ],
      }),
      "UNVERIFIED  could not judge avatar-creator: no USAGE on schema public for role app",
    ],
    [
      "a record table that may not be read",
      reportWith({
        verdict: "unverified",
        features: [featureWith({ id: "a" })],
        unverified: [
          {
            subject: { kind: "history", schema: "public", relation: null, name: "_prisma_migrations" },
            reason: "role app may not read it; to allow it: GRANT SELECT ...",
            sqlstate: "42501",
            features: [],
          },
        ],
      }),
      "UNVERIFIED  could not judge the migrations of avatar-creator: role app may not read it; no gap in",
    ],
    [
      "several reasons",
      reportWith({
        verdict: "unverified",
        summary: { expectations: 120, satisfied: 118, gaps: 1, implied: 0, unverified: 2 },
        gaps: [warning],
        features: [blind],
        unverified: ["locked", "not allowed"].map((reason) => ({
          subject: columnSubject("a", "b"),
          reason,
          sqlstate: null,
          features: ["a"],
        })),
      }),
      "UNVERIFIED  avatar-creator is known only in part: 2 of 120 expectations could not be looked at, 1",
    ],
    [
      "a smoke run",
      smokeReport(),
      "FAIL  smoke run against http://localhost:8080: 2 of 4 steps failed, 1 skipped, 1 thing left behind",
    ],
  ])("%s", (_, report, expected) => {
    expect(first(report)).toBe(expected);
  });
});

it("names a hostile name only in escapes in the fixtures too", () => {
  expect(HOSTILE_NAME).toMatch(DANGEROUS);
});
