import { describe, expect, it } from "vitest";
import { withinLimit } from "../../../src/smoke/deadline.js";
import { select } from "../../../src/smoke/json-path.js";
import { matchPattern } from "../../../src/smoke/pattern.js";
import { judgePredicate } from "../../../src/smoke/predicate.js";

const SLOW_TEXT = `${"a".repeat(40)}!`;

describe("patterns", () => {
  it("are broken off after a second", () => {
    const started = performance.now();
    const judged = { subject: "$.a", actual: SLOW_TEXT, missing: "is empty", loose: false };
    expect(judgePredicate(judged, { matches: "^(a+)+$" })).toEqual([
      `$.a: expected to match /^(a+)+$/, but the pattern took longer than 1 s on this text: "${SLOW_TEXT}"`,
    ]);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(matchPattern("^a+!$", SLOW_TEXT)).toBe(true);
  });

  it("are not tried on what is longer than an answer can be", () => {
    expect(matchPattern("x", "x".repeat(1024 * 1024))).toBe(true);
    expect(matchPattern("x", "x".repeat(1024 * 1024 + 1))).toEqual({ problem: "the text is longer than 1 MiB" });
  });

  it("that a captured value has spoilt are a failure, not a crash", () => {
    expect(matchPattern("[z-a]", "x")).toEqual({ problem: expect.stringContaining("Range out of order") });
  });
});

it("JSON paths are broken off as well", () => {
  const started = performance.now();
  const found = select("$.a[?match(@, '(a+)+b')]", { a: ["a".repeat(40)] });
  expect(found).toEqual({ values: [], problem: "the path took longer than 1 s on this answer" });
  expect(performance.now() - started).toBeLessThan(3_000);
  expect(select("$.a[?match(@, 'a+')]", { a: ["aa"] })).toEqual({ values: ["aa"], problem: null });
});

it("work that throws throws its own error", () => {
  const error = new TypeError("of the work");
  expect(() =>
    withinLimit(() => {
      throw error;
    }),
  ).toThrow(error);
});
