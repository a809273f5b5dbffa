import { describe, expect, it } from "vitest";
import type { Cause, Gap } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { failReport, reportWith } from "../../support/report-fixtures.js";

const plain = { colour: false, width: 100 };

function why(...causes: readonly Cause[]): string {
  const page = reporters.text(reportWith({ verdict: "fail", causes }), plain);
  return page.slice(page.indexOf("Why\n"), page.lastIndexOf("\n\n"));
}

const cause = (id: string, facts: readonly string[]): Cause => ({
  id,
  code: "MIGRATION_PENDING",
  confidence: "certain",
  explains: ["g-1"],
  unverified: [],
  message: `Cause ${id}.`,
  evidence: facts.map((fact) => ({ fact, source: "catalog" })),
});

describe("why", () => {
  it("keeps the order of the report and numbers them", () => {
    const page = reporters.text(failReport(), plain);
    expect(page).toMatch(/1\. {2}Migration 20251014_add_avatar_creator_complete is recorded/);
    expect(page).toMatch(/public\.avatars {2}comes with .*; why: 2\n/);
  });

  it("sends for the seed script where only reference rows are missing", () => {
    const [gap] = failReport().gaps;
    const unknown = { ...cause("a", []), code: "UNKNOWN" as const, explains: [gap?.id ?? ""] };
    const page = (code: Gap["code"]) =>
      reporters.text(
        reportWith({ verdict: "fail", gaps: gap === undefined ? [] : [{ ...gap, code }], causes: [unknown] }),
        plain,
      );
    expect(page("MISSING_ROWS")).toContain("to do     run the application's seed script");
    expect(page("MISSING_COLUMN")).not.toContain("seed");
  });

  it("stands behind the facts when nothing is known", () => {
    const [gap] = failReport().gaps;
    const unknown = { ...cause("a", []), code: "UNKNOWN" as const };
    const gaps = gap === undefined ? [] : [gap];
    const order = (...causes: readonly Cause[]) => {
      const page = reporters.text(reportWith({ verdict: "fail", gaps, causes }), plain);
      return page.indexOf("Why\n") - page.indexOf("What is wrong\n");
    };
    expect(order(unknown)).toBeGreaterThan(0);
    expect(order(unknown, cause("b", []))).toBeLessThan(0);
  });

  it("tells four facts of a cause and counts the others", () => {
    const text = why(cause("a", ["one", "two", "three", "four", "five", "six"]));
    expect(text.match(/^ {6}evidence/gm)).toHaveLength(4);
    expect(text).toContain(
      "evidence  four (catalog)\n                and 2 more: --format json\n      to do     deploy",
    );
    expect(why(cause("a", ["one", "two", "three", "four"]))).not.toContain("more");
  });

  it("tells facts that several causes share once", () => {
    const text = why(cause("a", ["shared", "own"]), cause("b", ["shared", "other"]));
    expect(text.match(/shared \(catalog\)/g)).toHaveLength(1);
    expect(text).toContain("evidence  as above (1 fact)\n      evidence  other (catalog)\n");
  });

  it("does not say of a fact that it stands above when it was only counted", () => {
    const text = why(cause("a", ["one", "two", "three", "four", "five"]), cause("b", ["five"]));
    expect(text).not.toContain("as above");
    expect(text).toContain("evidence  five (catalog)");
  });
});
