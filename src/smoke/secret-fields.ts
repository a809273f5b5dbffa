/**
 * Secrets that nothing has captured: they are known by the name beside them. Every expression here has bounded runs
 * and begins with something fixed, because it reads answers of a megabyte that may have been made to be slow.
 */
import { REDACTED, type Redactor } from "../config/index.js";
import type { Json } from "../model/report.js";
import { isSentence, namesSecret } from "./secret-names.js";

/** A text without the values of JSON properties, URL parameters and cookies whose names say that they are secret. */
export function hideSecretFields(text: string): string {
  return hideCookies(hideRowKeys(hideParameters(hideProperties(text)))).replace(JSON_WEB_TOKEN, REDACTED);
}

/** What may be shown of a text: without the secrets that the run knows and those that names give away. */
export function conceal(text: string, redactor: Redactor): string {
  return hideSecretFields(redactor.redact(text));
}

/** https://www.rfc-editor.org/rfc/rfc7519: whatever it is called, this is nothing but a token. */
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g;

/**
 * The name of a property with its colon. In JSON inside a JSON string, quotes stand behind backslashes; the name's two
 * quotes stand behind equally many.
 */
const PROPERTY = /(?<!\\)(\\{0,15})(["'])([^"'\\\r\n]{1,100})\1\2[ \t\r\n]{0,20}:[ \t\r\n]{0,20}/g;

function hideProperties(text: string): string {
  let shown = "";
  let position = 0;
  for (const match of text.matchAll(PROPERTY)) {
    const end = match.index + match[0].length;
    if (match.index < position || !namesSecret(match[3] ?? "")) continue;
    const values = stringsAt(text, end, (match[1] ?? "").length);
    for (const [from, to] of values) {
      if (isSentence(text.slice(from, to))) continue;
      shown += text.slice(position, from) + REDACTED;
      position = to;
    }
  }
  return shown + text.slice(position);
}

type Range = readonly [start: number, end: number];

/** The contents of the string at a place, or of the strings of the array that begins there. */
function stringsAt(text: string, at: number, depth: number): Range[] {
  const found: Range[] = [];
  const inArray = text[at] === "[";
  const opening = /[\s,]{0,100}(\\{0,15})(["'])/y;
  for (let place = inArray ? at + 1 : at; ; ) {
    opening.lastIndex = place;
    const match = opening.exec(text);
    if (match === null || (match[1] ?? "").length !== depth) return found;
    const start = opening.lastIndex;
    const end = endOfString(text, start, match[2] ?? '"', depth);
    found.push([start, end]);
    if (!inArray) return found;
    place = end + depth + 1;
  }
}

/**
 * Where a string ends: at the quote that is no part of it, at the end of the line, or where the answer was cut off.
 * @param depth backslashes before the string's own quotes: 0, 1, 3, 7 for JSON in JSON in JSON
 */
function endOfString(text: string, start: number, quote: string, depth: number): number {
  let backslashes = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\n") return at;
    if (char === quote) {
      const own = backslashes - depth;
      if (own < 0 || (own / (depth + 1)) % 2 === 0) return at - Math.min(backslashes, depth);
    }
    backslashes = char === "\\" ? backslashes + 1 : 0;
  }
  return text.length;
}

/** In a URL, a form, and a URL that is itself a parameter. */
const PARAMETER =
  /([?&#;]|%3F|%26)([\w.[\]-]{1,64})(=|%3D)((?:(?!%26|%23|%3F[\w.[\]-]{1,64}(?:=|%3D))[^&?#\s"'<>\\]){1,})/gi;

function hideParameters(text: string): string {
  return text.replace(PARAMETER, (whole, before: string, name: string, equals: string) =>
    namesSecret(name) ? `${before}${name}${equals}${REDACTED}` : whole,
  );
}

/** PostgreSQL's detail of a duplicate: `Key (token)=(abc) already exists.` */
const ROW_KEY = /(\bKey \()([^()\r\n]{1,200})(\)=\()([^()\r\n]{1,1000})(?=\))/g;

function hideRowKeys(text: string): string {
  return text.replace(ROW_KEY, (whole, key: string, columns: string, equals: string) =>
    columns.split(", ").some(namesSecret) ? `${key}${columns}${equals}${REDACTED}` : whole,
  );
}

const SET_COOKIE = /(set-cookie\\{0,15}["']?\s{0,3}:\s{0,3}\\{0,15}["']?)([^\r\n"'\\]{1,})/gi;

function hideCookies(text: string): string {
  return text.replace(SET_COOKIE, (_whole, before: string, value: string) => before + withoutCookieValues(value));
}

/** A cookie begins the header or follows the comma that joins repeated headers; a date has a comma, but no `=` behind it. */
const COOKIE = /((?:^|,\s?)\s{0,3}[^=;,\s]{1,200}=)([^;,]{1,})/g;

/** Cookies as they are set, without their values: the names and attributes are what claims are about. */
export function withoutCookieValues(header: string): string {
  return header.replace(COOKIE, `$1${REDACTED}`);
}

/** Names and values of the cookies in `set-cookie`. */
export function cookiesIn(header: string): { readonly name: string; readonly value: string }[] {
  return [...header.matchAll(COOKIE)].map(([, before = "", value = ""]) => ({
    name: before.replace(/^[,\s]{1,10}|=$/g, ""),
    value: value.replace(/^"|"$/g, ""),
  }));
}

/** A value as JSON for people, hidden when the name of what it belongs to says that it is secret. */
export function showUnder(name: string, value: Json): string {
  if (!namesSecret(name)) return JSON.stringify(value);
  if (/^set-cookie$/i.test(name) && typeof value === "string") return JSON.stringify(withoutCookieValues(value));
  const hide = (each: Json) => (typeof each === "string" && each !== "" && !isSentence(each) ? REDACTED : each);
  return JSON.stringify(Array.isArray(value) ? value.map(hide) : hide(value));
}
