/** The HTTP client: where requests go, what is sent again, how TLS is done. */
import { createServer } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { RequestTemplate, SmokeSuite } from "../../src/model/flow.js";
import type { StepResult } from "../../src/model/report.js";
import { runSmoke, type SmokeInput } from "../../src/smoke/index.js";
import { type Handler, type Received, send, startApp } from "../support/app-server.js";
import { type CertificateName, makeCertificates } from "../support/certificates.js";
import { flow, jsonCapture, step, suite } from "../support/flows.js";
import { OK, startRaw } from "../support/raw-server.js";

const certificates = makeCertificates();
const pem = (name: CertificateName) => certificates[name].pem;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function app(routes: Record<string, Handler>) {
  const server = await startApp(routes);
  closers.push(server.close);
  return server;
}

async function raw(...parts: Parameters<typeof startRaw>) {
  const server = await startRaw(...parts);
  closers.push(server.close);
  return server;
}

interface Parts {
  readonly request?: Partial<RequestTemplate>;
  readonly suite?: Partial<SmokeSuite>;
  readonly input?: Partial<SmokeInput>;
}

async function ask(baseUrl: string, line: string, parts: Parts = {}): Promise<StepResult> {
  const asked = step("ask", line, { request: { timeoutMs: 3_000, ...parts.request } });
  const suites = [suite([flow("f", [asked])], parts.suite)];
  const result = await runSmoke({ suites, baseUrl, env: {}, connection: null, ...parts.input });
  const [first] = result.flows[0]?.steps ?? [];
  if (first === undefined) throw new Error("no step");
  return first;
}

/** Every name is one of these addresses; the first question may be answered otherwise than the next. */
function names(...answers: string[][]): { lookup: LookupFunction; asked: () => number } {
  let asked = 0;
  const lookup: LookupFunction = (_hostname, _options, callback) => {
    const found = answers[Math.min(asked++, answers.length - 1)] ?? [];
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return { lookup, asked: () => asked };
}

describe("addresses", () => {
  const through = (lookup: LookupFunction, allowLinkLocal = false) => ({ input: { http: { lookup, allowLinkLocal } } });

  it("of names are looked at when the connection is made, and nothing is sent to a refused one", async () => {
    const { lookup } = names(["169.254.169.254"]);
    const result = await ask("http://app.example", "GET /x", through(lookup, true));
    expect(result).toMatchObject({ outcome: "errored", status: null });
    expect(result.failures).toEqual([
      "could not connect: app.example: 169.254.169.254 is the metadata service of a cloud; no request is ever sent there",
    ]);
  });

  it.each(["http://169.254.169.254", "http://2852039166", "http://[::ffff:169.254.169.254]", "http://[fd00:ec2::254]"])(
    "that stand in the URL are looked at too: %s",
    async (url) => {
      expect((await ask(url, "GET /latest/meta-data", { request: { timeoutMs: 500 } })).failures[0]).toContain(
        "metadata service",
      );
    },
  );

  it("are resolved once for a connection: an answer that changes leads nowhere else (DNS rebinding)", async () => {
    const server = await app({ "GET /x": () => ({}) });
    const { port } = new URL(server.url);
    const { lookup, asked } = names(["127.0.0.1"], ["169.254.169.254"]);
    // The connection is not kept, so the second request resolves the name again.
    const first = step("first", "GET /x", { request: { headers: { connection: "close" } } });
    const suites = [suite([flow("f", [first, step("second", "GET /x")])])];
    const input = { suites, baseUrl: `http://app.example:${port}`, env: {}, connection: null, http: { lookup } };
    const steps = (await runSmoke(input)).flows[0]?.steps ?? [];
    expect(steps.map(({ outcome }) => outcome)).toEqual(["passed", "errored"]);
    expect(steps[1]?.failures[0]).toContain("169.254.169.254");
    expect(asked()).toBe(2);
    expect(server.lines()).toHaveLength(1);
  });

  it("that are good are used when a name has bad ones too", async () => {
    const server = await app({ "GET /x": () => ({}) });
    const { lookup } = names(["fe80::1", "169.254.1.1", "127.0.0.1"]);
    const url = `http://app.example:${new URL(server.url).port}`;
    expect((await ask(url, "GET /x", through(lookup))).outcome).toBe("passed");
  });

  it("say that a link-local one can be allowed", async () => {
    const { lookup } = names(["169.254.7.7"]);
    expect((await ask("http://app.example", "GET /x", through(lookup))).failures[0]).toContain("--allow-link-local");
  });
});

describe("origins", () => {
  it("other than the base URL's get requests only when they are named, also through values", async () => {
    const auth = await app({ "POST /token": () => ({}) });
    const main = await app({ "GET /where": () => ({ upload: `${auth.url}/token` }) });
    const input = { env: { AUTH: auth.url } };
    const absolute = { path: "{{env.AUTH}}/token" };
    const named = { suite: { origins: ["{{env.AUTH}}"] }, input, request: absolute };
    expect((await ask(main.url, "POST /x", named)).outcome).toBe("passed");
    expect(auth.lines()).toEqual(["POST /token"]);
    const refused = await ask(main.url, "POST /x", { input, request: absolute });
    expect(refused.failures).toEqual([`not sent: the path leads away from ${main.url}`]);
    const where = step("where", "GET /where", { capture: [jsonCapture("upload", "$.upload")] });
    const suites = [suite([flow("f", [where, step("put", "POST {{upload}}")])], { origins: [auth.url] })];
    const result = await runSmoke({ suites, baseUrl: main.url, env: {}, connection: null });
    expect(result.outcome).toBe("passed");
    expect(auth.lines()).toHaveLength(2);
  });

  it("are limited by who runs the check files: the base URL, and everything they name", async () => {
    const main = await app({ "GET /x": () => ({}) });
    const input = { allowOrigins: ["https://staging.example"] };
    await expect(ask(main.url, "GET /x", { input })).rejects.toMatchObject({
      code: "SMOKE_SETUP",
      problems: [
        {
          message: `app: the address of the application is ${main.url}, and --allow-origin names https://staging.example only`,
        },
      ],
    });
    const other = { suite: { origins: ["https://auth.example"] }, input: { allowOrigins: [main.url] } };
    await expect(ask(main.url, "GET https://auth.example/x", other)).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining("https://auth.example/x leads away from") }],
    });
    expect(main.lines()).toEqual([]);
  });

  it("are nothing but origins", async () => {
    for (const origin of [
      "https://auth.example/path",
      "ftp://auth.example",
      "https://me:pw@auth.example",
      "auth.example",
    ]) {
      await expect(ask("http://127.0.0.1:1", "GET /x", { suite: { origins: [origin] } })).rejects.toMatchObject({
        problems: [{ message: expect.stringContaining("is not an origin") }],
      });
    }
  });
});

describe("redirects", () => {
  const chain: Record<string, Handler> = {
    "POST /a": (_received, response) => send(response, 303, "", { location: "/b" }),
    "GET /b": (_received, response) => send(response, 302, "", { location: "/c" }),
    "GET /c": () => ({ here: true }),
  };

  it("are followed as often as the request says, and the last one is told", async () => {
    const server = await app(chain);
    expect(await ask(server.url, "POST /a", { request: { redirects: 2 } })).toMatchObject({
      outcome: "passed",
      status: 200,
    });
    expect(server.lines()).toEqual(["POST /a", "GET /b", "GET /c"]);
    const result = await ask(server.url, "POST /a", { request: { redirects: 1 } });
    expect(result.failures).toEqual([
      "status: expected 2xx, got 302 (redirect to /c, not followed: more than 1 redirect)",
    ]);
  });

  it("never reach another origin, nor do credentials", async () => {
    const seen: Received[] = [];
    const evil = await app({ "GET /x": (received) => void seen.push(received) });
    const server = await app({
      "GET /x": (_received, response) => send(response, 307, "", { location: `${evil.url}/x` }),
    });
    const headers = { authorization: "Bearer canary" };
    const result = await ask(server.url, "GET /x", {
      request: { redirects: 5, headers },
      suite: { origins: [evil.url] },
    });
    expect(result.failures).toEqual([
      `status: expected 2xx, got 307 (redirect to ${evil.url}/x, not followed: it leads to another origin)`,
    ]);
    expect(seen).toEqual([]);
  });

  it("in a circle end", async () => {
    const server = await app({ "GET /x": (_received, response) => send(response, 302, "", { location: "/x" }) });
    const result = await ask(server.url, "GET /x", { request: { redirects: 20 } });
    expect(result.failures[0]).toContain("more than 20 redirects");
    expect(server.lines()).toHaveLength(21);
  });

  it("share one time limit", async () => {
    const slow: Handler = async (_received, response) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return send(response, 302, "", { location: "/x" });
    };
    const server = await app({ "GET /x": slow });
    const result = await ask(server.url, "GET /x", { request: { redirects: 20, timeoutMs: 200 } });
    expect(result).toMatchObject({ outcome: "errored", failures: ["no answer within 200 ms"] });
    expect(server.lines().length).toBeLessThan(20);
  });
});

describe("sending again", () => {
  it("happens when there was no connection, with the same key", async () => {
    const { port } = await raw(() => {});
    for (const close of closers.splice(0)) await close();
    const keys: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      keys.push(String(request.headers["idempotency-key"]));
      response.end("{}");
    });
    closers.push(() => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()));
    setTimeout(() => server.listen(port, "127.0.0.1"), 150);
    const request = { retries: 5, idempotencyKey: true };
    expect((await ask(`http://127.0.0.1:${port}`, "POST /x", { request })).outcome).toBe("passed");
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)]);
  });

  it("does not happen by itself", async () => {
    const { port } = await raw(() => {});
    for (const close of closers.splice(0)) await close();
    const result = await ask(`http://127.0.0.1:${port}`, "GET /x");
    expect(result.failures[0]).toContain("connection refused");
    expect(result.durationMs).toBeLessThan(3_000);
  });

  it.each([
    ["POST /x", {}, 1],
    ["POST /x", { idempotencyKey: true }, 3],
    ["GET /x", {}, 3],
  ] as const)(
    "of %s %o, whose connection ended without an answer: %d requests in all",
    async (line, more, expected) => {
      const seen: string[] = [];
      const server = await raw((socket) =>
        socket.once("data", (data) => {
          seen.push(/idempotency-key: (.*)/i.exec(data.toString())?.[1] ?? "none");
          socket.destroy();
        }),
      );
      const result = await ask(`http://127.0.0.1:${server.port}`, line, { request: { retries: 2, ...more } });
      expect(result.failures).toEqual(["the application closed the connection before the answer was complete"]);
      expect(seen).toHaveLength(expected);
      expect(new Set(seen).size).toBe(1);
    },
  );

  it("never happens after an answer", async () => {
    const server = await app({ "GET /x": (_received, response) => send(response, 503, "") });
    expect((await ask(server.url, "GET /x", { request: { retries: 3 } })).status).toBe(503);
    expect(server.lines()).toHaveLength(1);
  });
});

describe("TLS", () => {
  const answering = (name: "server" | "other" | "expired", more: Parameters<typeof startRaw>[1] = {}) =>
    raw((socket) => socket.once("data", () => socket.end(OK)), {
      cert: pem(name),
      key: certificates[name].key,
      ...more,
    });
  const trusting = { ca: pem("ca"), certificate: null, serverName: null, insecure: false };
  const askTls = (port: number, tls: Parameters<typeof runSmoke>[0]["http"] = { tls: trusting }) =>
    ask(`https://127.0.0.1:${port}`, "GET /x", { input: { http: tls } });

  it("works with a certificate of a CA that is trusted", async () => {
    expect((await askTls((await answering("server")).port)).outcome).toBe("passed");
  });

  it.each([
    ["server", {}, /self-signed|unable to verify/],
    ["expired", { tls: trusting }, /certificate has expired/],
    ["other", { tls: trusting }, /does not match certificate's altnames/],
  ] as const)("refuses what it must: %s %o", async (name, http, reason) => {
    const { failures, outcome } = await askTls((await answering(name)).port, http);
    expect(outcome).toBe("errored");
    expect(failures[0]).toMatch(/^could not connect: TLS: /);
    expect(failures[0]).toMatch(reason);
  });

  it("asks for the name that it is given", async () => {
    const { port } = await answering("other");
    expect((await askTls(port, { tls: { ...trusting, serverName: "other.example" } })).outcome).toBe("passed");
  });

  it("accepts anything when it is told so", async () => {
    for (const name of ["server", "expired", "other"] as const) {
      const tls = { ...trusting, ca: null, insecure: true };
      expect((await askTls((await answering(name)).port, { tls })).outcome).toBe("passed");
    }
  });

  it("shows a client certificate", async () => {
    const { port } = await answering("server", { requestCert: true, rejectUnauthorized: true, ca: pem("ca") });
    const certificate = { cert: pem("client"), key: certificates.client.key };
    expect((await askTls(port, { tls: { ...trusting, certificate } })).outcome).toBe("passed");
    expect((await askTls(port)).outcome).toBe("errored");
  });
});

it("connects to IPv6", async () => {
  const server = createServer((_request, response) => response.end("{}"));
  const listening = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(0, "::1", () => resolve(true));
  });
  if (!listening) return console.warn("this machine has no IPv6: not tried");
  closers.push(() => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()));
  expect((await ask(`http://[::1]:${(server.address() as AddressInfo).port}`, "GET /x")).outcome).toBe("passed");
});
