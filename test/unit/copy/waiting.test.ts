import { describe, expect, it } from "vitest";
import { waiting } from "../../../src/copy/try-pending.js";
import { shareHistories } from "../../../src/model/history.js";
import type { MigrationDirectory } from "../../../src/model/migrations.js";
import type { History, Migration } from "../../../src/model/report.js";
import { history, migration } from "../../support/builders.js";

const DIRECTORY: MigrationDirectory = {
  tool: "prisma",
  scripts: ["a", "b", "c", "c"].map((name) => ({
    name,
    file: `${name}.sql`,
    sql: "",
    firstLine: 1,
    transaction: "script",
    checksum: null,
  })),
  otherOrder: null,
  warnings: [],
};

function names(migrations: readonly Migration[], more: Partial<History> = {}): string[] {
  const [shared] = shareHistories([{ ...history(migrations), state: "behind", ...more }]);
  if (shared === undefined) throw new Error("no history");
  return waiting(shared, DIRECTORY);
}

describe("what the next deploy runs", () => {
  it("is what waits, failed or was rolled back, in the order of the directory, each once", () => {
    expect(names([migration("c", "pending"), migration("b", "failed"), migration("a", "rolled-back")])).toEqual([
      "a",
      "b",
      "c",
    ]);
  });

  it("is not what is applied, out of order, or without a script here", () => {
    expect(names([migration("a", "applied"), migration("b", "out-of-order"), migration("x", "pending")])).toEqual([]);
  });

  it("is not known while somebody migrates", () => {
    expect(names([migration("a", "running"), migration("b", "pending")])).toEqual([]);
  });

  it("is nothing without a record table, or with one that could not be read", () => {
    expect(names([migration("a", "pending")], { state: "none", table: null })).toEqual([]);
    expect(names([], { state: "unreadable" })).toEqual([]);
  });
});
