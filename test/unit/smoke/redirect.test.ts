import { describe, expect, it } from "vitest";
import { redirected } from "../../../src/smoke/client/redirect.js";
import { mayRepeat, type NoAnswer, pauseMs } from "../../../src/smoke/client/retry.js";
import { type PreparedRequest, prepareRequest } from "../../../src/smoke/request.js";
import { request } from "../../support/flows.js";

const BASE = new URL("https://app.example/api");

function prepared(line: string, headers: Record<string, string> = {}): PreparedRequest {
  const body = line.startsWith("POST") ? ({ kind: "json", value: { a: 1 } } as const) : ({ kind: "none" } as const);
  return prepareRequest(
    request(line, { body, headers: { authorization: "Bearer x", ...headers } }),
    BASE,
    () => undefined,
    {},
  );
}

const to = (line: string, status: number, location: string) =>
  redirected(prepared(line), { status, headers: { location } });

describe("a redirect", () => {
  it.each([
    ["POST", 301, "GET"],
    ["POST", 302, "GET"],
    ["POST", 303, "GET"],
    ["POST", 307, "POST"],
    ["POST", 308, "POST"],
    ["PUT", 301, "PUT"],
    ["PUT", 303, "GET"],
    ["DELETE", 302, "DELETE"],
    ["DELETE", 303, "GET"],
    ["HEAD", 303, "HEAD"],
    ["GET", 302, "GET"],
  ])("of %s with %d goes on with %s", (method, status, next) => {
    const result = to(`${method} /x`, status, "../y?z=1#part");
    if (result.kind !== "follow") throw new Error(result.kind);
    expect(result.request).toMatchObject({ method: next, headers: { authorization: "Bearer x" } });
    expect(result.request.url.href).toBe("https://app.example/y?z=1");
    const keepsBody = method === "POST" && next === "POST";
    expect(result.request.body).toBe(keepsBody ? '{"a":1}' : null);
    expect(result.request.headers["content-type"]).toBe(keepsBody ? "application/json" : undefined);
  });

  it.each([
    ["https://evil.example/x", "it leads to another origin"],
    ["//evil.example/x", "it leads to another origin"],
    ["http://app.example/x", "it leads to another origin"],
    ["https://app.example:8443/x", "it leads to another origin"],
    ["https://app.example@evil.example/x", "it leads to another origin"],
    ["https://me:pw@app.example/x", "it holds a user name or password"],
    ["javascript:alert(1)", "it leads to another origin"],
    ["file:///etc/passwd", "it leads to another origin"],
    ["http://[", "it is not a URL"],
  ])("to %s is not followed: %s", (location, reason) => {
    expect(to("GET /x", 302, location)).toEqual({ kind: "refused", reason });
  });

  it("is one only with a status and a location", () => {
    for (const status of [200, 300, 304, 305, 306, 400]) expect(to("GET /x", status, "/y")).toEqual({ kind: "none" });
    expect(redirected(prepared("GET /x"), { status: 302, headers: {} })).toEqual({ kind: "none" });
    expect(redirected(prepared("GET /x"), { status: null, headers: { location: "/y" } })).toEqual({ kind: "none" });
  });
});

describe("sending again", () => {
  const keyed = { "idempotency-key": "k" };
  it.each<[string, Record<string, string>, NoAnswer, boolean]>([
    ["POST /x", {}, "not-connected", true],
    ["POST /x", {}, "unanswered", false],
    ["PATCH /x", {}, "unanswered", false],
    ["POST /x", keyed, "unanswered", true],
    ["GET /x", {}, "unanswered", true],
    ["PUT /x", {}, "unanswered", true],
    ["DELETE /x", {}, "unanswered", true],
    ["GET /x", keyed, "final", false],
  ])("%s %o after %s: %s", (line, headers, ended, expected) => {
    expect(mayRepeat(prepared(line, headers), ended)).toBe(expected);
  });

  it("waits longer each time, up to two seconds", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(pauseMs)).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
  });
});
