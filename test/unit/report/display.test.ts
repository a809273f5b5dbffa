import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareValues, displayDuration, displaySafe, displayValue, subjectName } from "../../../src/report/display.js";

describe("displaySafe", () => {
  it.each([
    ["plain text, even ümlauts and 😀", "plain text, even ümlauts and 😀"],
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u001b[31mred", "\\u{1b}[31mred"],
    ["a\u0000b\u009bc\u007f", "a\\u{0}b\\u{9b}c\\u{7f}"],
    ["\u202egnp.exe\u2066", "\\u{202e}gnp.exe\\u{2066}"],
    ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
    ["lone \ud800 surrogate", "lone \\u{d800} surrogate"],
  ])("%j", (text, shown) => {
    expect(displaySafe(text)).toBe(shown);
  });

  it("leaves safe text alone and changes nothing twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(displaySafe(displaySafe(text))).toBe(displaySafe(text));
        expect(displaySafe(text)).not.toContain("\n");
      }),
    );
  });
});

describe("displayValue", () => {
  it.each([
    [null, "nothing"],
    ["text not null", "text not null"],
    [{ type: "text", nullable: false, default: null }, "type text, nullable no, default none"],
    [{ nullsNotDistinct: true, columns: ["userId", "createdAt"] }, "nulls not distinct yes, columns userId, createdAt"],
    [{ references: { schema: "public", columns: [] } }, "references (schema public, columns none)"],
    [["a", "b"], "a, b"],
    [3, "3"],
  ])("%j", (value, shown) => {
    expect(displayValue(value)).toBe(shown);
  });

  it("cuts what would fill the page", () => {
    expect(displayValue("x".repeat(5000)).length).toBeLessThan(500);
  });
});

it("says of a missing object only what was expected", () => {
  const values = { expected: { type: "text" }, actual: null };
  expect(compareValues({ code: "MISSING_COLUMN", ...values })).toBe("expected type text");
  expect(compareValues({ code: "COLUMN_DEFAULT", ...values })).toBe("expected type text; found nothing");
  expect(compareValues({ code: "COLUMN_TYPE", expected: null, actual: null })).toBe("");
});

it("names subjects with everything they belong to", () => {
  const column = { kind: "column", schema: "public", relation: "users", name: "a" } as const;
  expect(subjectName(column)).toBe("public.users.a");
  expect(subjectName({ ...column, kind: "extension", schema: null, relation: null })).toBe("a");
});

it.each([
  [0.4, "0 ms"],
  [999, "999 ms"],
  [3400, "3.4 s"],
  [125_000, "2 min 5 s"],
])("%d ms is %s", (milliseconds, shown) => {
  expect(displayDuration(milliseconds)).toBe(shown);
});
