import fc from "fast-check";
import { expect, it } from "vitest";
import { ByPosition, listReader } from "../../../src/catalog/parts.js";

it("lists are read as PostgreSQL writes them, and equal ones are one", () => {
  const list = listReader();
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 4_294_967_295 })), (numbers) => {
      expect(list(numbers.join(" "))).toEqual(numbers);
      expect(list(`{${numbers.join(",")}}`)).toEqual(numbers);
      expect(list(numbers.join(" "))).toBe(list(numbers.join(" ")));
    }),
  );
});

it("a value is found by both of its numbers, and the last one stays", () => {
  const values = new ByPosition([
    [1, 2, "a"],
    [1, -1, "b"],
    [2, 2, "c"],
    [1, 2, "d"],
  ] as const);
  expect([values.get(1, 2), values.get(1, -1), values.get(2, 2), values.get(2, 1), values.get(3, 2)]).toEqual([
    ...["d", "b", "c"],
    ...[undefined, undefined],
  ]);
});
