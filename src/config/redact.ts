/**
 * Takes secrets out of text. Works on whole text, before anything is cut off: half a secret is a secret too.
 * A secret is found in every encoding in which an application may echo it (spellings.ts).
 */
import { fold } from "./folded.js";
import { spellings } from "./spellings.js";

export const REDACTED = "[redacted]";
/** Shorter values occur everywhere by chance ("1", "no"): replacing them would hide the answer, not the secret. */
export const MIN_SECRET_LENGTH = 4;

/** Shorter ones are never wrapped, and stand across two lines by chance. */
const MIN_FOLDED_LENGTH = 8;

export interface Redactor {
  /** Adds a secret; values of fewer than 4 characters are ignored. */
  add(secret: string): void;
  /** The text with every occurrence of every secret, and the password of every URL, replaced by `[redacted]`. */
  redact(text: string): string;
  /** As redact, for a text that somebody else has cut off: what may be the beginning of a secret at its end goes too. */
  redactCut(text: string): string;
}

/** A redactor without secrets. It only ever learns more of them. */
export function createRedactor(): Redactor {
  const needles = new Set<string>();
  // The same without line breaks; a text is looked at a second time without its own.
  const unbroken = new Set<string>();
  const find = (text: string) => [...findRanges(text, needles), ...findFolded(text, unbroken)];
  const redact = (text: string) => withoutUrlPasswords(replaceRanges(text, mergeRanges(find(text))));
  return {
    add: (secret) => {
      // A secret that is part of the replacement itself could never be seen to be gone.
      if (secret.length < MIN_SECRET_LENGTH || REDACTED.includes(secret)) return;
      // Those that turn out too short cannot be told from chance.
      for (const needle of spellings(secret)) {
        if (needle.length >= MIN_SECRET_LENGTH) needles.add(needle);
        const whole = fold(needle)?.text ?? needle;
        if (whole.length >= MIN_FOLDED_LENGTH) unbroken.add(whole);
      }
    },
    redact,
    redactCut: (text) => {
      const rest = Math.max(longestStart(text, needles), longestFoldedStart(text, unbroken));
      return rest === 0 ? redact(text) : redact(text.slice(0, -rest)) + REDACTED;
    },
  };
}

/**
 * The password of any URL, whoever it belongs to: up to the last @ before white space or a quote, because an unencoded
 * password may hold an @ itself. The word PASSWORD, as our own advice writes it, is none. The expressions begin with
 * fixed characters and their runs are bounded: an answer of a megabyte without any space must not take minutes.
 */
export function withoutUrlPasswords(text: string): string {
  return text
    .replace(/(:\/\/[^\s:/@"'<>\\]{0,256}):(?!PASSWORD@)[^\s"'<>\\]{0,256}@/gi, `$1:${REDACTED}@`)
    .replace(/([?&](?:password|sslpassword)=)[^&\s"'<>\\]*/gi, `$1${REDACTED}`);
}

type Range = readonly [start: number, end: number];

/** Secrets that go on in the next line. */
function findFolded(text: string, needles: ReadonlySet<string>): Range[] {
  const folded = fold(text);
  if (folded === null) return [];
  const { origin } = folded;
  // The end belongs to the last character: what follows it may be the break.
  return findRanges(folded.text, needles).map(([start, end]) => [origin(start), origin(end - 1) + 1]);
}

function longestFoldedStart(text: string, needles: ReadonlySet<string>): number {
  const folded = fold(text);
  const rest = folded === null ? 0 : longestStart(folded.text, needles);
  return folded === null || rest === 0 ? 0 : text.length - folded.origin(folded.text.length - rest);
}

/** Every occurrence, overlapping ones too: two secrets may share characters, and neither may leave a rest behind. */
function findRanges(text: string, needles: ReadonlySet<string>): Range[] {
  const ranges: Range[] = [];
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
      ranges.push([at, at + needle.length]);
    }
  }
  return ranges;
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  // Longest first among those that begin together, so that the shorter ones fall inside.
  for (const range of [...ranges].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = merged.at(-1);
    if (last !== undefined && range[0] < last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])];
    else merged.push(range);
  }
  return merged;
}

function replaceRanges(text: string, ranges: readonly Range[]): string {
  let kept = "";
  let position = 0;
  for (const [start, end] of ranges) {
    kept += text.slice(position, start) + REDACTED;
    position = end;
  }
  return kept + text.slice(position);
}

/** How many characters at the end of a text are the beginning of a secret. */
function longestStart(text: string, needles: ReadonlySet<string>): number {
  let longest = 0;
  for (const needle of needles) {
    for (
      let length = Math.min(needle.length - 1, text.length);
      length >= MIN_SECRET_LENGTH && length > longest;
      length--
    ) {
      if (text.endsWith(needle.slice(0, length))) longest = length;
    }
  }
  return longest;
}
