import { describe, expect, it } from "vitest";
import type { FeatureResult, Gap, GapCode, Report, SmokeResult, StepResult } from "../../../../src/model/report.js";
import { GAP_CODES } from "../../../../src/model/report.js";
import { because } from "../../../../src/smoke/attribution/wording.js";
import { attribute } from "../../../../src/smoke/index.js";
import {
  columnSubject,
  featureWith,
  gapWith,
  reportWith,
  unreachableReport,
  unverifiedReport,
} from "../../../support/report-fixtures.js";

const projectId = gapWith({ subject: columnSubject("avatar_generations", "projectId") });
const projects = gapWith({
  code: "MISSING_TABLE",
  subject: { kind: "table", schema: "public", relation: null, name: "avatar_projects" },
});
const index = gapWith({
  code: "MISSING_INDEX",
  severity: "warning",
  subject: { kind: "index", schema: "public", relation: "credits", name: "credits_userId_idx" },
});

const generate = featureWith({
  id: "generate",
  title: "Generate avatar",
  status: "broken",
  gaps: [projectId.id, index.id],
});
const credits = featureWith({ id: "credits", title: "Show credits", status: "degraded", gaps: [index.id] });
const presets = featureWith({ id: "presets", title: "List presets" });
const report = failing([projectId, projects, index], [generate, credits, presets]);

function failing(gaps: readonly Gap[], features: readonly FeatureResult[]): Report {
  return reportWith({ verdict: "fail", gaps, features });
}

function stepWith(parts: Partial<StepResult>): StepResult {
  return {
    id: "generate",
    title: "Start a generation",
    feature: "generate",
    outcome: "failed",
    durationMs: 12,
    request: "POST http://app/generate",
    status: 500,
    failures: ["status: expected 2xx, got 500"],
    body: "",
    curl: null,
    place: null,
    attribution: null,
    ...parts,
  };
}

function resultWith(steps: readonly StepResult[], cleanup: readonly StepResult[] = []): SmokeResult {
  return {
    runId: "run1",
    baseUrl: "http://app",
    startedAt: "2026-11-20T10:00:00.000Z",
    durationMs: 20,
    outcome: "failed",
    flows: [{ id: "f", application: "avatar-creator", title: "F", outcome: "failed", steps }],
    cleanup: { outcome: "nothing-to-do", steps: cleanup, leftovers: [] },
  };
}

function attributed(parts: Partial<StepResult>, against: Report = report) {
  return attribute(resultWith([stepWith(parts)]), against).flows[0]?.steps[0]?.attribution;
}

describe("attribution", () => {
  it("is proved when the error names the object of a gap", () => {
    const body = JSON.stringify({
      error: { code: "P2022", message: "The column `projectId` does not exist in the current database." },
    });
    expect(attributed({ body })).toEqual({
      kind: "proved",
      gaps: [projectId.id],
      message:
        "Generate avatar is broken because column avatar_generations.projectId is missing (MISSING_COLUMN); the application answered 500 P2022",
    });
  });

  it("is proved also when the feature does not list the object, or the step has no feature", () => {
    const body = 'relation "avatar_projects" does not exist';
    expect(attributed({ body })?.gaps).toEqual([projects.id]);
    expect(attributed({ body, feature: null })).toEqual({
      kind: "proved",
      gaps: [projects.id],
      message:
        "Start a generation failed because table avatar_projects is missing (MISSING_TABLE); the application answered 500",
    });
  });

  it("is declared when the answer hides the cause: 401, an empty body, a wrong 200", () => {
    const cause = "Generate avatar is broken because column avatar_generations.projectId is missing (MISSING_COLUMN)";
    expect(attributed({ status: 401, body: '{"error":"Unauthorized - Invalid token"}' })).toEqual({
      kind: "declared",
      gaps: [projectId.id],
      message: `${cause}; the application answered 401, which does not name the cause`,
    });
    expect(attributed({ body: null })?.kind).toBe("declared");
    expect(attributed({ status: 200, failures: ["$.balance: expected 100, got 0"], body: '{"balance":0}' })).toEqual({
      kind: "declared",
      gaps: [projectId.id],
      message: `${cause}; the application answered 200, but $.balance: expected 100, got 0`,
    });
  });

  it("says so when the error names something else than the feature's gaps", () => {
    const body = 'relation "AvatarGeneration" does not exist';
    expect(attributed({ body })?.kind).toBe("declared");
    expect(attributed({ body })?.message).toMatch(
      /; the application answered 500, and its error names table AvatarGeneration$/,
    );
  });

  it("prefers the feature's gaps that produce the code", () => {
    const both = failing([projectId, projects], [{ ...generate, gaps: [projectId.id, projects.id] }]);
    const answer = (code: string) => attributed({ body: `{"code":"${code}"}` }, both)?.gaps;
    expect(answer("P2021")).toEqual([projects.id]);
    expect(answer("P2022")).toEqual([projectId.id]);
    expect(answer("P2002")).toEqual([projectId.id, projects.id]);
  });

  it("is none when the schema is what the feature needs", () => {
    expect(attributed({ feature: "presets", body: '{"error":"queue is down"}' })).toEqual({
      kind: "none",
      gaps: [],
      message:
        'No schema cause found: the schema is what the feature needs; the application answered 500: {"error":"queue is down"}',
    });
  });

  it("never blames a warning unless the error names it", () => {
    expect(attributed({ feature: "credits" })).toMatchObject({ kind: "none", gaps: [] });
    expect(attributed({ feature: "credits" })?.message).toContain("the feature's gaps are only warnings");
    const named = attributed({ feature: "credits", body: 'index "credits_userId_idx" does not exist' });
    expect(named).toMatchObject({ kind: "proved", gaps: [index.id] });
  });

  it("compares names exactly: case, schema and table", () => {
    const kind = (body: string) => attributed({ feature: "presets", body })?.kind;
    expect(kind('relation "public.avatar_projects" does not exist')).toBe("proved");
    expect(kind('relation "app.avatar_projects" does not exist')).toBe("none");
    expect(kind('relation "Avatar_Projects" does not exist')).toBe("none");
    expect(kind("The column `avatar_generations.projectId` does not exist")).toBe("proved");
    expect(kind('column "projectid" does not exist')).toBe("none");
    expect(kind("The column `users.projectId` does not exist")).toBe("none");
    expect(kind('column "projectId" of relation "users" does not exist')).toBe("none");
  });

  it("understands the aliases of SQL written by hand", () => {
    const kind = (alias: string) =>
      attributed({ feature: "presets", body: `column ${alias}.projectId does not exist` })?.kind;
    for (const alias of ["g", "gen", "ag", "t0", "a"]) expect([alias, kind(alias)]).toEqual([alias, "proved"]);
    for (const other of ["users", "u", "projects", "generation"]) expect([other, kind(other)]).toEqual([other, "none"]);
  });

  it("does not choose between tables that lack the same column, unless the feature does", () => {
    const other = gapWith({ subject: columnSubject("poses", "projectId") });
    const two = failing([projectId, other], [generate, presets]);
    const body = 'column "projectId" does not exist';
    expect(attributed({ body }, two)).toMatchObject({ kind: "proved", gaps: [projectId.id] });
    expect(attributed({ body, feature: "presets" }, two)?.kind).toBe("none");
  });

  it("does not take an error about one thing for a gap about another", () => {
    const type = gapWith({ code: "COLUMN_TYPE", subject: columnSubject("avatars", "status") });
    const one = failing([type], [presets]);
    const kind = (body: string) => attributed({ feature: "presets", body }, one)?.kind;
    expect(kind('null value in column "status" of relation "avatars" violates not-null constraint')).toBe("none");
    expect(kind('column "status" is of type integer but expression is of type text')).toBe("proved");
  });

  it("says that the database could not be looked at, instead of that the schema is right", () => {
    const body = 'relation "avatar_projects" does not exist';
    const unverified = attributed({ feature: "audit-trail", body }, unverifiedReport());
    expect(unverified?.kind).toBe("none");
    expect(unverified?.message).toBe(
      'The database could not be looked at (no USAGE on schema audit), so a schema cause is neither proved nor excluded; the application answered 500: relation "avatar_projects" does not exist (the error names table avatar_projects)',
    );
    const without = attributed({ feature: "generate" }, { ...unreachableReport(), features: [] });
    expect(without?.message).toMatch(/^The database could not be looked at \(app@db\.internal/);
  });

  it("does not blame the schema for an application that is not there", () => {
    const failures = ["could not connect: connection refused by app; is the application running?"];
    expect(attributed({ outcome: "errored", status: null, body: null, failures })).toEqual({
      kind: "none",
      gaps: [],
      message: `The application was not reached, so this step says nothing about the schema: ${failures[0]}`,
    });
    const unsent = ["not sent: {{projectId}} is empty and cannot stand in a path"];
    expect(attributed({ outcome: "errored", status: null, request: null, body: null, failures: unsent })?.kind).toBe(
      "none",
    );
  });

  it("is declared when a request that was sent got no answer", () => {
    const failures = ["no answer within 2000 ms"];
    expect(attributed({ outcome: "errored", status: null, body: null, failures })?.message).toMatch(
      /; the application gave no answer: no answer within 2000 ms, which does not name the cause$/,
    );
  });

  it("reads what the server says to an SQL step", () => {
    const failures = ['relation "avatar_projects" does not exist (SQLSTATE 42P01)'];
    const sql = { outcome: "errored", request: null, status: null, body: null, failures } as const;
    expect(attributed(sql)?.message).toBe(
      "Generate avatar is broken because table avatar_projects is missing (MISSING_TABLE); the database answered 42P01",
    );
  });

  const unasked = { request: null, status: null, body: null } as const;

  it("does not call a false claim about rows an answer of the database", () => {
    const failures = ['column status: expected "paid", got "pending"'];
    expect(attributed({ ...unasked, feature: "presets", failures })?.message).toBe(
      'No schema cause found: the schema is what the feature needs; the rows are not as claimed: column status: expected "paid", got "pending"',
    );
    expect(attributed({ ...unasked, failures })?.message).toMatch(
      /; the rows are not as claimed: column status: expected "paid", got "pending", which does not name the cause$/,
    );
    const timeout = ["the statement took longer than 5000 ms"];
    expect(attributed({ ...unasked, outcome: "errored", failures: timeout })?.message).toContain(
      "; the statement could not run: the statement took longer than 5000 ms",
    );
  });

  it("says of steps that asked nothing that they say nothing about the schema", () => {
    const none = (failure: string) => {
      const message = attributed({ ...unasked, outcome: "errored", failures: [failure] });
      expect(message).toMatchObject({ kind: "none", gaps: [] });
      return message?.message;
    };
    expect(none("SQL steps need the application's database: give --database-url or set DATABASE_URL")).toMatch(
      /^The step did not run, so this step says nothing about the schema: SQL steps need /,
    );
    expect(none("not tried: token could not be captured by step login")).toBe(
      "No request was sent, so this step says nothing about the schema: token could not be captured by step login",
    );
    expect(none("the run was stopped")).toBe(
      "The run was stopped before there was an answer to judge, so this step says nothing about the schema",
    );
  });

  it("tells the last answer of a poll that was stopped", () => {
    const failures = ["the run was stopped", 'the last answer was 200: $.state: expected "done", got "pending"'];
    expect(attributed({ outcome: "errored", status: 200, failures })).toEqual({
      kind: "none",
      gaps: [],
      message: `The run was stopped before there was an answer to judge, so this step says nothing about the schema; ${failures[1]}`,
    });
  });

  it("doubts the address when the first request of a run is answered 404, and no other", () => {
    const lost = { status: 404, body: "not here", feature: "presets" } as const;
    const steps = [stepWith({ ...unasked, outcome: "passed" }), stepWith(lost), stepWith(lost)];
    const [, first, second] = attribute(resultWith(steps), report).flows[0]?.steps ?? [];
    expect(first?.attribution?.message).toMatch(
      /the application answered 404: not here; is the base URL right\? asked http:\/\/app\/generate$/,
    );
    expect(second?.attribution?.message).toMatch(/the application answered 404: not here$/);
  });

  it("tells a missing feature from a feature without gaps", () => {
    expect(attributed({ feature: "unknown" })?.message).toContain("the contract has no feature unknown");
    expect(attributed({ feature: null })?.message).toContain("the step names no feature");
  });

  it("looks at failed clean-up too, and leaves passed and skipped steps alone", () => {
    const body =
      'update or delete on table "avatars" violates foreign key constraint "x_fkey" on table "generated_poses"';
    const gap = gapWith({
      code: "BLOCKING_EXTRA_CONSTRAINT",
      subject: { kind: "constraint", schema: "public", relation: "generated_poses", name: "x_fkey" },
    });
    const steps = [stepWith({ outcome: "passed" }), stepWith({ outcome: "skipped", status: null })];
    const done = attribute(
      resultWith(steps, [stepWith({ feature: null, title: "remove project p1", body })]),
      failing([gap], []),
    );
    expect(done.flows[0]?.steps.map((step) => step.attribution)).toEqual([null, null]);
    expect(done.cleanup.steps[0]?.attribution?.message).toBe(
      "remove project p1 failed because generated_poses has the constraint x_fkey, which the application does not know (BLOCKING_EXTRA_CONSTRAINT); the application answered 500",
    );
  });

  it("has words for every gap code, and for many gaps at once", () => {
    const gaps = GAP_CODES.map((code: GapCode) => gapWith({ code, subject: columnSubject("t", "c") }));
    for (const gap of gaps) expect(because([gap], "public")).toMatch(new RegExp(`^\\S.+ \\(${gap.code}\\)$`));
    expect(because(gaps.slice(0, 5), "public")).toBe(
      "table t.c is missing (MISSING_TABLE), view t.c is missing (MISSING_VIEW), column t.c is missing (MISSING_COLUMN) and 2 more gaps",
    );
    expect(because([projectId], "app")).toBe("column public.avatar_generations.projectId is missing (MISSING_COLUMN)");
  });

  it("does not change what it was given", () => {
    const result = resultWith([stepWith({})]);
    const before = JSON.stringify([result, report]);
    attribute(result, report);
    expect(JSON.stringify([result, report])).toBe(before);
  });
});
