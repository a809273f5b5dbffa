import { describe, expect, it } from "vitest";
import { type Caller, createAccess, isLoopback } from "../../../src/http/access.js";

const caller = (fields: Partial<Caller> = {}): Caller => ({
  method: "GET",
  authorization: undefined,
  remoteAddress: "127.0.0.1",
  headers: { host: "localhost:3000" },
  ...fields,
});
const bearer = (authorization: string, remoteAddress = "10.0.0.7") => caller({ authorization, remoteAddress });

describe("with a token", () => {
  const access = createAccess({ token: "correct-horse", host: "0.0.0.0" });

  it.each(["Bearer correct-horse", "bearer correct-horse", "BEARER  correct-horse "])("lets %j in", (authorization) => {
    expect(access(bearer(authorization))).toBeNull();
  });

  it.each([
    "Bearer correct-hors",
    "Bearer correct-horsE",
    "Bearer correct-horse2",
    "Bearer",
    "Bearer ",
    "correct-horse",
    "Basic Y29ycmVjdC1ob3JzZQ==",
    "Bearer correct-horse, Bearer x",
    "",
  ])("refuses %j", (authorization) => {
    expect(access(bearer(authorization))).toMatchObject({ status: 401, code: "TOKEN_WRONG" });
  });

  const basic = (password: string) => `Basic ${Buffer.from(`anybody:${password}`).toString("base64")}`;

  it("takes it as the password of any user, for reading", () => {
    for (const method of ["GET", "HEAD"]) {
      expect(access({ ...bearer(basic("correct-horse")), method })).toBeNull();
      expect(access({ ...bearer(`Basic ${Buffer.from(":correct-horse").toString("base64")}`), method })).toBeNull();
    }
    expect(access({ ...bearer(basic("correct-horse")), method: "POST" })).toMatchObject({ code: "TOKEN_WRONG" });
    expect(access({ ...bearer("Bearer correct-horse"), method: "POST" })).toBeNull();
  });

  it.each([basic("correct"), basic("correct-horse:"), basic(""), "Basic", "Basic !!!", "Basic Og=="])(
    "refuses %j",
    (authorization) => {
      expect(access(bearer(authorization))).toMatchObject({ status: 401, code: "TOKEN_WRONG" });
    },
  );

  it("takes a password that a browser adds to what another site asks for only to open a page", () => {
    const from = (headers: Record<string, string>) =>
      access({ ...bearer(basic("correct-horse")), headers: { host: "schema.internal", ...headers } });
    expect(from({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).toMatchObject({ status: 401 });
    expect(from({ origin: "https://evil.example" })).toMatchObject({ status: 401 });
    expect(from({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).toBeNull();
    expect(from({ "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" })).toBeNull();
  });

  it("asks for it, from loopback too", () => {
    const problem = access(caller());
    expect(problem).toMatchObject({ status: 401, code: "TOKEN_REQUIRED" });
    expect(problem?.headers).toEqual({ "www-authenticate": 'Bearer realm="schemaready"' });
  });

  it.each(["", "  "])("cannot be empty (%j): everybody would have it", (token) => {
    expect(() => createAccess({ token, host: "localhost" })).toThrow("token for details is empty");
  });
});

describe("without a token, listening on loopback", () => {
  const access = createAccess({ token: null, host: "127.0.0.1" });

  it.each(["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])("lets %s in", (remoteAddress) => {
    expect(access(caller({ remoteAddress }))).toBeNull();
  });

  it.each(["localhost:3000", "127.0.0.1", "[::1]:3000", "[::1]", "app.localhost:80", undefined])(
    "lets a request to %s in",
    (host) => {
      expect(access(caller({ headers: { host } }))).toBeNull();
    },
  );

  it.each(["10.0.0.7", "::ffff:10.0.0.7", "fe80::1", "127.0.0.1.evil.example", undefined])("refuses %s", (address) => {
    expect(access(caller({ remoteAddress: address }))).toMatchObject({ status: 403, code: "DETAILS_CLOSED" });
  });

  it.each(["evil.example", "evil.example:3000", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.7:80"])(
    "refuses a request to %s: a page of that name is reading through a browser",
    (host) => {
      expect(access(caller({ headers: { host } }))).toMatchObject({ status: 403 });
    },
  );

  it.each(["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"])(
    "refuses what came through a proxy (%s)",
    (header) => {
      const problem = access(caller({ headers: { host: "localhost", [header]: "x" } }));
      expect(problem).toMatchObject({ status: 403, code: "DETAILS_CLOSED" });
      expect(problem?.detail).toContain("--token-file");
    },
  );

  it("does not mind a token that nobody asked for", () => {
    expect(access(caller({ authorization: "Bearer x" }))).toBeNull();
  });
});

describe("without a token, listening beyond loopback", () => {
  it.each(["0.0.0.0", "::", "10.0.0.7", "app.internal"])("on %s shows details to nobody", (host) => {
    const problem = createAccess({ token: null, host })(caller());
    expect(problem).toMatchObject({ status: 403, code: "DETAILS_CLOSED" });
    expect(problem?.detail).toContain("--token-file");
  });
});

describe("isLoopback", () => {
  it.each(["127.0.0.1", "127.255.255.254", "localhost", "LOCALHOST", "::1", "[::1]", "x.localhost"])(
    "%s is",
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each(["0.0.0.0", "::", "128.0.0.1", "127.0.0", "1127.0.0.1", "localhost.example", "notlocalhost", ""])(
    "%j is not",
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe("without a token, what a proxy or a foreign page sends", () => {
  const access = createAccess({ token: null, host: "127.0.0.1" });
  const local = { method: "GET", authorization: undefined, remoteAddress: "127.0.0.1" };

  it.each([
    { "x-forwarded-server": "p" },
    { "x-forwarded-port": "443" },
    { "x-client-ip": "203.0.113.9" },
    { "cf-connecting-ip": "203.0.113.9" },
    { "true-client-ip": "203.0.113.9" },
    { "x-original-url": "/x" },
    { "x-envoy-external-address": "203.0.113.9" },
    { origin: "http://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ])("%j sees no details", (headers) => {
    expect(access({ ...local, headers: { host: "localhost", ...headers } })).toMatchObject({ status: 403 });
  });

  it("is told from a page of this machine", () => {
    expect(access({ ...local, headers: { host: "localhost:3000", origin: "http://localhost:3000" } })).toBeNull();
  });
});
