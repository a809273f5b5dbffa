/** Gaps and unverified facts of the migration history. By itself none of them makes a statement fail: warnings. */
import type { Application, Contract } from "../model/contract.js";
import { stableId } from "../model/hash.js";
import { blocksDeploy, isRecordedAsDone } from "../model/history.js";
import type { RecordTableReading } from "../model/observation.js";
import type { Gap, History, Json, Migration, Subject, Unverified } from "../model/report.js";
import { displayTime } from "../model/time.js";
import { RECORD_TABLE } from "./prisma/queries.js";

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
  return contract.applications
    .filter(({ migrations }) => migrations !== null)
    .flatMap((application) => {
      const reading = readings.find((each) => each.application === application.name);
      // No reading at all: the database itself could not be looked at, and that is said once, for the server.
      if (reading === undefined || reading.rows.known) return [];
      const { reason, sqlstate } = reading.rows;
      return {
        subject: historySubject(reading.table?.schema ?? expectedSchema(application)),
        reason,
        sqlstate,
        features: application.features.filter(({ migrations }) => migrations.length > 0).map(({ id }) => id),
      };
    });
}

function gapsOf(application: Application, history: History): Gap[] {
  const schema = tableSchema(history) ?? expectedSchema(application);
  if (history.state === "none") {
    return history.migrations.length === 0 ? [] : [noTableGap(application, schema, history)];
  }
  return history.migrations
    .filter((migration) => blocksDeploy(migration) || (migration.required && !isRecordedAsDone(migration)))
    .map((migration) => migrationGap(schema, migration));
}

function noTableGap(application: Application, schema: string, { migrations }: History): Gap {
  const count =
    migrations.length === 1 ? "the required migration" : `any of the ${migrations.length} required migrations`;
  return {
    ...gap(historySubject(schema), [application.name]),
    expected: { required: migrations.map(({ name }) => name) },
    actual: null,
    message: `There is no migration-record table (${RECORD_TABLE}) for ${application.name}: nothing says that ${count} ever ran here. By itself this breaks no statement.`,
  };
}

function migrationGap(schema: string, migration: Migration): Gap {
  const subject: Subject = { kind: "migration", schema, relation: null, name: migration.name };
  return {
    ...gap(subject, []),
    expected: { status: "applied" },
    actual: actual(migration),
    introducedBy: migration.name,
    message: `Migration ${migration.name}${migration.required ? "" : ", not one of the required ones,"} ${predicate(migration)}. By itself this breaks no statement.`,
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
function predicate({ status, startedAt, note }: Migration): string {
  const when = startedAt === null ? "" : ` ${displayTime(startedAt)}`;
  const blocks = "prisma migrate deploy refuses to go on while its row stands (P3009)";
  const predicates: Record<Migration["status"], string> = {
    pending: "has not been applied",
    failed: `failed${when} (${note ?? "no error stored"}); ${blocks}`,
    running: `was started${when} and has not finished: it runs now, or its process was killed`,
    "rolled-back": `was ${note ?? "marked as rolled back"} and has not been run since`,
    applied: `ran to its end${when}, but Prisma was stopped before recording it; ${blocks}`,
    "recorded-without-running": "is recorded as applied but did not run",
  };
  return predicates[status];
}

function historySubject(schema: string): Subject {
  return { kind: "history", schema, relation: null, name: RECORD_TABLE };
}

function expectedSchema({ migrations, schema }: Application): string {
  return migrations?.schema ?? schema;
}

/** `table` is `schema.table` and the table's name is fixed, so this is unambiguous even for a schema with dots. */
function tableSchema({ table }: History): string | null {
  return table === null ? null : table.slice(0, -(RECORD_TABLE.length + 1));
}
