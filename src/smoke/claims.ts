/** The kinds of claims that a predicate can make: when each is true, and how it is told. */
import type { Predicate } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { add, compareDecimals, type Decimal, decimalOf, negate, showDecimal } from "./decimal.js";
import { differences } from "./difference.js";
import { matchPattern } from "./pattern.js";
import { textOf } from "./template.js";

/** A problem: it cannot be said. */
export type Holds = boolean | { readonly problem: string };

/** One kind of claim: whether the predicate makes it, whether it is true, and what was expected. */
export interface Check {
  readonly holds: (actual: Json, predicate: Predicate, loose: boolean) => Holds;
  readonly expected: (predicate: Predicate) => string;
}

/** `plus` and `minus` claim nothing by themselves. */
export type Claim = Exclude<keyof Predicate, "plus" | "minus">;

export const CHECKS: Readonly<Record<Claim, Check>> = {
  equals: {
    holds: (actual, predicate, loose) => isEqual(actual, predicate, "equals", loose),
    expected: (predicate) => wanted(predicate, "equals").shown,
  },
  notEquals: {
    holds: (actual, predicate, loose) => opposite(isEqual(actual, predicate, "notEquals", loose)),
    expected: (predicate) => `!= ${wanted(predicate, "notEquals").shown}`,
  },
  oneOf: {
    holds: (actual, { oneOf = [] }, loose) => oneOf.some((each) => same(actual, each, loose)),
    expected: ({ oneOf = [] }) => `one of ${oneOf.map(show).join(", ")}`,
  },
  contains: {
    holds: (actual, { contains = "" }) => holdsPart(actual, contains),
    expected: ({ contains = "" }) => `to contain ${show(contains)}`,
  },
  notContains: {
    holds: (actual, { notContains = "" }) => !holdsPart(actual, notContains),
    expected: ({ notContains = "" }) => `not to contain ${show(notContains)}`,
  },
  startsWith: {
    holds: (actual, { startsWith = "" }) => typeof actual === "string" && actual.startsWith(startsWith),
    expected: ({ startsWith = "" }) => `to start with ${show(startsWith)}`,
  },
  endsWith: {
    holds: (actual, { endsWith = "" }) => typeof actual === "string" && actual.endsWith(endsWith),
    expected: ({ endsWith = "" }) => `to end with ${show(endsWith)}`,
  },
  matches: {
    holds: (actual, { matches = "" }) => matchPattern(matches, textOf(actual)),
    expected: ({ matches }) => `to match /${matches}/`,
  },
  notMatches: {
    holds: (actual, { notMatches = "" }) => opposite(matchPattern(notMatches, textOf(actual))),
    expected: ({ notMatches }) => `not to match /${notMatches}/`,
  },
  exists: { holds: () => true, expected: () => "a value" },
  type: { holds: (actual, { type }) => typeOf(actual) === type, expected: ({ type }) => `type ${type}` },
  length: { holds: (actual, { length }) => sizeOf(actual) === length, expected: ({ length }) => `length ${length}` },
  minLength: {
    holds: (actual, { minLength = 0 }) => (sizeOf(actual) ?? -1) >= minLength,
    expected: ({ minLength }) => `a length of at least ${minLength}`,
  },
  maxLength: {
    holds: (actual, { maxLength = 0 }) => (sizeOf(actual) ?? Number.POSITIVE_INFINITY) <= maxLength,
    expected: ({ maxLength }) => `a length of at most ${maxLength}`,
  },
  atLeast: bound("at least", "atLeast", (order) => order >= 0),
  atMost: bound("at most", "atMost", (order) => order <= 0),
  greaterThan: bound("more than", "greaterThan", (order) => order > 0),
  lessThan: bound("less than", "lessThan", (order) => order < 0),
};

/** Claims that are about how long a value is: then a failure tells its length. */
export const LENGTHS: ReadonlySet<Claim> = new Set<Claim>(["length", "minLength", "maxLength"]);

/** A value in a failure; long ones are cut when the report is made, after secrets were taken out. */
export function show(value: Json): string {
  return JSON.stringify(value);
}

export function sizeOf(value: Json): number | null {
  return typeof value === "string" || Array.isArray(value) ? value.length : null;
}

export function typeOf(value: Json): NonNullable<Predicate["type"]> {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as "string" | "number" | "boolean" | "object";
}

function bound(words: string, claim: Claim, fits: (order: -1 | 0 | 1) => boolean): Check {
  return {
    holds: (actual, predicate, loose) => {
      const limit = wanted(predicate, claim);
      if (limit.number === null) return { problem: `${limit.shown} is not a number` };
      const number = numberOf(actual, loose || isShifted(predicate));
      return number !== null && fits(compareDecimals(number, limit.number));
    },
    expected: (predicate) => `${words} ${wanted(predicate, claim).shown}`,
  };
}

/** What a claim asks for, `plus` and `minus` done. */
interface Wanted {
  readonly shown: string;
  /** Null: it is no number. */
  readonly number: Decimal | null;
}

function wanted(predicate: Predicate, claim: Claim): Wanted {
  const value = predicate[claim] ?? null;
  const start = decimalOf(value);
  if (!isShifted(predicate)) return { shown: start === null ? show(value) : showNumber(value, start), number: start };
  const { plus, minus } = predicate;
  const words = [
    show(value),
    ...(plus === undefined ? [] : [`plus ${plus}`]),
    ...(minus === undefined ? [] : [`minus ${minus}`]),
  ].join(" ");
  const up = plus === undefined ? ZERO : decimalOf(plus);
  const down = minus === undefined ? ZERO : decimalOf(minus);
  if (start === null || up === null || down === null) return { shown: words, number: null };
  const number = add(add(start, up), negate(down));
  return { shown: `${showDecimal(number)} (${words})`, number };
}

const ZERO: Decimal = { digits: 0n, scale: 0 };

/** A text that a template gave is told as a text, unless the claim is about numbers. */
function showNumber(value: Json, number: Decimal): string {
  return typeof value === "number" ? showDecimal(number) : show(value);
}

function isShifted({ plus, minus }: Predicate): boolean {
  return plus !== undefined || minus !== undefined;
}

function isEqual(actual: Json, predicate: Predicate, claim: "equals" | "notEquals", loose: boolean): Holds {
  if (!isShifted(predicate)) return same(actual, predicate[claim] ?? null, loose);
  const { shown, number } = wanted(predicate, claim);
  if (number === null) return { problem: `${shown} is not a number` };
  const value = decimalOf(actual);
  return value !== null && compareDecimals(value, number) === 0;
}

function opposite(holds: Holds): Holds {
  return typeof holds === "boolean" ? !holds : holds;
}

function numberOf(value: Json, loose: boolean): Decimal | null {
  return typeof value === "number" || loose ? decimalOf(value) : null;
}

function holdsPart(actual: Json, part: string): boolean {
  if (Array.isArray(actual)) return actual.some((each) => each === part || (isNumber(each) && String(each) === part));
  return typeof actual === "string" && actual.includes(part);
}

/** A captured id stands in `contains` as text, whatever it was in the answer. */
function isNumber(value: Json): boolean {
  return typeof value === "number";
}

function same(actual: Json, expected: Json, loose: boolean): boolean {
  if (loose && typeof actual === "string") {
    if (typeof expected === "number") return sameNumber(actual, expected);
    if (typeof expected === "boolean") return actual === String(expected);
  }
  return differences(expected, actual, "$", false).length === 0;
}

function sameNumber(actual: string, expected: number): boolean {
  const [number, other] = [decimalOf(actual), decimalOf(expected)];
  return number !== null && other !== null && compareDecimals(number, other) === 0;
}
