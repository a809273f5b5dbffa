import { describe, expect, it } from "vitest";
import type { Predicate } from "../../../src/model/flow.js";
import type { Json } from "../../../src/model/report.js";
import { judgePredicate, renderPredicate } from "../../../src/smoke/predicate.js";

const judge = (actual: Json | undefined, predicate: Predicate, loose = false) =>
  judgePredicate({ subject: "$.x", actual, missing: "matched nothing", loose }, predicate);

describe("predicates", () => {
  const held: [string, Json, Predicate][] = [
    [
      "equals, deeply and whatever the order of keys",
      { a: 1, b: [2, { c: null }] },
      { equals: { b: [2, { c: null }], a: 1 } },
    ],
    ["notEquals", "a", { notEquals: "b" }],
    ["contains in text", "abc", { contains: "b" }],
    ["contains in a list", ["a", "b"], { contains: "b" }],
    ["matches", "2026-11-20", { matches: "^\\d{4}-\\d\\d-\\d\\d$" }],
    ["matches a number", 42, { matches: "^4" }],
    ["exists", null, { exists: true }],
    ["type null", null, { type: "null" }],
    ["type array", [], { type: "array" }],
    ["length of a list", [1, 2], { length: 2 }],
    ["length of text", "ab", { length: 2 }],
    ["atLeast", 5, { atLeast: 5 }],
    ["atMost", 5, { atMost: 5 }],
    ["greaterThan", 5.1, { greaterThan: 5 }],
    ["lessThan", -1, { lessThan: 0 }],
  ];
  for (const [name, actual, predicate] of held) {
    it(`holds: ${name}`, () => expect(judge(actual, predicate)).toEqual([]));
  }

  const broken: [Json | undefined, Predicate, string][] = [
    ["failed", { equals: "pending" }, '$.x: expected "pending", got "failed"'],
    ["1", { equals: 1 }, '$.x: expected 1, got "1"'],
    [{ a: 1 }, { equals: { a: 1, b: undefined as unknown as Json } }, '$.x: expected {"a":1}, got {"a":1}'],
    [[1], { equals: { 0: 1 } }, '$.x: expected {"0":1}, got [1]'],
    [undefined, { equals: "pending" }, '$.x: expected "pending", but it matched nothing'],
    [undefined, { atLeast: 3 }, "$.x: expected at least 3, but it matched nothing"],
    [undefined, { notEquals: 1 }, "$.x: expected anything but 1, but it matched nothing"],
    [undefined, { exists: true }, "$.x: expected a value, but it matched nothing"],
    ["here", { exists: false }, '$.x: expected none, got "here"'],
    ["a", { notEquals: "a" }, '$.x: expected anything but "a", got "a"'],
    ["abc", { contains: "z" }, '$.x: expected to contain "z", got "abc"'],
    [5, { contains: "5" }, '$.x: expected to contain "5", got 5'],
    ["abc", { matches: "^b" }, '$.x: expected to match /^b/, got "abc"'],
    [5, { type: "string" }, "$.x: expected type string, got number 5"],
    [[1, 2], { length: 3 }, "$.x: expected length 3, got length 2"],
    [7, { length: 1 }, "$.x: expected length 1, got 7"],
    [4, { atLeast: 5 }, "$.x: expected at least 5, got 4"],
    ["6", { atLeast: 5 }, '$.x: expected at least 5, got "6"'],
    [null, { lessThan: 5 }, "$.x: expected less than 5, got null"],
  ];
  for (const [actual, predicate, failure] of broken) {
    it(`says: ${failure}`, () => expect(judge(actual, predicate)).toEqual([failure]));
  }

  it("holds when a missing value is expected to be missing", () => {
    expect(judge(undefined, { exists: false })).toEqual([]);
  });

  it("takes numbers in text for numbers where everything is text", () => {
    expect(judge("90", { equals: 90 }, true)).toEqual([]);
    expect(judge("90.50", { atLeast: 90.5 }, true)).toEqual([]);
    expect(judge("", { atMost: 5 }, true)).toEqual(['$.x: expected at most 5, got ""']);
    expect(judge("true", { equals: true }, true)).toEqual([]);
  });

  it("takes a value in a pattern for itself", () => {
    const predicate = renderPredicate({ matches: "^{{name}}$" }, () => "a.b*[c]");
    expect(judge("a.b*[c]", predicate)).toEqual([]);
    expect(judge("axbb[c]", predicate)).toHaveLength(1);
  });

  it("keeps the type of a captured value", () => {
    expect(
      judge(
        90,
        renderPredicate({ equals: "{{balance}}" }, () => 90),
      ),
    ).toEqual([]);
  });
});
