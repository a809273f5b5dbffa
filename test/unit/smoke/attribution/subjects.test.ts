import { describe, expect, it } from "vitest";
import type { Gap, SmokeResult } from "../../../../src/model/report.js";
import { attribute } from "../../../../src/smoke/index.js";
import { columnSubject, featureWith, gapWith, reportWith } from "../../../support/report-fixtures.js";

const presets = featureWith({ id: "presets", title: "List presets" });

/** What is said of a step that was answered 500 with this text, when there is this one gap. */
function attributed(body: string, gap: Gap) {
  const step = {
    id: "s",
    title: "s",
    feature: "presets",
    outcome: "failed",
    durationMs: 1,
    request: "GET http://app/",
    status: 500,
  } as const;
  const result: SmokeResult = {
    runId: "run1",
    baseUrl: "http://app",
    startedAt: "2026-11-20T10:00:00.000Z",
    durationMs: 20,
    outcome: "failed",
    flows: [
      {
        id: "f",
        application: "avatar-creator",
        title: "F",
        outcome: "failed",
        steps: [{ ...step, failures: [], body, curl: null, place: null, attribution: null }],
      },
    ],
    cleanup: { outcome: "nothing-to-do", steps: [], leftovers: [] },
  };
  const report = reportWith({ verdict: "fail", gaps: [gap], features: [presets] });
  return attribute(result, report).flows[0]?.steps[0]?.attribution;
}

describe("gaps that an error can prove", () => {
  const subjects: [string, Partial<Gap> & Pick<Gap, "subject">, string][] = [
    [
      "an extra NOT NULL column",
      { code: "BLOCKING_EXTRA_COLUMN", subject: columnSubject("avatars", "sourceType") },
      'null value in column "sourceType" of relation "avatars" violates not-null constraint',
    ],
    [
      "an extra foreign key",
      {
        code: "BLOCKING_EXTRA_CONSTRAINT",
        severity: "warning",
        subject: {
          kind: "constraint",
          schema: "public",
          relation: "generated_poses",
          name: "generated_poses_avatarId_fkey",
        },
      },
      "Foreign key constraint violated: `generated_poses_avatarId_fkey (index)`",
    ],
    [
      "an enum",
      { code: "MISSING_ENUM", subject: { kind: "enum", schema: "public", relation: null, name: "AvatarStatus" } },
      'type "public.AvatarStatus" does not exist',
    ],
    [
      "an enum label",
      {
        code: "MISSING_ENUM_LABEL",
        subject: { kind: "enum", schema: "public", relation: "AvatarStatus", name: "queued" },
      },
      'invalid input value for enum "AvatarStatus": "queued"',
    ],
    [
      "a privilege",
      {
        code: "MISSING_PRIVILEGE",
        subject: { kind: "privileges", schema: "public", relation: "credits", name: "INSERT" },
      },
      "permission denied for table credits",
    ],
    [
      "a sequence's privilege",
      {
        code: "MISSING_PRIVILEGE",
        subject: {
          kind: "privileges",
          schema: "public",
          relation: "credits",
          name: "USAGE ON SEQUENCE public.credits_id_seq",
        },
      },
      "permission denied for sequence credits_id_seq",
    ],
    [
      "USAGE on a schema",
      { code: "MISSING_PRIVILEGE", subject: { kind: "privileges", schema: "audit", relation: null, name: "USAGE" } },
      "permission denied for schema audit",
    ],
    [
      "a function",
      {
        code: "MISSING_FUNCTION",
        subject: { kind: "function", schema: "public", relation: null, name: "balance(text)" },
      },
      "function balance(text) does not exist",
    ],
    [
      "reference rows",
      { code: "MISSING_ROWS", subject: { kind: "rows", schema: "public", relation: "ai_models", name: "r1" } },
      'Key (modelId)=(m) is not present in table "ai_models".',
    ],
    [
      "row security",
      {
        code: "ROW_SECURITY_HIDES_ROWS",
        subject: { kind: "table", schema: "public", relation: null, name: "credits" },
      },
      'new row violates row-level security policy for table "credits"',
    ],
  ];
  for (const [name, parts, body] of subjects) {
    it(`proves ${name}`, () => {
      const gap = gapWith(parts);
      expect(attributed(body, gap)).toMatchObject({
        kind: "proved",
        gaps: [gap.id],
      });
    });
  }

  it("does not take one label of an enum for another", () => {
    const gap = gapWith({
      code: "MISSING_ENUM_LABEL",
      subject: { kind: "enum", schema: "public", relation: "s", name: "queued" },
    });
    const body = 'invalid input value for enum s: "nonsense"';
    expect(attributed(body, gap)?.kind).toBe("none");
  });
});
