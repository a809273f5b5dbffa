/** Redirects, by the rules of https://www.rfc-editor.org/rfc/rfc9110#section-15.4; never to another origin. */
import type { PreparedRequest } from "../request.js";

export interface Answered {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
}

const FOLLOWED = [301, 302, 303, 307, 308];
/** They describe a body that is not sent any more. */
const OF_THE_BODY = ["content-type", "content-length", "content-encoding", "content-language", "content-location"];

export type Redirected =
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "follow"; readonly request: PreparedRequest };

/**
 * What follows an answer: nothing, the next request, or the reason why it is not sent. Another origin never gets a
 * request, so it never gets credentials either; http and https of one host are two origins.
 */
export function redirected(request: PreparedRequest, { status, headers }: Answered): Redirected {
  const location = headers["location"];
  if (status === null || !FOLLOWED.includes(status) || location === undefined) return { kind: "none" };
  if (!URL.canParse(location, request.url.href)) return { kind: "refused", reason: "it is not a URL" };
  const url = new URL(location, request.url);
  if (url.origin !== request.url.origin) return { kind: "refused", reason: "it leads to another origin" };
  if (url.username !== "" || url.password !== "")
    return { kind: "refused", reason: "it holds a user name or password" };
  url.hash = "";
  return { kind: "follow", request: { ...(becomesGet(status, request.method) ? asGet(request) : request), url } };
}

/** 303 asks for that; for 301 and 302 every client does it to POST, and servers count on it. */
function becomesGet(status: number, method: string): boolean {
  if (method === "GET" || method === "HEAD") return false;
  return status === 303 || (method === "POST" && (status === 301 || status === 302));
}

function asGet(request: PreparedRequest): PreparedRequest {
  const headers = Object.entries(request.headers).filter(([name]) => !OF_THE_BODY.includes(name));
  return { ...request, method: "GET", body: null, headers: Object.fromEntries(headers) };
}
