import { describe, expect, it } from "vitest";
import { migrationEdited } from "../../../../src/diagnose/rules/migration-edited.js";
import { migration } from "../../../support/builders.js";
import { factsOf, history, missingColumn, missingTable } from "./facts.js";

const A = "20251014_a";
const edited = migration(A, "edited");

describe("MIGRATION_EDITED", () => {
  it("is likely for what comes with the file as it is now, one cause for all of it", () => {
    const gaps = [missingColumn("g1", "users", "a", A), missingColumn("g2", "users", "b", A), missingTable("g3", "x")];
    expect(migrationEdited(factsOf([history([edited])], gaps))).toMatchObject([
      {
        confidence: "likely",
        gaps: ["g1", "g2"],
        message: `Migration ${A} was changed after it ran on 2025-10-16 02:10:34 UTC: what was added to it since then never ran, and deploying again will not run it.`,
      },
    ]);
  });

  it("does not answer for what it is not known to bring", () => {
    expect(migrationEdited(factsOf([history([edited])], [missingTable("g1", "avatars")]))).toEqual([]);
    expect(migrationEdited(factsOf([history([migration(A, "applied")])], [missingTable("g1", "a", A)]))).toEqual([]);
  });
});
