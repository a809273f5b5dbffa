import { describe, expect, it } from "vitest";
import { diagnose } from "../../../src/diagnose/index.js";
import { RECORD_TOOLS } from "../../../src/model/migrations.js";
import type { RepairStep } from "../../../src/model/repair.js";
import { type Gap, type History, MIGRATION_STATUSES } from "../../../src/model/report.js";
import { suggestRepair } from "../../../src/repair/index.js";
import { contractOf, gap, history, migrated, migration, relation, subject } from "../../support/builders.js";

const A = "20251014_add_avatar_creator_complete";
const B = "20251015_b";
const contract = contractOf(migrated([A, B], { relations: [relation("avatars", [])] }));
const missing = (introducedBy: string | null = A) =>
  gap({ id: "g1", code: "MISSING_TABLE", subject: subject("table", "avatars"), introducedBy });

function suggest(migrations: History["migrations"], gaps: readonly Gap[], fields: Partial<History> = {}) {
  const histories = [history(migrations, fields)];
  const causes = diagnose({ gaps, histories, contract });
  return suggestRepair({ contract, gaps, causes, histories, trials: [] });
}
const text = (step: RepairStep) => (step.kind === "command" ? step.run : step.statement);
const texts = (...input: Parameters<typeof suggest>) => suggest(...input).steps.map(text);

const LOOK =
  'SELECT migration_name, started_at, logs FROM "public"."_prisma_migrations" WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at;';
const DEPLOY = "npx prisma migrate deploy";
const PLAN = "schemaready repair";

describe("suggestRepair", () => {
  it("deploys what is pending, and says what that is", () => {
    const { steps, proved } = suggest([migration(A, "pending"), migration(B, "pending")], [missing()]);
    expect(proved).toBe(false);
    expect(steps).toMatchObject([{ kind: "command", run: DEPLOY, why: `Applies what is missing: ${A}, ${B}.` }]);
  });

  it("reads the error of a failed migration before it lets Prisma try again, and warns", () => {
    const { steps } = suggest([migration(A, "failed", { note: "ERROR: x" }), migration(B, "pending")], [missing()]);
    expect(steps.map(text)).toEqual([LOOK, `npx prisma migrate resolve --rolled-back "${A}"`, DEPLOY]);
    expect(steps[1]?.why).toContain("correct the migration or the schema: ERROR: x");
    expect(steps[2]?.why).toContain("fails again for the same reason");
  });

  it("marks as applied only what Prisma counted as run, and only if nothing that it brings is missing", () => {
    const unrecorded = migration(A, "applied", { finishedAt: null, blocks: true });
    expect(texts([unrecorded, migration(B, "pending")], [missing(B)])).toEqual([
      LOOK,
      `npx prisma migrate resolve --applied "${A}"`,
      DEPLOY,
    ]);
    expect(texts([unrecorded, migration(B, "pending")], [missing(A)])).toEqual([
      LOOK,
      PLAN,
      `npx prisma migrate resolve --applied "${A}"`,
      DEPLOY,
    ]);
  });

  it("never suggests to mark as applied what is recorded and did not run: the statements are for the plan", () => {
    const { steps, notDone } = suggest(
      [migration(A, "recorded-without-running"), migration("0_init", "recorded-without-running")],
      [missing()],
    );
    expect(steps.map(text)).toEqual([PLAN]);
    expect(notDone).toMatchObject([{ what: `Run ${A} again`, why: expect.stringContaining("It says applied") }]);
  });

  it("plans the rest beside what a deploy brings", () => {
    const other = gap({ id: "g2", code: "INVALID_INDEX", subject: subject("index", "i", "avatars") });
    expect(texts([migration(A, "applied"), migration(B, "pending")], [missing(B), other])).toEqual([DEPLOY, PLAN]);
    expect(texts([migration(B, "pending")], [missing(B)])).toEqual([DEPLOY]);
  });

  it("plans nothing while there is a reason to wait or to look elsewhere", () => {
    const found = [missing()];
    const histories = [history([migration(A, "applied")])];
    const [cause] = diagnose({ gaps: found, histories, contract });
    if (cause === undefined) throw new Error("no cause");
    const causes = [{ ...cause, code: "WRONG_DATABASE", explains: ["g1"] } as const];
    expect(suggestRepair({ contract, gaps: found, causes, histories, trials: [] }).steps).toEqual([]);
  });

  it("marks nothing as applied that a trial saw refused, because nobody has seen its objects", () => {
    const histories = [history([migration(A, "pending"), migration(B, "pending")])];
    const failure = { migration: A, file: "", line: null, statement: null, sqlstate: "42P07", message: "x" };
    const result = { kind: "failed", failure: { ...failure, code: "DUPLICATE_OBJECT", diagnosis: "" } } as const;
    const trials = [{ application: contract.applications[0]?.name ?? "", tried: [A, B], where: "PostgreSQL", result }];
    const gaps = [missing()];
    const causes = diagnose({ gaps, histories, contract, trials });
    const { steps, notDone } = suggestRepair({ contract, gaps, causes, histories, trials });
    expect(steps.map(text)).toEqual([PLAN]);
    expect(notDone.map(({ what }) => what)).toEqual([`Record ${A} as applied`, `Deploy ${B}`]);
  });

  it("leaves a baseline alone while it explains nothing", () => {
    expect(texts([migration("0_init", "recorded-without-running"), migration(A, "applied")], [])).toEqual([]);
  });

  it("warns that what was rolled back fails again unless it was corrected", () => {
    const { steps } = suggest([migration(A, "rolled-back")], [missing()]);
    expect(steps).toMatchObject([{ run: DEPLOY, why: expect.stringContaining("unless it was corrected") }]);
  });

  it("does not touch what may be running: it shows who is migrating", () => {
    const { steps } = suggest([migration(A, "running"), migration(B, "pending")], [missing()]);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ kind: "sql", statement: expect.stringContaining("72707369") });
  });

  it("without a record table deploys, and says what P3005 would mean", () => {
    const { steps } = suggest([migration(A, "pending")], [missing()], { state: "none", table: null });
    expect(steps).toMatchObject([{ run: DEPLOY, why: expect.stringContaining("P3005") }]);
  });

  it("suggests no deploy for the mere absence of a record table", () => {
    expect(texts([migration(A, "pending")], [], { state: "none", table: null })).toEqual([]);
  });

  it("gives the exact GRANT, with every name quoted, once", () => {
    const denied = gap({
      id: "g2",
      code: "MISSING_PRIVILEGE",
      subject: subject("privileges", "INSERT", 'ava"tars'),
      expected: { role: "app; drop table x", privilege: "INSERT", columns: ["a", "b"] },
      message: "Role app may not INSERT.",
    });
    const { steps } = suggest([migration(A, "applied"), migration(B, "applied")], [denied, { ...denied, id: "g3" }]);
    expect(steps).toMatchObject([
      {
        kind: "sql",
        gaps: ["g2", "g3"],
        statement: 'GRANT INSERT ("a", "b") ON "public"."ava""tars" TO "app; drop table x";',
        transactional: true,
        hazards: [],
        why: "Role app may not INSERT. To be run by the owner or an administrator.",
      },
    ]);
  });

  it("quotes hostile names of migrations and schemas", () => {
    const hostile = migration("x'; rm -rf $HOME", "failed");
    const steps = texts([hostile], [], { table: 'a"b.c._prisma_migrations' });
    expect(steps[0]).toContain('FROM "a""b.c"."_prisma_migrations" WHERE');
    expect(steps[1]).toBe("npx prisma migrate resolve --rolled-back 'x'\\''; rm -rf $HOME'");
  });

  it("says once what two applications with one record table need", () => {
    const histories = [
      history([migration(A, "pending")]),
      history([migration(A, "pending")], { application: "pose-generator" }),
    ];
    const gaps = [missing()];
    const causes = diagnose({ gaps, histories, contract });
    expect(suggestRepair({ contract, gaps, causes, histories, trials: [] }).steps).toHaveLength(1);
  });

  it("suggests nothing for a healthy database", () => {
    expect(texts([migration(A, "applied")], [])).toEqual([]);
  });

  it("never suggests a command that can lose data", () => {
    const statuses = ["pending", "failed", "rolled-back", "running", "recorded-without-running", "applied"] as const;
    const steps = statuses.flatMap((status) =>
      texts(
        [migration(A, status, status === "applied" ? { finishedAt: null, blocks: true } : {})],
        [missing(), missing(null)],
      ),
    );
    for (const step of steps)
      expect(step).not.toMatch(/db push|reset|migrate dev|accept-data-loss|delete from|drop |truncate/i);
  });

  describe("for other tools", () => {
    const ofTool = (tool: History["tool"], table: string) => ({ tool, table });

    it("deploys with the tool's own command, and says what will not come with it", () => {
      const late = migration(B, "out-of-order", { note: "older than c, which is applied: goose refuses" });
      const { steps } = suggest(
        [migration(A, "pending"), late],
        [missing()],
        ofTool("goose", "public.goose_db_version"),
      );
      expect(steps).toMatchObject([
        {
          kind: "command",
          run: "goose -allow-missing up",
          why: `Applies what is missing: ${A}, ${B}. ${B} needs the option: older than c, which is applied: goose refuses.`,
        },
      ]);
    });

    it("says what a failure needs before another deploy, and marks nothing as applied", () => {
      const { steps } = suggest(
        [migration(A, "failed")],
        [missing()],
        ofTool("flyway", "public.flyway_schema_history"),
      );
      expect(steps).toMatchObject([
        { run: "flyway repair", why: expect.stringContaining("it changes the record, not the schema") },
        {
          run: "flyway migrate",
          why: expect.stringContaining("fails again for the same reason, unless it was corrected"),
        },
      ]);
    });

    it("does not say of a migration that this build does not list that it runs again", () => {
      const { steps } = suggest([migration(A, "failed", { required: false })], [missing()]);
      expect(steps.map(({ why }) => why).join("\n")).not.toContain("Runs the migration again");
      expect(steps.map(({ why }) => why).join("\n")).toContain("if it was deleted");
    });

    it("tries again what failed without blocking", () => {
      const failed = migration(A, "failed", { blocks: false });
      expect(texts([failed], [missing()], ofTool("atlas", "public.atlas_schema_revisions"))).toEqual([
        "atlas migrate apply",
      ]);
    });

    it("shows who is migrating, and names nothing of Prisma anywhere", () => {
      const statuses = MIGRATION_STATUSES.filter((status) => status !== "applied");
      for (const tool of RECORD_TOOLS.filter((each) => !each.startsWith("prisma"))) {
        const { steps } = suggest(
          statuses.map((status) => migration(`m-${status}`, status)),
          [missing("m-pending")],
          ofTool(tool, "public.x"),
        );
        expect(JSON.stringify(steps)).not.toMatch(/prisma|72707369|P30/i);
      }
      const running = texts([migration(A, "running")], [missing()], ofTool("goose", "public.goose_db_version"));
      expect(running).toEqual([expect.stringContaining("current_database()")]);
    });
  });
});
