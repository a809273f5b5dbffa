import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Predicate } from "../../../src/model/flow.js";
import type { Json } from "../../../src/model/report.js";
import { add, compareDecimals, decimalOf, negate, showDecimal } from "../../../src/smoke/decimal.js";
import { judgePredicate, judgeSubset, renderPredicate } from "../../../src/smoke/predicate.js";

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
    ["oneOf", "b", { oneOf: ["a", "b"] }],
    ["oneOf, deeply", { a: [1] }, { oneOf: [1, { a: [1] }] }],
    ["contains a number of a list", [41, 42], { contains: "42" }],
    ["notContains in text", "abc", { notContains: "z" }],
    ["notContains in a list", ["a"], { notContains: "b" }],
    ["startsWith", "/projects/1", { startsWith: "/projects/" }],
    ["endsWith", "a.png", { endsWith: ".png" }],
    ["notMatches", "abc", { notMatches: "^b" }],
    ["minLength", [1], { minLength: 1 }],
    ["maxLength", "ab", { maxLength: 2 }],
    ["equals and minus", 90, { equals: 100, minus: 10 }],
    ["equals, plus and minus of decimals that a float does not hold", "0.3", { equals: "0.1", plus: 0.2 }],
    ["equals and minus of a bigint", "9007199254740993", { equals: "9007199254740994", minus: 1 }],
    ["the same number written in another way", "90.00", { equals: "100.0", minus: "10" }],
    ["notEquals and plus", 5, { notEquals: 5, plus: 1 }],
    ["atMost and minus", 89, { atMost: 100, minus: 10 }],
    ["atLeast of a text that is a number", 5, { atLeast: "5" }],
    ["a number with an exponent", 1e21, { greaterThan: 1e20 }],
  ];
  for (const [name, actual, predicate] of held) {
    it(`holds: ${name}`, () => expect(judge(actual, predicate)).toEqual([]));
  }

  const broken: [Json | undefined, Predicate, string][] = [
    ["failed", { equals: "pending" }, '$.x: expected "pending", got "failed"'],
    ["1", { equals: 1 }, '$.x: expected 1, got "1"'],
    [
      { a: 1, b: [1, { c: "d" }] },
      { equals: { a: 1, b: [1, { c: "e" }] } },
      '$.x.b[1].c: expected "e", got "d"; $.x: expected {"a":1,"b":[1,{"c":"e"}]}, got {"a":1,"b":[1,{"c":"d"}]}',
    ],
    [
      { a: 1 },
      { equals: { a: 1, "b c": 2 } },
      '$.x[\'b c\']: expected 2, but it is missing; $.x: expected {"a":1,"b c":2}, got {"a":1}',
    ],
    [
      [1, 2, 3],
      { equals: [2] },
      "$.x[0]: expected 2, got 1 (the first of 3 differences); $.x: expected [2], got [1,2,3]",
    ],
    [{ a: 1 }, { equals: {} }, '$.x.a: expected nothing, got 1; $.x: expected {}, got {"a":1}'],
    [
      { password: "hunter2" },
      { equals: { password: "other-secret" } },
      '$.x.password: expected "[redacted]", got "[redacted]"; $.x: expected {"password":"other-secret"}, got {"password":"hunter2"}',
    ],
    [[1], { equals: { 0: 1 } }, '$.x: expected {"0":1}, got [1]'],
    [undefined, { equals: "pending" }, '$.x: expected "pending", but it matched nothing'],
    [undefined, { atLeast: 3 }, "$.x: expected at least 3, but it matched nothing"],
    [undefined, { notEquals: 1 }, "$.x: expected != 1, but it matched nothing"],
    [undefined, { exists: true }, "$.x: expected a value, but it matched nothing"],
    ["here", { exists: false }, '$.x: expected none, got "here"'],
    ["a", { notEquals: "a" }, '$.x: expected != "a", got "a"'],
    ["abc", { contains: "z" }, '$.x: expected to contain "z", got "abc"'],
    [5, { contains: "5" }, '$.x: expected to contain "5", got 5'],
    ["abc", { matches: "^b" }, '$.x: expected to match /^b/, got "abc"'],
    [5, { type: "string" }, "$.x: expected type string, got number 5"],
    [[1, 2], { length: 3 }, "$.x: expected length 3, got length 2"],
    [7, { length: 1 }, "$.x: expected length 1, got 7"],
    [4, { atLeast: 5 }, "$.x: expected at least 5, got 4"],
    ["6", { atLeast: 5 }, '$.x: expected at least 5, got "6"'],
    [null, { lessThan: 5 }, "$.x: expected less than 5, got null"],
    ["c", { oneOf: ["a", "b"] }, '$.x: expected one of "a", "b", got "c"'],
    ["abc", { notContains: "b" }, '$.x: expected not to contain "b", got "abc"'],
    ["abc", { startsWith: "b" }, '$.x: expected to start with "b", got "abc"'],
    [5, { endsWith: "5" }, '$.x: expected to end with "5", got 5'],
    ["abc", { notMatches: "^a" }, '$.x: expected not to match /^a/, got "abc"'],
    [[], { minLength: 1 }, "$.x: expected a length of at least 1, got length 0"],
    [null, { minLength: 0 }, "$.x: expected a length of at least 0, got null"],
    ["abc", { maxLength: 2 }, "$.x: expected a length of at most 2, got length 3"],
    [100, { equals: 100, minus: 10 }, "$.x: expected 90 (100 minus 10), got 100"],
    ["95.5", { equals: "100.50", minus: "10" }, '$.x: expected 90.5 ("100.50" minus 10), got "95.5"'],
    [90, { notEquals: 100, minus: 10 }, "$.x: expected != 90 (100 minus 10), got 90"],
    [95, { atMost: 100, plus: 1, minus: 10 }, "$.x: expected at most 91 (100 plus 1 minus 10), got 95"],
    [1, { equals: "many", minus: 1 }, '$.x: expected "many" minus 1, but "many" minus 1 is not a number: 1'],
    [1, { atLeast: "many" }, '$.x: expected at least "many", but "many" is not a number: 1'],
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

  it("fills in every kind of claim", () => {
    const lookup = (name: string) => (name === "before" ? "100" : name === "cost" ? 10 : undefined);
    expect(judge(90, renderPredicate({ equals: "{{before}}", minus: "{{cost}}" }, lookup))).toEqual([]);
    expect(judge(100, renderPredicate({ atLeast: "{{before}}" }, lookup))).toEqual([]);
    expect(judge("a100", renderPredicate({ endsWith: "{{before}}" }, lookup))).toEqual([]);
    expect(judge("a100", renderPredicate({ notContains: "{{before}}" }, lookup))).toHaveLength(1);
    expect(judge(10, renderPredicate({ oneOf: ["{{cost}}"] }, lookup))).toEqual([]);
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

describe("at least this JSON", () => {
  it("holds when everything that is named is there", () => {
    const actual = { id: 7, project: { name: "a", tags: ["x", { y: 1, z: 2 }] } };
    expect(judgeSubset({ project: { name: "a", tags: ["x", { y: 1 }] } }, actual, "$")).toEqual([]);
    expect(judgeSubset({}, actual, "$")).toEqual([]);
  });

  it("names every place that differs", () => {
    expect(judgeSubset({ a: 1, b: { c: [1, 2], d: null } }, { a: "1", b: { c: [1] } }, "$")).toEqual([
      '$.a: expected 1, got "1"',
      "$.b.c[1]: expected 2, but it is missing",
      "$.b.d: expected null, but it is missing",
    ]);
    expect(judgeSubset({ a: [] }, { a: [1] }, "$")).toEqual(["$.a[0]: expected nothing, got 1"]);
    expect(judgeSubset({ a: {} }, [], "$")).toEqual(['$: expected {"a":{}}, got []']);
    expect(judgeSubset({ toString: 1 }, {}, "$")).toEqual(["$.toString: expected 1, but it is missing"]);
  });

  it("stops naming them after ten", () => {
    const expected = Array.from({ length: 30 }, (_, i) => i);
    const lines = judgeSubset(
      expected,
      expected.map((each) => each + 1),
      "$",
    );
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe("$: 20 more differences");
  });

  it("finds no difference between a value and itself, and one when a place was changed", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(judgeSubset(json, json, "$")).toEqual([]);
        expect(judge({ in: [json] }, { equals: { in: [json] } })).toEqual([]);
        expect(judge({ in: [json, 1] }, { equals: { in: [json, 2] } })[0]).toMatch(
          /^\$\.x\.in\[1\]: expected 2, got 1/,
        );
      }),
    );
  });
});

describe("decimal numbers", () => {
  it("add and compare like integers at any scale", () => {
    const scaled = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(scaled, scaled, ([a, i], [b, j]) => {
        const [left, right] = [showDecimal({ digits: a, scale: i }), showDecimal({ digits: b, scale: j })];
        const sum = add(must(left), must(right));
        expect(showDecimal(add(sum, negate(must(right))))).toBe(left);
        expect(compareDecimals(must(left), must(right))).toBe(
          Math.sign(Number(a * 10n ** BigInt(j) - b * 10n ** BigInt(i))),
        );
      }),
    );
  });

  it("is no number that is not one", () => {
    for (const text of ["", " ", "NaN", "1,5", "0x10", "1e9999", "12a", "--1", "."]) expect(decimalOf(text)).toBeNull();
    expect(decimalOf(null)).toBeNull();
    expect(decimalOf(true)).toBeNull();
  });

  const must = (text: string) => decimalOf(text) ?? expect.fail(`${text} is a number`);
});

describe("two long texts that differ", () => {
  const long = (text: string) => `${"a".repeat(100)}${text}`;
  const judged = (subject: string, actual: string) => ({ subject, actual, missing: "is missing", loose: false });

  it("are told with the place, because neither may be shown as a whole", () => {
    const [line = ""] = judgePredicate(judged("$.note", long("xyz")), { equals: long("Xy") });
    expect(line).toMatch(
      /^\$\.note: differs from character 101 on, in 103 characters instead of 102; .*expected "a+Xy", got "a+xyz"$/,
    );
    expect(judgeSubset({ note: long("b") }, { note: long("") }, "$")[0]).toMatch(
      /^\$\.note: differs from character 101 on, in 100 characters instead of 101; expected "a+b", got "a+"$/,
    );
  });

  it("are not, when they are short or secret", () => {
    expect(judgePredicate(judged("$.note", "b"), { equals: "a" })).toEqual(['$.note: expected "a", got "b"']);
    const short = "a".repeat(79);
    expect(judgePredicate(judged("$.note", `${short}b`), { equals: `${short}c` })[0]).not.toContain("differs from");
    const [line = ""] = judgePredicate(judged("$.token", long("b")), { equals: long("c") });
    expect(line).not.toContain("character");
  });
});
