import { describe, expect, it } from "vitest";
import { buildHistories, historyUnverified, migrationGaps } from "../../../src/history/index.js";
import type { RecordTableReading } from "../../../src/model/observation.js";
import { application, contractOf, feature, migrated, prismaLog, readingOf, record } from "../../support/builders.js";

const A = "20251014_add_avatar_creator_complete";
const contract = contractOf(migrated([A]));
const gapsFor = (rows: Parameters<typeof readingOf>[0], of = contract) =>
  migrationGaps(of, buildHistories(of, [readingOf(rows)]));
const FAILED = { finishedAt: null, appliedStepsCount: 0, logs: prismaLog(A, "42710", "ERROR: it exists") };
const END = "By itself this breaks no statement.";

describe("migrationGaps", () => {
  it.each([
    ["pending", [], `Migration ${A} has not been applied. ${END}`],
    [
      "failed",
      [record(A, FAILED)],
      `Migration ${A} failed 2025-11-16 14:58:21 UTC (ERROR: it exists (SQLSTATE 42710)); prisma migrate deploy refuses to go on while its row stands (P3009). ${END}`,
    ],
    [
      "running",
      [record(A, { finishedAt: null, appliedStepsCount: 0 })],
      `Migration ${A} was started 2025-11-16 14:58:21 UTC and has not finished: it runs now, or its process was killed. ${END}`,
    ],
    [
      "rolled-back",
      [record(A, { ...FAILED, rolledBackAt: "2025-11-17T00:00:00.000000Z" })],
      `Migration ${A} was marked as rolled back 2025-11-17 00:00:00 UTC after: ERROR: it exists (SQLSTATE 42710) and has not been run since. ${END}`,
    ],
    [
      "applied",
      [record(A, { finishedAt: null })],
      `Migration ${A} ran to its end 2025-11-16 14:58:21 UTC, but Prisma was stopped before recording it; prisma migrate deploy refuses to go on while its row stands (P3009). ${END}`,
    ],
  ])("warns of a required migration that is %s", (status, rows, message) => {
    const gaps = gapsFor(rows);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toMatchObject({
      code: "MIGRATION_NOT_APPLIED",
      severity: "warning",
      subject: { kind: "migration", schema: "public", relation: null, name: A },
      expected: { status: "applied" },
      actual: { status },
      introducedBy: A,
      operations: [],
      message,
    });
  });

  it("is silent about applied and about marked migrations", () => {
    const marked = record(A, { startedAt: "2025-11-16T14:58:21.104988Z", appliedStepsCount: 0, logs: "" });
    expect(gapsFor([record(A)])).toEqual([]);
    expect(gapsFor([marked])).toEqual([]);
  });

  it("warns of a failed migration that nobody requires, because it blocks every later one; of a running one it does not", () => {
    const other = record("20251022_rename_zipcode", FAILED);
    expect(gapsFor([record(A), other])).toMatchObject([{ subject: { name: "20251022_rename_zipcode" } }]);
    expect(gapsFor([record(A), record("other", { finishedAt: null, appliedStepsCount: 0 })])).toEqual([]);
  });

  it("gives one gap when there is no record table, and none when nothing is required", () => {
    const gaps = gapsFor(null, contractOf(migrated([A, "b"])));
    expect(gaps).toMatchObject([
      {
        subject: { kind: "history", schema: "public", name: "_prisma_migrations" },
        expected: { required: [A, "b"] },
        actual: null,
        introducedBy: null,
      },
    ]);
    expect(gapsFor(null, contractOf(migrated([])))).toEqual([]);
  });

  it("gives applications that share a record table one gap, told as the one that requires it sees it", () => {
    const shared = contractOf(migrated([A]), migrated([], { name: "pose-generator" }));
    const readings = [
      readingOf([record(A, FAILED)]),
      readingOf([record(A, FAILED)], { application: "pose-generator" }),
    ];
    const gaps = migrationGaps(shared, buildHistories(shared, readings));
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.message).not.toContain("not one of the required");
  });

  it("has stable ids that differ between migrations and between schemas", () => {
    const elsewhere = readingOf([], { table: { schema: "app.x", name: "_prisma_migrations" } });
    const inAnother = migrationGaps(contract, buildHistories(contract, [elsewhere]));
    expect(gapsFor([])).toEqual(gapsFor([]));
    expect(inAnother[0]?.subject.schema).toBe("app.x");
    expect(new Set([gapsFor([])[0]?.id, inAnother[0]?.id, gapsFor([], contractOf(migrated(["b"])))[0]?.id]).size).toBe(
      3,
    );
  });
});

describe("historyUnverified", () => {
  const withFeatures = contractOf(
    migrated([A], { features: [feature("back-fill", [], { migrations: [A] }), feature("login", [])] }),
    application({ name: "other" }),
  );
  const refused: RecordTableReading = readingOf([], { rows: { known: false, reason: "no SELECT", sqlstate: "42501" } });

  it("names the reason and the features that list migrations", () => {
    expect(historyUnverified(withFeatures, [refused])).toEqual([
      {
        subject: { kind: "history", schema: "public", relation: null, name: "_prisma_migrations" },
        reason: "no SELECT",
        sqlstate: "42501",
        features: ["back-fill"],
      },
    ]);
    expect(migrationGaps(withFeatures, buildHistories(withFeatures, [refused]))).toEqual([]);
  });

  it("does not call an absent table unverified, nor one that could not be looked for because there was no connection", () => {
    expect(historyUnverified(withFeatures, [readingOf(null)])).toEqual([]);
    expect(historyUnverified(withFeatures, [])).toEqual([]);
  });
});
