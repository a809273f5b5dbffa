import { describe, expect, it } from "vitest";
import type { Migration, Report } from "../../../src/model/report.js";
import { STYLE } from "../../../src/report/html/style.js";
import { reporters, schemaParts } from "../../../src/report/index.js";
import { REPORT_VOCABULARY, textOfHtml } from "../../support/html-text.js";
import { largeReport } from "../../support/large-report.js";
import { featureWith, repairWith, reportWith, sqlStep } from "../../support/report-builders.js";
import { failReport, passReport, unreachableReport, unverifiedReport } from "../../support/report-fixtures.js";

const pageOf = (report: Report) => reporters.html(report, { colour: false, width: 80 });
const textOf = (report: Report) => textOfHtml(pageOf(report), REPORT_VOCABULARY, [STYLE]);

/** Text of the section with this id; null: there is none. */
function sectionOf(report: Report, id: string): string | null {
  const found = new RegExp(`<section id="${id}">.*?</section>`, "s").exec(pageOf(report))?.[0];
  return found === undefined ? null : textOfHtml(found, REPORT_VOCABULARY, []);
}

describe("what comes first", () => {
  it("says what is broken with its endpoints, why, and the first step with its command", () => {
    const text = sectionOf(failReport(), "triage");
    for (const part of [
      "\nBroken\n",
      "\nCreate an avatar\n",
      "POST /api/apps/avatar-creator/projects/{projectId}/avatars/generate",
      "\nList avatars\n",
      "\nWhy\n",
      "is recorded as applied, but it never ran.",
      "\nTo do\n",
      "\nnpx prisma migrate deploy\n",
      "then 2 more steps, below",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("Show credits");
  });

  it("is missing when everything works", () => {
    expect(sectionOf(passReport(), "triage")).toBeNull();
  });

  it("counts what does not fit", () => {
    const text = sectionOf(largeReport(20, 100), "triage");
    expect(text).toContain("and 7 more features, below");
    expect(text).toContain("then 100 more steps, below");
  });

  it("says of a server that did not answer what it said and what to do, once", () => {
    const text = sectionOf(unreachableReport(), "triage") ?? "";
    expect(text).toContain("\nNot known\n");
    expect(text).toContain("could not be asked: connect ECONNREFUSED");
    expect(text).toContain("\npg_isready -h db.internal -p 5432\n");
    expect(textOf(unreachableReport()).split("pg_isready").length).toBe(2);
  });

  it("gives the advice for what could not be looked at", () => {
    const text = sectionOf(unverifiedReport(), "triage");
    expect(text).toContain("Audit trail");
    expect(text).toContain("no USAGE on schema audit");
    expect(text).toContain("grant the role that looks USAGE on the schema");
  });

  it("names gaps when no cause is known, and warnings only where there is nothing worse", () => {
    const { gaps } = failReport();
    const text = sectionOf({ ...failReport(), causes: [] }, "triage");
    expect(text).toContain("table public.avatars is missing");
    expect(text).toContain("and 1 more gap, below");
    const warning = gaps.filter(({ severity }) => severity === "warning");
    const warned = sectionOf(reportWith({ verdict: "warn", gaps: warning }), "triage");
    expect(warned).toContain("no index of public.credits");
  });
});

describe("features", () => {
  it("come with those that suffer first", () => {
    const features = (["working", "degraded", "broken", "unverified"] as const).map((status) =>
      featureWith({ id: `f-${status}`, status }),
    );
    const text = sectionOf(reportWith({ verdict: "fail", features }), "features") ?? "";
    const order = ["f-broken", "f-unverified", "f-degraded", "f-working"].map((id) => text.indexOf(id));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it("have no column for endpoints when nobody has any", () => {
    expect(sectionOf(passReport(), "features")).not.toContain("endpoints");
    expect(sectionOf(failReport(), "features")).toContain("endpoints");
  });
});

describe("steps", () => {
  it("say what the plan leaves to people, and whether it was tried", () => {
    const plan = repairWith(sqlStep({ statement: "ALTER TABLE a ADD b text;" }));
    const left = {
      ...{ gaps: [], what: "Fill public.users.name.", why: "Nobody knows the values.", statements: ["UPDATE x;"] },
      ...{ checks: [], option: "--backfill 'public.users.name=VALUE'" },
      hazards: [{ kind: "changes-rows", lock: null, subject: null }],
    } as const;
    const proof = { kind: "proved", where: "a copy of app" } as const;
    const repair = { ...plan, notDone: [left], proof, proved: true };
    const text = sectionOf({ ...failReport(), repair }, "steps");
    for (const part of [
      "Not done for you",
      "Fill public.users.name.",
      "--backfill",
      "UPDATE x;",
      "Proved: run on a copy",
    ])
      expect(text).toContain(part);
  });
});

describe("migrations", () => {
  const migration = (name: string, status: Migration["status"], note: string | null = null): Migration => {
    const finishedAt = status === "applied" ? "2025-10-12T08:00:00.000Z" : null;
    return { name, status, required: true, blocks: false, startedAt: null, finishedAt, note };
  };
  const withHistory = (migrations: readonly Migration[]) => {
    const history = { application: "shop", tool: "prisma", table: "public.m", state: "behind", migrations } as const;
    return sectionOf(reportWith({ history: [history] }), "migrations-1") ?? "";
  };
  const applied = (count: number, from = 1) =>
    Array.from({ length: count }, (_, at) => migration(`m${from + at}`, "applied"));

  it("stand in their order, each with its state, time and note", () => {
    const text = withHistory([...applied(2), migration("m3", "failed", "column exists"), migration("m4", "pending")]);
    expect(text).toContain("prisma, public.m: behind this build; 2 of 4 applied");
    expect(text).toMatch(
      /applied\n \nm1\n \n2025-10-12 08:00:00 UTC\n.*applied\n \nm2\n.*failed\n \nm3\ncolumn exists\n.*pending\n \nm4\n/s,
    );
  });

  it("are drawn together where many in a row were applied, and only there", () => {
    const text = withHistory([...applied(5), migration("m6", "failed"), ...applied(3, 7), migration("m10", "pending")]);
    expect(text).toContain("5 migrations: \nm1\n to \nm5\n");
    for (const hidden of ["m2", "m3", "m4"]) expect(text).not.toContain(`\n${hidden}\n`);
    for (const shown of ["m6", "m7", "m8", "m9", "m10"]) expect(text).toContain(`\n${shown}\n`);
  });

  it("keep one with a note visible among the applied ones", () => {
    const text = withHistory([...applied(4), migration("m5", "applied", "took an hour"), ...applied(4, 6)]);
    expect(text).toContain("\nm5\n");
    expect(text).toContain("took an hour");
  });
});

describe("a long report", () => {
  const limits = { causes: 1, features: 2, gaps: 3, steps: 4, unverified: 5 };
  const textWith = (...rest: [] | [typeof limits]) =>
    schemaParts(largeReport(20, 100), ...rest)
      .map(({ markup }) => textOfHtml(markup, REPORT_VOCABULARY, []))
      .join("");

  it("is whole in a file, and counts what it leaves out on a page", () => {
    expect(textWith()).not.toMatch(/\d+ more in the/);
    const text = textWith(limits);
    for (const part of ["18 more in the report.", "97 more in the report.", "97 more in the whole plan, which"])
      expect(text).toContain(part);
  });
});
