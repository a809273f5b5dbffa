/** One claim about one value, and the sentence that says why it is false. */
import type { Predicate } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { CHECKS, type Claim, LENGTHS, sizeOf, typeOf } from "./claims.js";
import { type Difference, differences } from "./difference.js";
import { showUnder } from "./secret-fields.js";
import { type Lookup, renderJson, renderText } from "./template.js";

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

/** What is false, as one line each; empty when the claim is true. A missing value satisfies nothing but `exists: false`. */
export function judgePredicate({ subject, actual, missing, loose }: Judged, predicate: Predicate): string[] {
  if (predicate.exists === false)
    return actual === undefined ? [] : [`${subject}: expected none, got ${showOf(subject, actual)}`];
  const made = (Object.keys(CHECKS) as Claim[]).filter((claim) => predicate[claim] !== undefined);
  if (actual === undefined) {
    const expected = made.map((claim) => CHECKS[claim].expected(predicate)).join(" and ");
    return [`${subject}: expected ${expected}, but it ${missing}`];
  }
  return made.flatMap((claim) => {
    const holds = CHECKS[claim].holds(actual, predicate, loose);
    if (holds === true) return [];
    const expected = `${subject}: expected ${CHECKS[claim].expected(predicate)}`;
    const shown = showOf(subject, actual);
    if (holds !== false) return [`${expected}, but ${holds.problem}: ${shown}`];
    const where = claim === "equals" ? firstDifference(predicate.equals ?? null, actual, subject) : "";
    return [`${where}${expected}, got ${describeActual(claim, actual, shown)}`];
  });
}

const MOST_DIFFERENCES = 10;

/** Every place at which a JSON value does not hold what is expected of it; what is not named may be there. */
export function judgeSubset(expected: Json, actual: Json, subject: string): string[] {
  const found = differences(expected, actual, subject, true);
  const more = found.length - MOST_DIFFERENCES;
  const lines = found.slice(0, MOST_DIFFERENCES).map(describeDifference);
  return more > 0 ? [...lines, `${subject}: ${more} more differences`] : lines;
}

/** Of lists, objects and long texts: the place first, because the whole values may be too long to be shown. */
function firstDifference(expected: Json, actual: Json, subject: string): string {
  const within = textDifference(subject, expected, actual);
  if (within !== "") return `${subject}: ${within}; `;
  const found = differences(expected, actual, subject, false);
  const [first, ...rest] = found;
  if (first === undefined || first.path === subject) return "";
  const more = rest.length === 0 ? "" : ` (the first of ${found.length} differences)`;
  return `${describeDifference(first)}${more}; `;
}

function describeDifference({ path, expected, actual }: Difference): string {
  const wanted = expected === undefined ? "nothing" : showOf(path, expected);
  if (actual === undefined) return `${path}: expected ${wanted}, but it is missing`;
  const within = textDifference(path, expected ?? null, actual);
  return `${path}: ${within === "" ? "" : `${within}; `}expected ${wanted}, got ${showOf(path, actual)}`;
}

/** Of shorter texts everybody sees it. */
const LONG_TEXT = 80;

/**
 * Where two long texts differ. They are not cut to that place: half a secret would no longer be known as one. Of what
 * is secret nothing is told, not even how far a guess was right.
 */
function textDifference(subject: string, expected: Json, actual: Json): string {
  if (typeof expected !== "string" || typeof actual !== "string") return "";
  const isSecret = showOf(subject, actual) !== JSON.stringify(actual);
  if (isSecret || Math.min(expected.length, actual.length) <= LONG_TEXT) return "";
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  return `differs from character ${at + 1} on, in ${actual.length} characters instead of ${expected.length}`;
}

/** The predicate with its templates replaced; in patterns, values stand for themselves, not for patterns. */
export function renderPredicate(predicate: Predicate, lookup: Lookup): Predicate {
  const entries = Object.entries(predicate).map(([name, value]: [string, Json]): [string, Json] => {
    if (name === "matches" || name === "notMatches") return [name, renderText(String(value), lookup, escapePattern)];
    return [name, AS_TEXT.has(name) ? renderText(String(value), lookup) : renderJson(value, lookup)];
  });
  return Object.fromEntries(entries) as Predicate;
}

/** Claims about text: a number from an answer stands there as its text. */
const AS_TEXT: ReadonlySet<string> = new Set<keyof Predicate>(["contains", "notContains", "startsWith", "endsWith"]);

/** A value in a failure, under what failures call it: `$.user.token`, `header set-cookie`, `column api_key`. */
export function showOf(subject: string, value: Json): string {
  const [name] = /[\w-]{1,200}$/.exec(subject.replace(/(?:\[[\d*]{0,20}\]|['"\]]){1,20}$/, "")) ?? [""];
  return showUnder(name, value);
}

function describeActual(claim: Claim, actual: Json, shown: string): string {
  const size = sizeOf(actual);
  if (LENGTHS.has(claim) && size !== null) return `length ${size}`;
  return claim === "type" ? `${typeOf(actual)} ${shown}` : shown;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
