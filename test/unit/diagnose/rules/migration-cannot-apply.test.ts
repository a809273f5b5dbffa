import { describe, expect, it } from "vitest";
import { diagnose } from "../../../../src/diagnose/index.js";
import type { ReplayFailure } from "../../../../src/model/replay-failure.js";
import type { Migration } from "../../../../src/model/report.js";
import type { Trial } from "../../../../src/model/trial.js";
import { migration } from "../../../support/builders.js";
import { CONTRACT, history, missingColumn, missingTable, notApplied } from "./facts.js";

const A = "20251014_a";
const B = "20251015_b";
const C = "20251016_c";
const FAILURE: ReplayFailure = {
  migration: B,
  file: `${B}/migration.sql`,
  line: 7,
  statement: "create table y ()",
  sqlstate: "42P07",
  message: 'relation "y" already exists',
  code: "DUPLICATE_OBJECT",
  diagnosis: "made twice",
};

function trial(result: Trial["result"], tried: readonly string[] = [A, B, C]): Trial {
  return { application: "app", tried, where: "embedded PostgreSQL 18.4", result };
}

const GAPS = [
  missingTable("g1", "avatars", A),
  missingTable("g2", "avatar_generations", B),
  missingColumn("g3", "avatars", "c", C),
  notApplied(A),
  notApplied(B),
];

function causes(migrations: readonly Migration[], result: Trial["result"] | null, gaps = GAPS) {
  const application = CONTRACT.applications[0]?.name ?? "";
  const trials = result === null ? [] : [{ ...trial(result), application }];
  return diagnose({ gaps, histories: [history(migrations)], contract: CONTRACT, trials });
}

const WAITING = [migration(A, "pending"), migration(B, "pending"), migration(C, "pending")];
const FAILED = { kind: "failed", failure: FAILURE } as const;

describe("MIGRATION_CANNOT_APPLY", () => {
  it("explains what comes with the refused migration and those after it; what comes before is pending", () => {
    const found = causes(WAITING, FAILED);
    expect(found.map(({ code, confidence, explains }) => ({ code, confidence, explains }))).toEqual([
      { code: "MIGRATION_CANNOT_APPLY", confidence: "certain", explains: ["g2", "g3", `g-${B}`] },
      { code: "MIGRATION_PENDING", confidence: "certain", explains: ["g1", `g-${A}`] },
    ]);
    expect(found[0]?.message).toBe(
      `Migration ${B} is pending, and running it now would fail: relation "y" already exists (42P07), at ${B}/migration.sql:7; migration ${C} would not come in after it.`,
    );
  });

  it("proves it with what was tried", () => {
    const [cause] = causes(WAITING, FAILED);
    expect(cause?.evidence[0]).toEqual({
      fact: 'tried: PostgreSQL refuses it with "relation "y" already exists" (SQLSTATE 42P07): create table y ()',
      source: "a copy of the schema, without rows, in embedded PostgreSQL 18.4",
    });
    expect(cause?.evidence[1]?.fact).toContain("is in the database already");
  });

  it("says what the scripts themselves are to blame for", () => {
    const [cause] = causes(WAITING, {
      kind: "failed",
      failure: { ...FAILURE, code: "DEPENDENCY_ORDER", sqlstate: "42P01" },
    });
    expect(cause?.evidence[1]?.fact).toBe("made twice");
  });

  it.each([
    ["failed", / failed.*, and running it again now would fail: /],
    ["rolled-back", / was rolled back, and running it again now would fail: /],
  ] as const)("takes the place of a migration that %s", (status, text) => {
    const found = causes([migration(A, "applied"), { ...migration(B, status), blocks: status === "failed" }], FAILED);
    expect(found[0]?.message).toMatch(text);
    expect(found.map(({ code }) => code)).not.toContain(
      status === "failed" ? "MIGRATION_FAILED" : "MIGRATION_ROLLED_BACK",
    );
  });

  it("is likely the reason of gaps whose migration nobody knows, when nothing else is wrong", () => {
    const gaps = [missingColumn("g1", "avatars", "c")];
    const all = causes([migration(A, "applied"), migration(B, "pending")], FAILED, gaps);
    expect(all).toMatchObject([{ code: "MIGRATION_CANNOT_APPLY", confidence: "likely", explains: ["g1"] }]);
  });

  it("is silent when everything ran; the evidence says that it was tried", () => {
    const found = causes(WAITING, { kind: "ran" });
    expect(found.map(({ code }) => code)).not.toContain("MIGRATION_CANNOT_APPLY");
    expect(found[0]?.evidence.map(({ fact }) => fact)).toContain(
      `tried: all 3 run there without an error (${A}, ${B} and ${C})`,
    );
  });

  it("is silent when nobody knows; the evidence says why", () => {
    const found = causes(WAITING, { kind: "unknown", reason: "no copy could be made" });
    expect(found.map(({ code }) => code)).toContain("MIGRATION_PENDING");
    expect(found[0]?.evidence.map(({ fact }) => fact)).toContain(
      "whether a deploy would succeed is not known: no copy could be made",
    );
  });

  it("is silent when nothing was tried", () => {
    expect(causes(WAITING, null).map(({ code }) => code)).toContain("MIGRATION_PENDING");
  });
});
