import { describe, expect, it } from "vitest";
import { appliedThenLost } from "../../../../src/diagnose/rules/applied-then-lost.js";
import type { ExpectedMigrations } from "../../../../src/model/contract.js";
import { contractOf, migrated, migration, relation } from "../../../support/builders.js";
import { factsOf, gap, history, missingColumn, missingTable, subject } from "./facts.js";

const A = "20251014_a";
const ran = [history([migration(A, "applied")])];
const script = { name: A, file: "a.sql", checksum: "x" };
const compiled = (tool: ExpectedMigrations["tool"]) =>
  contractOf(
    migrated([A], {
      migrations: { tool, schema: null, required: [A], scripts: [script] },
      relations: [relation("users", [], { columnIntroducedBy: { a: A } })],
    }),
  );

describe("APPLIED_THEN_LOST", () => {
  it("is certain of a table when the file is the one that ran", () => {
    const found = appliedThenLost(factsOf(ran, [missingTable("g1", "avatars", A)], compiled("prisma")));
    expect(found).toMatchObject([{ confidence: "certain", gaps: ["g1"], doubt: null }]);
    expect(found[0]?.message).toContain(
      `Migration ${A} ran on 2025-10-16 02:10:34 UTC, and an object that it brings is not there`,
    );
  });

  it("is not certain where the contract's checksum is none that the tool records", () => {
    const own = contractOf(
      migrated([A], {
        migrations: { tool: "prisma", schema: null, required: [A], scripts: [{ ...script, checksum: "sha256:x" }] },
      }),
    );
    const found = appliedThenLost(factsOf(ran, [missingTable("g1", "avatars", A)], own));
    expect(found).toMatchObject([{ confidence: "likely", gaps: ["g1"] }]);
  });

  it("is less sure of what belongs to a relation, and without a checksum to compare", () => {
    const gaps = [missingTable("g1", "avatars", A), missingColumn("g2", "users", "a", A)];
    const confidences = (contract: ReturnType<typeof compiled>) =>
      appliedThenLost(factsOf(ran, gaps, contract)).map(({ confidence, gaps: ids }) => [confidence, ids]);
    expect(confidences(compiled("prisma"))).toEqual([
      ["certain", ["g1"]],
      ["likely", ["g2"]],
    ]);
    const dbmate = [history([migration(A, "applied")], { tool: "dbmate", table: "public.schema_migrations" })];
    expect(
      appliedThenLost(factsOf(dbmate, gaps, compiled("dbmate"))).map(({ confidence, gaps: ids }) => [confidence, ids]),
    ).toEqual([
      ["likely", ["g1"]],
      ["possible", ["g2"]],
    ]);
  });

  it("says once what several migrations lost together", () => {
    const B = "20251015_b";
    const both = [history([migration(A, "applied"), migration(B, "applied")])];
    const gaps = [missingTable("g1", "avatars", A), missingTable("g2", "avatar_generations", B)];
    const found = appliedThenLost(factsOf(both, gaps));
    expect(found).toMatchObject([{ confidence: "likely", gaps: ["g1", "g2"] }]);
    expect(found[0]?.message).toBe(
      `2 objects are not there although the migrations that bring them ran (migrations ${A} and ${B}): lost or removed since then, by something other than the migrations.`,
    );
    expect(found[0]?.evidence).toHaveLength(2);
    // Another rule explains the second one: its migration is not accused any more.
    expect(found[0]?.retell?.(["g1"])).toMatchObject({ gaps: ["g1"], evidence: [{}] });
    expect(found[0]?.retell?.(["g1"]).message).toMatch(
      new RegExp(`^Migration ${A} ran .*, and an object that it brings`),
    );
  });

  it("is less sure where migrations ran that this build no longer has, and does not fall silent", () => {
    const squashed = [history([migration(A, "applied"), migration("0_old", "unknown", { required: false })])];
    const found = appliedThenLost(factsOf(squashed, [missingTable("g1", "avatars", A)], compiled("prisma")));
    expect(found).toMatchObject([{ confidence: "likely", gaps: ["g1"] }]);
    expect(found[0]?.doubt).toContain("migrations that this build does not have");
  });

  it.each(["edited", "forged", "recorded-without-running", "pending", "failed", "running"] as const)(
    "does not answer for a migration that is %s",
    (status) => {
      expect(appliedThenLost(factsOf([history([migration(A, status)])], [missingTable("g1", "avatars", A)]))).toEqual(
        [],
      );
    },
  );

  it("leaves a database of a later build to DATABASE_AHEAD, and rows and other definitions alone", () => {
    const ahead = [
      history([migration(A, "applied"), migration("z", "unknown", { required: false })], { state: "ahead" }),
    ];
    expect(appliedThenLost(factsOf(ahead, [missingTable("g1", "avatars", A)]))).toEqual([]);
    const rows = gap({ id: "g1", code: "MISSING_ROWS", subject: subject("rows", "r", "avatars"), introducedBy: A });
    const type = gap({ id: "g2", code: "COLUMN_TYPE", subject: subject("column", "c", "avatars"), introducedBy: A });
    expect(appliedThenLost(factsOf(ran, [rows, type]))).toEqual([]);
  });
});
