import type { Expression } from "../model/schema.js";

/** Whether two expressions are the same: `unknown` when one of them could not be printed (its relation is locked). */
export type Sameness = "same" | "different" | "unknown";

export function sameExpression(expected: Expression | null, actual: Expression | null): Sameness {
  if (expected === null || actual === null) return expected === actual ? "same" : "different";
  if (expected.renderings.length === 0 || actual.renderings.length === 0) return "unknown";
  if (expected.renderings.some((text) => actual.renderings.includes(text))) return "same";
  const known = new Set(actual.renderings.map(withoutTextCasts));
  return expected.renderings.some((text) => known.has(withoutTextCasts(text))) ? "same" : "different";
}

const QUOTED = /[eE]?'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
const TEXT_CAST = /::(?:text|character varying)(?:\[\])?/g;
const AROUND_ONE_TERM = /(^|[^\w\uE001])\((\uE000\d+\uE001|\w+|ARRAY\[[^()[\]]*\])\)/g;

/**
 * text and character varying compare alike, so PostgreSQL casts between them wherever it likes: `lower(name)` on a text
 * column is `lower((name)::text)` on a varchar one, and `IN` lists print differently after a dump and restore. What
 * stands in quotes is set aside first: it is data or a name, and every character of it counts.
 */
function withoutTextCasts(text: string): string {
  const quoted: string[] = [];
  const bare = text.replace(QUOTED, (token) => `\uE000${quoted.push(token) - 1}\uE001`);
  const plain = withoutNeedlessParentheses(asFunctions(bare.replace(TEXT_CAST, "")));
  return plain.replace(/\uE000(\d+)\uE001/g, (_, index: string) => quoted[Number(index)] ?? "");
}

function withoutNeedlessParentheses(text: string): string {
  let bare = text;
  for (let before = ""; before !== bare; ) {
    before = bare;
    bare = bare.replace(AROUND_ONE_TERM, "$1$2");
  }
  return bare;
}

const TERM = String.raw`(?:\uE000\d+\uE001|[\w.]+(?:\([^()]*\))?)`;
const SQL_SYNTAX: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`\((${TERM}) AT TIME ZONE (${TERM})\)`, "g"), "timezone($2, $1)"],
  [new RegExp(String.raw`TRIM\(BOTH FROM (${TERM})\)`, "g"), "btrim($1)"],
  [new RegExp(String.raw`TRIM\(LEADING FROM (${TERM})\)`, "g"), "ltrim($1)"],
  [new RegExp(String.raw`TRIM\(TRAILING FROM (${TERM})\)`, "g"), "rtrim($1)"],
];

/** From PostgreSQL 14 on, what was written in SQL syntax is printed so; 13 prints the function behind it. */
function asFunctions(text: string): string {
  return SQL_SYNTAX.reduce((rewritten, [syntax, call]) => rewritten.replace(syntax, call), text);
}
