/** The rows of one record table that was found, or the reason why they cannot be read. */
import type { ReadSession } from "../db/index.js";
import type { RecordTool } from "../model/migrations.js";
import { displayName, quoteIdentifier, quoteQualified } from "../model/names.js";
import type { Observed, PrismaRecord, ToolRecord } from "../model/observation.js";
import { type RecordTableShape, shapeDifferences } from "../model/record-tables.js";
import { toolWords } from "../model/tools.js";
import type { CandidateRow } from "./candidates.js";
import { PRISMA_LIST, PRISMA_ORDER, type RecordRow } from "./prisma/queries.js";
import { toPrismaRecord } from "./prisma/read.js";
import { MARKER, type RawRow, READERS } from "./records/index.js";

/** A directory of migrations never comes near this; a table that does is something else. */
export const MAX_RECORDS = 10_000;

export type Unreadable = Extract<Observed<never>, { known: false }>;

export function unreadable(reason: string, sqlstate: string | null): Unreadable {
  return { known: false, reason, sqlstate };
}

/** Prisma's rows, ordered by started_at and id. */
export async function readPrismaRows(
  session: ReadSession,
  table: CandidateRow,
  shape: RecordTableShape,
): Promise<Observed<PrismaRecord[]>> {
  const rows = await readRows<RecordRow>(session, table, shape, PRISMA_LIST, PRISMA_ORDER);
  if (!rows.known) return rows;
  const records = rows.value.flatMap((row) => toPrismaRecord(row) ?? []);
  return records.length === rows.value.length
    ? { known: true, value: records }
    : unreadable(`${displayName(table)} holds rows without id, migration_name or started_at`, null);
}

/** The records of any other tool, oldest first. */
export async function readToolRows(
  session: ReadSession,
  tool: Exclude<RecordTool, "prisma">,
  table: CandidateRow,
  shape: RecordTableShape,
): Promise<Observed<ToolRecord[]>> {
  const reader = READERS[tool];
  const { list, order } = reader.select(table.columns);
  const rows = await readRows<RawRow>(session, table, shape, list, order);
  if (!rows.known) return rows;
  const records = reader.toRecords(rows.value);
  const isSigned = tool === "prisma-next" && records.length === 0;
  return { known: true, value: isSigned ? await readMarker(session, table) : records };
}

/** Of Prisma 8: a database that was initialized or signed as a whole has a marker and no ledger. */
async function readMarker(session: ReadSession, { schema }: CandidateRow): Promise<ToolRecord[]> {
  const marker = quoteQualified({ schema, name: MARKER.table });
  const statement = `/* schemaready:marker */ select ${MARKER.list} from ${marker} order by ${MARKER.order} limit 100`;
  const rows = await session.attempt(() => session.query<RawRow>(statement));
  return rows.known ? MARKER.toRecords(rows.value) : [];
}

async function readRows<Row extends object>(
  session: ReadSession,
  table: CandidateRow,
  shape: RecordTableShape,
  list: string,
  order: string,
): Promise<Observed<Row[]>> {
  const { missing } = shapeDifferences(shape, table.columns);
  if (missing.length > 0) {
    const whose = shape.tool === null ? "a" : `${toolWords(shape.tool).title}'s`;
    const reason = `${displayName(table)} is not ${whose} record table: it has no column ${missing.join(", ")}`;
    return unreadable(reason, null);
  }
  // One row more than the limit, so that a table which is too long can be told from one that just fits.
  const statement = `/* schemaready:records */
select ${list}
from ${quoteQualified(table)}
order by ${order}
limit ${MAX_RECORDS + 1}`;
  const rows = await session.attempt(() => session.query<Row>(statement));
  if (!rows.known) return unreadable(whyNot(table, rows.reason, rows.sqlstate, session.target.user), rows.sqlstate);
  if (rows.value.length > MAX_RECORDS) {
    return unreadable(`${displayName(table)} holds more than ${MAX_RECORDS} rows and was not read`, null);
  }
  return rows;
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
