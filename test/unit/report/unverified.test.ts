import { describe, expect, it } from "vitest";
import type { Report, Unverified } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { featureWith, gapWith, reportWith, unreachableReport } from "../../support/report-fixtures.js";

const page = (report: Report) => reporters.text(report, { colour: false, width: 100 });
const blind = (parts: Partial<Unverified> & Pick<Unverified, "subject" | "reason">): Unverified => ({
  sqlstate: null,
  features: ["a", "b", "c"],
  ...parts,
});
const features = ["a", "b", "c"].map((id) => featureWith({ id, status: "unverified" }));

/** The section alone, without its title. */
function looked(...unverified: readonly Unverified[]): string {
  const text = page(reportWith({ verdict: "unverified", features, unverified }));
  const from = text.indexOf("Could not look");
  return text.slice(text.indexOf("\n", from) + 1, text.indexOf("\n\n", from));
}

describe("a server that could not be asked", () => {
  it("is told in the headline, its remedy on a line of its own, its features once", () => {
    const text = page(unreachableReport());
    expect(text).toMatch(
      /^UNVERIFIED {2}app@db\.internal:5432\/app could not be asked: connect ECONNREFUSED 10\.0\.0\.5:5432\n/,
    );
    expect(text).toContain(`
To do
  Check that the server runs and that host and port are right:
  $ pg_isready -h db.internal -p 5432
`);
    expect(text.match(/delete-project/g)).toHaveLength(1);
    expect(text).not.toContain("Could not look");
  });

  it("keeps the words of a refusal", () => {
    const subject = { kind: "server", schema: null, relation: null, name: "PostgreSQL" } as const;
    const refused =
      'app@db.internal:5432/app refused the connection: password authentication failed for user "app" (SQLSTATE 28P01). The password (or the user) is wrong: compare DATABASE_URL with what the application uses.';
    const text = page({ ...unreachableReport(), unverified: [blind({ subject, reason: refused, sqlstate: "28P01" })] });
    expect(text.replace(/\s+/g, " ")).toContain(
      'refused the connection: password authentication failed for user "app" (SQLSTATE 28P01) Looked at',
    );
    expect(text).toContain("\nTo do\n  The password (or the user) is wrong: compare DATABASE_URL");
    const timeout = blind({ subject, reason: "canceling statement due to statement timeout", sqlstate: "57014" });
    expect(page({ ...unreachableReport(), unverified: [timeout] })).toMatch(
      /^UNVERIFIED {2}app@db\.internal:5432\/app could not be asked: canceling statement/,
    );
  });
});

describe("what could not be looked at", () => {
  it("is spoken of in words", () => {
    const rows = { kind: "rows", schema: "public", relation: "shipping_methods", name: "r-1kxl7989p3y" } as const;
    const reason = 'rows of public.shipping_methods: column "enabled" does not exist';
    const text = page(reportWith({ verdict: "unverified", features, unverified: [blind({ subject: rows, reason })] }));
    expect(text).toContain("could not look at rows of shipping_methods; see below");
    expect(text).not.toContain("r-1kxl7989p3y");
  });

  it.each([
    ["42703", "rows", "to do     the condition does not fit the table as it is"],
    ["22P02", "rows", "to do     the condition does not fit the table as it is"],
    ["42501", "rows", "to do     grant the role that looks USAGE"],
    ["55P03", "rows", "to do     another session holds a lock"],
  ] as const)("SQLSTATE %s on %s: %s", (sqlstate, kind, advice) => {
    const subject = { kind, schema: "public", relation: "plans", name: "r-1" } as const;
    expect(looked(blind({ subject, reason: "no", sqlstate }))).toContain(advice);
  });

  it("says once of a role that it does not exist", () => {
    const subject = { kind: "privileges", schema: "public", relation: null, name: "shop" } as const;
    const reason = 'privileges: role "x" does not exist on this server, so its privileges cannot be judged';
    const unverified = [blind({ subject, reason, sqlstate: "42704" })];
    expect(looked(...unverified)).toBe(`\
  - role "x" does not exist on this server: create it, or correct role: in the check file (SQLSTATE
    42704)
    concerns  privileges of shop`);
    const gap = gapWith({ subject: { kind: "table", schema: "public", relation: null, name: "t" } });
    const broken = features.map((feature, at) =>
      at === 0 ? { ...feature, status: "broken" as const, gaps: [gap.id] } : feature,
    );
    const text = page(reportWith({ verdict: "fail", gaps: [gap], features: broken, unverified }));
    expect(text.match(/could not look at privileges of shop/g)).toHaveLength(1);
  });

  it("has a grant on a line of its own, quoted whatever the names are", () => {
    const subject = { kind: "schema", schema: 'a"b', relation: null, name: 'a"b' } as const;
    const reason = `no USAGE on schema a"b for the connected role app: every table looks missing. GRANT USAGE ON SCHEMA "a"b" TO "app";`;
    expect(looked(blind({ subject, reason, sqlstate: "42501" }))).toBe(`\
  - no USAGE on schema a"b for the connected role app: every table looks missing (SQLSTATE 42501)
    to do     to be run by the owner or an administrator:
    GRANT USAGE ON SCHEMA "a""b" TO "app";`);
    const history = { kind: "history", schema: "public", relation: null, name: "_prisma_migrations" } as const;
    const both =
      'role app may not read public._prisma_migrations; to allow it: GRANT SELECT ON "public"."_prisma_migrations" TO "app";; row security is enabled on the table';
    expect(looked(blind({ subject: history, reason: both, sqlstate: "42501" }))).toBe(`\
  - role app may not read public._prisma_migrations (SQLSTATE 42501)
    row security is enabled on the table
    to do     to be run by the owner or an administrator:
    GRANT SELECT ON "public"."_prisma_migrations" TO "app";`);
  });

  it("does not say of migrations in a schema that is closed that they are pending", () => {
    const subject = { kind: "schema", schema: "public", relation: null, name: "public" } as const;
    const unverified = [blind({ subject, reason: "no USAGE on schema public", sqlstate: "42501" })];
    const migration = {
      status: "pending",
      required: true,
      blocks: false,
      startedAt: null,
      finishedAt: null,
      note: null,
    } as const;
    const migrations = ["1_a", "2_b"].map((name) => ({ ...migration, name }));
    const history = [{ application: "shop", tool: "prisma", table: null, state: "none", migrations } as const];
    expect(page(reportWith({ verdict: "unverified", unverified, history }))).toContain(
      "\nMigrations of shop (prisma): not known, a schema could not be looked into\n",
    );
    expect(page(reportWith({ history }))).toContain("\n  pending  1_a, 2_b\n");
  });
});

describe("nearly everything missing", () => {
  const hint = "Nearly everything is missing here: is this the right database and schema?";
  const tables = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      gapWith({ code: "MISSING_TABLE", subject: { kind: "table", schema: "public", relation: null, name: `t${at}` } }),
    );
  const summary = (satisfied: number) => ({ expectations: 100, satisfied, gaps: 3, implied: 97, unverified: 0 });

  it.each([
    ["three tables and little that fits", 3, 19, true],
    ["two tables", 2, 0, false],
    ["a fifth fits", 3, 20, false],
  ])("%s", (_, count, satisfied, isHinted) => {
    const lines = page(reportWith({ verdict: "fail", gaps: tables(count), summary: summary(satisfied) })).split("\n");
    const at = lines.findIndex((line) => line.startsWith("Looked at"));
    expect(lines[at + 1]?.trim() === hint).toBe(isHinted);
  });
});
