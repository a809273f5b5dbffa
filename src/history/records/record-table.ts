/** What the readers of the record tables have in common. Every SELECT here gives text, booleans and null only. */
import type { RecordTool } from "../../model/migrations.js";
import type { ToolRecord } from "../../model/observation.js";

/** A row as the tool's SELECT gives it. */
export type RawRow = Readonly<Record<string, unknown>>;

export interface RecordTableReader {
  readonly tool: Exclude<RecordTool, "prisma">;
  /** Schemas in which the tool keeps the table unless told otherwise, before the application's own. */
  readonly schemas: readonly string[];
  /** The SELECT list and the order, for a table with these columns. */
  select(columns: readonly string[]): { readonly list: string; readonly order: string };
  /** Rows in that order -> records, oldest first; several rows of one migration may become one record. */
  toRecords(rows: readonly RawRow[]): ToolRecord[];
}

/** A record of a migration that ran to its end; a reader states what is different. */
export function toRecord(name: string, fields: Partial<ToolRecord> = {}): ToolRecord {
  return {
    name,
    status: "applied",
    startedAt: null,
    finishedAt: null,
    checksum: null,
    recordedAs: null,
    coversOlder: false,
    scope: null,
    note: null,
    ...fields,
  };
}

/** SQL: a time as ISO 8601 UTC with microseconds, whether the column knows its time zone or not. */
export function isoUtc(column: string): string {
  return `pg_catalog.to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** Text of a row; null stays null. What is neither is a bug of the SELECT. */
export function textOf(row: RawRow, column: string): string | null {
  const value = row[column];
  return typeof value === "string" ? value : null;
}

/** The one reader for tools whose row is a name, perhaps with the time when it was applied. */
export function namedRows(
  tool: RecordTableReader["tool"],
  columns: { readonly name: string; readonly finishedAt?: string; readonly order?: string },
  toName: (name: string) => string = (name) => name,
): RecordTableReader {
  const { name, finishedAt, order = name } = columns;
  const time = finishedAt === undefined ? "null::text" : isoUtc(finishedAt);
  return {
    tool,
    schemas: [],
    select: () => ({ list: `${name}::text as "name", ${time} as "finishedAt"`, order }),
    toRecords: (rows) =>
      rows.flatMap((row) => {
        const found = textOf(row, "name");
        return found === null ? [] : [toRecord(toName(found), { finishedAt: textOf(row, "finishedAt") })];
      }),
  };
}
