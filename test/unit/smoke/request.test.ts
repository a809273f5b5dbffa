import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RequestTemplate } from "../../../src/model/flow.js";
import type { Json } from "../../../src/model/report.js";
import {
  displayRequest,
  prepareRequest,
  RequestRefused,
  resolveOnOrigin,
  sensitiveValues,
} from "../../../src/smoke/request.js";
import { request } from "../../support/flows.js";

const base = new URL("http://app.test:8080/prefix/");
const prepare = (line: string, values: Record<string, Json> = {}, parts: Partial<RequestTemplate> = {}) =>
  prepareRequest(request(line, parts), base, (name) => values[name], { "user-agent": "test" });

describe("building a request", () => {
  it("puts the path under the base's own path and encodes values", () => {
    const values = { id: "a/b ?#", q: "x&y=1", n: 2 };
    const built = prepare("get /projects/{{id}}?q={{q}}", values, { query: { page: "{{n}}", "a b": "c" } });
    expect(displayRequest(built)).toBe(
      "GET http://app.test:8080/prefix/projects/a%2Fb%20%3F%23?q=x%26y%3D1&page=2&a%20b=c",
    );
  });

  it("sends JSON with types, a form, or text, each with its content type unless the flow gives one", () => {
    const values = { n: 7, s: "a b&c" };
    const json = prepare("POST /", values, { body: { kind: "json", value: { n: "{{n}}", s: ["{{s}}"] } } });
    expect([json.body, json.headers["content-type"]]).toEqual(['{"n":7,"s":["a b&c"]}', "application/json"]);
    const form = prepare("POST /", values, { body: { kind: "form", value: { s: "{{s}}" } } });
    expect([form.body, form.headers["content-type"]]).toEqual(["s=a+b%26c", "application/x-www-form-urlencoded"]);
    const text = prepare("POST /", values, {
      body: { kind: "text", value: "<x>{{s}}</x>" },
      headers: { "Content-Type": "text/xml" },
    });
    expect([text.body, text.headers["content-type"]]).toEqual(["<x>a b&c</x>", "text/xml"]);
    expect(text.headers["user-agent"]).toBe("test");
  });

  it("never leaves the origin, whatever the values are", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), fc.string(), (a, b) => {
        const build = () => prepare("GET {{a}}/x/{{b}}", { a, b });
        try {
          const { url } = build();
          expect(url.origin).toBe(base.origin);
          expect(url.pathname.startsWith("/prefix/")).toBe(true);
          expect(url.pathname.split("/")).toHaveLength(5);
        } catch (error) {
          expect(error).toBeInstanceOf(RequestRefused);
        }
      }),
    );
  });

  const refused: [string, Json, RegExp][] = [
    ["an empty value, which would address the whole collection", "", /\{\{id\}\} is empty/],
    ["null", null, /is null/],
    ["an object", { id: 1 }, /is an object/],
    ["a list", ["x"], /is an array/],
    ["a step up", "..", /segment "\." or "\.\."/],
    ["a lone surrogate", "\ud800", /lone surrogate/],
  ];
  for (const [name, id, message] of refused) {
    it(`refuses in a path: ${name}`, () => expect(() => prepare("DELETE /projects/{{id}}", { id })).toThrow(message));
  }

  it("refuses header values that would end the header", () => {
    expect(() => prepare("GET /", { t: "a\r\nx: y" }, { headers: { authorization: "Bearer {{t}}" } })).toThrow(
      "header authorization holds a character",
    );
  });

  it("resolves paths on the application's origin only", () => {
    const href = (path: string) => resolveOnOrigin(path, base)?.href ?? null;
    expect(href("/a")).toBe("http://app.test:8080/prefix/a");
    expect(href("a")).toBe("http://app.test:8080/prefix/a");
    expect(href("http://app.test:8080/other")).toBe("http://app.test:8080/other");
    expect(href("//evil.test/a")).toBe("http://app.test:8080/prefix//evil.test/a");
    for (const away of [
      "http://evil.test/",
      "https://app.test:8080/",
      "http://app.test/",
      "http://u:p@app.test:8080/",
    ]) {
      expect(href(away)).toBeNull();
    }
    expect(resolveOnOrigin("@evil.test/a", new URL("http://app.test"))?.origin).toBe("http://app.test");
  });

  it("knows which header values are secret, and their parts", () => {
    expect(sensitiveValues({ authorization: "Bearer abc.def", "x-api-key": "k1", accept: "x" })).toEqual([
      "Bearer abc.def",
      "abc.def",
      "k1",
    ]);
    const basic = Buffer.from("alice:pa:ss").toString("base64");
    expect(sensitiveValues({ authorization: `Basic ${basic}` })).toEqual([
      `Basic ${basic}`,
      basic,
      "alice:pa:ss",
      "pa:ss",
    ]);
  });
});
