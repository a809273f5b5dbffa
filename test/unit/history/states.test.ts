import { describe, expect, it } from "vitest";
import { isRecordedWithoutRunning, migrationState } from "../../../src/history/prisma/states.js";
import type { PrismaRecord } from "../../../src/model/observation.js";
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

const stateOf = (rows: readonly PrismaRecord[]) => {
  const [first, ...rest] = rows;
  if (first === undefined) throw new Error("a migration has at least one row");
  return migrationState([first, ...rest]);
};

describe("migrationState", () => {
  it.each([
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
    expect(stateOf(rows).status).toBe(status);
    expect(stateOf([...rows].reverse())).toEqual(stateOf(rows));
  });

  it("keeps the message of the stored error, not Prisma's preamble", () => {
    expect(stateOf([FAILED])).toEqual({
      status: "failed",
      startedAt: "2025-11-09T22:44:03.668880Z",
      finishedAt: null,
      blocks: true,
      checksum: FAILED.checksum,
      note: 'ERROR: relation "admins" does not exist (SQLSTATE 42P01)',
    });
  });

  it("says of the production rows of 2025-11-09 that the migration failed, was rolled back and then only marked", () => {
    expect(stateOf([ROLLED_BACK, RESOLVED]).note).toBe(
      'marked as applied 2025-11-09 22:46:15 UTC without being run (prisma migrate resolve --applied); the attempt before it failed: ERROR: relation "admins" does not exist (SQLSTATE 42P01)',
    );
  });

  it("says when a migration was rolled back, and why", () => {
    expect(stateOf([ROLLED_BACK]).note).toBe(
      'marked as rolled back 2025-11-09 22:45:47 UTC after: ERROR: relation "admins" does not exist (SQLSTATE 42P01)',
    );
  });

  it("tells a run that was stopped between its two updates from one that never finished its script", () => {
    const state = stateOf([record(NAME, { finishedAt: null, appliedStepsCount: 1 })]);
    expect(state).toMatchObject({ status: "applied", finishedAt: null, blocks: true });
    expect(state.note).toContain("the script itself had run to its end");
  });

  it("takes the last of several attempts", () => {
    const later = { ...ROLLED_BACK, id: "2", startedAt: "2025-11-10T08:00:00.000000Z", logs: "ERROR: disk full" };
    expect(stateOf([later, ROLLED_BACK]).note).toMatch(/ERROR: disk full$/);
  });

  it("counts the attempts that a success needed", () => {
    expect(stateOf([ROLLED_BACK, APPLIED]).note).toBe("applied 2025-11-16 14:58:21 UTC after 1 attempt rolled back");
  });

  it.each([
    ["a checksum that is none", { checksum: "20251014_add_avatar_creator_complete_manual" }, "its checksum is not one"],
    ["start and end in one microsecond", { finishedAt: APPLIED.startedAt }, "in the same instant"],
    ["the same without a step and with logs NULL", { finishedAt: APPLIED.startedAt, appliedStepsCount: 0 }, "instant"],
    ["an end without a step", { appliedStepsCount: 0 }, "finished without a step"],
    [
      "an end beside an error",
      { logs: FAILED.logs },
      "finished_at is set although an error is stored: ERROR: relation",
    ],
  ])("calls a row with %s forged: no run of Prisma leaves it", (_title, fields, note) => {
    const state = stateOf([{ ...APPLIED, ...fields }]);
    expect(state).toMatchObject({ status: "forged", blocks: false });
    expect(state.note).toContain("Prisma did not write this row");
    expect(state.note).toContain(note);
  });

  it("believes a genuine row beside a forged one, and a mark beside it", () => {
    const forged = { ...APPLIED, id: "2", checksum: "manual" };
    expect(stateOf([forged, APPLIED]).status).toBe("applied");
    expect(stateOf([forged, RESOLVED]).status).toBe("recorded-without-running");
  });

  it.each(["2025-10-16T03:00:00.000000Z", "2025-10-16T03:00:00.123000Z"])(
    "does not judge by times that a copy or the clock has rounded: %s",
    (time) => {
      expect(stateOf([{ ...APPLIED, startedAt: time, finishedAt: time }]).status).toBe("applied");
    },
  );

  it("knows the shorter checksums of Prisma before 2.21 and the steps that third-party tools leave NULL", () => {
    expect(stateOf([{ ...APPLIED, checksum: APPLIED.checksum.slice(0, 61) }]).status).toBe("applied");
    expect(stateOf([{ ...APPLIED, appliedStepsCount: null }])).toMatchObject({
      status: "applied",
      note: expect.stringContaining("applied_steps_count is NULL"),
    });
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
