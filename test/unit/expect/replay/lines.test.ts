import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deedBehind, indexDeeds, lineAt } from "../../../../src/expect/replay/lines.js";

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

describe("the deed behind a change", () => {
  const name = fc.constantFrom("id", "t", "u");
  const deed = fc.record({
    act: fc.constantFrom("create", "alter", "drop"),
    kind: fc.constantFrom("relation", "column", "constraint", "index", "type", "label", "function"),
    schema: fc.constantFrom(null, "public", "other"),
    relation: fc.option(name),
    name,
    guarded: fc.boolean(),
    at: fc.nat(),
  } as const);
  const change = fc.record({
    kind: fc.constantFrom("created", "changed", "dropped"),
    fact: fc.record({
      key: fc.constant(""),
      property: fc.constant(null),
      value: fc.constant(""),
      subject: fc.record({
        kind: fc.constantFrom("table", "column", "constraint", "index", "enum", "function"),
        schema: fc.constantFrom(null, "public"),
        relation: fc.option(name),
        name,
      } as const),
    }),
  } as const);

  it("is the one that looking through all deeds of its name finds", () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 12 }), change, (deeds, each) => {
        const allOfName = { named: (wanted: string) => deeds.filter((one) => one.name === wanted) };
        expect(deedBehind(each, indexDeeds(deeds))).toBe(deedBehind(each, allOfName));
      }),
      { numRuns: 2000 },
    );
  });

  it("is found without looking through the deeds of other relations", () => {
    const of = (relation: string) => ({ ...NEW_COLUMN, relation });
    const index = indexDeeds(["a", "b", "c"].map(of));
    expect(index.named("id", "b")).toEqual([of("b")]);
    expect(index.named("id", null)).toHaveLength(3);
  });
});

const NEW_COLUMN = {
  act: "create",
  kind: "column",
  schema: null,
  relation: null,
  name: "id",
  guarded: false,
  at: 0,
} as const;
