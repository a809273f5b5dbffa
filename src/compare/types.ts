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
  if (foldsCase(expected) || foldsCase(actual)) return isText(expected) && isText(actual) && actual.modifier === -1;
  if (expected.name === "json" && actual.name === "jsonb") return true;
  if (expected.schema !== "pg_catalog" || actual.schema !== "pg_catalog") return false;
  return (
    widerInteger(expected, actual) ||
    widerText(expected, actual) ||
    widerTime(expected, actual) ||
    widerNumeric(expected, actual)
  );
}

/** citext takes and gives text; only comparisons ignore case. */
function foldsCase(type: TypeRef): boolean {
  return type.extension === "citext" && type.name === "citext";
}

function isText(type: TypeRef): boolean {
  return foldsCase(type) || (type.schema === "pg_catalog" && ["text", "varchar"].includes(type.name));
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

export type TypeFamily = "text" | "numeric" | "time";

const FAMILIES: Readonly<Record<string, TypeFamily>> = { S: "text", N: "numeric", D: "time" };

/**
 * The family of two different built-in types whose values PostgreSQL converts and compares without being asked: reading
 * works, and only values that do not fit are refused (22001, 22003, 22008). Null: statements themselves can fail.
 */
export function sharedFamily(expected: TypeRef, actual: TypeRef): TypeFamily | null {
  const builtIn = expected.schema === "pg_catalog" && actual.schema === "pg_catalog";
  if (!builtIn || expected.array !== actual.array || expected.category !== actual.category) return null;
  return FAMILIES[expected.category] ?? null;
}
