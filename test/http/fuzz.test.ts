/**
 * Requests that nobody would write: no 5xx but 503, no name to somebody without the token, every answer as the OpenAPI
 * document says. The seed is fixed; another one by FUZZ_SEED, more rounds by FUZZ_RUNS.
 */
import { METHODS } from "node:http";
import fc from "fast-check";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import {
  type AnswerCheck,
  BEARER,
  createAnswerCheck,
  createService,
  type TestService,
  TOKEN,
} from "../support/http-service.js";
import {
  failReport,
  hostileReport,
  passReport,
  unreachableReport,
  unverifiedReport,
} from "../support/report-fixtures.js";

const SETTINGS = { seed: Number(process.env["FUZZ_SEED"] ?? 7), numRuns: Number(process.env["FUZZ_RUNS"] ?? 1_000) };
/** Stands in every name and message of the reports. */
const CANARY = "zqx7canary";
const NAMING = new Set([
  "name",
  "relation",
  "message",
  "host",
  "user",
  "database",
  "title",
  "reason",
  "evidence",
  "fix",
]);
const PATHS = [
  ...["/", "/livez", "/readyz", "/schema/health", "/schema/verify", "/schema/features", "/schema/migrations"],
  ...["/schema/changes", "/schema/repair", "/metrics", "/openapi.json"],
];

let check: AnswerCheck;
const services: TestService[] = [];

beforeAll(async () => {
  check = await createAnswerCheck();
  const reports = [passReport(), failReport(), hostileReport(), unreachableReport(), unverifiedReport()];
  for (const report of reports) {
    const service = await createService({ token: TOKEN, host: "0.0.0.0" });
    await service.give(withCanary(report) as Report);
    services.push(service);
  }
  services.push(await createService({ token: TOKEN, host: "0.0.0.0" }));
});
afterAll(() => Promise.all(services.map(({ app }) => app.close())));

function withCanary(value: unknown, key = ""): unknown {
  if (typeof value === "string") return NAMING.has(key) ? `${CANARY} ${value}` : value;
  if (Array.isArray(value)) return value.map((each) => withCanary(each, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withCanary(each, name)]));
}

const noise = fc.string({ unit: "binary", maxLength: 20 }).map(encodeURIComponent);
const rawNoise = fc.string({ unit: "grapheme-ascii", maxLength: 20 }).map((text) => text.replaceAll(/[\s#\\]/g, "%"));
const segment = fc.oneof(
  noise,
  rawNoise,
  fc.constantFrom("..", ".", "", "%2e%2e", "%00", "%", "schema", "docs", "static", "*"),
);
const path = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...PATHS) },
  { weight: 1, arbitrary: fc.constantFrom("/docs", "/docs/", "/docs/json", "/docs/yaml", "/docs/static/index.html") },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...PATHS), segment).map(([known, more]) => `${known}/${more}`) },
  { weight: 1, arbitrary: fc.constantFrom(...PATHS).map((known) => known.toUpperCase()) },
  { weight: 2, arbitrary: fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join("/")}`) },
);
const parameter = fc.oneof(
  fc.constantFrom(
    "refresh=true",
    "refresh=false",
    "refresh",
    "feature=login",
    "feature=",
    "feature=a&feature=b",
    "x=1",
  ),
  fc
    .tuple(fc.constantFrom("refresh", "feature", "__proto__", "constructor", "feature[]", "token"), noise)
    .map((pair) => pair.join("=")),
  rawNoise,
);
const query = fc.array(parameter, { maxLength: 4 }).map((all) => (all.length === 0 ? "" : `?${all.join("&")}`));
const headerValue = fc.oneof(
  fc.string({ unit: "grapheme-ascii", maxLength: 40 }),
  fc.constantFrom("application/json;q=0", "*/*;q=2", "text/plain, */*;q=0.1", "a".repeat(2_000), ",,,;;;", "text/html"),
);
const headerName = fc.oneof(
  fc.constantFrom(
    "accept",
    "accept-encoding",
    "range",
    "if-none-match",
    "if-modified-since",
    "x-forwarded-for",
    "origin",
  ),
  fc.constantFrom("content-type", "host", "x-http-method-override", "cookie", "traceparent", "x-request-id", "expect"),
);
const headers = fc.dictionary(headerName, headerValue, { maxKeys: 4, noNullPrototype: true });
const method = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("GET", "HEAD") },
  { weight: 2, arbitrary: fc.constantFrom("OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE") },
  { weight: 1, arbitrary: fc.constantFrom(...METHODS.filter((each) => each !== "CONNECT")) },
);
const payload = fc.option(fc.oneof(fc.string({ maxLength: 3_000 }), fc.json()), { nil: undefined });
const authorization = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constant(BEARER.authorization) },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.constantFrom("Bearer", "Bearer ", "Basic eDp5", `Bearer ${TOKEN}x`), headerValue),
  },
);
const request = fc.record({ method, path, query, headers, payload, authorization, service: fc.nat(5) });
type Generated = typeof request extends fc.Arbitrary<infer T> ? T : never;

it("any request is answered as the OpenAPI document says, and tells nothing to strangers", async () => {
  let checked = 0;
  await fc.assert(
    fc.asyncProperty(request, async (generated) => {
      const response = await send(generated);
      const { statusCode } = response;
      const text = response.body + JSON.stringify(response.headers);
      expect(statusCode < 500 || statusCode === 503, `${statusCode}`).toBe(true);
      expect(response.headers["x-content-type-options"]).toBe("nosniff");
      expect(response.headers["content-security-policy"]).toContain("default-src 'none'");
      if (generated.authorization !== BEARER.authorization) expect(text).not.toContain(CANARY);
      expect(text).not.toMatch(/node_modules|at [\w.<>]+ \(|TypeError/);
      // As inject() reads it: dots are resolved before the service sees them.
      const { pathname } = new URL(`http://localhost${generated.path}`);
      if (pathname.startsWith("/docs")) return;
      expect(response.headers["cache-control"]).toBe("no-store");
      expect(response.headers).not.toHaveProperty("etag");
      if (generated.method !== "GET") return expectBodiless(generated, response);
      const known = pathname.replace(/(?<=.)\/$/, "");
      const isProblem = response.headers["content-type"] === "application/problem+json";
      if (isProblem) expect(response.json()).toMatchObject({ status: statusCode, code: expect.any(String) });
      // What is malformed does not reach a route, and 431 and the like are in no operation's list.
      if (!isProblem || PATHS.includes(known)) expect(check(known, response)).toBeNull();
      checked += 1;
    }),
    SETTINGS,
  );
  expect(checked).toBeGreaterThan(SETTINGS.numRuns / 10);
  for (const { logLines } of services) expect(logLines.join("")).not.toMatch(/"event":"error"|correct-horse/);
}, 120_000);

function send({ service, path, query, method, headers, payload, authorization }: Generated) {
  const all = { ...headers, ...(authorization === undefined ? {} : { authorization }) };
  const options = { method, url: path + query, headers: all, ...(payload === undefined ? {} : { payload }) };
  const target = services[service];
  if (target === undefined) throw new Error(`no service ${service}`);
  return target.app.inject(options as InjectOptions);
}

function expectBodiless({ method }: Generated, { statusCode, body, headers }: Awaited<ReturnType<typeof send>>): void {
  if (method === "HEAD" || statusCode === 204) expect(body).toBe("");
  else expect([400, 404, 405]).toContain(statusCode);
  if (statusCode === 405 || statusCode === 204) expect(headers["allow"]).toMatch(/^GET, HEAD, OPTIONS$/);
}
