import { describe, expect, it } from "vitest";
import { migrationRunning } from "../../../../src/diagnose/rules/migration-running.js";
import { NOT_SEEN_RUNNING } from "../../../../src/model/history.js";
import { migration } from "../../../support/builders.js";
import { factsOf, history, missingTable, notApplied } from "./facts.js";

const A = "20251014_a";
const SEEN = "it runs now: session 123 (deploy) holds the advisory lock 72707369 since 2025-10-16 02:10:33 UTC";

describe("MIGRATION_RUNNING", () => {
  it("says that it runs now where somebody was seen, with the session in the evidence", () => {
    const running = migration(A, "running", { note: SEEN });
    const gaps = [missingTable("g1", "avatars", A), notApplied(A)];
    const found = migrationRunning(factsOf([history([running])], gaps));
    expect(found).toMatchObject([
      { code: "MIGRATION_RUNNING", confidence: "certain", gaps: ["g1"], restates: [`g-${A}`] },
    ]);
    expect(found[0]?.message).toBe(
      `Migration ${A} is running now, since 2025-10-16 02:10:33 UTC: what it brings is not there until it has finished.`,
    );
    expect(found[0]?.evidence[0]?.fact).toContain("session 123 (deploy)");
  });

  it("is likely where the lock of the tool is all that tells of it", () => {
    const running = migration(A, "running", { startedAt: null, finishedAt: null, note: SEEN });
    const [found] = migrationRunning(factsOf([history([running])], [missingTable("g1", "avatars", A)]));
    expect(found).toMatchObject({ confidence: "likely", doubt: expect.stringContaining("no record says") });
    expect(found?.message).toContain("is probably running now");
  });

  it("claims neither that it runs nor that it failed where nobody could be seen", () => {
    const running = migration(A, "running", { note: NOT_SEEN_RUNNING });
    const [found] = migrationRunning(factsOf([history([running])], [missingTable("g1", "avatars", A)]));
    expect(found?.message).toContain("it is running now, or its process was killed");
  });

  it("has nothing to say when nothing runs", () => {
    const histories = [history([migration(A, "pending"), migration("b", "failed"), migration("c", "applied")])];
    expect(migrationRunning(factsOf(histories, [missingTable("g1", "avatars", A)]))).toEqual([]);
  });
});
