import { expect, it } from "vitest";
import { sameExpression } from "../../../src/compare/expressions.js";

const printed = (...renderings: string[]) => ({ text: renderings[0] ?? "", renderings });

it.each([
  ["lower((name)::text)", "lower(name)"],
  [
    "((plan)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))",
    "((plan)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))",
  ],
  ["((plan)::text = 'paid'::text)", "(plan = 'paid'::text)"],
])("%s = %s", (a, b) => {
  expect(sameExpression(printed(a), printed(b))).toBe("same");
});

it.each([
  ["(a > 0)", "(a >= 0)"],
  ["lower(name)", "upper(name)"],
  ["((a + b) * c)", "(a + (b * c))"],
  ["(plan = 'paid'::text)", "(plan = 'free'::text)"],
  ["f(a)", "a"],
])("%s <> %s", (a, b) => {
  expect(sameExpression(printed(a), printed(b))).toBe("different");
});

it("meets in any rendering", () => {
  expect(sameExpression(printed("a", "b"), printed("c", "b"))).toBe("same");
});

it("does not judge what could not be printed", () => {
  expect(sameExpression(printed("a"), { text: "", renderings: [] })).toBe("unknown");
});

it.each([
  ["(b = '(x)'::text)", "(b = 'x'::text)"],
  ["(a <> 'x::text'::text)", "(a <> 'x'::text)"],
  ["(a ~ '^(abc)?$'::text)", "(a ~ '^abc?$'::text)"],
  ['("a::text" > 0)', "(a > 0)"],
])("keeps what stands in quotes: %s <> %s", (a, b) => {
  expect(sameExpression(printed(a), printed(b))).toBe("different");
});

it.each([
  ["timezone('utc'::text, now())", "(now() AT TIME ZONE 'utc'::text)"],
  ["(btrim(v) <> ''::text)", "(TRIM(BOTH FROM v) <> ''::text)"],
])("takes SQL syntax and the function behind it for one: %s = %s", (a, b) => {
  expect(sameExpression(printed(a), printed(b))).toBe("same");
});
