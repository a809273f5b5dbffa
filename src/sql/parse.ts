/**
 * Reads a script with the grammar. As a whole when the grammar takes it; otherwise it is cut first and every statement
 * is parsed alone, so that one mistake hides no other statement.
 */
import type { ParseResult, RawStmt } from "libpg-query";
import { blankEnd } from "./comments.js";
import { blank, type CutScript, cutScript } from "./cut.js";
import { type ByteOffsets, byteOffsets, offsetOfCharacter } from "./offsets.js";
import { tokensOf } from "./tokens.js";
import type { ParsedScript, ParsedStatement, ParseProblem, Range } from "./types.js";

/** The function of libpg-query. @throws an error with sqlDetails when the grammar refuses the text */
export type Parser = (text: string) => ParseResult;

/** A longer text is parsed in pieces of about this length, so that the parser's memory stays small. */
const LONGEST_PIECE = 1_000_000;

/** See Grammar.parseScript. */
export function parseScript(sql: string, parser: Parser): ParsedScript {
  const cut = needsCut(sql) ? cutScript(sql) : null;
  const text = cut === null ? sql : blank(sql, setAside(sql, cut));
  const { metaLines, copies } = cut ?? { metaLines: [], copies: [] };
  const pieces =
    text.length <= LONGEST_PIECE ? [{ start: 0, end: text.length }] : piecesOf((cut ?? cutScript(text)).statements);
  const statements = pieces.flatMap((piece) => parsePiece(text, piece, parser));
  return { sql, statements, metaLines, copies };
}

/** Only a backslash can begin a command of psql or end rows of COPY; the parser reads no byte order mark and stops at NUL. */
function needsCut(sql: string): boolean {
  return /[\\\0]/.test(sql) || sql.startsWith("\ufeff");
}

function setAside(sql: string, { metaLines, copies }: CutScript): Range[] {
  const mark = sql.startsWith("\ufeff") ? [{ start: 0, end: 1 }] : [];
  return [...mark, ...metaLines, ...copies];
}

function piecesOf(statements: readonly Range[]): Range[] {
  const pieces: { start: number; end: number }[] = [];
  for (const { start, end } of statements) {
    const last = pieces.at(-1);
    if (last !== undefined && end - last.start <= LONGEST_PIECE) last.end = end;
    else pieces.push({ start, end });
  }
  return pieces;
}

function parsePiece(text: string, piece: Range, parser: Parser): ParsedStatement[] {
  const whole = attempt(text, piece, parser);
  if (whole.statements !== null) return whole.statements;
  return cutScript(text.slice(piece.start, piece.end)).statements.flatMap((range) =>
    parseAlone(text, { start: range.start + piece.start, end: range.end + piece.start }, parser),
  );
}

function parseAlone(text: string, range: Range, parser: Parser): ParsedStatement[] {
  const { statements, problem } = attempt(text, range, parser);
  return statements ?? [refused(text, range, problem)];
}

type Attempt =
  | { readonly statements: ParsedStatement[]; readonly problem: null }
  | { readonly statements: null; readonly problem: ParseProblem };

function attempt(text: string, { start, end }: Range, parser: Parser): Attempt {
  const sql = text.slice(start, end);
  const nul = sql.indexOf("\0");
  if (nul >= 0) return failed("refused", "invalid byte 0x00 in the text", start + nul);
  if (blankEnd(sql, 0) === sql.length) return { statements: [], problem: null };
  const offsets = byteOffsets(sql);
  try {
    const { stmts = [] } = parser(sql);
    return { statements: stmts.flatMap((raw) => statementOf(text, start, end, raw, offsets)), problem: null };
  } catch (error) {
    const place = placeOf(error);
    if (place === null) return failed("unread", `the parser gave up: ${messageOf(error)}`, start);
    const isTooDeep = /^memory exhausted/.test(messageOf(error));
    const at = start + offsetOfCharacter(sql, place + 1);
    return failed(isTooDeep ? "unread" : "refused", messageOf(error), at);
  }
}

function failed(kind: ParseProblem["kind"], message: string, at: number): Attempt {
  return { statements: null, problem: { kind, message, at } };
}

function statementOf(text: string, base: number, limit: number, raw: RawStmt, offsets: ByteOffsets): ParsedStatement[] {
  const { stmt, stmt_location: from = 0, stmt_len: length = 0 } = raw;
  const last = length === 0 ? limit : base + offsets(from + length);
  const range = trimmed(text, { start: base + offsets(from), end: last });
  if (stmt === undefined || range === null) return [];
  return [
    {
      ...range,
      text: text.slice(range.start, range.end),
      node: stmt,
      problem: null,
      offsetOf: (location) => {
        const at = location === undefined || location < 0 ? 0 : base + offsets(location);
        return Math.min(Math.max(at, range.start), range.end);
      },
      tokens: () => tokensOf(text, range.start, range.end),
    },
  ];
}

function refused(text: string, range: Range, problem: ParseProblem | null): ParsedStatement {
  return {
    ...range,
    text: text.slice(range.start, range.end),
    node: null,
    problem,
    offsetOf: () => range.start,
    tokens: () => tokensOf(text, range.start, range.end),
  };
}

/** Without blanks and comments at both ends; null when there is nothing else. */
function trimmed(text: string, { start: from, end: to }: Range): Range | null {
  const start = blankEnd(text, from);
  if (start >= to) return null;
  let end = to;
  while (" \t\n\r\f\v".includes(text.charAt(end - 1))) end -= 1;
  const mayEndInComment = /--|\*\//.test(text.slice(start, end));
  return { start, end: mayEndInComment ? (tokensOf(text, start, end).at(-1)?.end ?? end) : end };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Errors of the grammar carry a place: characters from 0. Null: the parser itself failed. */
function placeOf(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("sqlDetails" in error)) return null;
  const details = error.sqlDetails as { readonly cursorPosition?: number } | undefined;
  return details?.cursorPosition ?? 0;
}
