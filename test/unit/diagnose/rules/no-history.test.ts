import { describe, expect, it } from "vitest";
import { noHistory } from "../../../../src/diagnose/rules/no-history.js";
import { migration } from "../../../support/builders.js";
import { factsOf, gap, history, missingTable, subject } from "./facts.js";

const A = "20251014_a";
const none = history([migration(A, "pending")], { state: "none", table: null });
const noTable = gap({ id: "g0", code: "MIGRATION_NOT_APPLIED", subject: subject("history", "_prisma_migrations") });

describe("NO_HISTORY", () => {
  it("is possible when part of the application is there without any record", () => {
    const found = noHistory(factsOf([none], [missingTable("g1", "avatars"), noTable]));
    expect(found).toMatchObject([{ confidence: "possible", gaps: ["g1"], restates: ["g0"] }]);
    expect(found[0]?.message).toContain("this database has no record of migrations");
    expect(found[0]?.evidence[0]?.fact).toContain("no table _prisma_migrations");
  });

  it("leaves an empty database to MIGRATION_PENDING", () => {
    expect(
      noHistory(factsOf([none], [missingTable("g1", "avatars"), missingTable("g2", "avatar_generations")])),
    ).toEqual([]);
  });

  it("says nothing while the schema lacks nothing, and nothing of a history that is there or could not be read", () => {
    expect(noHistory(factsOf([none], [noTable]))).toEqual([]);
    expect(noHistory(factsOf([history([migration(A, "pending")])], [missingTable("g1", "avatars")]))).toEqual([]);
    expect(noHistory(factsOf([history([], { state: "unreadable" })], [missingTable("g1", "avatars")]))).toEqual([]);
  });
});
