/** Which changes of a type keep every value, and which of them PostgreSQL makes without writing the table anew. */
import type { TypeRef } from "../../model/schema.js";

export type Change = "no-rewrite" | "rewrite" | "lossy";

/**
 * From the actual type to the expected one. Lossless only where every value of the one is a value of the other and the
 * cast is implicit; whether PostgreSQL rewrites is what ALTER TABLE does since 9.2.
 */
export function changeOf(actual: TypeRef, expected: TypeRef): Change {
  const builtIn = actual.schema === "pg_catalog" && expected.schema === "pg_catalog" && actual.array === expected.array;
  if (!builtIn) return "lossy";
  const found =
    text(actual, expected) ??
    time(actual, expected) ??
    numeric(actual, expected) ??
    number(actual, expected) ??
    "lossy";
  return found !== "lossy" && actual.array && actual.name !== expected.name ? "rewrite" : found;
}

/** varchar's modifier is its length + 4; -1 is no limit. bpchar pads, and loses its blanks on the way to text. */
function text(actual: TypeRef, expected: TypeRef): Change | null {
  const names = ["text", "varchar"];
  if (!names.includes(actual.name) || !names.includes(expected.name)) return null;
  const isUnlimited = expected.name === "text" || expected.modifier === -1;
  const isLonger = actual.name === "varchar" && actual.modifier !== -1 && expected.modifier >= actual.modifier;
  return isUnlimited || isLonger ? "no-rewrite" : "lossy";
}

const TIMES = ["timestamp", "timestamptz", "time", "timetz"];

/** The modifier of a time type is its number of fractional digits; -1 means 6. */
function time(actual: TypeRef, expected: TypeRef): Change | null {
  if (!TIMES.includes(actual.name)) return null;
  if (actual.name !== expected.name) return "lossy";
  const digits = ({ modifier }: TypeRef) => (modifier === -1 ? 6 : modifier);
  return digits(expected) >= digits(actual) ? "no-rewrite" : "lossy";
}

/** numeric(p,s): modifier = (p << 16 | s) + 4. Room before and after the point must not shrink. */
function numeric(actual: TypeRef, expected: TypeRef): Change | null {
  if (actual.name !== "numeric" || expected.name !== "numeric") return null;
  if (expected.modifier === -1) return "no-rewrite";
  if (actual.modifier === -1) return "lossy";
  const [from, to] = [numericParts(actual), numericParts(expected)];
  if (from.scale === to.scale && to.precision >= from.precision) return "no-rewrite";
  return to.scale >= from.scale && to.precision - to.scale >= from.precision - from.scale ? "rewrite" : "lossy";
}

export function numericParts({ modifier }: TypeRef): { readonly precision: number; readonly scale: number } {
  return { precision: ((modifier - 4) >> 16) & 0xffff, scale: (modifier - 4) & 0x7ff };
}

const INTEGERS = ["int2", "int4", "int8"];
const FLOATS = ["float4", "float8"];
/** Integers that a floating-point type holds without rounding: 24 and 53 bits. */
const EXACT: Readonly<Record<string, readonly string[]>> = { float4: ["int2"], float8: ["int2", "int4"] };
/** Digits that the largest value of an integer type has. */
const DIGITS: Readonly<Record<string, number>> = { int2: 5, int4: 10, int8: 19 };

function number(actual: TypeRef, expected: TypeRef): Change | null {
  for (const family of [INTEGERS, FLOATS]) {
    if (family.includes(actual.name) && family.indexOf(expected.name) > family.indexOf(actual.name)) return "rewrite";
  }
  if (EXACT[expected.name]?.includes(actual.name) === true) return "rewrite";
  const digits = DIGITS[actual.name];
  if (digits === undefined || expected.name !== "numeric") return null;
  const { precision, scale } = numericParts(expected);
  return expected.modifier === -1 || precision - scale >= digits ? "rewrite" : "lossy";
}
