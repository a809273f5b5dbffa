import { describe, expect, it } from "vitest";
import { levelsOf } from "../../../../src/catalog/definitions/order.js";

const edges = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([object, needs]) => ({ object, needs }));

describe("levelsOf", () => {
  it("puts everything above what it needs, also by way of what is not asked for", () => {
    const dependencies = {
      edges: edges(["view", "table/type"], ["table", "type"], ["outer", "view"], ["outer", "function"]),
      standsFor: new Map([["table/type", "table"]]),
    };
    expect([...levelsOf(["outer", "view", "function", "type"], dependencies)]).toEqual([
      ["outer", 3],
      ["view", 2],
      ["function", 0],
      ["type", 0],
    ]);
  });

  it("does not depend on the order of the edges", () => {
    const all = edges(["a", "b"], ["a", "c"], ["b", "d"], ["d", "e"], ["c", "e"]);
    const keys = ["a", "b", "c", "d", "e"];
    const levels = (list: typeof all) => [...levelsOf(keys, { edges: list, standsFor: new Map() })];
    expect(levels([...all].reverse())).toEqual(levels(all));
  });

  it("ends in a circle, and in a chain of any length", () => {
    const circle = edges(["a", "b"], ["b", "a"], ["c", "a"]);
    const levels = levelsOf(["c"], { edges: circle, standsFor: new Map() });
    expect(levels.get("c")).toBeGreaterThan(0);
    const chain = Array.from({ length: 20_000 }, (_, i) => ({ object: `v${i + 1}`, needs: `v${i}` }));
    expect(levelsOf(["v20000"], { edges: chain, standsFor: new Map() }).get("v20000")).toBe(20_000);
  });
});
