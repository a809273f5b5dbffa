import { describe, expect, it } from "vitest";
import { isConstant, isSteady } from "../../../../src/repair/plan/values.js";

const CONSTANT = [
  "0",
  "-1",
  "1.5",
  "'x'",
  "'it''s'",
  "true",
  "NULL",
  "'{}'::text[]",
  "'ok'::app.mood",
  "'x'::character varying(20)",
  "'2025-01-01 00:00:00'::timestamp without time zone",
  "'-1'::integer",
  "('-1'::integer)",
  "'a'::\"My Type\"",
  "0.00::numeric(10, 2)",
];
const STEADY = [
  "now()",
  "CURRENT_TIMESTAMP",
  "CURRENT_TIMESTAMP(3)",
  "(now())",
  "CURRENT_DATE",
  "timezone('utc'::text, now())",
  "ARRAY['a'::text, 'b'::text]",
  "1 + 1",
  "now() + '1 day'::interval",
];
const VOLATILE = [
  "gen_random_uuid()",
  "random()",
  "clock_timestamp()",
  "nextval('s'::regclass)",
  "app.slug('x')",
  "uuid_generate_v4()",
  "now() + random() * '1 day'::interval",
];
const NOT_CONSTANT = ["lower(name)", "slug", "'a' || name", "(SELECT 1)", "'a'; DROP TABLE x", "now()"];

describe("what a default costs", () => {
  it.each(CONSTANT)("%s is a constant", (text) => {
    expect([isConstant(text), isSteady(text)]).toEqual([true, true]);
  });
  it.each(STEADY)("%s is computed once", (text) => {
    expect([isConstant(text), isSteady(text)]).toEqual([false, true]);
  });
  it.each(VOLATILE)("%s is computed for every row", (text) => {
    expect([isConstant(text), isSteady(text)]).toEqual([false, false]);
  });
  it.each(NOT_CONSTANT)("%s is no constant", (text) => {
    expect(isConstant(text)).toBe(false);
  });
});
