import { describe, expect, it } from "vitest";
import { canonicalDefault, sameDefault } from "../../../src/compare/defaults.js";
import type { TypeRef } from "../../../src/model/schema.js";

const type = (name: string, category: string, modifier = -1, array = false): TypeRef => ({
  text: name,
  schema: "pg_catalog",
  name,
  extension: null,
  modifier,
  array,
  kind: "base",
  category,
});
const text = type("text", "S");
const integer = type("int4", "N");
const numeric = type("numeric", "N");
const timestamp3 = type("timestamp", "D", 3);
const expression = (printed: string) => ({ text: printed, renderings: [printed] });

describe("defaults that give the same value", () => {
  it.each([
    ["now()", "CURRENT_TIMESTAMP", timestamp3],
    ["CURRENT_TIMESTAMP", "transaction_timestamp()", timestamp3],
    ["CURRENT_TIMESTAMP(3)", "now()", timestamp3],
    ["LOCALTIMESTAMP", "CURRENT_TIMESTAMP", timestamp3],
    ["0", "0.00", numeric],
    ["'-1'::integer", "-1", integer],
    ["'-1'::integer", "(-1)", integer],
    ["'3000000000'::bigint", "3000000000", type("int8", "N")],
    ["1.50", "'1.5'::numeric", numeric],
    ["'pending'::text", "'pending'::character varying", text],
    ["'sd'::character varying::text", "'sd'::text", text],
    ["'{}'::text[]", "ARRAY[]::text[]", type("text", "S", -1, true)],
    ["'{a,b}'::text[]", "ARRAY['a'::text, 'b'::text]", type("text", "S", -1, true)],
    ["gen_random_uuid()", "public.gen_random_uuid()", type("uuid", "U")],
    ["extensions.uuid_generate_v4()", "gen_random_uuid()", type("uuid", "U")],
    ["(now())", "now()", timestamp3],
    ["false", "false", type("bool", "B")],
  ])("%s = %s", (a, b, of) => {
    expect(sameDefault(expression(a), expression(b), of)).toBe(true);
    expect(sameDefault(expression(b), expression(a), of)).toBe(true);
  });
});

describe("defaults that do not", () => {
  it.each([
    ["now()", "clock_timestamp()", timestamp3],
    ["CURRENT_TIMESTAMP(0)", "now()", timestamp3],
    ["0", "1", integer],
    ["10", "1", integer],
    ["0", "-1", integer],
    ["'0'::text", "'0.00'::text", text],
    ["'a'::text", "'A'::text", text],
    ["'{a,b}'::text[]", "ARRAY['a'::text, 'c'::text]", type("text", "S", -1, true)],
    ["'{a,b}'::text[]", "ARRAY['a,b'::text]", type("text", "S", -1, true)],
    ["true", "false", type("bool", "B")],
    ["(1 + 2)", "(1) + (2)", integer],
    ["'it''s'::text", "'its'::text", text],
  ])("%s <> %s", (a, b, of) => {
    expect(sameDefault(expression(a), expression(b), of)).toBe(false);
  });

  it("tells no default from any default", () => {
    expect(sameDefault(null, null, text)).toBe(true);
    expect(sameDefault(expression("''::text"), null, text)).toBe(false);
    expect(sameDefault(null, expression("''::text"), text)).toBe(false);
  });
});

it("does not take a function that merely ends like a known one for it", () => {
  expect(canonicalDefault("my_gen_random_uuid()", text)).toBe("my_gen_random_uuid()");
});
