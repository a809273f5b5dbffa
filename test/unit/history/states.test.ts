import { describe, expect, it } from "vitest";
import { isRecordedWithoutRunning, migrationState } from "../../../src/history/prisma/states.js";
import { prismaLog, record } from "../../support/builders.js";

const NAME = "20251108_add_onboarding_applications";
const FAILED = record(NAME, {
  startedAt: "2025-11-09T22:44:03.668880Z",
  finishedAt: null,
  appliedStepsCount: 0,
  logs: prismaLog(NAME, "42P01", 'ERROR: relation "admins" does not exist'),
});
const ROLLED_BACK = { ...FAILED, rolledBackAt: "2025-11-09T22:45:47.257756Z" };
const RESOLVED = record(NAME, {
  startedAt: "2025-11-09T22:46:15.447749Z",
  finishedAt: "2025-11-09T22:46:15.447749Z",
  appliedStepsCount: 0,
  logs: "",
});
const APPLIED = record(NAME);
const STARTED = record(NAME, { finishedAt: null, appliedStepsCount: 0 });

describe("migrationState", () => {
  it.each([
    ["no row", [], "pending"],
    ["a genuine run", [APPLIED], "applied"],
    ["a failed run", [FAILED], "failed"],
    ["an unfinished run without log", [STARTED], "running"],
    ["only rolled-back rows", [ROLLED_BACK], "rolled-back"],
    ["rolled back, then run again", [ROLLED_BACK, APPLIED], "applied"],
    ["rolled back, then failed again", [ROLLED_BACK, { ...FAILED, id: "2" }], "failed"],
    ["rolled back, then marked as applied", [ROLLED_BACK, RESOLVED], "recorded-without-running"],
    ["marked twice", [RESOLVED, { ...RESOLVED, id: "2" }], "recorded-without-running"],
    ["marked and, in another row, really run", [RESOLVED, APPLIED], "applied"],
    ["finished and failed side by side: the failed row blocks", [APPLIED, FAILED], "failed"],
    ["finished once and rolled back afterwards", [{ ...APPLIED, rolledBackAt: APPLIED.startedAt }], "rolled-back"],
    ["steps that a third-party tool left NULL", [{ ...APPLIED, appliedStepsCount: null }], "applied"],
    ["unfinished with steps NULL", [{ ...STARTED, appliedStepsCount: null }], "running"],
    ["unfinished with an empty log", [{ ...STARTED, logs: "" }], "failed"],
  ] as const)("%s", (_title, rows, status) => {
    expect(migrationState(rows).status).toBe(status);
    expect(migrationState([...rows].reverse())).toEqual(migrationState(rows));
  });

  it("keeps the message of the stored error, not Prisma's preamble", () => {
    expect(migrationState([FAILED])).toEqual({
      status: "failed",
      startedAt: "2025-11-09T22:44:03.668880Z",
      finishedAt: null,
      note: 'ERROR: relation "admins" does not exist (SQLSTATE 42P01)',
    });
  });

  it("says of the production rows of 2025-11-09 that the migration failed, was rolled back and then only marked", () => {
    expect(migrationState([ROLLED_BACK, RESOLVED]).note).toBe(
      'marked as applied 2025-11-09 22:46:15 UTC without being run (prisma migrate resolve --applied); the attempt before it failed: ERROR: relation "admins" does not exist (SQLSTATE 42P01)',
    );
  });

  it("says when a migration was rolled back, and why", () => {
    expect(migrationState([ROLLED_BACK]).note).toBe(
      'marked as rolled back 2025-11-09 22:45:47 UTC after: ERROR: relation "admins" does not exist (SQLSTATE 42P01)',
    );
  });

  it("tells a run that was stopped between its two updates from one that never finished its script", () => {
    const state = migrationState([record(NAME, { finishedAt: null, appliedStepsCount: 1 })]);
    expect(state).toMatchObject({ status: "applied", finishedAt: null });
    expect(state.note).toContain("the script itself had run to its end");
  });

  it("takes the last of several attempts", () => {
    const later = { ...ROLLED_BACK, id: "2", startedAt: "2025-11-10T08:00:00.000000Z", logs: "ERROR: disk full" };
    expect(migrationState([later, ROLLED_BACK]).note).toMatch(/ERROR: disk full$/);
  });

  it("counts the attempts that a success needed", () => {
    expect(migrationState([ROLLED_BACK, APPLIED]).note).toBe(
      "applied 2025-11-16 14:58:21 UTC after 1 attempt rolled back",
    );
  });

  it("says what Prisma would not have written, without calling it anything else than applied", () => {
    const byHand = record(NAME, {
      checksum: "20251014_add_avatar_creator_complete_manual",
      startedAt: "2025-10-16T03:00:00.000000Z",
      finishedAt: "2025-10-16T03:00:00.000000Z",
    });
    const state = migrationState([byHand]);
    expect(state.status).toBe("applied");
    expect(state.note).toContain("its checksum is not one that Prisma writes");
    expect(state.note).toContain("started and finished in the same instant");
    const finishedByHand = { ...FAILED, finishedAt: "2025-11-09T23:00:00.000000Z" };
    expect(migrationState([finishedByHand]).note).toContain("finished_at is set although an error is stored");
    expect(migrationState([{ ...APPLIED, appliedStepsCount: null }]).note).toContain("applied_steps_count is NULL");
  });
});

describe("isRecordedWithoutRunning", () => {
  it.each([
    ["the row of resolve --applied", RESOLVED, true],
    ["logs NULL", { ...RESOLVED, logs: null }, false],
    ["a step counted", { ...RESOLVED, appliedStepsCount: 1 }, false],
    ["steps NULL", { ...RESOLVED, appliedStepsCount: null }, false],
    ["a microsecond between start and end", { ...RESOLVED, finishedAt: "2025-11-09T22:46:15.447750Z" }, false],
    ["a genuine run", APPLIED, false],
  ])("%s", (_title, row, expected) => {
    expect(isRecordedWithoutRunning(row)).toBe(expected);
  });
});
