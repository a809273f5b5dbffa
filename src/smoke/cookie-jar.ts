/**
 * Cookies of one flow (https://www.rfc-editor.org/rfc/rfc6265), for a suite that asks for them. All requests go to one
 * origin, so the domain of a cookie is not looked at; its path, its end and `Secure` are.
 */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Requests below this path get it. */
  readonly path: string;
  readonly secure: boolean;
  /** When it ends, in milliseconds since 1970; null: with the run. */
  readonly expires: number | null;
}

export interface CookieJar {
  /** Keeps what an answer sets, and forgets what it takes back. */
  receive(setCookie: string | undefined, url: URL): void;
  /** The `cookie` header for a request; null when there is nothing to send. */
  headerFor(url: URL): string | null;
  readonly cookies: readonly Cookie[];
}

/** A jar that begins with the cookies of others. */
export function createCookieJar(others: readonly Cookie[] = [], now: () => number = Date.now): CookieJar {
  const kept = new Map(others.map((cookie) => [keyOf(cookie), cookie]));
  const alive = ({ expires }: Cookie) => expires === null || expires > now();
  return {
    receive: (setCookie, url) => {
      for (const cookie of readSetCookies(setCookie ?? "", url, now())) {
        kept.delete(keyOf(cookie));
        if (alive(cookie)) kept.set(keyOf(cookie), cookie);
      }
    },
    headerFor: (url) => {
      const fitting = [...kept.values()].filter((cookie) => alive(cookie) && fits(cookie, url));
      // The cookie of the longer path first, as browsers do.
      const sorted = fitting.sort((a, b) => b.path.length - a.path.length);
      return sorted.length === 0 ? null : sorted.map(({ name, value }) => `${name}=${value}`).join("; ");
    },
    get cookies() {
      return [...kept.values()].filter(alive);
    },
  };
}

function keyOf({ name, path }: Cookie): string {
  return JSON.stringify([name, path]);
}

function fits({ path, secure }: Cookie, url: URL): boolean {
  if (secure && url.protocol !== "https:" && !isLoopback(url)) return false;
  return url.pathname === path || url.pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
}

/** Browsers treat the own machine as safe; a smoke test against localhost would otherwise never be logged in. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/** Where one Set-Cookie ends and the next begins in the joined header: a comma of a date is followed by no `name=`. */
const NEXT_COOKIE = /,\s{0,3}(?=[^\s;,="]{1,200}=)/;
const ROOT = new URL("http://localhost/");

/** The cookies of a `set-cookie` header; several are joined by commas. */
export function readSetCookies(header: string, url: URL = ROOT, now = Date.now()): Cookie[] {
  return header.split(NEXT_COOKIE).flatMap((text) => {
    const [pair = "", ...attributes] = text.split(";");
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    if (at < 1 || name === "") return [];
    return [{ name, value: pair.slice(at + 1).trim(), ...readAttributes(attributes, url, now) }];
  });
}

function readAttributes(attributes: readonly string[], url: URL, now: number): Omit<Cookie, "name" | "value"> {
  const found = new Map(
    attributes.map((text) => {
      const [name = "", ...value] = text.split("=");
      return [name.trim().toLowerCase(), value.join("=").trim()] as const;
    }),
  );
  const path = found.get("path") ?? "";
  const maxAge = found.get("max-age");
  const date = Date.parse(found.get("expires") ?? "");
  // Max-Age counts when both are there.
  const ends = maxAge !== undefined && /^-?\d{1,15}$/.test(maxAge) ? now + Number(maxAge) * 1_000 : date;
  return {
    path: path.startsWith("/") ? path : defaultPath(url),
    secure: found.has("secure"),
    expires: Number.isNaN(ends) ? null : ends,
  };
}

/** https://www.rfc-editor.org/rfc/rfc6265#section-5.1.4 */
function defaultPath({ pathname }: URL): string {
  const last = pathname.lastIndexOf("/");
  return last <= 0 ? "/" : pathname.slice(0, last);
}
