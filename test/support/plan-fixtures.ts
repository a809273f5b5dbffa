/** Reports with repair plans. */
import type { Repair } from "../../src/model/repair.js";
import type { Report } from "../../src/model/report.js";
import type { WaitingMigration } from "../../src/model/waiting-migration.js";
import { columnSubject, commandStep, gapWith, repairWith, reportWith, sqlStep } from "./report-builders.js";
import { failReport, HOSTILE_NAME } from "./report-fixtures.js";

const USERS = { schema: "public", name: "users", rows: 1_234, bytes: 98_304 };

/** A plan with everything that a plan can have. */
export function planReport(parts: Partial<Repair> = {}): Report {
  const report = failReport();
  const [first, second] = report.gaps.map(({ id }) => id);
  const gaps = [first ?? "", second ?? ""];
  const plan = repairWith(
    commandStep({
      run: 'npx prisma migrate resolve --rolled-back "20251014_add_avatar_creator_complete"',
      why: "Lets Prisma go on; it changes the record, not the schema.",
      effect: { kind: "mark-rolled-back", migrations: ["20251014_add_avatar_creator_complete"] },
    }),
    sqlStep({
      statement: 'ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "phone" text;',
      gaps,
      why: "Adds the missing column.",
      hazards: [{ kind: "lock", lock: "ACCESS EXCLUSIVE", subject: "public.users" }],
      table: USERS,
      undo: 'ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "phone";',
    }),
    sqlStep({
      statement:
        'ALTER TABLE "public"."users" ADD CONSTRAINT "users_org_fkey" FOREIGN KEY ("orgId") REFERENCES "public"."orgs" ("id") NOT VALID;',
      why: "Adds the foreign key; rows that are there are not looked at yet.",
      hazards: [{ kind: "lock", lock: "SHARE ROW EXCLUSIVE", subject: "public.users" }],
      table: USERS,
      undo: 'ALTER TABLE "public"."users" DROP CONSTRAINT IF EXISTS "users_org_fkey";',
    }),
    sqlStep({
      statement: 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "users_email_key" ON "public"."users" ("email");',
      ...{ transactional: false, group: 2, lockTimeoutMs: 0, statementTimeoutMs: 0 },
      why: "Builds the missing unique index.",
      hazards: [
        { kind: "not-transactional", lock: null, subject: null },
        { kind: "fails-with-rows", lock: null, subject: null },
      ],
      table: { ...USERS, rows: null, bytes: null },
      checks: [
        {
          counts: "values of email that several rows of public.users have",
          statement: "SELECT count(*) FROM ...",
          answer: { kind: "count", count: 0 },
        },
      ],
      undo: 'DROP INDEX CONCURRENTLY IF EXISTS "public"."users_email_key";',
    }),
  );
  return {
    ...report,
    repair: {
      ...plan,
      migrations: MIGRATIONS,
      notDone: [
        {
          gaps,
          what: "Validate the foreign key users_org_fkey of public.users.",
          why: "12 rows would violate this.",
          statements: ['ALTER TABLE "public"."users" VALIDATE CONSTRAINT "users_org_fkey";'],
          hazards: [{ kind: "full-scan", lock: null, subject: "public.users" }],
          checks: [
            {
              counts: "rows of public.users whose orgId is in no row of public.orgs",
              statement: 'SELECT count(*)\nFROM "public"."users" t;',
              answer: { kind: "count", count: 12 },
            },
          ],
          option: null,
        },
        {
          gaps,
          what: "Add the column name to public.users.",
          why: "1,234 rows need a value, and only you know it.",
          statements: [],
          hazards: [{ kind: "needs-a-value", lock: null, subject: null }],
          checks: [],
          option: "--backfill 'public.users.name=EXPRESSION'",
        },
      ],
      proof: { kind: "proved", where: "a copy of the schema, without rows (embedded PostgreSQL 18.4)" },
      proved: true,
      ...parts,
    },
  };
}

function refusal(text: string) {
  return { file: text, line: 3, statement: text, sqlstate: "42P07", message: text };
}

/** One that runs and is dangerous, one that is refused, one that nobody knows anything of. */
const MIGRATIONS: readonly WaitingMigration[] = [
  {
    name: "20251014_add_avatar_creator_complete",
    applications: ["avatar-creator"],
    safety: {
      kind: "read",
      risks: ([1, 2, 3, 4] as const).map((line) => ({
        code: "DROP_COLUMN",
        severity: "warning",
        file: "20251014_add_avatar_creator_complete/migration.sql",
        line,
        message: `public.users.old${line} is dropped with its values`,
        hazards: [{ kind: "data-loss", lock: null, subject: null }],
      })),
    },
    applies: { kind: "yes", where: "embedded PostgreSQL 18.4" },
  },
  {
    name: "20251015_add_tags",
    applications: ["avatar-creator"],
    safety: { kind: "read", risks: [] },
    applies: {
      kind: "no",
      where: "embedded PostgreSQL 18.4",
      failure: {
        ...{ file: "20251015_add_tags/migration.sql", line: 7, sqlstate: "42P07" },
        ...{ statement: 'CREATE TABLE "tags" (id int)', message: 'relation "tags" already exists' },
      },
    },
  },
  {
    name: "20251016_more",
    applications: ["avatar-creator"],
    safety: { kind: "unknown", reason: "its script is not at hand (--migrations)" },
    applies: { kind: "unknown", reason: "its script is not at hand (--migrations)" },
  },
];

/** Names and texts that try to break out of comments, code blocks and lines. */
export function hostilePlan(): Report {
  const gap = gapWith({ subject: columnSubject("users", HOSTILE_NAME), message: HOSTILE_NAME });
  const hostile = `x\n; DROP TABLE users; --\r\n\\! rm -rf / */ ${HOSTILE_NAME}`;
  const check = { counts: hostile, statement: "SELECT 1;", answer: { kind: "unknown", reason: hostile } } as const;
  const step = sqlStep({
    ...{ statement: "SELECT 1;", why: hostile, gaps: [gap.id], undo: "SELECT 2;", checks: [check] },
    hazards: [{ kind: "lock", lock: "SHARE", subject: hostile }],
    table: { schema: hostile, name: hostile, rows: 1, bytes: 1 },
  });
  const refused = { kind: "no", where: hostile, failure: refusal(hostile) } as const;
  const risk = { code: "DROP_COLUMN", severity: "warning", file: hostile, line: 1, message: hostile } as const;
  const safety = {
    kind: "read",
    risks: [{ ...risk, hazards: [{ kind: "lock", lock: "SHARE", subject: hostile }] }],
  } as const;
  const repair: Repair = {
    migrations: [{ name: hostile, applications: [hostile], safety, applies: refused }],
    steps: [commandStep({ run: hostile, why: hostile }), step],
    notDone: [
      {
        gaps: [gap.id],
        what: hostile,
        why: hostile,
        statements: [hostile],
        hazards: [],
        checks: [check],
        option: hostile,
      },
    ],
    proof: { kind: "unproved", where: hostile, reason: hostile, remaining: [hostile] },
    proved: false,
  };
  const target = { ...reportWith({}).target, database: hostile, user: hostile };
  return reportWith({ verdict: "fail", gaps: [gap], repair, target });
}
