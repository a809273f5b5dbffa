/**
 * Where comments, strings and quoted names stand in a script, so that words are looked for only where they mean something.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */

export interface SqlText {
  /** The text with comments blanked, and strings and quoted names too but for their first character; same length and lines. */
  readonly code: string;
  /** Offsets at which `--` comments begin, in order. */
  readonly lineComments: ReadonlySet<number>;
}

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

const NEXT =
  /--[^\n]*|\/\*|["']|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/g;

/** Scans a whole script; never throws: what is not closed reaches to the end, as it would for PostgreSQL. */
export function scanSqlText(text: string): SqlText {
  const next = new RegExp(NEXT);
  const parts: string[] = [];
  const lineComments = new Set<number>();
  let [at, escapes] = [0, false];
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const [token, start] = [found[0], found.index];
    // e'...' reads backslashes: the word must touch the quote.
    const isEscape = escapes && start === at;
    const end = token.startsWith("--") ? start + token.length : endOf(text, token, start, isEscape);
    if (token.startsWith("--")) lineComments.add(start);
    parts.push(text.slice(at, start), end === null ? token : masked(text.slice(start, end)));
    at = end ?? start + token.length;
    escapes = end === null && /^e$/i.test(token);
    next.lastIndex = at;
  }
  parts.push(text.slice(at));
  return { code: parts.join(""), lineComments };
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

/** Where the string, quoted name, dollar quote or block comment that begins at `start` ends; null: the token is a word. */
function endOf(text: string, token: string, start: number, escapes: boolean): number | null {
  if (token === "/*") return endOfBlockComment(text, start);
  if (token.startsWith("$")) return after(text, token, start + token.length);
  if (token !== "'" && token !== '"') return null;
  return endOfQuoted(text, token, start + 1, escapes && token === "'");
}

/** A doubled quote stands for one; in e'...' a quote after an odd number of backslashes is part of the string. */
function endOfQuoted(text: string, quote: string, from: number, escapes: boolean): number {
  let at = text.indexOf(quote, from);
  while (at >= 0) {
    let backslashes = 0;
    while (escapes && at - backslashes > from && text[at - backslashes - 1] === "\\") backslashes++;
    const doubled = backslashes % 2 === 0 && text[at + 1] === quote;
    if (backslashes % 2 === 0 && !doubled) return at + 1;
    at = text.indexOf(quote, at + (doubled ? 2 : 1));
  }
  return text.length;
}

function after(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at < 0 ? text.length : at + closing.length;
}

/** Block comments nest in PostgreSQL. */
function endOfBlockComment(text: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let found = edge.exec(text); found !== null; found = edge.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return text.length;
}

function masked(token: string): string {
  const blank = token.replace(/[^\r\n]+/g, (line) => " ".repeat(line.length));
  return /^['"$]/.test(token) ? token.charAt(0) + blank.slice(1) : blank;
}
