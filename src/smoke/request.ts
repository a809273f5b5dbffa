/** From the request of a check file to the request that is sent: templates replaced, encoded, held to the application's origin. */
import type { RequestTemplate } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { renderBody } from "./body.js";
import type { CookieJar } from "./cookie-jar.js";
import { cookiesIn } from "./secret-fields.js";
import { namesSecret } from "./secret-names.js";
import { type Lookup, renderPairs, renderText, textOf } from "./template.js";

export interface PreparedRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of an upload the bytes as they are sent. */
  readonly body: string | Buffer | null;
  readonly timeoutMs: number;
  /** How many redirects are followed. */
  readonly redirects: number;
  /** How often it may be sent again. */
  readonly retries: number;
}

/** A request that must not be sent, because of a value that is only known during the run. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";
}

/** Whether a request only reads: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
export function isSafe({ method }: Pick<RequestTemplate, "method">): boolean {
  return SAFE_METHODS.includes(method.toUpperCase());
}

/** Begins every failure of a request that was not sent. */
export const NOT_SENT = "not sent: ";
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS", "TRACE"];
const LONG_COOKIE = 12;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Replaces the templates and builds the request.
 * @throws RequestRefused when a value would lead elsewhere: an empty path segment value (`DELETE /projects/`), `..`, another origin.
 */
export function prepareRequest(
  template: RequestTemplate,
  base: URL,
  lookup: Lookup,
  standard: Readonly<Record<string, string>>,
  origins: readonly string[] = [base.origin],
): PreparedRequest {
  const { body, contentType } = renderBody(template.body, lookup);
  const own = new Map<string, string>();
  for (const [header, value] of renderPairs(template.headers, lookup)) {
    const name = header.toLowerCase();
    requireHeaderValue(name, value);
    const before = own.get(name);
    own.set(name, before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`);
  }
  const sent = contentType === null ? {} : { "content-type": contentType };
  return {
    method: template.method.toUpperCase(),
    url: renderUrl(template, base, lookup, origins),
    // The boundary of an upload is known to the runner alone.
    headers: {
      ...{ ...standard, ...sent, ...idempotency(template, lookup), ...Object.fromEntries(own) },
      ...(template.body.kind === "multipart" ? sent : {}),
    },
    body,
    timeoutMs: template.timeoutMs,
    redirects: template.redirects,
    retries: template.retries,
  };
}

/** The request with the cookies of a jar; a flow that gives a `cookie` header itself means that one. */
export function withCookies(request: PreparedRequest, jar: CookieJar | null): PreparedRequest {
  const cookie = request.headers["cookie"] === undefined ? (jar?.headerFor(request.url) ?? null) : null;
  return cookie === null ? request : { ...request, headers: { ...request.headers, cookie } };
}

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/, without quotes as everybody sends it. */
function idempotency({ idempotencyKey }: RequestTemplate, lookup: Lookup): Record<string, string> {
  return idempotencyKey ? { "idempotency-key": renderText("{{uuid}}", lookup) } : {};
}

/** `POST http://host/path?query`, for people; the caller takes secrets out. */
export function displayRequest(request: PreparedRequest): string {
  return `${request.method} ${request.url.href}`;
}

/**
 * The URL that a path leads to; null when its origin is not allowed.
 * A path is appended to the base's own path, so `/api` under `http://host/prefix` is `/prefix/api`.
 */
export function resolveOnOrigin(path: string, base: URL, origins: readonly string[] = [base.origin]): URL | null {
  const prefix = base.pathname.replace(/\/+$/, "");
  const text = ABSOLUTE.test(path) ? path : `${base.origin}${prefix}${path.startsWith("/") ? "" : "/"}${path}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && origins.includes(url.origin) && url.username === "" && url.password === "" ? url : null;
}

/** Where requests may go, for messages. */
export function allowedText({ origin }: URL, origins: readonly string[]): string {
  const onlyHere = origins.length === 1 && origins[0] === origin;
  return onlyHere ? "requests go to the application only" : `requests go to ${origins.join(", ")} only`;
}

/** Values of request headers whose names sound secret, with the parts that an application may echo alone. */
export function sensitiveValues(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (!namesSecret(name)) return [];
    if (name === "cookie") return [value, ...longCookies(value.replaceAll(";", ","))];
    const [, scheme, credentials] = /^(\S+)\s+(.+)$/.exec(value) ?? [];
    if (scheme === undefined || credentials === undefined) return [value];
    if (scheme.toLowerCase() !== "basic") return [value, credentials];
    const pair = Buffer.from(credentials, "base64").toString("utf8");
    return [value, credentials, pair, pair.slice(pair.indexOf(":") + 1)];
  });
}

/** Values of cookies by which somebody could be known; `theme=dark` would hide every "dark" of the run. */
export function longCookies(header: string): string[] {
  return cookiesIn(header)
    .filter(({ name, value }) => value.length >= LONG_COOKIE || namesSecret(name))
    .map(({ value }) => value);
}

function renderUrl(template: RequestTemplate, base: URL, lookup: Lookup, origins: readonly string[]): URL {
  const path = renderPath(template.path, lookup);
  const segments = path.split(/[?#]/, 1).join("").split("/");
  if (segments.some((segment) => segment === "." || segment === ".."))
    throw new RequestRefused(`the path ${path} holds a segment "." or ".."`);
  const url = resolveOnOrigin(path, base, origins);
  if (url === null) throw new RequestRefused(`the path leads away from ${origins.join(", ")}`);
  const pairs = renderPairs(template.query, lookup).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  url.search = [url.search.replace(/^\?/, ""), ...pairs].filter((part) => part !== "").join("&");
  url.hash = "";
  return url;
}

/** A path that begins with a template whose value is a whole URL: of another service, or one that an answer gave. */
function renderPath(path: string, lookup: Lookup): string {
  const [head = "", name = ""] = /^\{\{([^{}]*)\}\}/.exec(path) ?? [];
  const value = head === "" ? undefined : lookup(name.trim());
  const whole = typeof value === "string" && ABSOLUTE.test(value);
  return whole
    ? value + renderText(path.slice(head.length), pathLookup(lookup), encode)
    : renderText(path, pathLookup(lookup), encode);
}

function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new RequestRefused("a value holds half a character (a lone surrogate) and cannot stand in a URL");
  }
}

/** In a path, a value that is not there would silently address something else: the whole collection. */
function pathLookup(lookup: Lookup): Lookup {
  return (name) => {
    const value = lookup(name);
    if (value === undefined) return undefined;
    const usable =
      typeof value === "number" || typeof value === "boolean" || (typeof value === "string" && value !== "");
    if (usable) return value;
    throw new RequestRefused(`{{${name}}} is ${describeUnusable(value)} and cannot stand in a path`);
  };
}

function describeUnusable(value: Json): string {
  if (value === null) return "null";
  if (value === "") return "empty";
  return Array.isArray(value) ? "an array" : "an object";
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.5, as far as Node sends it. */
function requireHeaderValue(name: string, value: string): void {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw new RequestRefused(`header ${name} holds a character that HTTP does not allow`);
  }
}

/** How a captured value is shown to people: `project cm3x...`. */
export function describeWith(text: string, lookup: Lookup): string {
  return renderText(text, (name) => {
    const value = lookup(name);
    return value === undefined ? `(${name} is not known)` : textOf(value);
  });
}
