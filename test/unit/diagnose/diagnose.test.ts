import { describe, expect, it } from "vitest";
import { attachCauses, diagnose } from "../../../src/diagnose/index.js";
import type { Gap, History } from "../../../src/model/report.js";
import { contractOf, gap, history, migrated, migration, relation, subject } from "../../support/builders.js";
import { CONTRACT, missingColumn, missingTable, notApplied } from "./rules/facts.js";

const A = "20251014_a";
const B = "20251015_b";
const run = (migrations: History["migrations"], gaps: readonly Gap[], contract = CONTRACT) =>
  diagnose({ gaps, histories: [history(migrations)], contract });
const summary = (causes: ReturnType<typeof diagnose>) =>
  causes.map(({ code, confidence, explains }) => [code, confidence, explains]);

/** The gap, needed by these applications. */
const of = (gap: Gap, ...applications: string[]): Gap => ({ ...gap, applications });

describe("diagnose", () => {
  it("finds nothing to explain in a healthy database", () => {
    expect(run([migration(A, "applied"), migration("0_init", "recorded-without-running")], [])).toEqual([]);
  });

  it("keeps what is certain apart from what is possible", () => {
    const gaps = [missingColumn("g1", "avatars", "c", A), missingColumn("g2", "avatars", "d")];
    const causes = run([migration(A, "recorded-without-running"), migration(B, "rolled-back")], gaps);
    expect(summary(causes)).toEqual([
      ["RECORDED_WITHOUT_RUNNING", "certain", ["g1"]],
      ["MIGRATION_ROLLED_BACK", "possible", ["g2"]],
      ["RECORDED_WITHOUT_RUNNING", "possible", ["g2"]],
    ]);
  });

  it("gives a foreign key to a missing table the cause of the table, and no other", () => {
    const key = gap({
      id: "g2",
      code: "MISSING_CONSTRAINT",
      subject: subject("constraint", "posts_avatarId_fkey", "posts"),
      expected: { columns: ["avatarId"], references: "public.avatars", referencedColumns: ["id"] },
    });
    const causes = run([migration(A, "rolled-back")], [missingTable("g1", "avatars", A), key]);
    expect(summary(causes)).toEqual([["MIGRATION_ROLLED_BACK", "certain", ["g1", "g2"]]]);
  });

  describe("with two record tables and a relation that both applications use", () => {
    const contract = contractOf(
      migrated([A], { relations: [relation("users", [])] }),
      migrated([B], { name: "chat-data", relations: [relation("users", [])] }),
    );
    const chat = (migrations: History["migrations"]) =>
      history(migrations, { application: "chat-data", table: "chat._prisma_migrations" });

    it("drops a weaker explanation of a gap that a stronger one explains", () => {
      const histories = [
        history([migration(A, "pending")]),
        chat([migration(B, "rolled-back"), migration("c", "pending")]),
      ];
      expect(summary(diagnose({ gaps: [missingColumn("g1", "users", "c")], histories, contract }))).toEqual([
        ["MIGRATION_PENDING", "likely", ["g1"]],
      ]);
    });

    it("asks only the table that knows the migration", () => {
      const histories = [history([migration(A, "applied")]), chat([migration(B, "pending")])];
      const causes = diagnose({
        gaps: [of(missingTable("g1", "users", B), "avatar-creator", "chat-data")],
        histories,
        contract,
      });
      expect(summary(causes)).toEqual([["MIGRATION_PENDING", "certain", ["g1"]]]);
      expect(causes[0]?.evidence).toEqual([{ fact: `there is no row of ${B}`, source: "chat._prisma_migrations" }]);
    });
  });

  it("says a failed migration once: it explains objects, what waits behind it, and the warnings about both", () => {
    const gaps = [
      missingColumn("g1", "avatars", "c"),
      missingTable("g2", "avatar_generations"),
      notApplied(A),
      notApplied(B),
    ];
    const causes = run([migration(A, "failed"), migration(B, "pending")], gaps);
    expect(summary(causes)).toEqual([["MIGRATION_FAILED", "likely", ["g1", "g2", `g-${A}`, `g-${B}`]]]);
  });

  it("is certain of a pending migration when that is all there is to tell", () => {
    const causes = run([migration(A, "pending")], [notApplied(A)]);
    expect(summary(causes)).toEqual([["MIGRATION_PENDING", "certain", [`g-${A}`]]]);
    expect(causes[0]?.evidence).toEqual([{ fact: `there is no row of ${A}`, source: "public._prisma_migrations" }]);
  });

  it("puts what is sure first and UNKNOWN last", () => {
    const denied = gap({ id: "g9", code: "MISSING_PRIVILEGE", subject: subject("privileges", "INSERT", "avatars") });
    const rows = ["r1", "r2", "r3"].map((id) =>
      gap({ id, code: "MISSING_ROWS", subject: subject("rows", id, "avatars") }),
    );
    const gaps = [denied, ...rows, missingTable("g1", "avatars"), missingTable("g2", "avatar_generations")];
    expect(summary(run([migration(A, "pending")], gaps))).toEqual([
      ["PERMISSION_DENIED", "certain", ["g9"]],
      ["MIGRATION_PENDING", "likely", ["g1", "g2"]],
      ["UNKNOWN", "possible", ["r1", "r2", "r3"]],
    ]);
  });

  it("puts what breaks something before many warnings", () => {
    const gaps = [A, B].map((name) => notApplied(name));
    const causes = run(
      [migration(A, "pending"), migration(B, "pending"), migration("c", "recorded-without-running")],
      [...gaps, missingTable("g1", "avatars", "c")],
    );
    expect(causes.map(({ code, explains }) => [code, explains.length])).toEqual([
      ["RECORDED_WITHOUT_RUNNING", 1],
      ["MIGRATION_PENDING", 2],
    ]);
  });

  it("explains every error by something", () => {
    const gaps = [missingTable("g1", "avatars", A), missingTable("g2", "elsewhere")];
    const causes = run([migration(A, "applied")], gaps);
    expect(summary(causes)).toEqual([
      ["APPLIED_THEN_LOST", "likely", ["g1"]],
      ["UNKNOWN", "possible", ["g2"]],
    ]);
  });

  it("does not let one application's history answer for another's tables", () => {
    const contract = contractOf(
      migrated([A], { relations: [relation("avatars", [])] }),
      migrated([B], { name: "chat-data", relations: [relation("chats", [])] }),
    );
    const histories = [
      history([migration(A, "pending")]),
      history([migration(B, "applied")], {
        application: "chat-data",
        table: "chat._prisma_migrations",
        state: "up-to-date",
      }),
    ];
    const gaps = [missingTable("g1", "avatars"), of(missingTable("g2", "chats"), "chat-data")];
    expect(summary(diagnose({ gaps, histories, contract }))).toEqual([
      ["MIGRATION_PENDING", "likely", ["g1"]],
      ["UNKNOWN", "possible", ["g2"]],
    ]);
  });

  it("says the problem of a shared record table once", () => {
    const contract = contractOf(
      migrated([A], { relations: [relation("avatars", [])] }),
      migrated([A], { name: "pose-generator", relations: [relation("poses", [])] }),
    );
    const histories = [
      history([migration(A, "failed")]),
      history([migration(A, "failed", { required: false })], { application: "pose-generator" }),
    ];
    const gaps = [missingTable("g1", "avatars"), of(missingTable("g2", "poses"), "pose-generator"), notApplied(A)];
    expect(summary(diagnose({ gaps, histories, contract }))).toEqual([
      ["MIGRATION_FAILED", "likely", ["g1", "g2", `g-${A}`]],
    ]);
  });

  it("gives the same answer for gaps in any order, ids included", () => {
    const gaps = [missingColumn("g1", "avatars", "c"), missingTable("g2", "avatar_generations", A), notApplied(A)];
    const straight = run([migration(A, "pending"), migration(B, "rolled-back")], gaps);
    const reversed = run([migration(A, "pending"), migration(B, "rolled-back")], [...gaps].reverse());
    expect(reversed.map(({ id, message }) => [id, message])).toEqual(straight.map(({ id, message }) => [id, message]));
    expect(new Set(straight.map(({ id }) => id)).size).toBe(straight.length);
  });
});

describe("attachCauses", () => {
  it("gives each gap the causes that explain it", () => {
    const gaps = [
      missingTable("g1", "avatars", A),
      gap({
        id: "g2",
        code: "MISSING_INDEX",
        severity: "warning",
        subject: subject("index", "i", "nowhere"),
        causes: ["old"],
      }),
    ];
    const causes = run([migration(A, "pending")], gaps.slice(0, 1));
    expect(attachCauses(gaps, causes).map((each) => each.causes)).toEqual([[causes[0]?.id], []]);
  });
});
