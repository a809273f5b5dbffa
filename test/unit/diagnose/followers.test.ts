import { describe, expect, it } from "vitest";
import { followersOf, withFollowers, withoutFollowers } from "../../../src/diagnose/followers.js";
import type { Explanation } from "../../../src/diagnose/rule.js";
import { gap, missingTable, subject } from "./rules/facts.js";

const foreignKeyTo = (id: string, table: string) =>
  gap({
    id,
    code: "MISSING_CONSTRAINT",
    subject: subject("constraint", `posts_${table}_fkey`, "posts"),
    expected: { columns: ["a"], references: `public.${table}`, referencedColumns: ["id"] },
  });
const says = (code: Explanation["code"], gaps: readonly string[]): Explanation => ({
  code,
  key: [],
  confidence: "likely",
  gaps,
  restates: [],
  message: `of ${gaps.length}`,
  evidence: [],
  doubt: null,
  retell: (left) => says(code, left),
});

describe("a foreign key to a table that is missing", () => {
  const followers = followersOf([
    missingTable("t", "users", "m"),
    foreignKeyTo("f", "users"),
    foreignKeyTo("o", "plans"),
  ]);

  it("follows from that, and no other does", () => {
    expect([...followers]).toEqual([["f", "t"]]);
  });

  it("has the reason of the table, and no other reason is told", () => {
    const told = withoutFollowers(
      [says("APPLIED_THEN_LOST", ["t", "f"]), says("SKIPPED_BY_IF_NOT_EXISTS", ["f", "o"])],
      followers,
    );
    expect(told.map(({ gaps, message }) => [...gaps, message])).toEqual([
      ["t", "of 1"],
      ["o", "of 1"],
    ]);
    expect(withFollowers(told, followers).map(({ gaps }) => gaps)).toEqual([["t", "f"], ["o"]]);
  });

  it("keeps its own reason while nothing explains the table", () => {
    const own = [says("MIGRATION_PENDING", ["f"])];
    expect(withFollowers(withoutFollowers(own, followers), followers)).toEqual(own);
  });
});
