/** Blanks and comments between tokens. https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS */
import type { Range } from "./types.js";

export interface Comment extends Range {
  readonly kind: "line" | "block";
  /** False: it goes to the end of the text. */
  readonly closed: boolean;
}

/** A carriage return alone ends the line as well. */
const LINE = /[^\n\r]*/y;
/** White space of PostgreSQL's lexer: anything beyond ASCII, a no-break space for example, belongs to a name. */
const SPACE = /[ \t\n\r\f\v]*/y;

/** The comments that stand at `from` with nothing but blanks between them, in order. */
export function commentsFrom(sql: string, from: number): Comment[] {
  const comments: Comment[] = [];
  let at = afterSpace(sql, begin(sql, from));
  for (let comment = commentAt(sql, at); comment !== null; comment = commentAt(sql, at)) {
    comments.push(comment);
    at = afterSpace(sql, comment.end);
  }
  return comments;
}

/** Offset after the blanks and comments that stand at `from`; a byte order mark counts at the begin of the text. */
export function blankEnd(sql: string, from: number): number {
  return afterSpace(sql, commentsFrom(sql, from).at(-1)?.end ?? begin(sql, from));
}

/** Offset of the line feed that ends the line, or of the end of the text, as psql reads lines. */
export function endOfLine(sql: string, at: number): number {
  const end = sql.indexOf("\n", at);
  return end < 0 ? sql.length : end;
}

function begin(sql: string, from: number): number {
  return from === 0 && sql.startsWith("\ufeff") ? 1 : from;
}

function afterSpace(sql: string, from: number): number {
  SPACE.lastIndex = from;
  return from + (SPACE.exec(sql)?.[0].length ?? 0);
}

function commentAt(sql: string, start: number): Comment | null {
  if (sql.startsWith("--", start)) {
    LINE.lastIndex = start;
    return { kind: "line", start, end: start + (LINE.exec(sql)?.[0].length ?? 0), closed: true };
  }
  return sql.startsWith("/*", start) ? blockAt(sql, start) : null;
}

/** Block comments nest in PostgreSQL. */
function blockAt(sql: string, start: number): Comment {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return { kind: "block", start, end: marks.lastIndex, closed: true };
  }
  return { kind: "block", start, end: sql.length, closed: false };
}
