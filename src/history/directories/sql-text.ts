/** Lines that are markers of a tool, found where they mean something: not in strings, dollar quotes and block comments. */
import { type SqlText, scanSqlText } from "../../sql/index.js";

/** A line of a script that is a tool's marker. Offsets are UTF-16 units. */
export interface Marker {
  /** Begin of the line. */
  readonly start: number;
  /** Begin of the next line, or the end of the text. */
  readonly end: number;
  readonly match: RegExpExecArray;
}

export interface Markers {
  readonly found: readonly Marker[];
  /** Lines, from 1, that look like a marker and stand inside a string, a dollar quote or a block comment. */
  readonly hidden: readonly number[];
}

/** The lines that `pattern` matches (without their line end) and that are comments; `pattern` has no flag g. */
export function findMarkers(text: string, scanned: SqlText, pattern: RegExp): Markers {
  const found: Marker[] = [];
  const hidden: number[] = [];
  let line = 1;
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    const match = pattern.exec(text.slice(start, newline < 0 ? text.length : newline).replace(/\r$/, ""));
    const dashes = match === null ? -1 : text.indexOf("--", start);
    if (match !== null && scanned.lineComments.has(dashes)) found.push({ start, end, match });
    else if (match !== null) hidden.push(line);
    start = end;
  }
  return { found, hidden };
}

/** The line, from 1, that holds the offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** Whether there is nothing to run in it: only blanks, comments and semicolons. */
export function isWithoutStatements(text: string): boolean {
  return !/[^\s;]/.test(scanSqlText(text).code);
}
