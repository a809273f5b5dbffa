/**
 * Tokens of a script, as far as cutting it into statements and finding names needs them. What the text means is
 * PostgreSQL's to say. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */

import { MAX_IDENTIFIER_BYTES, truncateIdentifier } from "../model/names.js";
import { blankEnd, endOfLine } from "./comments.js";
import type { Token, TokenKind } from "./types.js";

const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const PARAMETER = /\$\d+/y;
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
  if ("eEuU".includes(first)) {
    const prefixed = prefixedAt(sql, start);
    if (prefixed !== null) return prefixed;
  }
  const word = matches(WORD, sql, start);
  if (word !== null) return tokenOf("word", start, start + word.length, kept(fold(word)));
  const number = matches(NUMBER, sql, start);
  return number === null
    ? tokenOf("symbol", start, start + 1, first)
    : tokenOf("number", start, start + number.length, number);
}

/** `E'...'`, `U&'...'`, `U&"..."`; null when it is a word. */
function prefixedAt(sql: string, start: number): Token | null {
  if (matches(ESCAPE_STRING, sql, start) !== null) return stringAt(sql, start, start + 2, true);
  if (matches(UNICODE_NAME, sql, start) === null) return null;
  return sql.charAt(start + 2) === '"' ? quotedAt(sql, start, start + 2) : stringAt(sql, start, start + 3, false);
}

function tokenOf(kind: TokenKind, start: number, end: number, value: string, unclosed: string | null = null): Token {
  return { kind, start, end, value, unclosed };
}

/** All tokens of a text. */
export function tokensOf(sql: string, from = 0, to = sql.length): Token[] {
  const text = to === sql.length ? sql : sql.slice(0, to);
  const tokens: Token[] = [];
  for (let token = nextToken(text, from); token !== null; token = nextToken(text, token.end)) tokens.push(token);
  return tokens;
}

/** Most names are short: at three bytes a unit they cannot be too long. */
function kept(name: string): string {
  return name.length * 3 <= MAX_IDENTIFIER_BYTES ? name : truncateIdentifier(name);
}

/** PostgreSQL folds ASCII letters only, in a UTF8 database. */
function fold(word: string): string {
  return isAscii(word) ? word.toLowerCase() : word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isAscii(word: string): boolean {
  return !/[\u0080-\uffff]/.test(word);
}

function matches(pattern: RegExp, sql: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? null;
}

/**
 * A string goes on after a line break: in `E'a'`, a new line and `'\\''` the second part has escapes, too.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
 */
const CONTINUED = /[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*'/y;

function stringAt(sql: string, start: number, content: number, escapes: boolean): Token {
  const marks = escapes ? /\\[\s\S]|''|'/g : /''|'/g;
  let value = "";
  let [opening, from] = [sql.slice(start, content), content];
  marks.lastIndex = from;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    if (mark[0] !== "'") continue;
    value += sql.slice(from, mark.index).replaceAll("''", "'");
    const gap = matches(CONTINUED, sql, mark.index + 1);
    if (gap === null) return tokenOf("string", start, mark.index + 1, value);
    [opening, from] = ["'", mark.index + 1 + gap.length];
    marks.lastIndex = from;
  }
  return tokenOf("string", start, sql.length, value + sql.slice(from), opening);
}

function quotedAt(sql: string, start: number, quote: number): Token {
  const marks = /""|"/g;
  marks.lastIndex = quote + 1;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    if (mark[0] !== '"') continue;
    const written = sql.slice(quote + 1, mark.index).replaceAll('""', '"');
    const name = quote > start ? unescaped(written) : written;
    return tokenOf("quoted", start, mark.index + 1, kept(name));
  }
  return tokenOf("quoted", start, sql.length, sql.slice(quote + 1), '"');
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
  return tokenOf("meta", start, end, sql.slice(start, end).trimEnd());
}

function dollarAt(sql: string, start: number): Token {
  const parameter = matches(PARAMETER, sql, start);
  if (parameter !== null) return tokenOf("parameter", start, start + parameter.length, parameter.slice(1));
  const tag = matches(DOLLAR, sql, start);
  if (tag === null) return tokenOf("symbol", start, start + 1, "$");
  const content = start + tag.length;
  const close = sql.indexOf(tag, content);
  if (close < 0) return tokenOf("dollar", start, sql.length, sql.slice(content), tag);
  return tokenOf("dollar", start, close + tag.length, sql.slice(content, close));
}
