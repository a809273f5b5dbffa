/**
 * Types are compared by identity (schema or extension, name, modifier), never by spelling. Knowledge: "Type aliases",
 * "Same type name in two schemas".
 */
import type { TypeRef } from "../model/schema.js";

export function sameType(expected: TypeRef, actual: TypeRef): boolean {
  return sameBaseType(expected, actual) && expected.array === actual.array && expected.modifier === actual.modifier;
}

function sameBaseType(expected: TypeRef, actual: TypeRef): boolean {
  if (expected.name !== actual.name) return false;
  // An extension may be installed in another schema (Supabase keeps them in "extensions"); its types stay the same.
  if (expected.extension !== null) return expected.extension === actual.extension;
  return expected.schema === actual.schema;
}

/**
 * Whether every value of the expected type fits the actual one and reads back as itself, so that no statement fails:
 * varchar(20) kept as text, integer as bigint, timestamp(3) as timestamp(6).
 */
export function holdsAllValues(expected: TypeRef, actual: TypeRef): boolean {
  if (expected.array !== actual.array) return false;
  if (expected.schema !== "pg_catalog" || actual.schema !== "pg_catalog") return false;
  return (
    widerInteger(expected, actual) ||
    widerText(expected, actual) ||
    widerTime(expected, actual) ||
    widerNumeric(expected, actual)
  );
}

const INTEGERS = ["int2", "int4", "int8"];
const FLOATS = ["float4", "float8"];

function widerInteger(expected: TypeRef, actual: TypeRef): boolean {
  return [INTEGERS, FLOATS].some(
    (family) => family.includes(expected.name) && family.indexOf(actual.name) > family.indexOf(expected.name),
  );
}

/** varchar's modifier is its length + 4; -1 is no limit. bpchar pads, so it holds nothing but itself. */
function widerText(expected: TypeRef, actual: TypeRef): boolean {
  if (!["text", "varchar"].includes(expected.name) || !["text", "varchar"].includes(actual.name)) return false;
  return (
    actual.name === "text" ||
    actual.modifier === -1 ||
    (expected.modifier !== -1 && actual.modifier >= expected.modifier)
  );
}

const TIMES = ["timestamp", "timestamptz", "time", "timetz"];

/** The modifier of a time type is its number of fractional digits; -1 means 6. */
function widerTime(expected: TypeRef, actual: TypeRef): boolean {
  if (expected.name !== actual.name || !TIMES.includes(expected.name)) return false;
  const digits = (type: TypeRef) => (type.modifier === -1 ? 6 : type.modifier);
  return digits(actual) >= digits(expected);
}

/** numeric(p,s): modifier = (p << 16 | s) + 4. Room before and after the point must not shrink. */
function widerNumeric(expected: TypeRef, actual: TypeRef): boolean {
  if (expected.name !== "numeric" || actual.name !== "numeric") return false;
  if (actual.modifier === -1) return true;
  if (expected.modifier === -1) return false;
  const parts = (type: TypeRef) => ({
    precision: ((type.modifier - 4) >> 16) & 0xffff,
    scale: (type.modifier - 4) & 0x7ff,
  });
  const [want, have] = [parts(expected), parts(actual)];
  return have.scale >= want.scale && have.precision - have.scale >= want.precision - want.scale;
}
