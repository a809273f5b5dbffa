import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanSqlText } from "../../../src/sql/index.js";

const code = (text: string): string => scanSqlText(text).code.replace(/\s+/g, " ").trim();

describe("scanSqlText", () => {
  it.each([
    ["select 1 -- two; three", "select 1"],
    ["a /* b /* c */ d */ e", "a e"],
    ["a 'it''s -- b' c", "a ' c"],
    ["a E'x\\' -- y' b", "a E' b"],
    ["a e'\\\\' b", "a e' b"],
    ["a 'x\\' b", "a ' b"],
    ["table 'x' -- y", "table '"],
    ['a "b -- ""c" d', 'a " d'],
    ["a $$ b; -- c $$ d", "a $ d"],
    ["a $x$ $$ $y$ ' $x$ d", "a $ d"],
    ["a$b$ -- c", "a$b$"],
    ["$1 + $2 -- c", "$1 + $2"],
    ["a 'not closed -- b", "a '"],
    ["a /* not closed", "a"],
  ])("%s", (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it("keeps length and lines, whatever the text", () => {
    const piece = fc.constantFrom("'", '"', "--", "/*", "*/", "$$", "$a$", "\n", "\r\n", "e'", "\\", "x", ";", " ");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const scanned = scanSqlText(text).code;
        expect(scanned.length).toBe(text.length);
        expect(scanned.split("\n").length).toBe(text.split("\n").length);
      }),
    );
  });

  it("takes a megabyte of text in its stride", () => {
    const text = `select '${"x''".repeat(500_000)}' as a; -- end`;
    expect(code(text)).toBe("select ' as a;");
  });
});
