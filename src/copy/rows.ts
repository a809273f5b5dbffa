/** The rows of record tables, the only rows that a copy holds: scripts may look whether a migration has run. */
import type { ReadSession } from "../db/index.js";
import { isServerError } from "../db/index.js";
import { displayName, type QualifiedName, quoteIdentifier, quoteQualified } from "../model/names.js";
import type { Observed } from "../model/observation.js";
import type { ScratchConnection } from "../scratch/index.js";

const MOST_ROWS = 20_000;

export interface RecordRows {
  readonly table: QualifiedName;
  /** A JSON array of objects. */
  readonly rows: Observed<string>;
}

/** What the role may not read is `known: false`. */
export async function readRecordRows(session: ReadSession, tables: readonly QualifiedName[]): Promise<RecordRows[]> {
  const read: RecordRows[] = [];
  for (const table of tables) {
    const text = `select coalesce(pg_catalog.json_agg(t), '[]')::text as rows from (select * from ${quoteQualified(table)} limit ${MOST_ROWS}) t`;
    const rows = await session.attempt(async () => (await session.query<{ rows: string }>(text))[0]?.rows ?? "[]");
    read.push({ table, rows });
  }
  return read;
}

const COLUMNS = `select a.attname as name from pg_catalog.pg_attribute a
where a.attrelid = $1::pg_catalog.regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`;

/** @returns what could not be done, for people */
export async function writeRecordRows(connection: ScratchConnection, tables: readonly RecordRows[]): Promise<string[]> {
  const notes: string[] = [];
  for (const { table, rows } of tables) {
    if (!rows.known) {
      notes.push(`the rows of ${displayName(table)} were not copied: ${rows.reason}`);
      continue;
    }
    try {
      await write(connection, table, rows.value);
    } catch (error) {
      if (!isServerError(error)) throw error;
      notes.push(`the rows of ${displayName(table)} were not copied: ${error.message}`);
    }
  }
  return notes;
}

async function write(connection: ScratchConnection, table: QualifiedName, rows: string): Promise<void> {
  const name = quoteQualified(table);
  const columns = (await connection.query<{ name: string }>(COLUMNS, [name]))
    .map((column) => quoteIdentifier(column.name))
    .join(", ");
  await connection.query(
    `insert into ${name} (${columns}) overriding system value
     select ${columns} from pg_catalog.json_populate_recordset(null::${name}, $1::json)`,
    [rows],
  );
}
