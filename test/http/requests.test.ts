/** Requests that no route answers, that ask for too much, or that are not HTTP. */
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BEARER, createService, REMOTE, type TestService, TOKEN } from "../support/http-service.js";
import { failReport, hostileReport, unreachableReport } from "../support/report-fixtures.js";

const DETAILS = ["/schema/verify", "/schema/features", "/schema/migrations", "/schema/repair"];
const OPEN = ["/", "/livez", "/readyz", "/schema/health", "/openapi.json", "/docs"];

let service: TestService;

beforeEach(async () => {
  service = await createService({ token: TOKEN, host: "0.0.0.0" });
  await service.give(failReport());
});
afterEach(() => service.app.close());

describe("methods", () => {
  it.each([...DETAILS, ...OPEN])("%s: OPTIONS is 204 with Allow, another method is 405 with Allow", async (url) => {
    const options = await service.app.inject({ method: "OPTIONS", url, ...REMOTE });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe("GET, HEAD, OPTIONS");
    expect(options.body).toBe("");
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"] as const) {
      const headers = { "content-type": "text/xml" };
      const response = await service.app.inject({ method, url, headers, payload: "<x/>", ...REMOTE });
      expect(response.statusCode, method).toBe(405);
      expect(response.headers["allow"]).toBe("GET, HEAD, OPTIONS");
      expect(response.headers["content-type"]).toBe("application/problem+json");
    }
  });

  it("a body that is too large for any route is not read", async () => {
    const payload = "x".repeat(100_000);
    const response = await service.app.inject({ method: "POST", url: "/schema/health", payload });
    expect(response.statusCode).toBe(405);
  });
});

describe("paths", () => {
  it.each([
    "/nope",
    "/schema",
    "/schema/verify/x",
    "/livez/../schema/verify",
    "//schema/verify",
    "/SCHEMA/VERIFY",
    "/docs/../schema/verify",
    "/docs/static/../../package.json",
    "/docs/static/%2e%2e/index.js",
    "/.well-known/schema/verify",
  ])("%s is 404 or closed, and always a problem", async (url) => {
    const response = await service.app.inject({ url, ...REMOTE });
    expect([401, 403, 404]).toContain(response.statusCode);
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(response.json()).toMatchObject({ status: response.statusCode, requestId: expect.any(String) });
  });

  it.each(["/%", "/%zz", "/schema/%E0%A4%A"])("%s is 400", async (url) => {
    const response = await service.app.inject({ url });
    expect(response.statusCode).toBe(400);
    expect(response.headers).toMatchObject({ "content-type": "application/problem+json", "cache-control": "no-store" });
    expect(response.body).not.toContain("stack");
  });

  it("a slash at the end is forgiven, and opens nothing", async () => {
    expect((await service.app.inject({ url: "/livez/" })).statusCode).toBe(200);
    expect((await service.app.inject({ url: "/schema/verify/", ...REMOTE })).statusCode).toBe(401);
  });
});

describe("query parameters", () => {
  const get = (url: string, headers: Record<string, string> = BEARER) => service.app.inject({ url, headers });

  it.each([
    ["/schema/verify?refresh=yes", "The query is not valid: refresh must be true or false."],
    ["/schema/verify?refresh=true&refresh=true", "The query is not valid: refresh must be true or false."],
    [
      "/schema/verify?refesh=true",
      'The query is not valid: there is no parameter "refesh" here; this route takes refresh.',
    ],
    [
      "/schema/features?refresh=true",
      'The query is not valid: there is no parameter "refresh" here; this route takes none.',
    ],
    ["/schema/migrations?x=1", 'The query is not valid: there is no parameter "x" here; this route takes none.'],
    ["/schema/health?feature=", "The query is not valid: feature must not be empty."],
    ["/schema/health?feature=a&feature=b", "The query is not valid: feature must be given once."],
  ])("%s is a problem that says what is wrong", async (url, detail) => {
    const response = await get(url);
    expect(response.statusCode).toBe(400);
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(response.json()).toMatchObject({ code: "INVALID_REQUEST", detail });
  });

  it.each(DETAILS)("%s says nothing about its parameters to callers without access", async (url) => {
    expect((await get(`${url}?x=1`, {})).statusCode).toBe(401);
  });

  it.each(["/livez?x=1", "/readyz?x=1", "/schema/health?x=1"])("%s means what it means without", async (url) => {
    expect((await get(url)).statusCode).toBe((await get(url.replace("?x=1", ""))).statusCode);
  });

  it("a feature that is not there is named, and the known ones only to those who may see details", async () => {
    const known = (await get("/schema/health?feature=nope")).json() as { detail: string };
    expect(known.detail).toMatch(/^The contract has no feature "nope"\. Its features: create-avatar, .*, login\.$/);
    const anonymous = await get("/schema/health?feature=nope", {});
    expect(anonymous.json()).toMatchObject({
      status: 404,
      code: "UNKNOWN_FEATURE",
      detail: 'The contract has no feature "nope".',
    });
  });
});

describe("details", () => {
  it.each(DETAILS)("%s needs the token, exactly this one", async (url) => {
    const get = async (headers: Record<string, string>) => (await service.app.inject({ url, headers })).statusCode;
    expect(await get({})).toBe(401);
    expect(await get({ authorization: "Bearer wrong" })).toBe(401);
    expect(await get(BEARER)).toBe(200);
    expect(await service.app.inject({ method: "HEAD", url }).then(({ statusCode }) => statusCode)).toBe(401);
  });

  it("without a token and beyond loopback are 403 for everybody, with the way to open them", async () => {
    const open = await createService({ host: "0.0.0.0" });
    await open.give(failReport());
    for (const url of DETAILS) {
      const response = await open.app.inject({ url, headers: BEARER });
      expect(response.statusCode).toBe(403);
      expect(response.json()).toMatchObject({
        code: "DETAILS_CLOSED",
        detail: expect.stringContaining("--token-file"),
      });
    }
    expect((await open.app.inject({ url: "/schema/health" })).json()).not.toHaveProperty("checks");
    await open.app.close();
  });

  it("without a token on loopback are for this machine, but not for what a proxy passes on", async () => {
    const local = await createService();
    await local.give(failReport());
    const get = (headers: Record<string, string>) => local.app.inject({ url: "/schema/verify", headers });
    expect((await get({})).statusCode).toBe(200);
    expect((await get({ "x-forwarded-for": "203.0.113.9" })).statusCode).toBe(403);
    expect((await get({ host: "evil.example" })).statusCode).toBe(403);
    await local.app.close();
  });

  it("in a health answer are left out for a wrong token, which changes nothing else", async () => {
    const get = async (headers: Record<string, string>) => service.app.inject({ url: "/schema/health", headers });
    const wrong = await get({ authorization: "Bearer wrong" });
    expect(wrong.statusCode).toBe(503);
    expect(wrong.body).toBe((await get({})).body);
    expect((await get(BEARER)).json()).toHaveProperty("checks");
  });

  it("never reach a caller without access, whatever the route and the state", async () => {
    const names = /avatar|projectId|db\.internal|5432|15\.18|ECONNREFUSED|drop table|_prisma|2025101|sha256/i;
    for (const result of [failReport(), hostileReport(), unreachableReport(), new Error("avatar at db.internal")]) {
      for (let round = 0; round < 3; round++) await service.give(result);
      for (const url of [
        ...DETAILS,
        "/schema/verify?refresh=true",
        "/schema/health",
        "/",
        "/livez",
        "/readyz",
        "/nope",
      ]) {
        for (const accept of ["*/*", "text/plain", "application/json"]) {
          const response = await service.app.inject({ url, headers: { accept }, ...REMOTE });
          expect(response.body, `${url} ${accept}`).not.toMatch(names);
          expect(JSON.stringify(response.headers)).not.toMatch(names);
          expect(Buffer.byteLength(response.body), url).toBeLessThan(2_048);
        }
      }
    }
  });

  it("of the failure stay in the log: the caller gets the request id", async () => {
    await service.give(new TypeError("cannot read table avatars"));
    await service.give(new TypeError("cannot read table avatars"));
    await service.give(new TypeError("cannot read table avatars"));
    const response = await service.app.inject({ url: "/schema/verify", headers: BEARER });
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ code: "VERIFICATION_FAILED" });
    expect(response.body).not.toContain("avatars");
    expect(service.logLines.join("")).toContain("cannot read table avatars");
    const id = (response.json() as { requestId: string }).requestId;
    expect(service.logLines.some((line) => line.includes(id))).toBe(true);
  });
});

describe("the log", () => {
  it("has no line for a poll, one for a question, and never the token", async () => {
    const before = service.logLines.length;
    for (const url of ["/livez", "/readyz", "/schema/health", "/schema/health?feature=nope"]) {
      await service.app.inject({ url, headers: BEARER });
    }
    await service.app.inject({ method: "OPTIONS", url: "/" });
    expect(service.logLines).toHaveLength(before);
    await service.app.inject({ url: "/schema/verify?refresh=false", headers: BEARER });
    const [line = "", ...others] = service.logLines.slice(before);
    expect(others).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ level: "info", event: "request", path: "/schema/verify", status: 200 });
    expect(service.logLines.join("")).not.toContain(TOKEN);
  });

  it("has a line for each poll at level debug", async () => {
    const chatty = await createService({ logLevel: "debug" });
    await chatty.app.inject({ url: "/livez" });
    expect(chatty.logLines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: "debug", path: "/livez", status: 200 }),
    ]);
    await chatty.app.close();
  });
});

describe("what is not HTTP", () => {
  it.each([
    ["nonsense", "nonsense\r\n\r\n", 400],
    ["headers that are too large", `GET /livez HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, 431],
    ["a method that nobody knows", "BREW /livez HTTP/1.1\r\nhost: x\r\n\r\n", 400],
  ])("%s is answered with a problem, and the connection ends", async (_name, bytes, status) => {
    await service.app.listen({ host: "127.0.0.1", port: 0 });
    const address = service.app.server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const text = await exchange(address.port, bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toContain("content-type: application/problem+json");
    const [, body = ""] = text.split("\r\n\r\n");
    expect(JSON.parse(body)).toMatchObject({ status, code: "INVALID_REQUEST" });
  });
});

function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("close", () => resolve(text)).on("error", reject);
  });
}
