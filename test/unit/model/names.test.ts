import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteIdentifier, quoteLiteral, truncateIdentifier } from "../../../src/model/names.js";

describe("truncateIdentifier", () => {
  it("keeps 63 bytes and no half character", () => {
    expect(truncateIdentifier("a".repeat(64))).toBe("a".repeat(63));
    expect(truncateIdentifier(`${"a".repeat(62)}é`)).toBe("a".repeat(62));
    expect(truncateIdentifier("😀".repeat(20))).toBe("😀".repeat(15));
  });

  it("never gives more than 63 bytes, and leaves short names alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (name) => {
        const kept = truncateIdentifier(name);
        expect(new TextEncoder().encode(kept).length).toBeLessThanOrEqual(63);
        expect(name.startsWith(kept)).toBe(true);
        if (new TextEncoder().encode(name).length <= 63) expect(kept).toBe(name);
      }),
    );
  });
});

it("quotes what is hostile", () => {
  expect(quoteIdentifier('"; drop table x; --')).toBe('"""; drop table x; --"');
  expect(quoteLiteral("it's \\ here")).toBe("E'it''s \\\\ here'");
});
