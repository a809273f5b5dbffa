import { describe, expect, it } from "vitest";
import { recordForged } from "../../../../src/diagnose/rules/record-forged.js";
import { migration } from "../../../support/builders.js";
import { factsOf, history, missingTable } from "./facts.js";

const A = "20251014_a";
const forged = migration(A, "forged", { note: "says applied, but Prisma did not write this row" });

describe("RECORD_FORGED", () => {
  it("is certain of what the migration should have brought", () => {
    const found = recordForged(factsOf([history([forged])], [missingTable("g1", "avatars", A)]));
    expect(found).toMatchObject([{ code: "RECORD_FORGED", confidence: "certain", gaps: ["g1"] }]);
    expect(found[0]?.message).toContain(
      `The record says that migration ${A} was applied, but Prisma did not write that row`,
    );
    expect(found[0]?.evidence[0]?.source).toContain(`migration_name = '${A}'`);
  });

  it("is likely for gaps without origin when nothing else is wrong, possible beside a pending migration", () => {
    const gaps = [missingTable("g1", "avatars")];
    expect(recordForged(factsOf([history([forged])], gaps))).toMatchObject([{ confidence: "likely" }]);
    expect(recordForged(factsOf([history([forged, migration("b", "pending")])], gaps))).toMatchObject([
      { confidence: "possible" },
    ]);
  });

  it("says nothing while nothing is missing, and nothing of genuine rows", () => {
    expect(recordForged(factsOf([history([forged])], []))).toEqual([]);
    expect(recordForged(factsOf([history([migration(A, "applied")])], [missingTable("g1", "avatars", A)]))).toEqual([]);
  });
});
