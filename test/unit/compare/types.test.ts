import { expect, it } from "vitest";
import { holdsAllValues, sameType } from "../../../src/compare/types.js";
import type { TypeRef } from "../../../src/model/schema.js";

const type = (name: string, modifier = -1, more: Partial<TypeRef> = {}): TypeRef => ({
  text: name,
  schema: "pg_catalog",
  name,
  extension: null,
  modifier,
  array: false,
  kind: "base",
  category: "S",
  ...more,
});
const numeric = (precision: number, scale: number) => type("numeric", ((precision << 16) | scale) + 4);

it.each([
  [type("varchar", 24), type("text")],
  [type("varchar", 24), type("varchar", 104)],
  [type("varchar", 24), type("varchar")],
  [type("text"), type("varchar")],
  [type("int2"), type("int4")],
  [type("int4"), type("int8")],
  [type("float4"), type("float8")],
  [type("timestamp", 3), type("timestamp", 6)],
  [type("timestamp", 3), type("timestamp")],
  [numeric(10, 2), numeric(12, 2)],
  [numeric(10, 2), numeric(12, 4)],
  [numeric(10, 2), type("numeric")],
])("%j fits into %j", (expected, actual) => {
  expect(holdsAllValues(expected, actual)).toBe(true);
  expect(sameType(expected, actual)).toBe(false);
});

it.each([
  [type("text"), type("varchar", 54)],
  [type("varchar", 104), type("varchar", 24)],
  [type("varchar"), type("varchar", 24)],
  [type("text"), type("bpchar", 14)],
  [type("int8"), type("int4")],
  [type("int4"), type("text")],
  [type("timestamp", 3), type("timestamp", 0)],
  [type("timestamp", 3), type("timestamptz", 3)],
  [type("text"), type("uuid")],
  [numeric(10, 2), numeric(10, 4)],
  [type("numeric"), numeric(10, 2)],
  [type("text"), type("text", -1, { array: true })],
  [type("mood", -1, { schema: "public" }), type("text")],
])("%j does not fit into %j", (expected, actual) => {
  expect(holdsAllValues(expected, actual)).toBe(false);
});

it("takes an extension's type for the same wherever the extension is installed", () => {
  const here = type("citext", -1, { schema: "public", extension: "citext" });
  const there = type("citext", -1, { schema: "extensions", extension: "citext" });
  expect(sameType(here, there)).toBe(true);
});

it("tells types of one name in two schemas apart", () => {
  expect(sameType(type("status", -1, { schema: "a" }), type("status", -1, { schema: "b" }))).toBe(false);
});
