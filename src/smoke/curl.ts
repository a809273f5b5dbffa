/**
 * A request as a command line that a person can paste: quoted for a POSIX shell, so that no value ends its quotes, and
 * with secrets as variables (`"$TOKEN"`), so that it can stand in a report.
 */
import { REDACTED, type Redactor } from "../config/index.js";
import type { PreparedRequest } from "./request.js";
import { conceal } from "./secret-fields.js";
import { namesSecret } from "./secret-names.js";

/** A longer body is named, not shown: a terminal takes about so much in one line. */
const LONGEST_BODY = 3_000;
/** Ours on every request; the application answers the same without them. */
const LEFT_OUT = new Set(["accept-encoding", "user-agent", "connection", "content-length", "host"]);
/** What a shell would pass on and a page cannot show: control characters but line ends, direction marks, half characters. */
const UNSHOWABLE = /[^\P{Cc}\n]|[\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;
const SCHEME = /^(?:basic|bearer|digest|token)(?= )/i;

/** `curl -X POST 'http://host/path' -H 'authorization: Bearer '"$TOKEN" --data-raw '{…}'` */
export function curlCommand(request: PreparedRequest, redactor: Redactor): string {
  const { method, url, headers, body } = request;
  const shown = Object.entries(headers).filter(([name]) => !LEFT_OUT.has(name));
  return [
    "curl -sS -i",
    ...(method === "GET" ? [] : method === "HEAD" ? ["--head"] : [`-X ${word(method)}`]),
    word(conceal(url.href, redactor)),
    ...shown.map(([name, value]) => `-H ${headerWord(name, value, redactor)}`),
    ...(body === null ? [] : [bodyOption(body, redactor)]),
  ].join(" ");
}

/** The value of a header that sounds secret is never shown, not even one that is too short to be looked for elsewhere. */
function headerWord(name: string, value: string, redactor: Redactor): string {
  if (!namesSecret(name)) return word(conceal(`${name}: ${value}`, redactor), variableName(name));
  const scheme = name === "authorization" ? (SCHEME.exec(value)?.[0] ?? null) : null;
  if (scheme === null) return word(`${name}: ${REDACTED}`, variableName(name));
  return word(`${name}: ${scheme} ${REDACTED}`, scheme.toLowerCase() === "basic" ? "CREDENTIALS" : "TOKEN");
}

/** Bytes, such as an upload, are no text that a shell could hold: they come from a file. */
function bodyOption(body: string | Uint8Array, redactor: Redactor): string {
  if (typeof body !== "string") return '--data-binary "@$BODY_FILE"';
  const shown = conceal(body, redactor);
  const isShowable = shown.length <= LONGEST_BODY && !UNSHOWABLE.test(shown);
  return `--data-raw ${isShowable ? word(shown) : '"$BODY"'}`;
}

/**
 * One word for the shell: literal parts in single quotes, each secret's stand-in as a variable in double quotes.
 * @param variable name of the variables; null: after the property or parameter that the secret belongs to
 */
function word(text: string, variable: string | null = null): string {
  const parts = showable(text).split(REDACTED);
  return parts
    .map((part, at) => {
      const before = parts[at - 1];
      const secret = before === undefined ? "" : `"$${variable ?? nameBefore(before)}"`;
      return `${secret}${part === "" && parts.length > 1 ? "" : quote(part)}`;
    })
    .join("");
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02: nothing in them is special. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function showable(text: string): string {
  return text.replace(new RegExp(UNSHOWABLE, "gu"), "\ufffd");
}

/** `{"newPassword":"` -> NEW_PASSWORD, `?token=` -> TOKEN */
function nameBefore(text: string): string {
  const [, property, parameter] = /(?:"([\w.-]{1,40})"\s*:\s*\[?\s*"?|(?:^|[?&])([\w.-]{1,40})=)$/.exec(text) ?? [];
  return variableName(property ?? parameter ?? "SECRET");
}

function variableName(name: string): string {
  const upper = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z\d]+/g, "_")
    .toUpperCase();
  return /^[A-Z]/.test(upper) ? upper : `SECRET_${upper}`;
}
