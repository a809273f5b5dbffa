import { describe, expect, it } from "vitest";
import type { Gap, Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import {
  columnSubject,
  failReport,
  featureWith,
  gapWith,
  reportWith,
  smokeReport,
  stepWith,
} from "../../support/report-fixtures.js";

const page = (report: Report) => reporters.text(report, { colour: false, width: 100 });

const columns = ["theme", "language", "showEmail"].map((name) => gapWith({ subject: columnSubject("users", name) }));
const indexes = ["users_role_idx", "users_createdAt_idx"].map((name) =>
  gapWith({
    code: "MISSING_INDEX",
    severity: "warning",
    subject: { kind: "index", schema: "public", relation: "users", name },
    introducedBy: null,
    message: `public.users has no index (${name})`,
  }),
);
const tables = ["pose_library", "pose_categories"].map((name) =>
  gapWith({
    code: "MISSING_TABLE",
    subject: { kind: "table", schema: "public", relation: null, name },
    expected: { columns: ["a", "b"] },
    message: `table public.${name} is missing`,
  }),
);
const types = ["a", "b"].map((name) =>
  gapWith({
    code: "COLUMN_TYPE",
    subject: columnSubject("users", name),
    actual: { type: "integer" },
    message: `column public.users.${name} has type integer`,
  }),
);

function broken(...gaps: readonly Gap[]): Report {
  const ids = gaps.map(({ id }) => id);
  return reportWith({
    verdict: "fail",
    gaps,
    features: [
      featureWith({ id: "settings", status: "broken", gaps: ids }),
      featureWith({ id: "profile", status: "broken", gaps: ids }),
    ],
  });
}

describe("an incident with many gaps", () => {
  it("shows those of one kind, relation and origin together, each with what was expected", () => {
    const text = page(broken(...columns));
    expect(text).toContain("- MISSING_COLUMN: 3 columns of public.users\n");
    expect(text.match(/comes with migration 20251014/g)).toHaveLength(1);
    for (const name of ["theme", "language", "showEmail"]) {
      expect(text).toContain(`${name}: expected type text, nullable no\n`);
    }
  });

  it("keeps apart what comes from different migrations", () => {
    const other = gapWith({ subject: columnSubject("users", "other"), introducedBy: "20990101_later" });
    const text = page(broken(...columns, other));
    expect(text).toContain("3 columns of public.users");
    expect(text).toContain("- column public.users.other is missing");
  });

  it("names warnings in one paragraph, and relations without their columns", () => {
    const text = page(broken(...indexes, ...tables));
    expect(text).toMatch(
      /- MISSING_INDEX \(warning\): 2 indexes of public\.users\n +users_role_idx, users_createdAt_idx\n/,
    );
    expect(text).toMatch(/- MISSING_TABLE: 2 tables of public\n.*\n +pose_library, pose_categories\n/);
  });

  it("tells what is different in words, one line each", () => {
    const text = page(broken(...types));
    expect(text).toContain("- COLUMN_TYPE: 2 columns of public.users\n");
    expect(text).toContain("column public.users.a has type integer\n");
  });

  it("refers to what was shown by place and number", () => {
    const text = page(broken(...columns, ...indexes, ...tables.slice(0, 1)));
    const shown = "- shown above: public.users (3 columns, 2 indexes), public.pose_library\n";
    expect(text).toContain(shown);
    expect(text.split(shown)).toHaveLength(2);
  });

  it("tells facts that several causes share once", () => {
    const [first, second] = failReport().causes;
    if (first === undefined || second === undefined) throw new Error("the fixture has two causes");
    const shared = [...first.evidence, { fact: "a fact of its own", source: "catalog" }];
    const text = page({ ...failReport(), causes: [first, { ...second, confidence: "possible", evidence: shared }] });
    expect(text.match(/no record of 20251012_add_avatars/g)).toHaveLength(1);
    expect(text).toMatch(/evidence {2}as above \(1 fact\)/);
    expect(text).toContain("a fact of its own (catalog)");
  });

  it("leaves migrations to the history", () => {
    const gap = gapWith({
      code: "MIGRATION_NOT_APPLIED",
      severity: "warning",
      subject: { kind: "migration", schema: null, relation: null, name: "20251012_add_avatars" },
      message: "migration 20251012_add_avatars is not applied",
    });
    const report = failReport();
    expect(page({ ...report, gaps: [...report.gaps, gap] })).not.toContain("MIGRATION_NOT_APPLIED");
    expect(page({ ...report, gaps: [...report.gaps, gap], history: [] })).toContain("MIGRATION_NOT_APPLIED");
  });
});

describe("a smoke run", () => {
  it("shows the gaps behind its failures and counts the others", () => {
    const text = page(smokeReport());
    expect(text).toContain("Gaps behind the failures\n  - table public.avatars is missing\n");
    expect(text).toContain("3 more, behind none of these failures; schemaready verify shows them");
    expect(text).not.toContain("Features of");
  });

  it("names steps that were skipped for the same reason on one line", () => {
    const report = smokeReport();
    const skipped = (id: string, reason: string) =>
      stepWith({ id, outcome: "skipped", failures: [`skipped: ${reason}`] });
    const steps = [skipped("a", "needs login"), skipped("b", "needs login"), skipped("c", "stopped")];
    const [flow] = report.smoke?.flows ?? [];
    if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
    const text = page({ ...report, smoke: { ...report.smoke, flows: [{ ...flow, steps }] } });
    expect(text).toContain("skipped  a, b: needs login\n");
    expect(text).toContain("skipped  c: stopped\n");
  });
});
