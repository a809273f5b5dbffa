/**
 * Words for people. Names and error texts come from a database that anybody may have written to: whatever could move
 * the cursor, forge a line or hide text is shown as an escape.
 */
import type { Subject } from "../model/report.js";

/**
 * Control characters (C0, DEL, C1), line and paragraph separators, invisible characters and those that reverse the
 * direction of writing (https://trojansource.codes), byte order mark, lone surrogates.
 */
export const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text that stays on one line and means what it looks like: a newline becomes `\n`, ESC becomes `\u{1b}`. */
export function displaySafe(text: string): string {
  return text.replace(UNSAFE, (found) => SHORT[found] ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * `public.avatar_generations.projectId`, `INSERT on public.files`, `rows of public.plans`: the subject as it is spoken
 * of, without quotes.
 * @param home schema whose name goes without saying
 */
export function subjectName(subject: Subject, home: string | null = null): string {
  const { kind, schema, relation, name } = subject;
  const dotted = (...parts: readonly (string | null)[]) =>
    [schema === home ? null : schema, ...parts].filter((part) => part !== null && part !== "").join(".");
  switch (kind) {
    // What has no owner, or is its own: a schema stands in itself.
    case "server":
    case "schema":
    case "migration":
      return name;
    case "privileges":
      return relation === null ? wholePrivilege(subject) : tablePrivilege(name, dotted(relation));
    case "rows":
      // Its own name is a number that the contract gives it.
      return `rows of ${dotted(relation ?? name)}`;
    case "enum":
      return relation === null ? dotted(name) : `label ${JSON.stringify(name)} of ${dotted(relation)}`;
    default:
      return dotted(relation, name);
  }
}

/** `USAGE on schema public`, `CONNECT on the database`; without the name of a privilege, all that an application needs. */
function wholePrivilege({ schema, name }: Subject): string {
  if (!/^[A-Z]+$/.test(name)) return `privileges of ${name}`;
  return schema === null ? `${name} on the database` : `${name} on schema ${schema}`;
}

function tablePrivilege(name: string, table: string): string {
  const sequence = /^USAGE ON SEQUENCE (.*)$/s.exec(name)?.[1];
  return sequence === undefined ? `${name} on ${table}` : `USAGE on sequence ${sequence}`;
}

/** `column public.avatar_generations.projectId`, `index a_idx on public.users` */
export function subjectWithKind(subject: Subject, home: string | null = null): string {
  const { kind, relation, name } = subject;
  const text = subjectName(subject, home);
  if (kind === "server") return "the server";
  if (kind === "history") return `migration-record table ${text}`;
  if (kind === "privileges" || kind === "rows" || (kind === "enum" && relation !== null)) return text;
  if (relation === null || kind === "column") return `${kind} ${text}`.trim();
  return `${kind} ${name} on ${subjectName({ ...subject, relation: null, name: relation }, home)}`;
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
