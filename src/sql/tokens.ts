/**
 * Tokens of a script, as far as cutting it into statements and finding names needs them. What the text means is
 * PostgreSQL's to say. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */

import { truncateIdentifier } from "../model/names.js";

export type TokenKind = "word" | "quoted" | "string" | "dollar" | "number" | "symbol" | "meta";

export interface Token {
  readonly kind: TokenKind;
  /** Offsets in the script (UTF-16 units), `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Names as the catalog stores them (folded, unquoted, cut to 63 bytes); the content of strings; else the text. */
  readonly value: string;
}

/** White space of PostgreSQL's lexer: anything beyond ASCII, a no-break space for example, belongs to a name. */
const SPACE = /[ \t\n\r\f\v]+/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const ESCAPE_STRING = /[eE]'/y;
const UNICODE_NAME = /[uU]&(?=["'])/y;

/** The next token at or after `from`, or null at the end. Never throws: what is not closed goes to the end. */
export function nextToken(sql: string, from: number): Token | null {
  const start = blankEnd(sql, from);
  if (start >= sql.length) return null;
  const first = sql.charAt(start);
  if (first === "'") return stringAt(sql, start, start + 1, false);
  if (first === '"') return quotedAt(sql, start, start);
  if (first === "\\") return metaAt(sql, start);
  if (first === "$") return dollarAt(sql, start);
  if (matches(ESCAPE_STRING, sql, start) !== null) return stringAt(sql, start, start + 2, true);
  if (matches(UNICODE_NAME, sql, start) !== null) {
    return sql.charAt(start + 2) === '"' ? quotedAt(sql, start, start + 2) : stringAt(sql, start, start + 3, false);
  }
  const word = matches(WORD, sql, start);
  if (word !== null) return { kind: "word", start, end: start + word.length, value: truncateIdentifier(fold(word)) };
  const number = matches(NUMBER, sql, start);
  if (number !== null) return { kind: "number", start, end: start + number.length, value: number };
  return { kind: "symbol", start, end: start + 1, value: first };
}

/** All tokens of a text. */
export function tokensOf(sql: string, from = 0, to = sql.length): Token[] {
  const text = to === sql.length ? sql : sql.slice(0, to);
  const tokens: Token[] = [];
  for (let token = nextToken(text, from); token !== null; token = nextToken(text, token.end)) tokens.push(token);
  return tokens;
}

/** PostgreSQL folds ASCII letters only, in a UTF8 database. */
function fold(word: string): string {
  return word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function matches(pattern: RegExp, sql: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? null;
}

/** Offset after the blanks and comments that stand at `from`; a byte order mark counts at the begin of the text. */
export function blankEnd(sql: string, from: number): number {
  let at = from === 0 && sql.startsWith("\ufeff") ? 1 : from;
  for (;;) {
    at += matches(SPACE, sql, at)?.length ?? 0;
    if (sql.startsWith("--", at)) at = endOfLine(sql, at);
    else if (sql.startsWith("/*", at)) at = endOfComment(sql, at);
    else return at;
  }
}

/** Offset of the line feed that ends the line, or of the end of the text. */
export function endOfLine(sql: string, at: number): number {
  const end = sql.indexOf("\n", at);
  return end < 0 ? sql.length : end;
}

/** Block comments nest in PostgreSQL. */
function endOfComment(sql: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}

function stringAt(sql: string, start: number, content: number, escapes: boolean): Token {
  const marks = escapes ? /\\[\s\S]|''|'/g : /''|'/g;
  marks.lastIndex = content;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    if (mark[0] !== "'") continue;
    const value = sql.slice(content, mark.index).replaceAll("''", "'");
    return { kind: "string", start, end: mark.index + 1, value };
  }
  return { kind: "string", start, end: sql.length, value: sql.slice(content) };
}

function quotedAt(sql: string, start: number, quote: number): Token {
  const marks = /""|"/g;
  marks.lastIndex = quote + 1;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    if (mark[0] !== '"') continue;
    const written = sql.slice(quote + 1, mark.index).replaceAll('""', '"');
    const name = quote > start ? unescaped(written) : written;
    return { kind: "quoted", start, end: mark.index + 1, value: truncateIdentifier(name) };
  }
  return { kind: "quoted", start, end: sql.length, value: sql.slice(quote + 1) };
}

/** `U&"d\\0061t\\+000061"`; another escape character, which UESCAPE names after it, is not looked for. */
function unescaped(written: string): string {
  return written.replace(/\\(\\|[\da-f]{4}|\+[\da-f]{6})/gi, (whole, code: string) => {
    if (code === "\\") return code;
    const point = Number.parseInt(code.replace("+", ""), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** A backslash outside of strings is never SQL: it is a command of psql, which ends with its line. */
function metaAt(sql: string, start: number): Token {
  const end = endOfLine(sql, start);
  return { kind: "meta", start, end, value: sql.slice(start, end).trimEnd() };
}

function dollarAt(sql: string, start: number): Token {
  const tag = matches(DOLLAR, sql, start);
  if (tag === null) return { kind: "symbol", start, end: start + 1, value: "$" };
  const content = start + tag.length;
  const close = sql.indexOf(tag, content);
  const end = close < 0 ? sql.length : close;
  return { kind: "dollar", start, end: Math.min(end + tag.length, sql.length), value: sql.slice(content, end) };
}
