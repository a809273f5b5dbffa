/** One claim about one value, and the sentence that says why it is false. */
import type { Predicate } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { matchPattern } from "./pattern.js";
import { showUnder } from "./secret-fields.js";
import { type Lookup, renderJson, renderText, textOf } from "./template.js";

/** A value under judgement. */
export interface Judged {
  /** How failures call it: `$.generation.status`, `header location`. */
  readonly subject: string;
  /** Undefined: there is no such value. */
  readonly actual: Json | undefined;
  /** How a failure says that there is none: `matched nothing`, `was not sent`. */
  readonly missing: string;
  /**
   * The value came as text although it may mean a number (headers; PostgreSQL's bigint and numeric): then `1` in the
   * check file equals "1". JSON is judged strictly.
   */
  readonly loose: boolean;
}

/** A problem: it cannot be said. */
type Holds = boolean | { readonly problem: string };

/** One kind of claim: whether the predicate makes it, whether it is true, and what was expected. */
interface Check {
  readonly holds: (actual: Json, predicate: Predicate, loose: boolean) => Holds;
  readonly expected: (predicate: Predicate) => string;
}

/** What is false, as one line each; empty when the claim is true. A missing value satisfies nothing but `exists: false`. */
export function judgePredicate({ subject, actual, missing, loose }: Judged, predicate: Predicate): string[] {
  if (predicate.exists === false)
    return actual === undefined ? [] : [`${subject}: expected none, got ${showOf(subject, actual)}`];
  const made = (Object.keys(CHECKS) as Claim[]).filter((claim) => predicate[claim] !== undefined);
  if (actual === undefined) {
    const expected = made.map((claim) => CHECKS[claim].expected(predicate)).join(" and ");
    return [`${subject}: expected ${expected}, but it ${missing}`];
  }
  const shown = showOf(subject, actual);
  return made.flatMap((claim) => {
    const holds = CHECKS[claim].holds(actual, predicate, loose);
    if (holds === true) return [];
    const expected = `${subject}: expected ${CHECKS[claim].expected(predicate)}`;
    if (holds === false) return [`${expected}, got ${describeActual(claim, actual, shown)}`];
    return [`${expected}, but ${holds.problem}: ${shown}`];
  });
}

/** The predicate with its templates replaced; in `matches`, values stand for themselves, not for patterns. */
export function renderPredicate(predicate: Predicate, lookup: Lookup): Predicate {
  const { equals, notEquals, contains, matches } = predicate;
  return {
    ...predicate,
    ...(equals === undefined ? {} : { equals: renderJson(equals, lookup) }),
    ...(notEquals === undefined ? {} : { notEquals: renderJson(notEquals, lookup) }),
    ...(contains === undefined ? {} : { contains: renderText(contains, lookup) }),
    ...(matches === undefined ? {} : { matches: renderText(matches, lookup, escapePattern) }),
  };
}

type Claim = keyof Predicate;

const CHECKS: Readonly<Record<Claim, Check>> = {
  equals: {
    holds: (actual, { equals = null }, loose) => same(actual, equals, loose),
    expected: ({ equals = null }) => show(equals),
  },
  notEquals: {
    holds: (actual, { notEquals = null }, loose) => !same(actual, notEquals, loose),
    expected: ({ notEquals = null }) => `anything but ${show(notEquals)}`,
  },
  contains: {
    holds: (actual, { contains = "" }) => holdsPart(actual, contains),
    expected: ({ contains = "" }) => `to contain ${show(contains)}`,
  },
  matches: {
    holds: (actual, { matches = "" }) => matchPattern(matches, textOf(actual)),
    expected: ({ matches }) => `to match /${matches}/`,
  },
  exists: { holds: () => true, expected: () => "a value" },
  type: { holds: (actual, { type }) => typeOf(actual) === type, expected: ({ type }) => `type ${type}` },
  length: { holds: (actual, { length }) => sizeOf(actual) === length, expected: ({ length }) => `length ${length}` },
  atLeast: bound("at least", (actual, { atLeast = 0 }) => actual >= atLeast, "atLeast"),
  atMost: bound("at most", (actual, { atMost = 0 }) => actual <= atMost, "atMost"),
  greaterThan: bound("more than", (actual, { greaterThan = 0 }) => actual > greaterThan, "greaterThan"),
  lessThan: bound("less than", (actual, { lessThan = 0 }) => actual < lessThan, "lessThan"),
};

function bound(words: string, holds: (actual: number, predicate: Predicate) => boolean, claim: Claim): Check {
  return {
    holds: (actual, predicate, loose) => holds(numberOf(actual, loose), predicate),
    expected: (predicate) => `${words} ${predicate[claim]}`,
  };
}

/** A value in a failure; long ones are cut when the report is made, after secrets were taken out. */
function show(value: Json): string {
  return JSON.stringify(value);
}

/** A value in a failure, under what failures call it: `$.user.token`, `header set-cookie`, `column api_key`. */
export function showOf(subject: string, value: Json): string {
  const [name] = /[\w-]{1,200}$/.exec(subject.replace(/(?:\[[\d*]{0,20}\]|['"\]]){1,20}$/, "")) ?? [""];
  return showUnder(name, value);
}

function describeActual(claim: Claim, actual: Json, shown: string): string {
  const size = sizeOf(actual);
  if (claim === "length" && size !== null) return `length ${size}`;
  return claim === "type" ? `${typeOf(actual)} ${shown}` : shown;
}

function sizeOf(value: Json): number | null {
  return typeof value === "string" || Array.isArray(value) ? value.length : null;
}

function typeOf(value: Json): NonNullable<Predicate["type"]> {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as "string" | "number" | "boolean" | "object";
}

/** NaN for what is not a number: every comparison with it is false. */
function numberOf(value: Json, loose: boolean): number {
  if (typeof value === "number") return value;
  return loose && typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

function holdsPart(actual: Json, part: string): boolean {
  if (Array.isArray(actual)) return actual.some((each) => each === part);
  return typeof actual === "string" && actual.includes(part);
}

function same(actual: Json, expected: Json, loose: boolean): boolean {
  if (loose && typeof actual === "string") {
    if (typeof expected === "number") return numberOf(actual, true) === expected;
    if (typeof expected === "boolean") return actual === String(expected);
  }
  return deepEqual(actual, expected);
}

function deepEqual(a: Json, b: Json): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map<string, Json>(Object.entries(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => {
      const other = right.get(key);
      return other !== undefined && deepEqual(value as Json, other);
    })
  );
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
