/** Gaps and unverified facts of the migration history. By itself none of them makes a statement fail: warnings. */
import type { Application, Contract } from "../model/contract.js";
import { stableId } from "../model/hash.js";
import { blocksDeploy, isSeenRunning, isUndone } from "../model/history.js";
import type { RecordTool } from "../model/migrations.js";
import type { QualifiedName } from "../model/names.js";
import type { RecordTableReading } from "../model/observation.js";
import { recordTableOf } from "../model/record-tables.js";
import type { Gap, History, Json, Migration, Subject, Unverified } from "../model/report.js";
import { displayTime } from "../model/time.js";
import { toolWords } from "../model/tools.js";
import { keepsRecords } from "./expected.js";
import { undecidable } from "./undecidable.js";

/**
 * One MIGRATION_NOT_APPLIED for each required migration that is not applied, and for each failed row of any other
 * migration, because it blocks all later ones. Without a record table: one gap for the history as a whole. Two
 * applications that share a record table share its gaps.
 */
export function migrationGaps(contract: Contract, histories: readonly History[]): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const history of histories) {
    const application = contract.applications.find(({ name }) => name === history.application);
    if (application === undefined || history.state === "unreadable") continue;
    for (const gap of gapsOf(application, history)) {
      // Where one application requires what another merely sees in the shared table, "required" is the better text.
      const isRequired = application.migrations?.required.includes(gap.subject.name) ?? false;
      const known = gaps.get(gap.id);
      const text = isRequired || known === undefined ? gap : known;
      gaps.set(gap.id, { ...text, applications: [...new Set([...(known?.applications ?? []), application.name])] });
    }
  }
  return [...gaps.values()];
}

/** One entry for each application whose record table could not be read, with the features that list migrations. */
export function historyUnverified(contract: Contract, readings: readonly RecordTableReading[]): Unverified[] {
  return contract.applications.filter(keepsRecords).flatMap((application) => {
    const reading = readings.find((each) => each.application === application.name);
    // No reading at all: the database itself could not be looked at, and that is said once, for the server.
    if (reading === undefined) return [];
    const why = whyUnverified(application, reading);
    if (why === null) return [];
    return {
      subject: historySubject(application, reading.table),
      ...why,
      features: application.features.filter(({ migrations }) => migrations.length > 0).map(({ id }) => id),
    };
  });
}

function whyUnverified(
  { migrations }: Application,
  reading: RecordTableReading,
): Pick<Unverified, "reason" | "sqlstate"> | null {
  if (!reading.rows.known) return { reason: reading.rows.reason, sqlstate: reading.rows.sqlstate };
  const reason = migrations === null ? null : undecidable(migrations, reading);
  return reason === null ? null : { reason, sqlstate: null };
}

function gapsOf(application: Application, history: History): Gap[] {
  if (history.state === "none") {
    return history.migrations.length === 0 ? [] : [noTableGap(application, history)];
  }
  const { schema } = historySubject(application, tableOf(history));
  return history.migrations
    .filter((migration) => blocksDeploy(migration) || (migration.required && isUndone(migration)))
    .map((migration) => migrationGap(schema, migration, history.tool));
}

function noTableGap(application: Application, { migrations }: History): Gap {
  const subject = historySubject(application, null);
  const count =
    migrations.length === 1 ? "the required migration" : `any of the ${migrations.length} required migrations`;
  return {
    ...gap(subject, [application.name]),
    expected: { required: migrations.map(({ name }) => name) },
    actual: null,
    message: `There is no migration-record table (${subject.name}) for ${application.name}: nothing says that ${count} ever ran here. By itself this breaks no statement.`,
  };
}

function migrationGap(schema: string | null, migration: Migration, tool: RecordTool): Gap {
  const subject: Subject = { kind: "migration", schema, relation: null, name: migration.name };
  return {
    ...gap(subject, []),
    expected: { status: "applied" },
    actual: actual(migration),
    introducedBy: migration.name,
    message: `Migration ${migration.name}${migration.required ? "" : ", not one of the required ones,"} ${predicate(migration, tool)}. By itself this breaks no statement.`,
  };
}

function gap(subject: Subject, discriminators: readonly string[]): Omit<Gap, "expected" | "actual" | "message"> {
  const code = "MIGRATION_NOT_APPLIED";
  return {
    id: stableId("g", [code, subject.kind, subject.schema, subject.relation, subject.name, ...discriminators]),
    code,
    severity: "warning",
    subject,
    applications: [],
    introducedBy: null,
    causes: [],
    features: [],
    operations: [],
  };
}

function actual({ status, startedAt, finishedAt }: Migration): Json {
  return { status, ...(startedAt === null ? {} : { startedAt }), ...(finishedAt === null ? {} : { finishedAt }) };
}

/** What is the matter with the migration, as the end of a sentence that begins with its name. */
function predicate(migration: Migration, tool: RecordTool): string {
  const { status, startedAt, note } = migration;
  const when = startedAt === null ? "" : ` ${displayTime(startedAt)}`;
  const { afterFailure: blocks, title } = toolWords(tool);
  const predicates: Record<Migration["status"], string> = {
    pending: `has not been applied${note === null ? "" : `: ${note}`}`,
    "out-of-order": `has not been applied: ${note ?? "it is older than what is applied"}`,
    failed: `failed${when} (${note ?? "no error stored"}); ${blocks}`,
    running: isSeenRunning(migration)
      ? `has not finished: ${note}`
      : `was started${when} and has not finished: it runs now, or its process was killed`,
    "rolled-back": `was ${note ?? "marked as rolled back"} and has not been run since`,
    applied: `ran to its end${when}, but ${title} was stopped before recording it; ${blocks}`,
    "recorded-without-running": "is recorded as applied but did not run",
    forged: "is recorded as applied by a row that the tool did not write",
    edited: "was changed after it ran",
    unknown: "is recorded, and this build does not have it",
  };
  return predicates[status];
}

/** The record table: as found, or where and under which name it belongs. */
function historySubject({ migrations, schema }: Application, table: QualifiedName | null): Subject {
  const tool = migrations?.tool ?? "prisma";
  const name = migrations?.table ?? (tool === "sql" ? "migrations" : recordTableOf(tool).name);
  return {
    kind: "history",
    schema: table?.schema ?? migrations?.schema ?? schema,
    relation: null,
    name: table?.name ?? name,
  };
}

/** `table` is `schema.table`, and no tool's own table has a dot in its name. */
function tableOf({ table }: History): QualifiedName | null {
  if (table === null) return null;
  const dot = table.lastIndexOf(".");
  return { schema: table.slice(0, dot), name: table.slice(dot + 1) };
}
