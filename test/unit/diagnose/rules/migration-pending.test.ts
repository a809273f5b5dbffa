import { describe, expect, it } from "vitest";
import { migrationPending } from "../../../../src/diagnose/rules/migration-pending.js";
import { migration } from "../../../support/builders.js";
import {
  CONTRACT,
  factsOf,
  gap,
  history,
  missingColumn,
  missingTable,
  modelOf,
  notApplied,
  relation,
  subject,
  table,
  withRelations,
} from "./facts.js";

const A = "20251014_a";
const B = "20251015_b";

describe("MIGRATION_PENDING", () => {
  it("is certain of gaps whose migration has no row", () => {
    const gaps = [missingTable("g1", "avatars", A), notApplied(A)];
    expect(migrationPending(factsOf([history([migration(A, "pending")])], gaps))).toEqual([
      {
        code: "MIGRATION_PENDING",
        key: ["public._prisma_migrations", A],
        confidence: "certain",
        gaps: ["g1"],
        restates: [`g-${A}`],
        doubt: null,
        message: `Migration ${A} has not been applied to this database.`,
        evidence: [{ fact: `there is no row of ${A}`, source: "public._prisma_migrations" }],
      },
    ]);
  });

  it("does not say of what is there that it was not applied, and warns of what stands in the way", () => {
    const contract = withRelations(
      relation("avatars", [], { introducedBy: A }),
      relation("poses", [], { introducedBy: B }),
    );
    const histories = [history([migration(A, "pending"), migration(B, "pending")])];
    const seen = { models: [modelOf(table("avatars", []))] };
    const [whole] = migrationPending(factsOf(histories, [notApplied(A), notApplied(B)], contract, seen));
    expect(whole?.message).toContain("are not recorded as applied, and yet what they bring is there");
    const [part] = migrationPending(
      factsOf(histories, [missingTable("g1", "poses", B), notApplied(A)], contract, seen),
    );
    expect(part?.message).toContain("2 migrations have not been applied");
    expect(part?.evidence.map(({ fact }) => fact).join()).toContain("public.avatars is there already");
  });

  it("is one cause for all that is pending", () => {
    const histories = [history([migration(A, "pending"), migration(B, "pending")])];
    const found = migrationPending(
      factsOf(histories, [missingTable("g1", "avatars", A), missingTable("g2", "avatar_generations", B)]),
    );
    expect(found).toMatchObject([{ confidence: "certain", gaps: ["g1", "g2"] }]);
    expect(found[0]?.message).toBe(`2 migrations have not been applied to this database: ${A} and ${B}.`);
  });

  it("is likely the reason of a gap without origin when nothing else is wrong, and says why it is not certain", () => {
    const found = migrationPending(
      factsOf([history([migration(A, "pending"), migration("x", "applied")])], [missingColumn("g1", "avatars", "c")]),
    );
    expect(found).toMatchObject([{ confidence: "likely", gaps: ["g1"] }]);
    expect(found[0]?.doubt).toContain("the contract does not say which migration");
  });

  it("is only possible when the history has other problems too", () => {
    const histories = [history([migration(A, "pending"), migration(B, "rolled-back")])];
    expect(migrationPending(factsOf(histories, [missingColumn("g1", "avatars", "c")]))).toMatchObject([
      { confidence: "possible" },
    ]);
  });

  it("counts a migration that the contract knows and the history does not list", () => {
    const found = migrationPending(factsOf([history([])], [missingTable("g1", "avatars", A)]));
    expect(found).toMatchObject([{ confidence: "certain", gaps: ["g1"] }]);
  });

  it("takes the relation's migration for what stands in the way in an old table", () => {
    const contract = withRelations(relation("avatars", [], { introducedBy: A }));
    const extra = gap({
      id: "g1",
      code: "BLOCKING_EXTRA_COLUMN",
      subject: subject("column", "old", "avatars"),
      introducedBy: A,
    });
    expect(migrationPending(factsOf([history([migration(A, "pending")])], [extra], contract))).toMatchObject([
      { confidence: "certain", gaps: ["g1"] },
    ]);
  });

  it("suspects a later migration of a difference in a table whose own migration ran", () => {
    const contract = withRelations(relation("avatars", [], { introducedBy: "init" }));
    const index = gap({
      id: "g1",
      code: "MISSING_INDEX",
      subject: subject("index", "i", "avatars"),
      introducedBy: "init",
    });
    const table = missingTable("g2", "avatars", "init");
    const found = migrationPending(
      factsOf([history([migration("init", "applied"), migration(A, "pending")])], [index, table], contract),
    );
    expect(found).toMatchObject([{ confidence: "possible", gaps: ["g1"] }]);
  });

  it("is less sure of an object without origin where the contract names the origins of others: perhaps no migration brings it", () => {
    const contract = withRelations(
      relation("avatars", [], { introducedBy: "init" }),
      relation("avatar_generations", []),
    );
    const histories = [history([migration("init", "applied"), migration(A, "pending")])];
    const found = migrationPending(factsOf(histories, [missingTable("g1", "avatar_generations")], contract));
    expect(found).toMatchObject([
      { confidence: "possible", doubt: expect.stringContaining("names the migrations of other objects") },
    ]);
  });

  it("does not answer for reference rows of a table that it creates, unless it is said to bring the rows", () => {
    const contract = withRelations(relation("ai_models", [], { introducedBy: A }));
    const rows = gap({ id: "g1", code: "MISSING_ROWS", subject: subject("rows", "r", "ai_models") });
    const histories = [history([migration(A, "pending")])];
    expect(migrationPending(factsOf(histories, [rows], contract))).toEqual([]);
    expect(migrationPending(factsOf(histories, [{ ...rows, introducedBy: A }], contract))).toMatchObject([
      { gaps: ["g1"] },
    ]);
  });

  it("does not answer for rows, privileges and broken indexes without a known origin", () => {
    const codes = [
      "MISSING_ROWS",
      "MISSING_PRIVILEGE",
      "ROW_SECURITY_HIDES_ROWS",
      "INVALID_INDEX",
      "UNVALIDATED_CONSTRAINT",
    ] as const;
    const gaps = codes.map((code) => gap({ id: code, code, subject: subject("table", "avatars") }));
    expect(migrationPending(factsOf([history([migration(A, "pending")])], gaps))).toEqual([]);
  });

  it("leaves what waits behind a failed migration to that one", () => {
    const histories = [history([migration(A, "failed"), migration(B, "pending")])];
    expect(migrationPending(factsOf(histories, [missingTable("g1", "avatars", B)]))).toEqual([]);
  });

  it("says behind which running migration a pending one waits", () => {
    const histories = [history([migration(A, "running"), migration(B, "pending")])];
    const found = migrationPending(factsOf(histories, [missingTable("g2", "avatar_generations", B)]));
    expect(found.map(({ gaps, message }) => [gaps, message])).toEqual([
      [["g2"], `Migration ${B} has not been applied to this database; it would come after migration ${A}.`],
    ]);
  });

  it("says that another deploy may not bring what is out of order", () => {
    const late = migration(A, "out-of-order", {
      startedAt: null,
      note: "older than b, which is applied: goose refuses",
    });
    const [found] = migrationPending(factsOf([history([late])], [missingTable("g1", "avatars", A)]));
    expect(found).toMatchObject({ confidence: "certain", gaps: ["g1"] });
    expect(found?.message).toContain("it is older than what is applied, and the tool does not simply run it");
    expect(found?.evidence.map(({ fact }) => fact)).toContain(`${A}: older than b, which is applied: goose refuses`);
  });

  it("without a record table is likely when nothing of the application is there, and NO_HISTORY's otherwise", () => {
    const none = history([migration(A, "pending")], { state: "none", table: null });
    const noTable = gap({ id: "g0", code: "MIGRATION_NOT_APPLIED", subject: subject("history", "_prisma_migrations") });
    const all = [missingTable("g1", "avatars"), missingTable("g2", "avatar_generations")];
    expect(migrationPending(factsOf([none], [...all, noTable]))).toMatchObject([
      { key: ["avatar-creator", "never"], confidence: "likely", gaps: ["g1", "g2"], restates: ["g0"] },
    ]);
    expect(migrationPending(factsOf([none], [missingTable("g1", "avatars"), noTable]))).toEqual([]);
  });

  it("does not explain the absence of a record table by itself: the schema is as it should be", () => {
    const none = history([migration(A, "pending")], { state: "none", table: null });
    const noTable = gap({ id: "g0", code: "MIGRATION_NOT_APPLIED", subject: subject("history", "_prisma_migrations") });
    expect(migrationPending(factsOf([none], [noTable]))).toEqual([]);
  });

  it("knows nothing of a history that could not be read", () => {
    const unreadable = history([], { state: "unreadable" });
    expect(migrationPending(factsOf([unreadable], [missingTable("g1", "avatars", A)], CONTRACT))).toEqual([]);
  });
});
