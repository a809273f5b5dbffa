import { describe, expect, it } from "vitest";
import type { Explanation } from "../../../src/diagnose/rule.js";
import { settle } from "../../../src/diagnose/settle.js";
import { subject } from "../../support/builders.js";

const says = (
  code: Explanation["code"],
  confidence: Explanation["confidence"],
  gaps: string[],
  fields: Partial<Explanation> = {},
): Explanation => ({
  code,
  key: [],
  confidence,
  gaps,
  restates: [],
  message: "",
  evidence: [],
  doubt: null,
  ...fields,
});
const settled = (...explanations: Explanation[]) => settle(explanations).map(({ code, gaps }) => [code, ...gaps]);

describe("settle", () => {
  it("keeps the surest explanation of each gap", () => {
    expect(settled(says("MIGRATION_PENDING", "certain", ["g1"]), says("NAME_CASE", "likely", ["g1", "g2"]))).toEqual([
      ["MIGRATION_PENDING", "g1"],
      ["NAME_CASE", "g2"],
    ]);
  });

  it("prefers what was seen among what is likely, and keeps guesses side by side", () => {
    expect(settled(says("MIGRATION_ROLLED_BACK", "likely", ["g1"]), says("WRONG_SCHEMA", "likely", ["g1"]))).toEqual([
      ["WRONG_SCHEMA", "g1"],
    ]);
    expect(
      settled(says("MIGRATION_ROLLED_BACK", "possible", ["g1"]), says("RENAMED", "possible", ["g1"])),
    ).toHaveLength(2);
    expect(
      settled(says("RECORDED_WITHOUT_RUNNING", "certain", ["g1"]), says("NAME_CASE", "certain", ["g1"])),
    ).toHaveLength(2);
  });

  it("drops what an explanation makes superfluous, unless that is a guess", () => {
    const pending = says("MIGRATION_PENDING", "certain", ["g1", "g2"]);
    expect(settled(says("WRONG_DATABASE", "likely", ["g1"]), pending)).toEqual([
      ["WRONG_DATABASE", "g1"],
      ["MIGRATION_PENDING", "g2"],
    ]);
    expect(settled(says("WRONG_DATABASE", "possible", ["g1"]), pending)).toEqual([["MIGRATION_PENDING", "g1", "g2"]]);
  });

  it("keeps a cause of which nothing but the view is blocked, and gives a warning that restates to the first", () => {
    expect(settled(says("BLOCKED_BY_LOCK", "certain", [], { unverified: [subject("table", "t")] }))).toEqual([
      ["BLOCKED_BY_LOCK"],
    ]);
    expect(settled(says("UNKNOWN", "possible", []))).toEqual([]);
    const restating = { restates: ["w"] };
    expect(
      settled(
        says("WRONG_DATABASE", "likely", ["g1"], restating),
        says("MIGRATION_PENDING", "likely", ["g1"], restating),
      ),
    ).toEqual([["WRONG_DATABASE", "g1", "w"]]);
  });

  it("has an explanation told anew when others take some of its gaps", () => {
    const retell = (gaps: readonly string[]) => says("APPLIED_THEN_LOST", "likely", [...gaps], { message: "anew" });
    const lost = says("APPLIED_THEN_LOST", "likely", ["g1", "g2"], { message: "whole", retell });
    const messages = (...explanations: Explanation[]) => settle(explanations).map(({ message }) => message);
    expect(settled(lost, says("RENAMED", "likely", ["g2"]))).toEqual([
      ["APPLIED_THEN_LOST", "g1"],
      ["RENAMED", "g2"],
    ]);
    expect(messages(lost, says("RENAMED", "likely", ["g2"]))).toEqual(["anew", ""]);
    expect(messages(lost)).toEqual(["whole"]);
  });
});
