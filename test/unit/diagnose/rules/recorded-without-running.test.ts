import { describe, expect, it } from "vitest";
import { recordedWithoutRunning } from "../../../../src/diagnose/rules/recorded-without-running.js";
import { migration } from "../../../support/builders.js";
import { factsOf, history, missingColumn, missingTable } from "./facts.js";

const A = "20251014_a";
const recorded = migration(A, "recorded-without-running");
const baseline = migration("0_init", "recorded-without-running");

describe("RECORDED_WITHOUT_RUNNING", () => {
  it("is certain of what the migration should have brought", () => {
    const found = recordedWithoutRunning(
      factsOf([history([recorded, baseline])], [missingColumn("g1", "avatars", "c", A)]),
    );
    expect(found).toMatchObject([
      {
        key: ["public._prisma_migrations", A],
        confidence: "certain",
        gaps: ["g1"],
        message: `Migration ${A} is recorded as applied, but it never ran: it was only marked as applied on 2025-10-16 02:10:33 UTC.`,
      },
    ]);
    expect(found[0]?.evidence.map(({ fact }) => fact).join("\n")).toContain("applied_steps_count = 0 and logs = ''");
  });

  it("says nothing of a baseline as long as nothing is missing", () => {
    expect(recordedWithoutRunning(factsOf([history([baseline])], []))).toEqual([]);
  });

  it("is likely for gaps without origin when nothing else is wrong, possible beside a pending migration", () => {
    const gaps = [missingTable("g1", "avatars")];
    expect(recordedWithoutRunning(factsOf([history([recorded])], gaps))).toMatchObject([{ confidence: "likely" }]);
    expect(recordedWithoutRunning(factsOf([history([recorded, migration("b", "pending")])], gaps))).toMatchObject([
      { confidence: "possible" },
    ]);
  });

  it("says once what was done to several migrations", () => {
    const gaps = [missingTable("g1", "avatars", A), missingTable("g2", "avatar_generations", "0_init")];
    const found = recordedWithoutRunning(factsOf([history([baseline, recorded])], gaps));
    expect(found).toMatchObject([{ confidence: "certain", gaps: ["g2", "g1"] }]);
  });

  it("names several suspects in one cause", () => {
    const found = recordedWithoutRunning(factsOf([history([baseline, recorded])], [missingTable("g1", "avatars")]));
    expect(found).toMatchObject([
      {
        gaps: ["g1"],
        message: `2 migrations are recorded as applied, but never ran: migrations 0_init and ${A} were only marked as applied.`,
      },
    ]);
  });

  it("does not repeat itself for gaps that are less sure", () => {
    const gaps = [missingColumn("g1", "avatars", "c", A), missingColumn("g2", "avatars", "d")];
    expect(
      recordedWithoutRunning(factsOf([history([recorded])], gaps)).map(({ confidence, message }) => [
        confidence,
        message,
      ]),
    ).toEqual([
      ["certain", expect.stringContaining("it was only marked as applied")],
      ["likely", `Other gaps may have the same reason: migration ${A} is recorded as applied and never ran.`],
    ]);
  });

  it("does not take a genuine run for a mark", () => {
    expect(
      recordedWithoutRunning(factsOf([history([migration(A, "applied")])], [missingTable("g1", "avatars", A)])),
    ).toEqual([]);
  });
});
