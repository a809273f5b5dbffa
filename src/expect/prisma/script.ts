/** The engine's script and its parts. Its layout is fixed: a comment before each statement, one column per entry. */
import type { MigrationDirectory, MigrationScript } from "../../model/migrations.js";

/** How the script is called in notes; the SQL stands in no file. */
const NAME = "schema.prisma";

/** The whole script as one migration, the extensions that it needs before it. */
export function asDirectory(sql: string, extensions: Iterable<string>): MigrationDirectory {
  return directoryOf([partOf(preludeOf(extensions), 1), partOf(sql, 1)]);
}

/** Each statement by itself, so that each can fail by itself. Lines are those of the script. */
export function asSeparateParts(sql: string, extensions: Iterable<string>): MigrationDirectory {
  const parts: MigrationScript[] = [];
  let line = 1;
  for (const text of sql.split(/^(?=-- (?:Create|Add)[A-Za-z]+\r?\n)/m)) {
    parts.push(partOf(text, line));
    line += text.split("\n").length - 1;
  }
  return directoryOf([partOf(preludeOf(extensions), 1), ...parts]);
}

function preludeOf(extensions: Iterable<string>): string {
  return [...extensions].map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}";\n`).join("");
}

function partOf(sql: string, firstLine: number): MigrationScript {
  return { name: NAME, file: NAME, sql, firstLine, transaction: "script", checksum: null };
}

function directoryOf(scripts: readonly MigrationScript[]): MigrationDirectory {
  return { tool: "sql", scripts: scripts.filter(({ sql }) => sql !== ""), otherOrder: null, warnings: [] };
}

const TABLE = /^CREATE TABLE (?:("(?:[^"]|"")*")\.)?("(?:[^"]|"")*") \($/;
const COLUMN = /^ {4}("(?:[^"]|"")*") /;

export interface ColumnEntry {
  /** Null: the entry belongs to no schema by name. */
  readonly schema: string | null;
  readonly table: string;
  readonly column: string;
  /** The expression behind DEFAULT, as it is written; null: none. */
  readonly default: string | null;
}

/** The table that a line is in, and its column; the column is null on other lines of the statement, all is null elsewhere. */
export function entryAt(sql: string, line: number): { table: ColumnEntry | null; column: ColumnEntry | null } {
  const lines = sql.split("\n");
  let at = line - 1;
  while (at > 0 && !TABLE.test(lines[at] ?? "") && lines[at] !== "") at--;
  const [, schema, name] = TABLE.exec(lines[at] ?? "") ?? [];
  if (name === undefined) return { table: null, column: null };
  const table = { schema: schema === undefined ? null : unquote(schema), table: unquote(name) };
  let start = line - 1;
  while (start > at && !COLUMN.test(lines[start] ?? "")) start--;
  const column = COLUMN.exec(lines[start] ?? "")?.[1];
  const whole = { ...table, column: "", default: null };
  if (column === undefined || start === at) return { table: whole, column: null };
  return { table: whole, column: { ...table, column: unquote(column), default: defaultIn(entryText(lines, start)) } };
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
  let result = sql;
  for (let at = result.indexOf(text); at !== -1; at = result.indexOf(text, at)) {
    const end = at + text.length;
    const { column } = entryAt(result, result.slice(0, at).split("\n").length);
    if (column?.default !== expression) {
      at = end;
      continue;
    }
    columns.push(column);
    result = result.slice(0, at) + result.slice(end);
  }
  return { sql: result, columns };
}

function unquote(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"');
}
