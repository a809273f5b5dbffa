/** What PostgreSQL refused in the engine's SQL -> what to do about it: create an extension, leave a default out, or say why not. */
import type { Problem } from "../../errors/index.js";
import { compareText, displayName } from "../../model/names.js";
import { type Complaint, complaintOf, extensionOf, type ReplayFailure } from "../replay/index.js";
import type { Declaration } from "./declarations.js";
import { type ColumnEntry, entryAt, withoutDefault } from "./script.js";

export interface Draft {
  readonly sql: string;
  /** Extensions that are created before the script. */
  readonly extensions: ReadonlySet<string>;
  readonly declarations: readonly Declaration[];
}

export interface Mended {
  readonly sql: string;
  readonly extensions: ReadonlySet<string>;
  readonly notes: readonly string[];
  /** What cannot be mended; empty: another try is worth it. */
  readonly problems: readonly Problem[];
}

/** @param failures of every statement by itself */
export function mend(draft: Draft, failures: readonly ReplayFailure[]): Mended {
  const notes: string[] = [];
  const problems: Problem[] = [];
  const broken = new Set<string>();
  const wanted = new Set(draft.extensions);
  const leftOut = new Set<string>();
  let { sql } = draft;
  for (const failure of failures) {
    const { table, column } = entryAt(draft.sql, failure.line ?? 0);
    if (table !== null) broken.add(table.table);
    const complaint = complaintOf(failure.sqlstate, failure.message);
    // A table that was refused is missed by its indexes and foreign keys.
    if (complaint?.what === "relation" && table === null && broken.has(complaint.name)) continue;
    const extension = untriedExtension(draft, complaint);
    if (extension !== null) {
      wanted.add(extension);
      notes.push(extensionNote(extension, complaint, placeOf(draft, table, column)));
    } else if (column?.default != null) {
      if (leftOut.has(column.default)) continue;
      leftOut.add(column.default);
      const left = withoutDefault(sql, column.default);
      sql = left.sql;
      notes.push(...left.columns.map((each) => defaultNote(draft, each, failure)));
    } else problems.push(problemOf(draft, failure, complaint, placeOf(draft, table, column)));
  }
  return { sql, extensions: wanted, notes: [...new Set(notes)].sort(compareText), problems };
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

function defaultNote(draft: Draft, entry: ColumnEntry, { message, sqlstate }: ReplayFailure): string {
  const { schema, table, column } = entry;
  const name = `${displayName({ schema: schema ?? "public", name: table })}.${column}`;
  return `${placeOf(draft, entry, entry)}: the default of ${name} is left out, because it needs what no schema.prisma creates: ${message} (${sqlstate})`;
}

function problemOf(
  draft: Draft,
  { message, sqlstate }: ReplayFailure,
  complaint: Complaint | null,
  place: string,
): Problem {
  const extension = complaint === null ? null : extensionOf(complaint.schema, complaint.name);
  const reason =
    complaint?.about !== "missing"
      ? ""
      : extension === null
        ? ". No schema.prisma can create it; its migrations do, or an extension"
        : `. It comes with extension "${extension}", which the throwaway server does not have`;
  return {
    place: place || draft.declarations[0]?.place || "schema.prisma",
    message: `PostgreSQL says: ${message} (${sqlstate})${reason}`,
  };
}

/** `file:line` of the field, else of the model, else of the first declaration. */
function placeOf({ declarations }: Draft, table: ColumnEntry | null, column: ColumnEntry | null): string {
  const own = declarations.filter(({ keyword, name }) => keyword === "model" && name === table?.table);
  const found = own.find(({ schema }) => schema === table?.schema) ?? own[0];
  return found?.fields.get(column?.column ?? "") ?? found?.place ?? declarations[0]?.place ?? "schema.prisma";
}
