/**
 * Reads the record tables of all applications: one query for the tables, one for the rows of each table found, and only
 * when something is not applied one more for who migrates now.
 */
import type { ReadSession } from "../db/index.js";
import type { Application, Contract } from "../model/contract.js";
import type { RecordTool } from "../model/migrations.js";
import { displayName, qualifiedKey } from "../model/names.js";
import type { Observed, PrismaRecord, RecordTableReading, ToolRecord } from "../model/observation.js";
import { type RecordTableShape, recordTableOf, shapeDifferences } from "../model/record-tables.js";
import { type Located, readActivity } from "./activity.js";
import { CANDIDATES_BY_COLUMNS, CANDIDATES_BY_NAME, type CandidateRow, isRecognizable } from "./candidates.js";
import { keepsRecords } from "./expected.js";
import { locateRecordTable } from "./locate.js";
import { readPrismaRows, readToolRows, type Unreadable, unreadable } from "./read-rows.js";
import { READERS } from "./records/index.js";

type Rows = Observed<readonly PrismaRecord[] | readonly ToolRecord[]>;

/** What several applications have in common is asked for once. */
interface Known {
  readonly byName: readonly CandidateRow[];
  readonly byColumns: Map<RecordTool, Promise<Observed<readonly CandidateRow[]>>>;
  readonly rows: Map<string, Promise<Rows>>;
}

/**
 * One reading for each application that has migrations. Whatever could not be read is `known: false` with the reason
 * and, for a missing privilege, the GRANT: an unreadable table must never look like migrations that are pending.
 * The session must have row_security off: with a policy in force PostgreSQL then reports 42501 instead of hiding rows.
 */
export async function readRecordTables(session: ReadSession, contract: Contract): Promise<RecordTableReading[]> {
  const applications = contract.applications.filter(keepsRecords);
  if (applications.length === 0) return [];
  const names = [...new Set(applications.flatMap((application) => shapeOf(application)?.name ?? []))];
  const found = await session.attempt(() => session.query<CandidateRow>(CANDIDATES_BY_NAME, [names]));
  if (!found.known) {
    return applications.map((application) => reading(application, null, unreadable(found.reason, found.sqlstate)));
  }
  const known: Known = { byName: found.value, byColumns: new Map(), rows: new Map() };
  const located: Located[] = [];
  for (const application of applications) located.push(await readOne(session, application, known));
  return readActivity(session, contract, located);
}

async function readOne(session: ReadSession, application: Application, known: Known): Promise<Located> {
  const shape = shapeOf(application);
  if (shape === null) return { reading: reading(application, null, { known: true, value: null }), table: null };
  const location = await locate(session, application, shape, known);
  if ("known" in location) return { reading: reading(application, null, location), table: null };
  const { table } = location;
  if (table === null) return { reading: reading(application, null, { known: true, value: null }), table };
  const key = JSON.stringify([shape.tool, qualifiedKey(table)]);
  const rows = known.rows.get(key) ?? readRows(session, shape, table);
  known.rows.set(key, rows);
  return { reading: reading(application, table, await rows), table };
}

function readRows(session: ReadSession, shape: RecordTableShape, table: CandidateRow): Promise<Rows> {
  return shape.tool === "prisma" || shape.tool === null
    ? readPrismaRows(session, table, shape)
    : readToolRows(session, shape.tool, table, shape);
}

async function locate(
  session: ReadSession,
  application: Application,
  shape: RecordTableShape,
  known: Known,
): Promise<{ readonly table: CandidateRow | null } | Unreadable> {
  const { tool } = shape;
  const named = known.byName.filter((each) => each.name === shape.name && isNotAnothers(shape, each));
  const toolSchemas = tool === null || tool === "prisma" ? [] : READERS[tool].schemas;
  const location = locateRecordTable(application, named, { toolSchemas, anywhere: !shape.isSharedName });
  if (location.kind === "found") return location;
  if (location.kind === "ambiguous") return ambiguous(application, location.tables);
  if (application.migrations?.table !== undefined || !isRecognizable(shape) || tool === null) return { table: null };
  const byColumns = known.byColumns.get(tool) ?? findByColumns(session, shape);
  known.byColumns.set(tool, byColumns);
  const found = await byColumns;
  if (!found.known) return unreadable(found.reason, found.sqlstate);
  const other = locateRecordTable(application, found.value, { toolSchemas, anywhere: true });
  if (other.kind === "ambiguous") return ambiguous(application, other.tables);
  return other.kind === "found" ? other : { table: null };
}

/** A table of a name that several programs use is another's when its columns are. */
function isNotAnothers(shape: RecordTableShape, { columns }: CandidateRow): boolean {
  if (!shape.isSharedName) return true;
  const { missing, foreign } = shapeDifferences(shape, columns);
  return missing.length === 0 && foreign.length === 0;
}

function findByColumns(session: ReadSession, { columns, optional }: RecordTableShape) {
  return session.attempt(() => session.query<CandidateRow>(CANDIDATES_BY_COLUMNS, [columns, optional]));
}

function ambiguous({ schema }: Application, tables: readonly CandidateRow[]): Unreadable {
  const names = tables.map(displayName).join(", ");
  const reason = `several record tables exist (${names}) and none of them is in schema ${schema}; name the right schema under migrations.schema in the check file`;
  return unreadable(reason, null);
}

/** Null: the tool keeps no records. */
function shapeOf({ migrations }: Application): RecordTableShape | null {
  if (migrations === null || migrations.tool === "sql") return null;
  const shape = recordTableOf(migrations.tool);
  // Whoever names the table says which one it is; its columns must do, and others may be there.
  return migrations.table === undefined ? shape : { ...shape, name: migrations.table, isSharedName: false };
}

function reading(
  { name, migrations }: Application,
  table: CandidateRow | null,
  rows: Rows | Observed<null>,
): RecordTableReading {
  const tool = migrations?.tool ?? "prisma";
  const where = table === null ? null : { schema: table.schema, name: table.name };
  // The tool decides which reader made the rows, so the two agree.
  return { application: name, tool, table: where, rows } as RecordTableReading;
}
