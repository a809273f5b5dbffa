/** Hand-made Reports for tests of whatever reads them. Build your own with `reportWith` and `gapWith`. */
import type { Cause, Gap, Report, SmokeResult, Subject, Unverified } from "../../src/model/report.js";
import {
  columnSubject,
  commandStep,
  featureWith,
  gapWith,
  MIGRATION,
  repairWith,
  reportWith,
  sqlStep,
  stepWith,
} from "./report-builders.js";

export { columnSubject, featureWith, gapWith, reportWith, stepWith } from "./report-builders.js";

const working = ["list-projects", "delete-project", "login"].map((id) => featureWith({ id }));

/** Everything works; one migration history, up to date. */
export function passReport(): Report {
  return reportWith({
    features: working,
    history: [
      {
        application: "avatar-creator",
        tool: "prisma",
        table: "public._prisma_migrations",
        state: "up-to-date",
        migrations: [
          {
            name: MIGRATION,
            status: "applied",
            required: true,
            blocks: false,
            startedAt: null,
            finishedAt: null,
            note: null,
          },
        ],
      },
    ],
  });
}

/** Two broken features that share a missing table, one degraded, a gap that no feature feels, two causes. */
export function failReport(): Report {
  const table: Gap = gapWith({
    code: "MISSING_TABLE",
    subject: { kind: "table", schema: "public", relation: null, name: "avatars" },
    expected: { columns: 24 },
    causes: ["c-pending"],
    features: ["create-avatar", "list-avatars"],
    operations: ["select", "insert", "update", "delete"],
    message: "table public.avatars is missing",
  });
  const column = gapWith({
    subject: columnSubject("avatar_generations", "projectId"),
    expected: { type: "text", nullable: false, default: null },
    causes: ["c-recorded"],
    features: ["create-avatar"],
  });
  const index = gapWith({
    code: "MISSING_INDEX",
    severity: "warning",
    subject: { kind: "index", schema: "public", relation: "credits", name: "credits_userId_createdAt_idx" },
    expected: { method: "btree", columns: ["userId", "createdAt descending"], unique: false },
    introducedBy: null,
    features: ["credits"],
    operations: ["select"],
    message: "no index of public.credits has the columns userId, createdAt descending",
  });
  const loose = gapWith({
    code: "COLUMN_TYPE",
    subject: columnSubject("users", "tags"),
    expected: { type: "jsonb" },
    actual: { type: "text" },
    introducedBy: null,
    message: "column public.users.tags has another type",
  });
  return reportWith({
    verdict: "fail",
    summary: { expectations: 120, satisfied: 91, gaps: 4, implied: 25, unverified: 0 },
    features: [
      featureWith({
        id: "create-avatar",
        title: "Create an avatar",
        status: "broken",
        endpoints: ["POST /api/apps/avatar-creator/projects/{projectId}/avatars/generate"],
        gaps: [table.id, column.id],
        symptoms: [
          { sqlstate: "42P01", prisma: "P2021", operation: "insert" },
          { sqlstate: "42P01", prisma: "P2021", operation: "select" },
          { sqlstate: "42703", prisma: "P2022", operation: "insert" },
        ],
      }),
      featureWith({
        id: "list-avatars",
        title: "List avatars",
        status: "broken",
        endpoints: ["GET /api/apps/avatar-creator/avatars"],
        gaps: [table.id],
        symptoms: [{ sqlstate: "42P01", prisma: "P2021", operation: "select" }],
      }),
      featureWith({ id: "credits", title: "Show credits", status: "degraded", gaps: [index.id] }),
      ...working,
    ],
    gaps: [table, column, index, loose],
    causes: causes(table, column),
    history: [
      {
        application: "avatar-creator",
        tool: "prisma",
        table: "public._prisma_migrations",
        state: "behind",
        migrations: [
          { ...applied("20251001_init") },
          { ...applied("20251002_users") },
          { ...applied(MIGRATION), status: "recorded-without-running", note: "steps 0, started = finished" },
          { ...applied("20251012_add_avatars"), status: "pending", startedAt: null, finishedAt: null },
        ],
      },
    ],
    repair: repairWith(
      commandStep({
        run: "npx prisma migrate deploy",
        why: "Applies the pending migration 20251012_add_avatars.",
        effect: { kind: "deploy", migrations: ["20251012_add_avatars"] },
      }),
      sqlStep({
        statement: 'ALTER TABLE "public"."avatar_generations"\n  ADD COLUMN "projectId" text NOT NULL;',
        hazards: [
          { kind: "lock", lock: "ACCESS EXCLUSIVE", subject: "public.avatar_generations" },
          { kind: "fails-with-rows", lock: null, subject: null },
        ],
        why: "Adds the missing column.",
      }),
      sqlStep({
        statement:
          'CREATE INDEX CONCURRENTLY "credits_userId_createdAt_idx" ON "public"."credits" ("userId", "createdAt" DESC);',
        transactional: false,
        group: 2,
        why: "Builds the missing index.",
      }),
    ),
    extras: [{ subject: columnSubject("users", "legacy"), message: "column public.users.legacy is not expected" }],
  });
}

function applied(name: string) {
  const at = "2025-10-12T08:00:00.000000Z";
  return { name, status: "applied" as const, required: true, blocks: false, startedAt: at, finishedAt: at, note: null };
}

function causes(table: Gap, column: Gap): Cause[] {
  return [
    {
      id: "c-recorded",
      code: "RECORDED_WITHOUT_RUNNING",
      confidence: "certain",
      explains: [column.id],
      unverified: [],
      message: `Migration ${MIGRATION} is recorded as applied, but it never ran.`,
      evidence: [{ fact: "applied_steps_count = 0 and started_at = finished_at", source: "record 5b0f" }],
    },
    {
      id: "c-pending",
      code: "MIGRATION_PENDING",
      confidence: "likely",
      explains: [table.id],
      unverified: [],
      message: "Migration 20251012_add_avatars has not been applied yet.",
      evidence: [{ fact: "no record of 20251012_add_avatars", source: "public._prisma_migrations" }],
    },
  ];
}

const noUsage: Unverified = {
  subject: { kind: "table", schema: "audit", relation: null, name: "events" },
  reason: "no USAGE on schema audit",
  sqlstate: "42501",
  features: ["audit-trail"],
};

/** One schema may not be looked at; the rest is fine. */
export function unverifiedReport(): Report {
  return reportWith({
    verdict: "unverified",
    summary: { expectations: 120, satisfied: 118, gaps: 0, implied: 0, unverified: 2 },
    features: [featureWith({ id: "audit-trail", title: "Audit trail", status: "unverified" }), ...working],
    unverified: [noUsage, { ...noUsage, subject: { ...noUsage.subject, name: "sessions" } }],
  });
}

/** The server did not answer. */
export function unreachableReport(): Report {
  const target = { ...reportWith().target, server: null, searchPath: null, inRecovery: null };
  return reportWith({
    verdict: "unverified",
    target,
    summary: { expectations: 120, satisfied: 0, gaps: 0, implied: 0, unverified: 120 },
    features: working.map((feature) => ({ ...feature, status: "unverified" as const })),
    unverified: [
      {
        subject: { kind: "server", schema: null, relation: null, name: "PostgreSQL" },
        reason:
          "app@db.internal:5432/app cannot be reached: connect ECONNREFUSED 10.0.0.5:5432. Check that the server runs and that host and port are right: pg_isready -h db.internal -p 5432",
        sqlstate: null,
        features: working.map(({ id }) => id),
      },
    ],
  });
}

/** Names that try to forge lines, recolour the terminal, break XML and hide. */
export const HOSTILE_NAME = '"; drop table x; --\nPASS all is well\u001b[2J]]></failure><a b="\u0000\u202e\ud800😀';

export function hostileReport(): Report {
  const subject: Subject = { kind: "table", schema: "public", relation: null, name: HOSTILE_NAME };
  const gap = gapWith({
    code: "MISSING_TABLE",
    subject,
    expected: { name: HOSTILE_NAME },
    introducedBy: HOSTILE_NAME,
    features: [HOSTILE_NAME],
    message: `table public.${HOSTILE_NAME} is missing`,
  });
  return reportWith({
    verdict: "fail",
    summary: { expectations: 1, satisfied: 0, gaps: 1, implied: 0, unverified: 0 },
    features: [
      featureWith({ id: HOSTILE_NAME, application: HOSTILE_NAME, status: "broken", gaps: [gap.id] }),
      featureWith({ id: "other", application: HOSTILE_NAME }),
    ],
    gaps: [gap],
  });
}

/** A smoke run with one failed step that the missing table explains, one without a schema cause, and a leftover. */
export function smokeReport(): Report {
  const report = failReport();
  return { ...report, smoke: smokeResult(report.gaps[0]?.id ?? "") };
}

function smokeResult(gap: string): SmokeResult {
  const url = "http://localhost:8080";
  const generate = stepWith({
    id: "generate",
    feature: "create-avatar",
    outcome: "failed",
    durationMs: 88,
    request: `POST ${url}/api/apps/avatar-creator/projects/p1/avatars/generate`,
    status: 500,
    failures: ["status is 500, expected 200"],
    curl: `curl -sS -i -X 'POST' '${url}/api/apps/avatar-creator/projects/p1/avatars/generate' -H 'authorization: Bearer '"$TOKEN" --data-raw '{"n":1}'`,
    place: { file: "checks/avatars.yaml", line: 42 },
    body: '{"error":"The table `public.avatars` does not exist in the current database."}\n\u001b[31mP2021',
    attribution: {
      kind: "proved",
      gaps: [gap],
      message: "Create an avatar is broken because table public.avatars is missing.",
    },
  });
  return {
    runId: "run-1",
    baseUrl: url,
    startedAt: "2026-11-20T10:00:01.000Z",
    durationMs: 1530,
    outcome: "failed",
    flows: [
      {
        id: "avatars",
        application: "avatar-creator",
        title: "Create and list avatars",
        outcome: "failed",
        steps: [
          stepWith({ id: "login", request: `POST ${url}/api/auth/login`, status: 200 }),
          generate,
          stepWith({
            id: "wait",
            outcome: "errored",
            request: `GET ${url}/api/x`,
            failures: ["no answer within 5000 ms"],
            attribution: { kind: "none", gaps: [], message: "No schema cause found." },
          }),
          stepWith({ id: "list", outcome: "skipped", durationMs: 0, failures: ["skipped: blocked by generate"] }),
        ],
      },
    ],
    cleanup: {
      outcome: "failed",
      steps: [
        stepWith({
          id: "generate",
          outcome: "failed",
          request: `DELETE ${url}/api/projects/p1`,
          status: 500,
          failures: ["status is 500"],
        }),
      ],
      leftovers: ["project p1"],
    },
  };
}
