/** Every route in every state: status, headers, media type, and the body against the OpenAPI document. */
import type { InjectOptions } from "fastify";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import {
  type AnswerCheck,
  BEARER,
  createAnswerCheck,
  createService,
  MAX_STALE_MS,
  REMOTE,
  type TestService,
  TOKEN,
} from "../support/http-service.js";
import {
  failReport,
  hostileReport,
  passReport,
  smokeReport,
  unreachableReport,
  unverifiedReport,
} from "../support/report-fixtures.js";

const PATHS = [
  "/",
  "/livez",
  "/readyz",
  "/schema/health",
  "/schema/verify",
  "/schema/features",
  "/schema/migrations",
  "/schema/changes",
  "/schema/repair",
  "/metrics",
  "/openapi.json",
] as const;
const QUERIES = ["", "?feature=login", "?feature=nope", "?feature=", "?feature=a&feature=b", "?refresh=true", "?x=1"];
const ACCEPTS = [
  undefined,
  "*/*",
  "application/json",
  "text/plain",
  "text/html",
  "application/xml",
  "application/health+json",
];
const CALLERS: readonly InjectOptions[] = [
  {},
  REMOTE,
  { headers: BEARER },
  { headers: { authorization: "Bearer no" } },
];

const STATES: readonly (readonly [name: string, prepare: (service: TestService) => Promise<void>])[] = [
  ["starting", async () => {}],
  ...(
    [
      ["pass", passReport()],
      ["fail", failReport()],
      ["unverified", unverifiedReport()],
      ["unreachable", unreachableReport()],
      ["hostile", hostileReport()],
      ["smoke", smokeReport()],
    ] satisfies [string, Report][]
  ).map(([name, report]) => [name, (s: TestService) => s.give(report)] as const),
  ["broken", (s) => s.give(new TypeError("table public.avatars at db.internal"))],
  [
    "damped",
    async (s) => {
      await s.give(passReport());
      await s.give(unreachableReport());
    },
  ],
  [
    "late",
    async (s) => {
      await s.give(passReport());
      s.time.nowMs += 25_000;
    },
  ],
  [
    "expired",
    async (s) => {
      await s.give(passReport());
      s.time.nowMs += MAX_STALE_MS + 1;
    },
  ],
  [
    "draining",
    async (s) => {
      await s.give(passReport());
      s.readiness.drain();
    },
  ],
];

let check: AnswerCheck;
let service: TestService | undefined;

beforeAll(async () => {
  check = await createAnswerCheck();
});
afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

async function serve(options: Parameters<typeof createService>[0] = {}): Promise<TestService> {
  service = await createService(options);
  return service;
}

describe.each(STATES)("%s", (_name, prepare) => {
  it.each([null, TOKEN])("answers as the OpenAPI document says, whoever asks whatever (token %s)", async (token) => {
    const { app } = await serve({ token }).then(async (made) => {
      await prepare(made);
      return made;
    });
    let answers = 0;
    for (const path of PATHS) {
      for (const query of QUERIES) {
        for (const accept of ACCEPTS) {
          for (const caller of CALLERS) {
            const headers = { ...caller.headers, ...(accept === undefined ? {} : { accept }) };
            const response = await app.inject({ ...caller, headers, url: path + query });
            const where = `GET ${path}${query} accept ${accept} ${JSON.stringify(caller)}`;
            expect(check(path, response), where).toBeNull();
            expect(response.headers["cache-control"], where).toBe("no-store");
            expect(response.headers["x-content-type-options"], where).toBe("nosniff");
            expect(response.headers).not.toHaveProperty("etag");
            answers += 1;
          }
        }
      }
    }
    expect(answers).toBe(PATHS.length * QUERIES.length * ACCEPTS.length * CALLERS.length);
  });
});

describe("probes", () => {
  const statuses = async ({ app }: TestService) =>
    Promise.all(
      ["/livez", "/readyz", "/schema/health"].map(async (url) => {
        const get = await app.inject({ url });
        const head = await app.inject({ method: "HEAD", url });
        expect(head.statusCode).toBe(get.statusCode);
        expect(head.body).toBe("");
        expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
        return get.statusCode;
      }),
    );

  it.each([
    ["starting", [200, 503, 503]],
    ["pass", [200, 200, 200]],
    ["fail", [200, 200, 503]],
    ["unverified", [200, 200, 503]],
    ["unreachable", [200, 200, 503]],
    ["broken", [200, 200, 503]],
    ["damped", [200, 200, 200]],
    ["late", [200, 200, 200]],
    ["expired", [200, 200, 503]],
    ["draining", [200, 503, 200]],
  ])("%s: livez, readyz, health are %j, by GET and HEAD", async (name, expected) => {
    const made = await serve();
    await STATES.find(([each]) => each === name)?.[1](made);
    expect(await statuses(made)).toEqual(expected);
  });

  it("say when to ask again: the interval in whole seconds", async () => {
    const { app } = await serve();
    for (const url of ["/readyz", "/schema/health", "/schema/verify"]) {
      expect((await app.inject({ url })).headers["retry-after"]).toBe("10");
    }
  });

  it("are health+json for everybody who does not ask for something else, and never 406", async () => {
    const made = await serve();
    await made.give(passReport());
    const type = async (accept: string) =>
      (await made.app.inject({ url: "/schema/health", headers: { accept } })).headers["content-type"];
    expect(await type("*/*")).toBe("application/health+json");
    expect(await type("application/json")).toBe("application/json");
    expect(await type("text/plain")).toBe("text/plain; charset=utf-8");
    expect(await type("application/xml")).toBe("application/health+json");
  });

  it("with READY_REQUIRES=schema wait for the first fit, and then stay ready through gap and outage", async () => {
    const made = await serve({ requires: "schema" });
    const ready = async () => (await made.app.inject({ url: "/readyz" })).statusCode;
    expect(await ready()).toBe(503);
    await made.give(failReport());
    expect(await ready()).toBe(503);
    await made.give(passReport());
    expect(await ready()).toBe(200);
    for (const report of [failReport(), unreachableReport(), unreachableReport(), unreachableReport()]) {
      await made.give(report);
      expect(await ready()).toBe(200);
    }
  });
});

describe("the report", () => {
  it("is answered from memory, with its age and state in headers", async () => {
    const made = await serve();
    await made.give(failReport());
    made.time.nowMs += 3_900;
    const response = await made.app.inject({ url: "/schema/verify" });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({ age: "3", "schemaready-state": "current" });
    expect(response.json()).toEqual(failReport());
  });

  it("with refresh=true is a new one", async () => {
    const made = await serve();
    await made.give(failReport());
    const now = passReport();
    await made.give(now);
    made.time.nowMs += 5_000;
    const response = await made.app.inject({ url: "/schema/verify?refresh=true" });
    expect(response.headers["age"]).toBe("0");
    expect(response.json()).toEqual(now);
    expect(made.refresher.current().ageMs).toBe(0);
  });

  it("with refresh=true tells the truth although the health is damped", async () => {
    const made = await serve();
    await made.give(passReport());
    await made.give(unreachableReport());
    const refreshed = await made.app.inject({ url: "/schema/verify?refresh=true" });
    expect(refreshed.statusCode).toBe(503);
    expect(refreshed.json()).toMatchObject({ verdict: "unverified" });
    expect((await made.app.inject({ url: "/schema/health" })).statusCode).toBe(200);
  });

  it("is text for people who ask for it, and 406 for those who want neither", async () => {
    const made = await serve();
    await made.give(failReport());
    const get = (accept: string) => made.app.inject({ url: "/schema/verify", headers: { accept } });
    expect((await get("text/plain")).body).toContain("FAIL");
    const page = await get("text/markdown");
    expect(page.headers["content-type"]).toBe("text/markdown; charset=utf-8");
    expect(page.body).toMatch(/^# FAIL\n/);
    const refused = await get("image/png");
    expect(refused.statusCode).toBe(406);
    expect(refused.json()).toMatchObject({ code: "NOT_ACCEPTABLE", detail: expect.stringContaining("text/plain") });
  });

  it("has parts", async () => {
    const made = await serve();
    await made.give(failReport());
    const { verdict, checkedAt, features, history } = failReport();
    const get = async (url: string) => (await made.app.inject({ url })).json();
    expect(await get("/schema/features")).toEqual({ verdict, checkedAt, features });
    expect(await get("/schema/migrations")).toEqual({ verdict, checkedAt, history });
  });
});

describe("documents", () => {
  it("the index names every documented route, and no other", async () => {
    const { app } = await serve();
    const { routes } = (await app.inject({ url: "/" })).json() as { routes: { path: string }[] };
    const { paths } = (await app.inject({ url: "/openapi.json" })).json() as { paths: object };
    expect(routes.map(({ path }) => path).sort()).toEqual(
      [...Object.keys(paths).filter((p) => p !== "/"), "/docs"].sort(),
    );
    for (const { path } of routes) expect((await app.inject({ url: path })).statusCode, path).not.toBe(404);
  });

  it("Swagger UI and all it loads come from here, under a policy that allows nothing else", async () => {
    const { app } = await serve({ token: TOKEN, host: "0.0.0.0" });
    for (const page of ["/docs", "/docs/"]) {
      const response = await app.inject({ url: page, ...REMOTE });
      expect(response.statusCode).toBe(200);
      expect(response.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
      const links = [...response.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = ""]) => link);
      expect(links.length).toBeGreaterThan(4);
      expect(response.body).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=/);
      for (const link of links) {
        const { host, pathname } = new URL(link, `http://localhost${page}`);
        expect(host).toBe("localhost");
        expect((await app.inject({ url: pathname, ...REMOTE })).statusCode, pathname).toBe(200);
      }
    }
    expect((await app.inject({ url: "/docs/json", ...REMOTE })).json()).toHaveProperty("openapi", "3.1.1");
  });
});
