import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Compare,
  compareBytes,
  compareLocale,
  compareNatural,
  compareNodePgMigrate,
  compareVersions,
} from "../../../../src/history/directories/order.js";

const digits = fc.stringMatching(/^\d{1,18}$/);
const fileName = fc.oneof(
  fc.tuple(digits, fc.constantFrom("_", "-", "."), fc.string({ maxLength: 5 })).map((parts) => parts.join("")),
  fc.constantFrom("2024-01-05_a", "20240105_a", "20240105120000_a", "2024-01-05-120000-0001_a", "2024010512_a"),
  fc.constantFrom("01_a", "1_a", "1_A", "1_b", "1.10_a", "1.9_a", "10_a", "9_a", "V1__a", "é", "e\u0301", "_", "-5_a"),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const version = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("_"));

const ORDERS: readonly (readonly [string, Compare])[] = [
  ["compareBytes", compareBytes],
  ["compareLocale", compareLocale],
  ["compareNatural", compareNatural],
  ["compareNodePgMigrate", compareNodePgMigrate],
];

describe.each(ORDERS)("%s is a total order", (_, compare) => {
  it("is antisymmetric, and only equal names are equal", () => {
    fc.assert(
      fc.property(fileName, fileName, (a, b) => {
        expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)));
        if (compare(a, b) === 0) expect(Buffer.from(a)).toEqual(Buffer.from(b));
      }),
    );
  });

  it("is transitive", () => {
    fc.assert(
      fc.property(fileName, fileName, fileName, (a, b, c) => {
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("gives one order, however the names come", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fileName, { maxLength: 8 }), (list) => {
        expect([...list].reverse().sort(compare)).toEqual([...list].sort(compare));
      }),
    );
  });
});

describe("compareVersions", () => {
  it("is antisymmetric and transitive", () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(compareVersions(a, b)).toBe(0 - compareVersions(b, a));
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it.each([
    ["1_10_0", "1_5_2", 1],
    ["1.10.0", "1_9", 1],
    ["10", "9", 1],
    ["1", "1.0", 0],
    ["001", "1", 0],
    ["1.0.1", "1", 1],
    ["20240101000000000000", "20240101000000000001", -1],
  ])("%s against %s is %i", (a, b, expected) => {
    expect(compareVersions(a, b)).toBe(expected);
  });
});

describe("the orders by example", () => {
  it.each([
    ["bytes", compareBytes, ["10_x", "1_init"]],
    ["locale", compareLocale, ["1_init", "10_x"]],
    ["bytes", compareBytes, ["20240101_B", "20240101_a"]],
    ["locale", compareLocale, ["20240101_a", "20240101_B"]],
    ["bytes", compareBytes, ["\uffee", "\u{1f600}"]],
    ["natural", compareNatural, ["1_a", "2_a", "10_a", "a_1"]],
    ["natural", compareNatural, ["1.9_a", "1.10_a", "00010-b", "0011_a"]],
    // A date is a date with and without dashes, with and without a time.
    [
      "natural",
      compareNatural,
      ["1_a", "20140924113530_a", "2017-08-31-230457_a", "20180101_a", "2026-07-27-143313-0000_a"],
    ],
    [
      "natural",
      compareNatural,
      ["2024-01-05_a", "20240105120000_b", "20240105120000123_c", "20240106_d", "2024010601_e"],
    ],
    // 17 digits are a date in milliseconds and so earlier than 14 digits taken as a number.
    ["node-pg-migrate", compareNodePgMigrate, ["1600000000000_z", "20240101000000000_a", "20230101000000_a"]],
  ] as const)("%s", (_, compare, expected) => {
    expect([...expected].reverse().sort(compare)).toEqual(expected);
  });
});
