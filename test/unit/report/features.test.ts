import { describe, expect, it } from "vitest";
import type { FeatureResult, Gap, Report, Unverified } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { columnSubject, featureWith, gapWith, reportWith } from "../../support/report-fixtures.js";

const page = (report: Report) => reporters.text(report, { colour: false, width: 100 });

/** The section alone, without its title. */
function features(parts: Partial<Report>): string {
  const text = page(reportWith({ verdict: "fail", ...parts }));
  const from = text.indexOf("Features of avatar-creator\n") + "Features of avatar-creator\n".length;
  return text.slice(from, text.indexOf("\n\n", from));
}

/** What stands behind "because" of a feature that feels these gaps. */
function because(...gaps: readonly Gap[]): string {
  const feature = featureWith({ id: "it", status: "broken", gaps: gaps.map(({ id }) => id) });
  return features({ gaps, features: [feature] })
    .replace(/\s+/g, " ")
    .replace(/^.*because /, "");
}

const part = (kind: "index" | "constraint" | "privileges" | "rows", relation: string, name: string) =>
  ({ kind, schema: "public", relation, name }) as const;
const columns = (relation: string, count: number) =>
  Array.from({ length: count }, (_, at) => gapWith({ subject: columnSubject(relation, `c${at}`) }));
const blocking = (relation: string, name: string) =>
  gapWith({ code: "BLOCKING_EXTRA_COLUMN", subject: columnSubject(relation, name) });
const table = (name: string, schema = "public") =>
  gapWith({ code: "MISSING_TABLE", subject: { kind: "table", schema, relation: null, name } });
const index = (relation: string) =>
  gapWith({ code: "MISSING_INDEX", severity: "warning", subject: part("index", relation, `${relation}_idx`) });
const symptom = (sqlstate: string, prisma: string | null, operation: "select" | "insert" | "update" | "delete") =>
  ({ sqlstate, prisma, operation }) as const;

describe("because", () => {
  it.each<[string, readonly Gap[], string]>([
    ["one object", columns("users", 1), "column users.c0 is missing"],
    ["two objects", [...columns("users", 1), table("devices")], "table devices is missing, column users.c0 is missing"],
    ["two of a kind", [table("devices"), table("apps")], "tables devices and apps are missing"],
    ["another schema", [table("events", "audit")], "table audit.events is missing"],
    [
      "many: by relation and kind, the most severe first",
      [...columns("avatars", 9), blocking("jobs", "a"), blocking("jobs", "b"), ...columns("jobs", 1), table("devices")],
      "table devices is missing, avatars lacks 9 columns, jobs lacks column c0 and has 2 NOT NULL columns that block INSERT",
    ],
    [
      "more tables than one can read",
      ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => table(name)),
      "tables a, b, c, d, e, f and 2 more are missing",
    ],
    ["no warnings", [...columns("users", 1), index("credits")], "column users.c0 is missing"],
    [
      "a type",
      [
        gapWith({
          code: "COLUMN_TYPE",
          subject: columnSubject("credits", "amount"),
          expected: { type: "bigint" },
          actual: { type: "integer" },
        }),
      ],
      "column credits.amount has type integer, expected bigint",
    ],
    [
      "a unique index",
      [
        gapWith({
          code: "MISSING_INDEX",
          subject: part("index", "users", "users_email_key"),
          expected: { columns: ["email"], unique: true },
        }),
      ],
      "users has no unique index on (email)",
    ],
    [
      "privileges",
      ["SELECT", "INSERT", "UPDATE"].map((name) =>
        gapWith({
          code: "MISSING_PRIVILEGE",
          subject: part("privileges", "files", name),
          expected: { role: "app", privilege: name, columns: name === "UPDATE" ? ["note"] : [] },
        }),
      ),
      "role app lacks SELECT, INSERT, UPDATE (note) on files",
    ],
    [
      "rows",
      [
        gapWith({
          code: "MISSING_ROWS",
          subject: part("rows", "ai_models", "r"),
          expected: { where: null, atLeast: 1, atMost: null },
          actual: { rows: 0 },
        }),
      ],
      "ai_models lacks reference rows",
    ],
    [
      "a code without words of its own: its message",
      [gapWith({ code: "INVALID_INDEX", subject: part("index", "users", "i"), message: "Index i is invalid." })],
      "Index i is invalid",
    ],
  ])("%s", (_, gaps, expected) => {
    expect(because(...gaps)).toBe(expected);
  });
});

describe("broken features", () => {
  const [gap] = columns("users", 1);
  const gaps = gap === undefined ? [] : [gap];
  const broken = (id: string, parts: Partial<FeatureResult> = {}) =>
    featureWith({
      id,
      status: "broken",
      gaps: gaps.map((each) => each.id),
      symptoms: [symptom("42703", "P2022", "select")],
      ...parts,
    });

  it("have their title, endpoints, what users see, and why", () => {
    const symptoms = [
      symptom("23001", "P2003", "delete"),
      symptom("23503", "P2003", "delete"),
      symptom("42703", "P2022", "update"),
      symptom("42703", "P2022", "select"),
      symptom("99999", null, "insert"),
    ];
    const endpoints = ["GET /api/settings", "PUT /api/settings"];
    expect(
      features({ gaps, features: [broken("settings", { title: "Change settings", symptoms, endpoints })] }),
    ).toBe(`\
  BROKEN      Change settings (settings): GET /api/settings, PUT /api/settings
              users see 23001 (restrict_violation) or 23503 (foreign_key_violation), Prisma P2003,
                on delete; 42703 (undefined_column), Prisma P2022, on select, update; SQLSTATE 99999
                on insert
              because  column users.c0 is missing`);
  });

  it("stand together when they break for the same reason; the name of a SQLSTATE is told once", () => {
    const other = table("devices");
    const login = broken("login", { gaps: [other.id], symptoms: [symptom("42P01", "P2021", "insert")] });
    const insert = broken("register", { symptoms: [symptom("42703", "P2022", "insert")] });
    const both = broken("both", { gaps: [...gaps.map(({ id }) => id), other.id] });
    expect(features({ gaps: [...gaps, other], features: [broken("settings"), login, insert, both] })).toBe(`\
  BROKEN      settings
  BROKEN      register
              users of these 2 see 42703 (undefined_column), Prisma P2022, on select, insert
              because  column users.c0 is missing
  BROKEN      login
              users see 42P01 (undefined_table), Prisma P2021, on insert
              because  table devices is missing
  BROKEN      both
              users see 42703, Prisma P2022, on select
              because  table devices is missing, column users.c0 is missing`);
  });

  it("may see what only a warning brings", () => {
    const warning = gapWith({
      code: "BLOCKING_EXTRA_CONSTRAINT",
      severity: "warning",
      subject: part("constraint", "users", "users_fkey"),
      message: "Constraint users_fkey is unknown: writes can be refused (23503).",
    });
    const symptoms = [symptom("42703", "P2022", "select"), symptom("23503", "P2003", "insert")];
    const ids = [...gaps, warning].map(({ id }) => id);
    const degraded = featureWith({ id: "b", status: "degraded", gaps: [warning.id], symptoms: symptoms.slice(1) });
    const quiet = featureWith({ id: "c", status: "degraded", gaps: [warning.id] });
    expect(
      features({ gaps: [...gaps, warning], features: [broken("a", { symptoms, gaps: ids }), degraded, quiet] }),
    ).toBe(`\
  BROKEN      a
              users see 42703 (undefined_column), Prisma P2022, on select
              users may see 23503 (foreign_key_violation), Prisma P2003, on insert
              because  column users.c0 is missing
  degraded    1 feature: b
              users may see 23503, Prisma P2003, on insert
              because  there are unknown constraints on users
  degraded    1 feature: c
              because  there are unknown constraints on users`);
  });

  it("say that they share the reason also when no statement fails", () => {
    const rows = gapWith({ code: "MISSING_ROWS", subject: part("rows", "ai_models", "r") });
    const quiet = (id: string) => broken(id, { gaps: [rows.id], symptoms: [] });
    expect(features({ gaps: [rows], features: [quiet("apps"), quiet("generate")] })).toBe(`\
  BROKEN      apps
  BROKEN      generate
              these 2 because  ai_models lacks reference rows`);
  });

  it("put endpoints that do not fit on lines of their own, in one piece", () => {
    const endpoints = [`POST /api/${"a".repeat(70)}`, "GET /api/b"];
    expect(features({ gaps, features: [broken("settings", { endpoints, symptoms: [] })] })).toMatch(
      /^ {2}BROKEN {6}settings:\n {14}POST \/api\/a+,\n {14}GET \/api\/b\n/,
    );
  });
});

describe("degraded features", () => {
  const degraded = (id: string, ...gaps: readonly Gap[]) =>
    featureWith({ id, status: "degraded", gaps: gaps.map((gap) => gap.id) });
  const [users, credits] = [index("users"), index("credits")];

  it("share a line, and their reasons another", () => {
    expect(
      features({ gaps: [users, credits], features: [degraded("a", users), degraded("b", users, credits)] }),
    ).toBe(`\
  degraded    2 features: a, b
              because  indexes are missing on credits and users`);
  });

  it("have a line each when their reasons are long", () => {
    const codes = ["INVALID_INDEX", "COLUMN_TYPE", "COLUMN_DEFAULT", "MISSING_TRIGGER", "COLUMN_COLLATION"] as const;
    const many = codes.flatMap((code) =>
      ["a", "b"].map((name) =>
        gapWith({ code, severity: "warning", subject: columnSubject(`a_relation_with_a_long_name_${name}`, code) }),
      ),
    );
    const text = features({ gaps: [users, ...many], features: [degraded("one", users), degraded("two", ...many)] });
    expect(text).toContain("  degraded    1 feature: one\n              because  indexes are missing on users\n");
    expect(text).toContain("  degraded    1 feature: two\n              because  indexes are invalid on a_relation");
  });
});

describe("features that could not be judged", () => {
  const unverified = (...ids: readonly string[]): Unverified => ({
    subject: { kind: "schema", schema: "audit", relation: null, name: "audit" },
    reason: "no USAGE",
    sqlstate: "42501",
    features: ids,
  });
  const blind = (id: string) => featureWith({ id, status: "unverified", endpoints: ["GET /x"] });

  it("share a line when they share the reason", () => {
    expect(features({ unverified: [unverified("a", "b")], features: [blind("a"), blind("b")] })).toBe(`\
  unverified  2 features: a, b
              could not look at schema audit; see below`);
  });

  it("alone are told with their endpoints", () => {
    expect(features({ unverified: [unverified("a")], features: [blind("a")] })).toBe(`\
  unverified  a: GET /x
              could not look at schema audit; see below`);
  });
});
