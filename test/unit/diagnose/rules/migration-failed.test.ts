import { describe, expect, it } from "vitest";
import { migrationFailed } from "../../../../src/diagnose/rules/migration-failed.js";
import { migration } from "../../../support/builders.js";
import { factsOf, history, missingColumn, missingTable, notApplied } from "./facts.js";

const A = "20251014_a";
const B = "20251015_b";
const ERROR = 'ERROR: constraint "avatars_projectId_fkey" already exists (SQLSTATE 42710)';
const failed = migration(A, "failed", { note: ERROR });

describe("MIGRATION_FAILED", () => {
  it("does not say that its changes are missing while nothing is", () => {
    const failed = migration(A, "failed", { blocks: true, startedAt: "2025-10-16T02:10:33.000Z" });
    const [found] = migrationFailed(factsOf([history([failed])], [notApplied(A)]));
    expect(found?.message).toBe(
      `Migration ${A} failed on 2025-10-16 02:10:33 UTC. Nothing that is needed is missing because of that; but until this is resolved, Prisma runs no other migration.`,
    );
  });

  it("explains its own gaps and those of what waits behind it, in one sentence", () => {
    const histories = [history([failed, migration(B, "pending")])];
    const gaps = [
      missingColumn("g1", "avatars", "c", A),
      missingTable("g2", "avatar_generations", B),
      notApplied(A),
      notApplied(B),
    ];
    const found = migrationFailed(factsOf(histories, gaps));
    expect(found).toMatchObject([
      {
        key: ["public._prisma_migrations", A],
        confidence: "certain",
        gaps: ["g1", "g2"],
        restates: [`g-${A}`, `g-${B}`],
        message: `Migration ${A} failed on 2025-10-16 02:10:33 UTC, so its changes are not in the database; until this is resolved, Prisma runs no other migration, and migration ${B} cannot come in.`,
      },
    ]);
    expect(found[0]?.evidence.slice(0, 2)).toEqual([
      {
        fact: `${A}: started 2025-10-16 02:10:33 UTC, not finished; ${ERROR}`,
        source: `public._prisma_migrations, migration_name = '${A}'`,
      },
      { fact: `there is no row of ${B}`, source: "public._prisma_migrations" },
    ]);
    expect(found[0]?.evidence.map(({ fact }) => fact).join()).toContain("P3009");
  });

  it("is likely the reason of gaps without origin, also when others wait behind it", () => {
    const gaps = [missingColumn("g1", "avatars", "c")];
    expect(migrationFailed(factsOf([history([failed])], gaps))).toMatchObject([{ confidence: "likely", gaps: ["g1"] }]);
    expect(migrationFailed(factsOf([history([failed, migration(B, "pending")])], gaps))).toMatchObject([
      { confidence: "likely", gaps: ["g1"] },
    ]);
    expect(migrationFailed(factsOf([history([failed, migration(B, "recorded-without-running")])], gaps))).toMatchObject(
      [{ confidence: "possible", gaps: ["g1"] }],
    );
  });

  it("says both, surely and probably, of gaps with and without origin", () => {
    const gaps = [missingColumn("g1", "avatars", "c", A), missingColumn("g2", "avatars", "d")];
    const found = migrationFailed(factsOf([history([failed])], gaps));
    expect(found).toMatchObject([
      { confidence: "certain", gaps: ["g1"] },
      { confidence: "likely", gaps: ["g2"] },
    ]);
    expect(found[1]).toMatchObject({
      message: `Other gaps may have the same reason: migration ${A} failed.`,
      evidence: [],
    });
  });

  it("blocks even if this build does not know it, but explains by itself nothing for sure", () => {
    const unknown = migration(A, "failed", { required: false });
    const alone = migrationFailed(factsOf([history([unknown])], [missingColumn("g1", "avatars", "c")]));
    expect(alone).toMatchObject([
      { confidence: "possible", message: expect.stringContaining("which this build does not list") },
    ]);
    const before = migrationFailed(
      factsOf([history([unknown, migration(B, "pending")])], [missingTable("g1", "avatars", B)]),
    );
    expect(before).toMatchObject([{ confidence: "certain", gaps: ["g1"] }]);
  });

  it("does not blame a script that ran to its end for objects that are missing, only for what waits", () => {
    const unrecorded = migration(A, "applied", { finishedAt: null, blocks: true });
    const gaps = [missingColumn("g1", "avatars", "c", A), missingTable("g2", "avatar_generations", B), notApplied(A)];
    expect(migrationFailed(factsOf([history([unrecorded])], gaps.slice(0, 1)))).toEqual([]);
    const found = migrationFailed(factsOf([history([unrecorded, migration(B, "pending")])], gaps));
    expect(found).toMatchObject([{ confidence: "certain", gaps: ["g2"], restates: [`g-${A}`] }]);
    expect(found[0]?.message).toContain("ran to its end on 2025-10-16 02:10:33 UTC, but Prisma was stopped");
  });

  it("of several failed migrations the oldest holds up the rest", () => {
    const later = migration("z", "failed", { startedAt: "2025-12-01T00:00:00.000000Z" });
    const gaps = [missingTable("g1", "avatars", B), missingTable("g2", "avatar_generations", "z")];
    const found = migrationFailed(factsOf([history([later, failed, migration(B, "pending")])], gaps));
    expect(found.map(({ key, gaps }) => [key[1], gaps])).toEqual([
      [A, ["g1"]],
      ["z", ["g2"]],
    ]);
  });

  it("says nothing of a history without a failed row", () => {
    expect(migrationFailed(factsOf([history([migration(A, "pending")])], [missingTable("g1", "avatars", A)]))).toEqual(
      [],
    );
  });
});
