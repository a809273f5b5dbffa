import { describe, expect, it } from "vitest";
import { buildHistories } from "../../../src/history/index.js";
import { application, contractOf, migrated, prismaLog, readingOf, record } from "../../support/builders.js";

const A = "20251001_a";
const B = "20251002_b";
const contract = contractOf(migrated([B, A, B]));
const only = (rows: Parameters<typeof readingOf>[0]) => buildHistories(contract, [readingOf(rows)])[0];
const failed = (name: string) =>
  record(name, { finishedAt: null, appliedStepsCount: 0, logs: prismaLog(name, "42710", "ERROR: x") });

describe("buildHistories", () => {
  it("lists required migrations in the order required, then the others by start", () => {
    const built = only([
      record("late", { startedAt: "2025-12-01T00:00:00.000000Z" }),
      record(A),
      record("early", { startedAt: "2024-01-01T00:00:00.000000Z" }),
    ]);
    expect(built?.migrations.map(({ name, required }) => [name, required])).toEqual([
      [B, true],
      [A, true],
      ["early", false],
      ["late", false],
    ]);
    expect(built).toMatchObject({ application: "avatar-creator", tool: "prisma", table: "public._prisma_migrations" });
  });

  it.each([
    ["up-to-date", [record(A), record(B)]],
    ["up-to-date", [record(A), record(B), record("another", { finishedAt: null, appliedStepsCount: 0 })]],
    ["behind", [record(A)]],
    ["behind", [record(A), failed(B)]],
    ["behind", [record(A), record(B), failed("another")]],
    ["behind", [record(A), record(B), record("another", { finishedAt: null })]],
    ["behind", [record(A), record(B, { rolledBackAt: "2025-12-01T00:00:00.000000Z" })]],
    ["none", null],
  ] as const)("is %s", (state, rows) => {
    expect(only(rows)?.state).toBe(state);
  });

  it("counts a migration that was marked as applied as up to date: a baseline is made that way", () => {
    const marked = {
      startedAt: "2025-01-01T00:00:00.000000Z",
      finishedAt: "2025-01-01T00:00:00.000000Z",
      appliedStepsCount: 0,
      logs: "",
    };
    expect(only([record(A, marked), record(B)])?.state).toBe("up-to-date");
  });

  it("lists required migrations as pending when there is no table", () => {
    expect(only(null)).toMatchObject({
      table: null,
      migrations: [
        { name: B, status: "pending" },
        { name: A, status: "pending" },
      ],
    });
  });

  it("never says pending of what could not be read", () => {
    const rows = { known: false, reason: "no", sqlstate: "42501" } as const;
    expect(buildHistories(contract, [readingOf([], { rows })])).toMatchObject([
      { state: "unreadable", migrations: [] },
    ]);
    expect(buildHistories(contract, [])).toMatchObject([{ state: "unreadable", migrations: [] }]);
  });

  it("has nothing to say about applications without migrations", () => {
    expect(buildHistories(contractOf(application()), [])).toEqual([]);
  });
});
