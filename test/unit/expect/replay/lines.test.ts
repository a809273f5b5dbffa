import fc from "fast-check";
import { expect, it } from "vitest";
import { lineAt } from "../../../../src/expect/replay/lines.js";

it("counts the line ends before an offset, whatever the text is", () => {
  const text = fc.array(fc.constantFrom("\n", "a", "\r\n", "ü")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.nat(40), fc.integer({ min: 1, max: 9 }), (sql, offset, firstLine) => {
      const script = { sql, firstLine };
      const before = [...sql.slice(0, offset)].filter((character) => character === "\n").length;
      expect(lineAt(script, offset)).toBe(firstLine + before);
      expect(lineAt(script, offset)).toBe(firstLine + before);
    }),
  );
});
