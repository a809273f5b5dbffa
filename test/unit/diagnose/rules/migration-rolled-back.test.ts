import { describe, expect, it } from "vitest";
import { migrationRolledBack } from "../../../../src/diagnose/rules/migration-rolled-back.js";
import { migration } from "../../../support/builders.js";
import { factsOf, history, missingTable, notApplied } from "./facts.js";

const A = "20251108_add_onboarding_applications";
const rolledBack = migration(A, "rolled-back", {
  note: "marked as rolled back 2025-11-09 22:45:47 UTC after: ERROR: x",
});

describe("MIGRATION_ROLLED_BACK", () => {
  it("explains what the migration brings, with the facts of its row", () => {
    const found = migrationRolledBack(
      factsOf([history([rolledBack])], [missingTable("g1", "avatars", A), notApplied(A)]),
    );
    expect(found).toMatchObject([
      {
        confidence: "certain",
        gaps: ["g1"],
        restates: [`g-${A}`],
        message: `Migration ${A} was tried, marked as rolled back, and has not been run since.`,
        evidence: [
          {
            fact: `${A}: started 2025-10-16 02:10:33 UTC, not finished; ${rolledBack.note}`,
            source: `public._prisma_migrations, migration_name = '${A}'`,
          },
        ],
      },
    ]);
  });

  it("says several of them at once, and is likely for gaps without origin", () => {
    const found = migrationRolledBack(
      factsOf([history([rolledBack, migration("b", "rolled-back")])], [missingTable("g1", "avatars")]),
    );
    expect(found).toMatchObject([
      {
        confidence: "likely",
        message: `Migrations ${A} and b were tried, marked as rolled back, and have not been run since.`,
      },
    ]);
  });

  it("does not suspect one that nobody requires", () => {
    const other = { ...rolledBack, required: false };
    expect(migrationRolledBack(factsOf([history([other])], [missingTable("g1", "avatars")]))).toEqual([]);
  });
});
