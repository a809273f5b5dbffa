/** A bad night: many features, many gaps, each with a step of its own, and a long history of migrations. */
import type { Gap, Migration, Report } from "../../src/model/report.js";
import {
  columnSubject,
  commandStep,
  featureWith,
  gapWith,
  repairWith,
  reportWith,
  sqlStep,
} from "./report-builders.js";

const COLUMNS_OF_A_TABLE = 10;

/** @param columns missing ones, ten on a table, one in five of them felt by a feature */
export function largeReport(features: number, columns: number): Report {
  const gaps = Array.from({ length: columns }, (_, at) => columnGap(at, features));
  return reportWith({
    verdict: "fail",
    summary: { expectations: 2_000, satisfied: 2_000 - columns, gaps: columns, implied: 0, unverified: 0 },
    features: Array.from({ length: features }, (_, at) => ({
      ...featureWith({ id: `feature-${at}`, title: `Feature number ${at} of the application` }),
      status: at % 2 === 0 ? ("broken" as const) : ("working" as const),
      endpoints: [`GET /api/apps/avatar-creator/things-${at}`, `POST /api/apps/avatar-creator/things-${at}/{id}`],
      gaps: gaps.filter((gap) => gap.features.includes(`feature-${at}`)).map(({ id }) => id),
      symptoms: [{ sqlstate: "42703", prisma: "P2022", operation: "select" as const }],
    })),
    gaps,
    causes: [
      {
        ...{ id: "c-1", code: "RECORDED_WITHOUT_RUNNING", confidence: "certain", unverified: [] },
        explains: gaps.map(({ id }) => id),
        message: "Migration 20251014_add_avatar_creator_complete is recorded as applied, but it never ran.",
        evidence: [{ fact: "applied_steps_count = 0 and started_at = finished_at", source: "record 5b0f" }],
      },
    ],
    history: [
      {
        ...{ application: "avatar-creator", tool: "prisma", table: "public._prisma_migrations", state: "behind" },
        migrations: Array.from({ length: 200 }, (_, at) => migration(at)),
      },
    ],
    repair: repairWith(
      commandStep({ run: "npx prisma migrate deploy", why: "Applies the 2 migrations that wait." }),
      ...gaps.map(({ subject, message }) =>
        sqlStep({
          statement: `ALTER TABLE "public"."${subject.relation}" ADD COLUMN "${subject.name}" text NOT NULL;`,
          hazards: [{ kind: "lock", lock: "ACCESS EXCLUSIVE", subject: `public.${subject.relation}` }],
          why: message,
        }),
      ),
    ),
  });
}

function columnGap(at: number, features: number): Gap {
  const table = `avatar_generations_${Math.floor(at / COLUMNS_OF_A_TABLE)}`;
  const feature = `feature-${(at * 2) % features}`;
  return gapWith({
    subject: columnSubject(table, `creatorProfileId${at}`),
    causes: ["c-1"],
    features: at % 5 === 0 ? [feature] : [],
  });
}

function migration(at: number): Migration {
  const isOpen = at >= 198 || at === 120;
  const day = String((at % 28) + 1).padStart(2, "0");
  const time = `2025-10-${day}T08:00:00.000Z`;
  return {
    ...{ name: `202510${day}_change_${at}`, required: true, blocks: false, note: null },
    status: isOpen ? "pending" : "applied",
    startedAt: isOpen ? null : time,
    finishedAt: isOpen ? null : time,
  };
}
