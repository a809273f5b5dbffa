import { describe, expect, it } from "vitest";
import { databaseAhead } from "../../../../src/diagnose/rules/database-ahead.js";
import { migration } from "../../../support/builders.js";
import { factsOf, history, missingColumn, missingTable } from "./facts.js";

const A = "20251014_a";
const LATER = migration("20260101_drop_avatars", "unknown", { required: false });
const ahead = history([migration(A, "applied"), LATER], { state: "ahead" });

describe("DATABASE_AHEAD", () => {
  it("is likely for what came with a migration that ran, and for what has no known origin", () => {
    const found = databaseAhead(factsOf([ahead], [missingTable("g1", "avatars", A), missingColumn("g2", "x", "y")]));
    expect(found).toMatchObject([{ confidence: "likely", gaps: ["g1", "g2"] }]);
    expect(found[0]?.message).toContain(
      "The database is ahead of this build: migration 20260101_drop_avatars came with a later one",
    );
  });

  it("says nothing while nothing is missing: in a rolling deploy old replicas stay healthy", () => {
    expect(databaseAhead(factsOf([ahead], []))).toEqual([]);
  });

  it("does not answer for what a pending migration brings, nor when squashed migrations are all that is unknown", () => {
    const diverged = history([migration(A, "pending"), LATER], { state: "diverged" });
    expect(databaseAhead(factsOf([diverged], [missingTable("g1", "avatars", A)]))).toEqual([]);
    const squashed = history([migration(A, "applied"), LATER], { state: "up-to-date" });
    expect(databaseAhead(factsOf([squashed], [missingTable("g1", "avatars", A)]))).toEqual([]);
  });
});
