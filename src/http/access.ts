/**
 * Who may see details: names of objects, hosts, roles. With a token: whoever sends it, as a bearer token or as the
 * password of Basic authentication. Without one: only programs on this machine, and only when the service listens on
 * loopback alone.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { SchemareadyError } from "../errors/index.js";
import type { Problem } from "./problem.js";

export interface AccessOptions {
  /** Bearer token; null when none is set. */
  readonly token: string | null;
  /** The address that the service listens on. */
  readonly host: string;
}

/** For routes that change something: without a token nobody may call them. */
export function createTokenAccess(options: AccessOptions): Access {
  return options.token === null ? () => TOKEN_NEEDED : createAccess(options);
}

/** The part of a request that decides. */
export interface Caller {
  readonly method: string;
  readonly authorization: string | undefined;
  readonly remoteAddress: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The deciding part of a request. The address is the socket's: what headers claim about it is not believed. */
export function callerOf(request: IncomingMessage): Caller {
  return new RequestCaller(request);
}

/** Asks the request only for what the check wants to know; probes come by here. */
class RequestCaller implements Caller {
  readonly #request: IncomingMessage;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get headers() {
    return this.#request.headers;
  }

  get method() {
    return this.#request.method ?? "";
  }

  get authorization() {
    return this.headers.authorization;
  }

  get remoteAddress() {
    return this.#request.socket.remoteAddress;
  }
}

/** Null: may see details. Otherwise the problem that a route with details answers with. */
export type Access = (caller: Caller) => Problem | null;

/** A proxy on this machine makes every caller look local; these are what proxies add. */
const FORWARDING_HEADER =
  /^(?:forwarded|via|true-client-ip|(?:x-(?:forwarded|real|client|original|envoy)|cf|fastly|fly|akamai)-.*)$/;

const HOW_TO_SET = "start schemaready with --token-file FILE (or SCHEMAREADY_TOKEN in its environment)";

/**
 * Makes the check.
 * @throws SchemareadyError SETTINGS for an empty token, which every caller would have.
 */
export function createAccess({ token, host }: AccessOptions): Access {
  if (token === null) return isLoopback(host) ? loopbackOnly : closed;
  if (token.trim() === "") throw new SchemareadyError("SETTINGS", "The token for details is empty.");
  const expected = digest(token);
  return (caller) => {
    if (caller.authorization === undefined) return TOKEN_REQUIRED;
    const given = /^bearer +(\S+) *$/i.exec(caller.authorization)?.[1] ?? basicPassword(caller);
    // Digests have one length, so neither content nor length of the token shows in the time that comparing takes.
    return given !== undefined && timingSafeEqual(digest(given), expected) ? null : TOKEN_WRONG;
  };
}

/**
 * The password of `Authorization: Basic`, for browsers and for monitors that know nothing else. A browser adds it to
 * requests that other sites make it send, so it counts only for reading, and from such a site only for opening a page.
 */
function basicPassword({ method, authorization = "", headers }: Caller): string | undefined {
  const isReading = method === "GET" || method === "HEAD";
  if (!isReading || (fromElsewhere(headers) && headers["sec-fetch-mode"] !== "navigate")) return undefined;
  const encoded = /^basic +([a-z0-9+/]+=*) *$/i.exec(authorization)?.[1];
  return encoded === undefined ? undefined : /^[^:]*:(.*)$/s.exec(Buffer.from(encoded, "base64").toString())?.[1];
}

/** Makes a browser ask for the token. Only where a person has asked for it: elsewhere the question would be in the way. */
export const BASIC_CHALLENGE = 'Basic realm="schemaready", charset="UTF-8"';

/** True for 127.0.0.0/8, ::1 (also as IPv4-mapped) and localhost: an address, or the host part of a URL. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  const address = bare.replace(/^::ffff:/, "");
  return /^127(\.\d{1,3}){3}$/.test(address) || bare === "::1" || bare === "localhost" || bare.endsWith(".localhost");
}

function loopbackOnly({ remoteAddress, headers }: Caller): Problem | null {
  const isLocal = remoteAddress !== undefined && isLoopback(remoteAddress);
  const isForwarded = Object.keys(headers).some((name) => FORWARDING_HEADER.test(name));
  return isLocal && !isForwarded && namesLoopback(headers["host"]) && !fromElsewhere(headers) ? null : FORWARDED;
}

/** A browser says from which page a request comes; a page from elsewhere has no business here. */
function fromElsewhere(headers: Caller["headers"]): boolean {
  const { origin } = headers;
  const foreign = typeof origin === "string" && !(URL.canParse(origin) && isLoopback(new URL(origin).hostname));
  return foreign || headers["sec-fetch-site"] === "cross-site";
}

/**
 * A web page can point a name of its own at 127.0.0.1 and have the browser read from here (DNS rebinding); its requests
 * still carry that name.
 */
function namesLoopback(host: unknown): boolean {
  return host === undefined || (typeof host === "string" && isLoopback(host.replace(/:\d+$/, "")));
}

function closed(): Problem {
  return CLOSED;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

const TOKEN_REQUIRED: Problem = {
  status: 401,
  code: "TOKEN_REQUIRED",
  detail: "Details need the token of this service: Authorization: Bearer TOKEN.",
  headers: { "www-authenticate": 'Bearer realm="schemaready"' },
};
const TOKEN_WRONG: Problem = {
  status: 401,
  code: "TOKEN_WRONG",
  detail: "This is not the token of this service.",
  headers: { "www-authenticate": 'Bearer realm="schemaready", error="invalid_token"' },
};
const CLOSED: Problem = {
  status: 403,
  code: "DETAILS_CLOSED",
  detail: `This service listens beyond loopback and has no token, so it shows no details. To see them, ${HOW_TO_SET} and send Authorization: Bearer TOKEN.`,
};
const TOKEN_NEEDED: Problem = {
  status: 403,
  code: "DETAILS_CLOSED",
  detail: `Smoke runs change things in the application, so they need a token, also from this machine: ${HOW_TO_SET} and send Authorization: Bearer TOKEN.`,
};
const FORWARDED: Problem = {
  status: 403,
  code: "DETAILS_CLOSED",
  detail: `Without a token, details are shown only to direct requests from this machine to localhost. To see them from elsewhere or through a proxy, ${HOW_TO_SET} and send Authorization: Bearer TOKEN.`,
};
