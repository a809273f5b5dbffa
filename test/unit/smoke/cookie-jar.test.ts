import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCookieJar, readSetCookies } from "../../../src/smoke/cookie-jar.js";

const at = (path: string) => new URL(path, "http://app.test");
const NOW = Date.parse("2026-11-20T10:00:00Z");

describe("a cookie jar", () => {
  it("sends back what it was given, and forgets what is taken back", () => {
    const jar = createCookieJar();
    expect(jar.headerFor(at("/"))).toBeNull();
    jar.receive("sid=abc; Path=/; HttpOnly, theme=dark; Path=/", at("/login"));
    expect(jar.headerFor(at("/any/where"))).toBe("sid=abc; theme=dark");
    jar.receive("sid=def; Path=/", at("/login"));
    expect(jar.headerFor(at("/"))).toBe("theme=dark; sid=def");
    jar.receive("theme=; Max-Age=0; Path=/, sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", at("/logout"));
    expect(jar.headerFor(at("/"))).toBeNull();
  });

  it("knows where one cookie ends and the next begins, dates included", () => {
    const header =
      'a=1; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Path=/, b="x,y"; Path=/, c=; Path=/,d=p=q; Secure, e=1; expires=Fri, 01-Jan-2038 00:00:00 GMT';
    expect(readSetCookies(header, at("/"), NOW).map(({ name, value }) => [name, value])).toEqual([
      ["a", "1"],
      ["b", '"x,y"'],
      ["c", ""],
      ["d", "p=q"],
      ["e", "1"],
    ]);
    expect(readSetCookies("no cookie; Path=/")).toEqual([]);
    expect(readSetCookies("")).toEqual([]);
  });

  it("reads any header", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (header) => {
        const jar = createCookieJar();
        jar.receive(header, at("/"));
        for (const { name, expires } of jar.cookies) {
          expect(name).toMatch(/^[^;=]+$/);
          expect(Number.isNaN(expires)).toBe(false);
        }
      }),
    );
  });

  it("keeps cookies to their path, the longest first", () => {
    const jar = createCookieJar();
    jar.receive("a=1; Path=/, b=2; Path=/api, c=3", at("/api/auth/login"));
    const names = (path: string) => jar.headerFor(at(path));
    expect(names("/api/auth/me")).toBe("c=3; b=2; a=1");
    expect(names("/api")).toBe("b=2; a=1");
    expect(names("/apiary")).toBe("a=1");
    expect(names("/")).toBe("a=1");
  });

  it("lets cookies end, Max-Age before Expires", () => {
    let now = NOW;
    const jar = createCookieJar([], () => now);
    jar.receive(
      "a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT, b=2; Expires=Fri, 20 Nov 2026 10:02:00 GMT",
      at("/"),
    );
    expect(jar.headerFor(at("/"))).toBe("a=1; b=2");
    now += 61_000;
    expect(jar.headerFor(at("/"))).toBe("b=2");
    now += 61_000;
    expect(jar.cookies).toEqual([]);
  });

  it("sends what is meant for TLS over TLS, and on the own machine", () => {
    const jar = createCookieJar();
    jar.receive("sid=abc; Secure; Path=/", at("/"));
    expect(jar.headerFor(at("/"))).toBeNull();
    expect(jar.headerFor(new URL("https://app.test/"))).toBe("sid=abc");
    expect(jar.headerFor(new URL("http://localhost:3000/"))).toBe("sid=abc");
    expect(jar.headerFor(new URL("http://127.0.0.1/"))).toBe("sid=abc");
  });

  it("begins with the cookies of others, without changing theirs", () => {
    const first = createCookieJar();
    first.receive("sid=abc; Path=/", at("/"));
    const second = createCookieJar(first.cookies);
    second.receive("sid=def; Path=/", at("/"));
    expect([first.headerFor(at("/")), second.headerFor(at("/"))]).toEqual(["sid=abc", "sid=def"]);
  });
});
