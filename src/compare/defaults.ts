/**
 * Defaults that are written differently and give the same value. PostgreSQL keeps the expression as it was written, so
 * texts differ where values do not: now() and CURRENT_TIMESTAMP, 0 and 0.00, '{}'::text[] and ARRAY[]::text[].
 * What is not provably the same counts as different. Table of knowledge: "Default expressions".
 */
import type { Column, Expression, TypeRef } from "../model/schema.js";
import { sameExpression } from "./expressions.js";

/** How a column gets a number by itself; a serial and an identity BY DEFAULT are one class for an application. */
export type AutoIncrement = "always" | "by-default" | "none";

export function autoIncrementOf(column: Column): AutoIncrement {
  if (column.identity !== null) return column.identity;
  return column.default !== null && /^nextval\(/.test(column.default.text) ? "by-default" : "none";
}

/** Whether two defaults of columns of the same type give the same value. Both null: no default on either side. */
export function sameDefault(expected: Expression | null, actual: Expression | null, type: TypeRef): boolean {
  if (expected === null || actual === null) return expected === actual;
  if (sameExpression(expected, actual) === "same") return true;
  return canonicalDefault(expected.text, type) === canonicalDefault(actual.text, type);
}

/** A form in which equal values have equal texts, as far as this can be told without evaluating. */
export function canonicalDefault(text: string, type: TypeRef): string {
  const bare = stripParentheses(text.trim());
  return nowClass(bare, type) ?? uuidClass(bare) ?? arrayClass(bare) ?? literalClass(bare, type) ?? bare;
}

/** Transaction start: now(), CURRENT_TIMESTAMP, transaction_timestamp(), and CURRENT_TIMESTAMP(n) where the column keeps no more digits. */
function nowClass(text: string, type: TypeRef): string | null {
  if (/^(now\(\)|CURRENT_TIMESTAMP|transaction_timestamp\(\))$/i.test(text)) return "now()";
  if (/^LOCALTIMESTAMP$/i.test(text) && type.name === "timestamp") return "now()";
  const precision = /^CURRENT_TIMESTAMP\((\d)\)$/i.exec(text)?.[1];
  if (precision === undefined) return null;
  return type.modifier >= 0 && Number(precision) >= type.modifier ? "now()" : text;
}

/** Random version-4 UUIDs; since PostgreSQL 13 gen_random_uuid() is built in, before it was pgcrypto's, in any schema. */
function uuidClass(text: string): string | null {
  return /^(?:(?:\w+|"[^"]+")\.)?(?:gen_random_uuid|uuid_generate_v4)\(\)$/.test(text) ? "gen_random_uuid()" : null;
}

const LITERAL = /^'((?:[^']|'')*)'((?:::[^':]+)*)$/;
const NUMBER = /^[+-]?(\d+)(\.\d*)?$/;

/** A literal without the casts that PostgreSQL prints behind it; the column's type is compared elsewhere. */
function literalClass(text: string, type: TypeRef): string | null {
  const uncast = /^\(?([+-]?\d+(?:\.\d+)?)\)?((?:::[^':]+)*)$/.exec(text)?.[1];
  const value = LITERAL.exec(text)?.[1] ?? uncast;
  if (value === undefined) return /^(true|false)$/i.test(text) ? text.toLowerCase() : null;
  return type.category === "N" && !type.array && NUMBER.test(value) ? canonicalNumber(value) : `'${value}'`;
}

/** Decimal text without leading and trailing zeros: -0.50 and -.5 are one number. Never through floating point. */
function canonicalNumber(text: string): string {
  const sign = text.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = text.replace(/^[+-]/, "").split(".");
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  const rest = fraction.replace(/0+$/, "");
  const number = rest === "" ? digits : `${digits}.${rest}`;
  return number === "0" ? "0" : sign + number;
}

/** `ARRAY['a'::text, 'b'::text]` and `'{a,b}'::text[]`; only simple elements, everything else stays as it is. */
function arrayClass(text: string): string | null {
  const constructed = /^ARRAY\[(.*?)\](?:::[^':]+\[\])?$/s.exec(text)?.[1];
  if (constructed !== undefined) return simpleElements(constructed);
  const written = /^'\{([^{}"\\']*)\}'::[^':]+\[\]$/.exec(text)?.[1];
  if (written === undefined) return null;
  return written === "" ? "array()" : `array(${written.split(",").join("|")})`;
}

function simpleElements(list: string): string | null {
  if (list.trim() === "") return "array()";
  const elements = list
    .split(", ")
    .map((element) => /^'([^'{}"\\,|\s]+)'(?:::[^':]+)*$/.exec(element)?.[1] ?? /^-?\d+$/.exec(element)?.[0]);
  return elements.every((element) => element !== undefined) ? `array(${elements.join("|")})` : null;
}

/** `(now())` -> `now()`, but not `(a) + (b)`. */
function stripParentheses(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "'") return text;
    if (text[i] === "(") depth++;
    if (text[i] === ")") depth--;
    if (depth === 0 && i < text.length - 1) return text;
  }
  return stripParentheses(text.slice(1, -1).trim());
}
