/** The engine's script and its parts. Its layout is fixed: a comment before each statement, one column per entry. */
import type { MigrationDirectory, MigrationScript } from "../../model/migrations.js";

/** How the script is called in notes; the SQL stands in no file. */
const NAME = "schema.prisma";

/** The whole script as one migration, the extensions that it needs before it. */
export function asDirectory(sql: string, extensions: Iterable<string> = []): MigrationDirectory {
  const texts = [preludeOf(extensions), sql].filter((text) => text !== "");
  return { tool: "sql", scripts: texts.map(scriptOf), otherOrder: null, warnings: [] };
}

/** One statement of the script. */
export interface ScriptPart {
  readonly sql: string;
}

/** Each statement by itself, so that each can fail by itself; the extensions first. */
export function partsOf(sql: string, extensions: Iterable<string>): ScriptPart[] {
  const texts = [preludeOf(extensions), ...sql.split(/^(?=-- (?:Create|Add)[A-Za-z]+\r?\n)/m)];
  return texts.filter((text) => text !== "").map((text) => ({ sql: text }));
}

function preludeOf(extensions: Iterable<string>): string {
  return [...extensions].map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}";\n`).join("");
}

function scriptOf(sql: string): MigrationScript {
  return { name: NAME, file: NAME, sql, firstLine: 1, transaction: "script", checksum: null };
}

const NAMES = String.raw`(?:("(?:[^"]|"")*")\.)?("(?:[^"]|"")*")`;
/** Of a statement that makes or changes something of a table. */
const TABLE = new RegExp(`^(?:CREATE TABLE|ALTER TABLE|CREATE (?:UNIQUE )?INDEX "(?:[^"]|"")*" ON) ${NAMES}`, "m");
const COLUMN = /^ {4}("(?:[^"]|"")*") /;

export interface TableName {
  /** Null: written without one. */
  readonly schema: string | null;
  readonly table: string;
}

export interface ColumnEntry extends TableName {
  readonly column: string;
  /** The expression behind DEFAULT, as it is written; null: none. */
  readonly default: string | null;
}

/** The table that a statement is about, and whether it is the one that creates it. */
export function tableOf({ sql }: ScriptPart): (TableName & { readonly created: boolean }) | null {
  const [statement, schema, table] = TABLE.exec(sql) ?? [];
  if (statement === undefined || table === undefined) return null;
  const created = statement.startsWith("CREATE TABLE");
  return { schema: schema === undefined ? null : unquote(schema), table: unquote(table), created };
}

/** The column whose entry a line of CREATE TABLE belongs to. @param line from 0 */
export function columnAt(part: ScriptPart, line: number): ColumnEntry | null {
  const table = tableOf(part);
  if (table?.created !== true) return null;
  const lines = part.sql.split("\n");
  // An empty line stands before the constraints of the table.
  let start = line;
  while (start > 0 && !COLUMN.test(lines[start] ?? "") && lines[start] !== "") start--;
  const column = COLUMN.exec(lines[start] ?? "")?.[1];
  if (column === undefined) return null;
  const { schema, table: name } = table;
  return { schema, table: name, column: unquote(column), default: defaultIn(entryText(lines, start)) };
}

/** A literal may go over several lines: an entry ends before the next one, or before the end of the list. */
function entryText(lines: readonly string[], start: number): string {
  let end = start + 1;
  while (end < lines.length && !/^(?: {4}["C]|$|\);)/.test(lines[end] ?? "")) end++;
  return lines.slice(start, end).join("\n").replace(/,$/, "");
}

function defaultIn(entry: string): string | null {
  return / DEFAULT ([\s\S]+)$/.exec(entry.replace(COLUMN, ""))?.[1] ?? null;
}

/** The script without this default expression, and the columns that had it. */
export function withoutDefault(sql: string, expression: string): { sql: string; columns: ColumnEntry[] } {
  const columns: ColumnEntry[] = [];
  const text = ` DEFAULT ${expression}`;
  const parts = partsOf(sql, []).map((part) => {
    let own = part.sql;
    for (let at = own.indexOf(text); at !== -1; at = own.indexOf(text, at + 1)) {
      const column = columnAt({ sql: own }, own.slice(0, at).split("\n").length - 1);
      if (column?.default !== expression) continue;
      columns.push(column);
      own = own.slice(0, at) + own.slice(at + text.length);
    }
    return own;
  });
  return { sql: parts.join(""), columns };
}

function unquote(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"');
}
