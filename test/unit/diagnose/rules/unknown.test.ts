import { describe, expect, it } from "vitest";
import { unknown } from "../../../../src/diagnose/rules/unknown.js";
import { application, contractOf, gap, migrated, migration, subject } from "../../../support/builders.js";
import { factsOf, history, missingTable } from "./facts.js";

const facts = (of: readonly { fact: string }[] | undefined) => of?.map(({ fact }) => fact) ?? [];

describe("UNKNOWN", () => {
  it("is one cause for every error that nothing explains, and says what was looked at", () => {
    const gaps = [
      missingTable("g1", "avatars", "a"),
      missingTable("g2", "avatar_generations"),
      missingTable("g3", "x"),
    ];
    const found = unknown(
      factsOf([history([migration("a", "applied", { note: "applied then" })])], gaps),
      new Set(["g3"]),
    );
    expect(found).toMatchObject([
      {
        code: "UNKNOWN",
        gaps: ["g1", "g2"],
        message: "The reason is not known: nothing that was looked at explains these 2 gaps.",
      },
    ]);
    expect(facts(found[0]?.evidence)).toEqual([
      "1 of 1 migrations that avatar-creator requires ran to their end",
      "a, which brings 1 of these objects, is recorded as finished 2025-10-16 02:10:34 UTC (applied then)",
    ]);
  });

  it("does not ask why of warnings, and is silent when all is explained", () => {
    const slow = gap({ id: "g1", code: "MISSING_INDEX", severity: "warning" });
    expect(unknown(factsOf([], [slow]), new Set())).toEqual([]);
    expect(unknown(factsOf([], [missingTable("g1", "avatars")]), new Set(["g1"]))).toEqual([]);
  });

  it.each([
    ["unreadable", "the migration history of avatar-creator could not be read"],
    ["none", "avatar-creator has no migration-record table here"],
  ] as const)("says that the history is %s", (state, fact) => {
    const found = unknown(factsOf([history([], { state, table: null })], [missingTable("g1", "avatars")]), new Set());
    expect(facts(found[0]?.evidence)).toEqual([fact]);
  });

  it("says that no migrations are listed, and where reference rows come from", () => {
    const contract = contractOf(migrated([]), application({ name: "other" }));
    const rows = gap({ id: "g1", code: "MISSING_ROWS", subject: subject("rows", "r", "ai_models") });
    const [found] = unknown(factsOf([], [rows], contract), new Set());
    expect(found?.message).toMatch(/^The tables are there, but reference data is missing from them/);
    expect(facts(found?.evidence)).toEqual([
      "no migrations are listed for other, so no history was looked at",
      "reference data usually comes from a seed script, which leaves no record",
    ]);
  });
});
