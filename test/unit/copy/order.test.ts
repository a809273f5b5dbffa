import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder, type Ranked } from "../../../src/copy/order.js";

function ranked(key: string, rank: number, needs: readonly string[] = []): Ranked {
  return { rank, object: { key, kind: "table", schema: "public", relation: null, name: key, statements: [], needs } };
}

const keys = (objects: readonly { readonly key: string }[]) => objects.map(({ key }) => key);

describe("the order in which objects are made", () => {
  it("is that of the ranks, and within a rank as given", () => {
    expect(keys(inOrder([ranked("view", 2), ranked("b", 1), ranked("a", 1)], [], new Map()))).toEqual([
      "b",
      "a",
      "view",
    ]);
  });

  it("puts what is needed first, whatever its rank", () => {
    const edges = [{ object: "table", needs: "view" }];
    expect(keys(inOrder([ranked("table", 1), ranked("view", 9), ranked("x", 5)], edges, new Map()))).toEqual([
      "x",
      "view",
      "table",
    ]);
  });

  it("knows the whole of a part", () => {
    const edges = [{ object: "pg_attrdef/1", needs: "pg_type/7" }];
    const standsFor = new Map([
      ["pg_attrdef/1", "a"],
      ["pg_type/7", "b"],
    ]);
    expect(keys(inOrder([ranked("a", 1), ranked("b", 1)], edges, standsFor))).toEqual(["b", "a"]);
  });

  it("lets circles come last, by rank, and nothing is lost", () => {
    const circle = [
      ranked("b", 2, ["a"]),
      ranked("a", 1, ["b"]),
      ranked("self", 1, ["self"]),
      ranked("c", 3, ["nowhere"]),
    ];
    expect(keys(inOrder(circle, [], new Map()))).toEqual(["self", "c", "a", "b"]);
  });

  it("holds for any needs without circles", () => {
    const graph = fc.integer({ min: 1, max: 30 }).chain((size) =>
      fc.record({
        ranks: fc.array(fc.nat(5), { minLength: size, maxLength: size }),
        edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60 }),
      }),
    );
    fc.assert(
      fc.property(graph, ({ ranks, edges }) => {
        const needs = edges.filter(([a, b]) => a > b).map(([a, b]) => ({ object: `o${a}`, needs: `o${b}` }));
        const order = keys(
          inOrder(
            ranks.map((rank, at) => ranked(`o${at}`, rank)),
            needs,
            new Map(),
          ),
        );
        expect([...order].sort()).toEqual(ranks.map((_, at) => `o${at}`).sort());
        for (const edge of needs) expect(order.indexOf(edge.needs)).toBeLessThan(order.indexOf(edge.object));
      }),
    );
  });
});
