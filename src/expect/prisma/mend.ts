/** What PostgreSQL refuses in the engine's SQL -> what to do about it: create an extension, leave a default out, or say why not. */
import type { Problem } from "../../errors/index.js";
import { compareText, displayName } from "../../model/names.js";
import { type Complaint, complaintOf, extensionOf } from "../replay/index.js";
import type { Declaration } from "./declarations.js";
import { type ColumnEntry, columnAt, type TableName, tableOf, withoutDefault } from "./script.js";
import type { Refusal } from "./try-out.js";

export interface Draft {
  readonly sql: string;
  /** Extensions that are created before the script. */
  readonly extensions: ReadonlySet<string>;
  readonly declarations: readonly Declaration[];
}

export interface Mended extends Omit<Draft, "declarations"> {
  readonly notes: readonly string[];
  /** What cannot be mended; empty: another try is worth it. */
  readonly problems: readonly Problem[];
}

/** @param refusals of every statement by itself, in order */
export function mend(draft: Draft, refusals: readonly Refusal[]): Mended {
  const extensions = new Map<string, string>();
  const defaults = new Map<string, Refusal>();
  const problems: Problem[] = [];
  for (const refusal of causesOf(refusals)) {
    const complaint = complaintOf(refusal.sqlstate, refusal.message);
    const column = refusal.line === null ? null : columnAt(refusal.part, refusal.line);
    const extension = untriedExtension(draft, complaint);
    const place = placeOf(draft, tableOf(refusal.part), column?.column ?? null);
    if (extension !== null)
      extensions.set(extension, extensions.get(extension) ?? extensionNote(extension, complaint, place));
    else if (column?.default != null) defaults.set(column.default, defaults.get(column.default) ?? refusal);
    else problems.push({ place, message: `${said(refusal)}${reasonOf(complaint)}` });
  }
  const left = [...defaults].reduce((result, [expression, refusal]) => leaveOut(draft, result, expression, refusal), {
    sql: draft.sql,
    notes: [] as readonly string[],
  });
  return {
    sql: left.sql,
    extensions: new Set([...draft.extensions, ...extensions.keys()]),
    notes: [...extensions.values(), ...left.notes].sort(compareText),
    problems,
  };
}

/** Without what only follows: a table that was refused is missed by its indexes and keys. */
function causesOf(refusals: readonly Refusal[]): Refusal[] {
  const broken = refusals.flatMap(({ part }) => {
    const table = tableOf(part);
    return table?.created === true ? [table.table] : [];
  });
  return refusals.filter((refusal) => {
    const complaint = complaintOf(refusal.sqlstate, refusal.message);
    return (
      complaint?.what !== "relation" || tableOf(refusal.part)?.created === true || !broken.includes(complaint.name)
    );
  });
}

/** The extension that brings what is missing, when nobody has tried to create it yet. */
function untriedExtension({ sql, extensions }: Draft, complaint: Complaint | null): string | null {
  if (complaint?.about !== "missing") return null;
  const extension = extensionOf(complaint.schema, complaint.name);
  if (extension === null || extensions.has(extension)) return null;
  return sql.includes(`CREATE EXTENSION IF NOT EXISTS "${extension}"`) ? null : extension;
}

function extensionNote(extension: string, complaint: Complaint | null, place: string): string {
  return `${place}: ${complaint?.what} "${complaint?.name}" comes with extension "${extension}", which the schema does not list; the database needs it`;
}

function leaveOut(draft: Draft, before: Pick<Mended, "sql" | "notes">, expression: string, refusal: Refusal) {
  const { sql, columns } = withoutDefault(before.sql, expression);
  return { sql, notes: [...before.notes, ...columns.map((column) => defaultNote(draft, column, refusal))] };
}

function defaultNote(draft: Draft, entry: ColumnEntry, { message, sqlstate }: Refusal): string {
  const { schema, table, column } = entry;
  const name = `${displayName({ schema: schema ?? "public", name: table })}.${column}`;
  return `${placeOf(draft, entry, column)}: the default of ${name} is left out, because it needs what no schema.prisma creates: ${message} (${sqlstate})`;
}

function said({ message, sqlstate }: Refusal): string {
  return `PostgreSQL says: ${message} (${sqlstate})`;
}

function reasonOf(complaint: Complaint | null): string {
  if (complaint?.about !== "missing") return "";
  const extension = extensionOf(complaint.schema, complaint.name);
  return extension === null
    ? ". No schema.prisma can create it; its migrations do, or an extension"
    : `. It comes with extension "${extension}", which the throwaway server does not have`;
}

/** `file:line` of the field, else of the model, else of the first declaration. */
function placeOf({ declarations }: Draft, table: TableName | null, column: string | null): string {
  const own = declarations.filter(({ keyword, name }) => keyword === "model" && name === table?.table);
  const found = own.find(({ schema }) => schema === table?.schema) ?? own[0];
  const field = column === null ? undefined : found?.fields.get(column);
  return field ?? found?.place ?? declarations[0]?.place ?? "schema.prisma";
}
