/** What a round of planning teaches the next, and what of a copy's verification counts. */
import { describe, expect, it } from "vitest";
import type { NotDone } from "../../src/model/repair.js";
import type { ReplayFailure } from "../../src/model/replay-failure.js";
import { joined, learnFromPlan, learnFromTrial, NOTHING_LEARNED, withRefusals } from "../../src/prove/learn.js";
import { forCopy, remainingOf, unseenOf } from "../../src/prove/left.js";
import type { PlanTrial } from "../../src/prove/prove.js";
import { namesRole } from "../../src/prove/roles.js";
import { columnSubject, gapWith, reportWith, sqlStep } from "../support/report-builders.js";

const gap = (id: string, code: "MISSING_COLUMN" | "MISSING_PRIVILEGE" | "MISSING_ROWS" = "MISSING_COLUMN") =>
  gapWith({ id, code, subject: columnSubject("users", id) });
const left = (gaps: readonly string[], what = "it"): NotDone => ({
  ...{ gaps, what, why: "", statements: [], hazards: [], checks: [], option: null },
});
const FAILURE: ReplayFailure = {
  ...{ migration: "2_b", file: "2_b/migration.sql", line: 1, statement: null, sqlstate: "42P07" },
  ...{ message: "there already", code: "DUPLICATE_OBJECT", diagnosis: "" },
};
const NOT_TRIED: PlanTrial = { proof: { kind: "not-tried", reason: "" }, refused: null, after: null };

describe("what is left on a copy", () => {
  it("is not what the plan leaves, and not what a copy cannot have", () => {
    const gaps = [gap("a"), gap("b"), gap("p", "MISSING_PRIVILEGE"), gap("r", "MISSING_ROWS")];
    expect(remainingOf({ gaps }, gaps, [left(["b"])], []).map(({ id }) => id)).toEqual(["a"]);
  });

  it("is not half of what the plan leaves", () => {
    const before = [gap("b")];
    const half = { ...gap("b"), id: "another", code: "COLUMN_NULLABILITY" as const };
    expect(remainingOf({ gaps: [half] }, before, [left(["b"])], [])).toEqual([]);
    expect(remainingOf({ gaps: [half] }, before, [], ["b"])).toEqual([]);
    expect(remainingOf({ gaps: [half] }, before, [], [])).toEqual([half]);
  });

  it("is not the index of a column that is back, where the plan leaves that index", () => {
    const part = { kind: "index", schema: "public", relation: "users", name: "users_b" } as const;
    const index = { ...gap("i"), code: "MISSING_INDEX" as const, subject: part };
    const leaves = (statement: string) => [{ ...left(["b"]), statements: [statement] }];
    const told = (statement: string) => remainingOf({ gaps: [index] }, [gap("b")], leaves(statement), []).length === 0;
    expect(told('CREATE UNIQUE INDEX "users_b" ON "public"."users" ("b");')).toBe(true);
    expect(told('CREATE UNIQUE INDEX "users_b2" ON "public"."users" ("b");')).toBe(false);
    expect(remainingOf({ gaps: [index] }, [], leaves('CREATE INDEX "users_b" ON x;'), [])).toEqual([index]);
  });

  it("is doubtful where the copy could not be looked at, but for what nobody could see on the target", () => {
    const unverified = [{ subject: columnSubject("users", "x"), reason: "locked", sqlstate: null, features: [] }];
    const copy = reportWith({ unverified });
    expect(unseenOf(copy, { unverified: [] })).toBe("locked");
    expect(unseenOf(copy, { unverified })).toBeNull();
    expect(unseenOf(reportWith({ target: { ...copy.target, server: null } }), { unverified: [] })).not.toBeNull();
  });

  it("is judged without roles and rows", () => {
    const feature = { id: "f", title: "F", application: "app", endpoints: [], uses: [], migrations: [] };
    const rows = [{ id: "r", relation: { schema: "public", name: "users" }, where: null, atLeast: 1, atMost: null }];
    const application = {
      ...{ name: "app", schema: "public", role: "app", relations: [], enums: [], domains: [], sequences: [] },
      ...{ functions: [], extensions: [], migrations: null, features: [{ ...feature, rows }] },
    };
    const contract = { id: "sha256:x", source: "check-files", applications: [application], provenance: [] } as const;
    const [copied] = forCopy(contract).applications;
    expect([copied?.role, copied?.features[0]?.rows]).toEqual([false, []]);
  });
});

describe("a round teaches the next", () => {
  it("not to mark what stays undone, once", () => {
    const toSee = [{ application: "app", migration: "1_a", step: "s", gaps: ["a"] }];
    const learned = learnFromPlan(NOTHING_LEARNED, toSee, [left(["a"], "NOT NULL on users.a")]);
    expect([...(learned?.unseen ?? [])]).toEqual([["1_a", "NOT NULL on users.a"]]);
    expect(learnFromPlan(learned ?? NOTHING_LEARNED, toSee, [left(["a"])])).toBeNull();
    expect(learnFromPlan(NOTHING_LEARNED, toSee, [left(["b"])])).toBeNull();
  });

  it("which migration cannot run, and forgets the copies of the plan that was another one", () => {
    const after = { report: reportWith(), observation: null, trials: [] };
    const refused = { failure: FAILURE, unseen: new Map([["3_c", "a table"]]) };
    const learned = learnFromTrial({ ...NOTHING_LEARNED, after: [after] }, { ...NOT_TRIED, refused }, true);
    expect(learned).toEqual({ refusals: [FAILURE], unseen: refused.unseen, after: [] });
    const deploy = { application: "app", where: "", result: { kind: "ran" as const }, left: null, refusals: [] };
    expect(withRefusals({ ...deploy, tried: ["2_b"] }, learned ?? NOTHING_LEARNED).refusals).toEqual([FAILURE]);
    expect(withRefusals({ ...deploy, tried: ["1_a"] }, learned ?? NOTHING_LEARNED).refusals).toEqual([]);
  });

  it("to go on from a copy with gaps, as long as that brings steps, and not for ever", () => {
    const after = { report: reportWith(), observation: null, trials: [] };
    const trial = { ...NOT_TRIED, after };
    const first = learnFromTrial(NOTHING_LEARNED, trial, true);
    expect(first?.after).toEqual([after]);
    expect(learnFromTrial(first ?? NOTHING_LEARNED, trial, false)).toBeNull();
    const second = learnFromTrial(first ?? NOTHING_LEARNED, trial, true);
    expect(learnFromTrial(second ?? NOTHING_LEARNED, trial, true)).toBeNull();
    expect(learnFromTrial(NOTHING_LEARNED, NOT_TRIED, true)).toBeNull();
  });
});

describe("plans that follow each other", () => {
  it("have groups and ids of their own, and name only gaps of the report", () => {
    const first = { steps: [sqlStep({ statement: "a", id: "1", group: 1 })], notDone: [] };
    const then = {
      steps: [sqlStep({ statement: "a", id: "1", group: 1, gaps: ["known", "of the copy"] })],
      notDone: [left(["known", "of the copy"])],
    };
    const { steps, notDone } = joined(first, [then, then], [gap("known")]);
    expect(steps.map((step) => (step.kind === "sql" ? step.group : 0))).toEqual([1, 2, 3]);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(3);
    expect([steps[1]?.gaps, notDone[0]?.gaps]).toEqual([["known"], ["known"]]);
  });
});

it("statements about roles are known", () => {
  const texts = ['GRANT SELECT ON "a" TO "b";', "  revoke all on a from b", "ALTER DEFAULT PRIVILEGES GRANT a TO b"];
  expect(texts.map((statement) => namesRole(sqlStep({ statement })))).toEqual([true, true, true]);
  expect(namesRole(sqlStep({ statement: 'CREATE TABLE "GRANT" ();' }))).toBe(false);
});
