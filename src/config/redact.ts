/**
 * Takes secrets out of text. Works on whole text, before anything is cut off: half a secret is a secret too.
 * A secret is found in every encoding in which an application may echo it: as it is, percent-encoded, as form field,
 * in Base64 (also inside a longer Base64 text), JSON-escaped and XML-escaped.
 */

export const REDACTED = "[redacted]";
/** Shorter values occur everywhere by chance ("1", "no"): replacing them would hide the answer, not the secret. */
export const MIN_SECRET_LENGTH = 4;

export interface Redactor {
  /** Adds a secret; values of fewer than 4 characters are ignored. */
  add(secret: string): void;
  /** The text with every occurrence of every secret, and the password of every URL, replaced by `[redacted]`. */
  redact(text: string): string;
}

/** A redactor without secrets. It only ever learns more of them. */
export function createRedactor(): Redactor {
  const needles = new Set<string>();
  return {
    add: (secret) => {
      // A secret that is part of the replacement itself could never be seen to be gone.
      if (secret.length < MIN_SECRET_LENGTH || REDACTED.includes(secret)) return;
      for (const needle of spellings(secret)) needles.add(needle);
    },
    redact: (text) => withoutUrlPasswords(replaceRanges(text, mergeRanges(findRanges(text, needles)))),
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

/** Every text in which the secret may stand; those that turn out too short to be told from chance are left out. */
function spellings(secret: string): string[] {
  const percent = [attempt(encodeURIComponent, secret), attempt(encodeURI, secret), formEncode(secret)];
  const json = jsonEscape(secret);
  const escaped = [json, json.replaceAll("/", "\\/"), asciiOnly(json), upperHex(asciiOnly(json))];
  const all = [
    secret,
    ...percent,
    ...percent.map(lowerHex),
    ...percent.map((text) => attempt(encodeURIComponent, text)),
    ...escaped,
    // A JSON text inside a JSON string: `{"message":"{\"token\":...}"}`.
    ...escaped.map(jsonEscape),
    ...xmlEscapes(secret),
    ...base64Cores(secret),
  ];
  return all.filter((text) => text.length >= MIN_SECRET_LENGTH);
}

function formEncode(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}

/** encodeURIComponent refuses lone surrogates; such a secret cannot have been sent that way either. */
function attempt(encode: (text: string) => string, text: string): string {
  try {
    return encode(text);
  } catch {
    return text;
  }
}

function lowerHex(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
}

function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Python's json.dumps and PHP's json_encode write: everything outside ASCII as \u escapes. */
function asciiOnly(text: string): string {
  return text.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function upperHex(text: string): string {
  return text.replace(/\\u[0-9a-f]{4}/g, (sequence) => `\\u${sequence.slice(2).toUpperCase()}`);
}

/** Serializers differ in how they write the quotes, and in whether they write them at all. */
function xmlEscapes(text: string): string[] {
  const base = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const double = base.replaceAll('"', "&quot;");
  const numeric = base.replaceAll('"', "&#34;").replaceAll("'", "&#39;");
  return [base, double, ...["&#39;", "&#x27;", "&apos;"].map((quote) => double.replaceAll("'", quote)), numeric];
}

/**
 * What is the same in every Base64 text that holds the secret, wherever it begins: a Base64 digit holds six bits, so
 * there are three alignments, and the digits at both ends also depend on the neighbours.
 */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const cores = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const whole = bytes.toString("base64");
  return [whole, ...cores].flatMap((text) => [
    text,
    text.replaceAll("+", "-").replaceAll("/", "_"),
    encodeURIComponent(text),
    text.replaceAll("/", "\\/"),
  ]);
}
