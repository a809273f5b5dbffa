/**
 * Words for people. Names and error texts come from a database that anybody may have written to: whatever could move
 * the cursor, forge a line or hide text is shown as an escape.
 */
import type { Gap, Json, Subject } from "../model/report.js";

/**
 * Control characters (C0, DEL, C1), line and paragraph separators, invisible characters and those that reverse the
 * direction of writing (https://trojansource.codes), byte order mark, lone surrogates.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text that stays on one line and means what it looks like: a newline becomes `\n`, ESC becomes `\u{1b}`. */
export function displaySafe(text: string): string {
  return text.replace(UNSAFE, (found) => SHORT[found] ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}

/** `public.avatar_generations.projectId`: the subject as it is spoken of, without quotes. */
export function subjectName({ kind, schema, relation, name }: Subject): string {
  // What has no owner, or is its own: a schema stands in itself.
  if (kind === "server" || kind === "schema") return name;
  return [schema, relation, name].filter((part) => part !== null && part !== "").join(".");
}

/** `column public.avatar_generations.projectId` */
export function subjectWithKind(subject: Subject): string {
  return `${subject.kind} ${subjectName(subject)}`.trim();
}

/** `expected type text; found type integer`; of what is missing, only what was expected; empty when nothing is known. */
export function compareValues({ code, expected, actual }: Pick<Gap, "code" | "expected" | "actual">): string {
  const parts = [
    ...(expected === null ? [] : [`expected ${displayValue(expected)}`]),
    ...(actual === null && (expected === null || code.startsWith("MISSING_")) ? [] : [`found ${displayValue(actual)}`]),
  ];
  return parts.join("; ");
}

const LONGEST_VALUE = 400;

/** An expected or actual value on one line: `type text, nullable no`; nothing at all is `nothing`. */
export function displayValue(value: Json): string {
  const text = valueText(value, true);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)} ...`;
}

function valueText(value: Json, outermost: boolean): string {
  if (value === null) return outermost ? "nothing" : "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (isList(value)) return value.length === 0 ? "none" : value.map((item) => valueText(item, false)).join(", ");
  const pairs = Object.entries(value).map(([key, item]) => `${words(key)} ${valueText(item, false)}`);
  return outermost ? pairs.join(", ") : `(${pairs.join(", ")})`;
}

/** Array.isArray does not narrow readonly arrays. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** `nullsNotDistinct` -> `nulls not distinct` */
function words(key: string): string {
  return /^[a-z]+(?:[A-Z][a-z]+)*$/.test(key) ? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : key;
}

/** `1 gap`, `2 gaps`; a plural that is not noun + s is given. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}

/** `12 ms`, `3.4 s`, `2 min 5 s` */
export function displayDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
