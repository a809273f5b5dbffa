/** Answers that hide a schema cause, and answers that exclude one although the schema has gaps. */
import { describe, expect, it } from "vitest";
import type { Cause, Report, SmokeResult, StepResult } from "../../../../src/model/report.js";
import { attribute, explainEvents } from "../../../../src/smoke/index.js";
import {
  columnSubject,
  featureWith,
  gapWith,
  reportWith,
  unreachableReport,
} from "../../../support/report-fixtures.js";

const role = gapWith({ subject: columnSubject("users", "role") });
const presets = gapWith({
  code: "MISSING_TABLE",
  subject: { kind: "table", schema: "public", relation: null, name: "avatar_presets" },
});
const profile = featureWith({ id: "profile", title: "See one's profile", status: "broken", gaps: [role.id] });
const choose = featureWith({ id: "presets", title: "Choose a preset", status: "broken", gaps: [presets.id] });
const list = featureWith({ id: "list", title: "List projects" });
const report = reportWith({ verdict: "fail", gaps: [role, presets], features: [profile, choose, list] });

function stepWith(parts: Partial<StepResult>): StepResult {
  const failures = [`status: expected 2xx, got ${parts.status ?? 500}`];
  return {
    ...{ id: "step", title: "Step", feature: "list", outcome: "failed", durationMs: 1, request: "GET http://app/x" },
    ...{ status: 500, failures, body: "", curl: null, place: null, attribution: null },
    ...parts,
  };
}

function resultWith(...flows: readonly (readonly StepResult[])[]): SmokeResult {
  return {
    ...{ runId: "r", baseUrl: "http://app", startedAt: "2026-11-20T10:00:00.000Z", durationMs: 1, outcome: "failed" },
    flows: flows.map((steps, at) => ({
      id: `f${at}`,
      application: "avatar-creator",
      title: "F",
      outcome: "failed",
      steps,
    })),
    cleanup: { outcome: "nothing-to-do", steps: [], leftovers: [] },
  };
}

function last(against: Report, ...steps: readonly Partial<StepResult>[]) {
  const [flow] = attribute(resultWith(steps.map(stepWith)), against).flows;
  return flow?.steps.at(-1)?.attribution;
}

describe("an application that its database does not serve", () => {
  const cannot = '{"details":"Can\'t reach database server.","code":"P1001"}';

  it("is no schema cause, whatever the feature lacks", () => {
    expect(last(report, { feature: "presets", body: cannot })).toEqual({
      kind: "none",
      gaps: [],
      message: `No schema cause: the application does not reach its database server (P1001); the application answered 500 P1001: ${cannot}`,
    });
  });

  it("says that the database could not be looked at either", () => {
    const message = last({ ...unreachableReport(), features: [] }, { body: cannot })?.message;
    expect(message).toMatch(/^No schema cause: the application does not reach its database server \(P1001\); /);
    expect(message).toMatch(/; the database could not be looked at either \(app@db\.internal/);
  });

  it.each([
    ["08006", "lost its connection to the database, or got none"],
    ["28P01", "is refused by its database: role or password"],
    ["3D000", "asks for a database that does not exist"],
    ["53300", "gets no connection, because the database has too many"],
    ["57P03", "finds its database server starting or stopping"],
    ["25006", "may only read from its database"],
    ["40P01", "lost against another transaction"],
    ["55P03", "waited in vain for a lock"],
    ["P2024", "gets no connection from its pool in time"],
  ])("knows %s", (code, words) => {
    const { kind, message } = last(report, { feature: "presets", body: `{"code":"${code}"}` }) ?? {};
    expect({ kind, message }).toEqual({ kind: "none", message: expect.stringContaining(`the application ${words}`) });
    expect(message).toContain(`(${code})`);
  });

  it("is told apart from a code of the application's own that begins with the status", () => {
    const body = '{"code":"40001","message":"invalid credential"}';
    expect(last(report, { feature: "presets", status: 400, body })?.kind).toBe("declared");
    expect(last(report, { feature: "presets", status: 409, body })?.kind).toBe("none");
  });

  it("is no standby when a statement of the flow writes", () => {
    const failures = ["SQL steps only read; cannot execute INSERT in a read-only transaction (SQLSTATE 25006)"];
    const sql = { request: null, status: null, body: null, outcome: "errored", feature: "presets", failures } as const;
    expect(last(report, sql)?.message).toBe(
      "No schema cause: the statement writes, and SQL steps only read (25006); the database answered 25006",
    );
  });

  it("is not what an error says that names a gap", () => {
    const body = 'relation "avatar_presets" does not exist; before that: {"code":"P1001"}';
    expect(last(report, { feature: "presets", body })?.kind).toBe("proved");
    expect(last(report, { feature: "presets", body: '{"code":"57014"}' })?.kind).toBe("declared");
  });
});

describe("a refusal like the one before", () => {
  const refused = { status: 401, body: '{"error":"Unauthorized"}' } as const;
  const first = { ...refused, id: "me", feature: "profile" } as const;

  it("has the cause of the step that was refused before, when its own feature has none", () => {
    expect(last(report, first, refused)).toEqual({
      kind: "declared",
      gaps: [role.id],
      message:
        'List projects is refused as step me was before it, because column users.role is missing (MISSING_COLUMN); the application answered 401: {"error":"Unauthorized"}',
    });
  });

  it.each([
    [401, "declared"],
    [403, "declared"],
    [404, "none"],
  ])("with %i both times: %s", (status, kind) => {
    expect(last(report, { ...first, status }, { ...refused, status })?.kind).toBe(kind);
  });

  it("is found in the events too", () => {
    const steps = [first, refused].map(stepWith);
    const explain = explainEvents(report);
    const stamp = { formatVersion: 1, runId: "r", time: "2026-11-20T10:00:00.000Z" } as const;
    const ends = steps.map((result) =>
      explain({ ...stamp, kind: "step-end", application: "avatar-creator", flow: "f0", result }),
    );
    const told = ends.map((event) => (event.kind === "step-end" ? event.result.attribution : null));
    expect(told).toEqual(attribute(resultWith(steps), report).flows[0]?.steps.map(({ attribution }) => attribution));
    const elsewhere = explain({
      ...stamp,
      kind: "step-end",
      application: "avatar-creator",
      flow: "f1",
      result: stepWith(refused),
    });
    expect(elsewhere).toMatchObject({ result: { attribution: { kind: "none" } } });
  });

  it("is another one when the status differs, the step stands in another flow, or that step has no gap", () => {
    expect(last(report, { ...first, status: 500 }, refused)?.kind).toBe("none");
    expect(last(report, { ...first, feature: "list" }, refused)?.kind).toBe("none");
    const apart = attribute(resultWith([stepWith(first)], [stepWith(refused)]), report);
    expect(apart.flows[1]?.steps[0]?.attribution?.kind).toBe("none");
    expect(last(report, first, { status: 404, body: "no" })?.kind).toBe("none");
  });
});

describe("a failure after a failed write", () => {
  const write = { id: "register", feature: "profile", request: "POST http://app/x" } as const;
  const hint =
    "; it may only follow from step register, which failed because column users.role is missing (MISSING_COLUMN)";

  it("may only follow from it", () => {
    expect(last(report, write, { body: "no such user" })).toMatchObject({
      kind: "none",
      message: expect.stringMatching(/^No schema cause found: .*: no such user; it may only follow from step register/),
    });
    expect(last(report, write, { body: "no such user" })?.message.endsWith(hint)).toBe(true);
  });

  it("is no matter of a 2xx, of a read before, or of a write without a schema cause", () => {
    expect(last(report, write, { status: 200, failures: ["$.a: expected 1, got 2"] })?.message).not.toContain("follow");
    expect(last(report, { ...write, request: "GET http://app/x" }, { body: "no" })?.message).not.toContain("follow");
    expect(last(report, { ...write, feature: "list" }, { body: "no" })?.message).not.toContain("follow");
  });
});

describe("the database that was looked at", () => {
  it("is perhaps not the one where the application works, when its error names what is there", () => {
    const body = '{"code":"P2022","details":"The column `users.theme` does not exist in the current database."}';
    expect(last(report, { body })?.message).toMatch(
      /\(the error says that column users\.theme does not exist, and no such gap was found in app on db\.internal:5432: perhaps the application works on another database or schema, or the contract does not know it\)$/,
    );
  });

  const elsewhere = (code: Cause["code"]): Report => {
    const cause = {
      id: "c",
      code,
      confidence: "likely",
      explains: [presets.id],
      unverified: [],
      message: "",
      evidence: [],
    } as const;
    return { ...report, gaps: [role, { ...presets, causes: ["c"] }], causes: [cause] };
  };
  const sql = { request: null, status: null, body: null, outcome: "errored", feature: "presets" } as const;
  const failures = ['relation "avatar_presets" does not exist (SQLSTATE 42P01)'];

  it("is said to be probably the wrong one, and no feature is called broken by what only a statement of the flow met", () => {
    expect(last(elsewhere("WRONG_DATABASE"), { ...sql, failures })).toEqual({
      kind: "proved",
      gaps: [presets.id],
      message:
        "Step failed because table avatar_presets is missing (MISSING_TABLE); the database answered 42P01; app on db.internal:5432 is probably not the application's database (WRONG_DATABASE)",
    });
    const answer = { feature: "presets", body: 'relation "avatar_presets" does not exist' };
    expect(last(elsewhere("WRONG_DATABASE"), answer)?.message).toMatch(
      /^Choose a preset is broken because .*WRONG_DATABASE\)$/,
    );
    expect(last(elsewhere("WRONG_SCHEMA"), answer)?.message).toMatch(
      /; schema public is probably not where its tables are \(WRONG_SCHEMA\)$/,
    );
    expect(last(elsewhere("MIGRATION_PENDING"), answer)?.message).not.toContain("probably");
  });

  it("is the wrong one only when that explains every gap behind the failure", () => {
    const both = 'relation "avatar_presets" does not exist; column users.role does not exist';
    const told = last(elsewhere("WRONG_DATABASE"), { feature: "presets", body: both });
    expect(told?.gaps).toHaveLength(2);
    expect(told?.message).not.toContain("WRONG_DATABASE");
  });
});

it("says what was wrong with a 2xx, not what its body holds", () => {
  const failures = ['not so after 15000 ms and 60 tries: $.status: expected "completed", got "pending"'];
  expect(last(report, { status: 200, failures, body: '{"id":"g1","status":"pending"}' })?.message).toBe(
    `No schema cause found: the schema is what the feature needs; the application answered 200, but ${failures[0]}`,
  );
});
