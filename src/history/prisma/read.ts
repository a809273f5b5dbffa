/** Reads `_prisma_migrations` of every application: one query for the tables, one for the rows of each table found. */
import type { ReadSession } from "../../db/index.js";
import type { Application, Contract } from "../../model/contract.js";
import { displayName, qualifiedKey, quoteIdentifier, quoteQualified } from "../../model/names.js";
import type { Observed, PrismaRecord, RecordTableReading } from "../../model/observation.js";
import { locateRecordTable } from "./locate.js";
import { redactLog } from "./log.js";
import { CANDIDATES, type CandidateRow, MAX_RECORDS, RECORD_COLUMNS, type RecordRow, recordsQuery } from "./queries.js";

type Records = Observed<readonly PrismaRecord[] | null>;

/**
 * One reading for each application that has migrations. Whatever could not be read is `known: false` with the reason
 * and, for a missing privilege, the GRANT: an unreadable table must never look like migrations that are pending.
 * Rows are ordered by started_at and id. The session must have row_security off: with a policy in force PostgreSQL
 * then reports 42501 instead of hiding rows.
 */
export async function readRecordTables(session: ReadSession, contract: Contract): Promise<RecordTableReading[]> {
  const applications = contract.applications.filter(({ migrations }) => migrations !== null);
  if (applications.length === 0) return [];
  const candidates = await session.attempt(() => session.query<CandidateRow>(CANDIDATES));
  if (!candidates.known) {
    return applications.map(({ name }) => reading(name, null, unreadable(candidates.reason, candidates.sqlstate)));
  }
  const tables = new Map<string, Records>();
  const readings: RecordTableReading[] = [];
  for (const application of applications) {
    readings.push(await readOne(session, application, candidates.value, tables));
  }
  return readings;
}

async function readOne(
  session: ReadSession,
  application: Application,
  candidates: readonly CandidateRow[],
  tables: Map<string, Records>,
): Promise<RecordTableReading> {
  const location = locateRecordTable(application, candidates);
  if (location.kind === "none") return reading(application.name, null, { known: true, value: null });
  if (location.kind === "ambiguous") {
    const names = location.tables.map(displayName).join(", ");
    const reason = `several record tables exist (${names}) and none of them is in schema ${application.schema}; name the right schema under migrations.schema in the check file`;
    return reading(application.name, null, unreadable(reason, null));
  }
  const key = qualifiedKey(location.table);
  const rows = tables.get(key) ?? (await readRows(session, location.table));
  tables.set(key, rows);
  return reading(application.name, location.table, rows);
}

async function readRows(session: ReadSession, table: CandidateRow): Promise<Records> {
  const missing = RECORD_COLUMNS.filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    return unreadable(
      `${displayName(table)} is not Prisma's record table: it has no column ${missing.join(", ")}`,
      null,
    );
  }
  const rows = await session.attempt(() => session.query<RecordRow>(recordsQuery(table)));
  if (!rows.known) return unreadable(whyNot(table, rows.reason, rows.sqlstate, session.target.user), rows.sqlstate);
  if (rows.value.length > MAX_RECORDS) {
    return unreadable(`${displayName(table)} holds more than ${MAX_RECORDS} rows and was not read`, null);
  }
  const records = rows.value.map(toRecord);
  const whole = records.filter((record) => record !== null);
  return whole.length === records.length
    ? { known: true, value: whole }
    : unreadable(`${displayName(table)} holds rows without id, migration_name or started_at`, null);
}

/** Turns the server's refusal into what to do about it. */
function whyNot(table: CandidateRow, reason: string, sqlstate: string | null, role: string): string {
  const name = displayName(table);
  if (sqlstate === "55P03") return `${name} is locked by another session, perhaps by a running migration: ${reason}`;
  if (sqlstate !== "42501") return `${name} could not be read: ${reason}`;
  const grants = [
    ...(table.usage === false
      ? [`GRANT USAGE ON SCHEMA ${quoteIdentifier(table.schema)} TO ${quoteIdentifier(role)};`]
      : []),
    ...(table.select === false ? [`GRANT SELECT ON ${quoteQualified(table)} TO ${quoteIdentifier(role)};`] : []),
  ];
  const parts = [`role ${role} may not read ${name}`];
  if (grants.length > 0) parts.push(`to allow it: ${grants.join(" ")}`);
  if (table.rowSecurity) {
    parts.push(
      "row security is enabled on the table and could hide rows without an error: verify as the table's owner or as a role with BYPASSRLS",
    );
  }
  return parts.length === 1 ? `${parts[0]}: ${reason}` : parts.join("; ");
}

function toRecord(row: RecordRow): PrismaRecord | null {
  const { id, checksum, migrationName, startedAt } = row;
  if (id === null || migrationName === null || startedAt === null) return null;
  return { ...row, id, checksum: checksum ?? "", migrationName, startedAt, logs: row.logs && redactLog(row.logs) };
}

function reading(application: string, table: CandidateRow | null, rows: Records): RecordTableReading {
  return {
    application,
    tool: "prisma",
    table: table === null ? null : { schema: table.schema, name: table.name },
    rows,
  };
}

function unreadable(reason: string, sqlstate: string | null): Records {
  return { known: false, reason, sqlstate };
}
