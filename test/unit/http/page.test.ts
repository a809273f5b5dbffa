/** The status page as bytes: what it says to whom, its policy, its size. What a browser makes of it: test/browser. */
import { createHash } from "node:crypto";
import { Script } from "node:vm";
import fc from "fast-check";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { SCRIPT } from "../../../src/http/page/script.js";
import type { Report } from "../../../src/model/report.js";
import { STYLE } from "../../../src/report/html/style.js";
import { PAGE_VOCABULARY, textOfHtml } from "../../support/html-text.js";
import { BEARER, createService, MAX_STALE_MS, REMOTE, type TestService, TOKEN } from "../../support/http-service.js";
import { largeReport } from "../../support/large-report.js";
import { failReport, hostileReport, passReport, unreachableReport } from "../../support/report-fixtures.js";
import { REPORTS, smokeReportSaying } from "../../support/report-set.js";
import { failedSmoke, runSmokeOnce, scriptedSmoke } from "../../support/scripted-smoke.js";

/** What browsers send when somebody opens an address. */
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

let service: TestService | undefined;
afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

async function serve(options: Parameters<typeof createService>[0] = {}): Promise<TestService> {
  service = await createService(options);
  return service;
}

function open({ app }: TestService, options: InjectOptions = {}): Promise<LightMyRequestResponse> {
  return app.inject({ url: "/", ...options, headers: { accept: BROWSER, ...options.headers } });
}

const textOf = (html: string) => textOfHtml(html, PAGE_VOCABULARY, [STYLE, SCRIPT]);
const basic = (password: string) => ({ authorization: `Basic ${Buffer.from(`me:${password}`).toString("base64")}` });

describe("who gets the page", () => {
  it.each([
    [BROWSER, "text/html; charset=utf-8"],
    ["text/html", "text/html; charset=utf-8"],
    ["text/plain", "text/plain; charset=utf-8"],
    ["application/json", "application/json"],
    ["*/*", "application/json"],
    ["image/png", "application/json"],
    [undefined, "application/json"],
  ])("Accept %j gets %s", async (accept, type) => {
    const { app } = await serve();
    const headers = accept === undefined ? {} : { accept };
    const response = await app.inject({ url: "/", headers });
    expect(response.statusCode).toBe(200);
    expect(response.headers["content-type"]).toBe(type);
  });

  it("HEAD has the headers of GET, so that an open page can ask cheaply", async () => {
    const made = await serve();
    await made.give(failReport());
    const get = await open(made);
    const head = await open(made, { method: "HEAD" });
    expect(head.body).toBe("");
    const { date: _, ...headers } = get.headers;
    expect(head.headers).toMatchObject(headers);
    expect(head.headers).toMatchObject({ age: "0", "schemaready-state": "current", "cache-control": "no-store" });
    expect(head.headers).not.toHaveProperty("etag");
  });

  it("an open page leaves no line in the log", async () => {
    const made = await serve();
    await made.give(passReport());
    const before = made.logLines.length;
    await open(made);
    expect(made.logLines.length).toBe(before);
  });
});

describe("the policy", () => {
  it("allows the one script and the one style that the page has, and nothing from elsewhere", async () => {
    const made = await serve({ token: TOKEN, smoke: scriptedSmoke().start });
    await made.give(failReport());
    await runSmokeOnce(made.smoke);
    const { body, headers } = await open(made, { headers: BEARER });
    const policy = String(headers["content-security-policy"]);
    const digestOf = (tag: string) => {
      const found = [...body.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))].map(([, content = ""]) => content);
      expect(found.length).toBe(1);
      return `'sha256-${createHash("sha256").update(found.join("")).digest("base64")}'`;
    };
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${digestOf("script")}`,
      `style-src ${digestOf("style")}`,
      "connect-src 'self'",
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    const rest = body.replace(STYLE, "").replace(SCRIPT, "");
    expect(rest).not.toMatch(
      /\sstyle=|\son[a-z]+=|src=|<form|<iframe|href="(?!data:image|#|\."|\?details|schema\/|metrics|docs|smoke\/runs)/,
    );
    expect(STYLE).not.toMatch(/url\(|@import/);
  });

  it("has a script that can be read", () => {
    expect(() => new Script(SCRIPT)).not.toThrow();
    expect(SCRIPT).not.toMatch(/innerHTML|insertAdjacent|document\.write|eval|localStorage|sessionStorage|<\//);
  });
});

describe("what it says", () => {
  it.each(Object.entries(REPORTS))(
    "of %s is well-formed, and holds nothing but our own elements",
    async (_, report) => {
      const made = await serve();
      await made.give(report);
      expect(textOf((await open(made)).body).length).toBeGreaterThan(100);
    },
  );

  it("verdict, what monitors are told, the first screen, all parts of the report, and links that exist", async () => {
    const made = await serve({ token: TOKEN, smoke: scriptedSmoke().start });
    await made.give(passReport());
    await made.give(failReport());
    await runSmokeOnce(made.smoke);
    const { body } = await open(made, { headers: BEARER });
    const text = textOf(body);
    for (const part of [
      "FAIL\n \n2 of 6 features broken: Create an avatar and List avatars; 1 degraded",
      "/schema/health\n answers 503, fail.",
      "\nTo do\n",
      "is recorded as applied, but it never ran.",
      "POST /api/apps/avatar-creator/projects/{projectId}/avatars/generate",
      "column public.users.tags has another type",
      "npx prisma migrate deploy",
      "Migrations of avatar-creator",
      "\nSmoke run\n",
      "left behind: ",
      "\nVerdict over time\n",
      "120 expectations: 91 satisfied, 4 gaps",
    ]) {
      expect(text).toContain(part);
    }
    const links = [...body.matchAll(/href="([a-z][a-z/]*)"/g)].map(([, link = ""]) => link);
    expect(links).toEqual(
      ["schema/verify", "schema/repair", "schema/migrations", "smoke/runs", "schema/changes"].concat("metrics", "docs"),
    );
    for (const link of links) {
      const { statusCode } = await made.app.inject({ url: `/${link}`, headers: BEARER });
      expect(statusCode, link).toBeLessThan(400);
    }
  });

  it("STARTING before the first verification, without a report to link", async () => {
    const { body, headers } = await open(await serve());
    expect(textOf(body)).toContain("STARTING\n");
    expect(body).not.toMatch(/href="schema\/(?:verify|repair|migrations)"/);
    expect(headers).not.toHaveProperty("age");
    expect(headers["schemaready-state"]).toBe("starting");
  });

  it("UNVERIFIED when the verification broke, with its message", async () => {
    const made = await serve();
    await made.give(new TypeError("secret plan"));
    const text = textOf((await open(made)).body);
    expect(text).toMatch(/UNVERIFIED\n.*answers 503/s);
    expect(text).toMatch(/Last attempt \n0 s ago\n\. /);
  });

  it("FAIL when the verdict has expired, whatever it was", async () => {
    const made = await serve();
    await made.give(passReport());
    made.time.nowMs += MAX_STALE_MS + 1;
    const text = textOf((await open(made)).body);
    expect(text).toMatch(/FAIL\n.*the verdict has expired.*The last one was PASS: .*restart it.*answers 503/s);
  });

  it("that the verdict is late, or of the verification before the last", async () => {
    const made = await serve();
    await made.give(passReport());
    made.time.nowMs += 25_000;
    expect(textOf((await open(made)).body)).toMatch(/PASS\n.*The next verification is late\..*25 s ago/s);
    await made.give(unreachableReport());
    expect(textOf((await open(made)).body)).toMatch(
      /PASS\n.*The last attempt could not look: .*ECONNREFUSED 10\.0\.0\.5.*answers 200, warn/s,
    );
    expect(textOf((await open(made, REMOTE)).body)).toContain("The last attempt could not look. This is from");
  });

  it("as text, whatever names and messages hold", async () => {
    const smoke = scriptedSmoke();
    const made = await serve({ token: TOKEN, smoke: smoke.start });
    const texts = fc.oneof(
      fc.constantFrom("</script><script>alert(1)</script>", "</title><img src=x onerror=y>", '" autofocus onfocus="x'),
      fc.string({ unit: "binary" }),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const report = smokeReportSaying(text);
        const features = report.features.map((each) => ({ ...each, title: text, endpoints: [text] }));
        const causes = report.causes.map((each) => ({ ...each, message: text }));
        const target = { ...report.target, database: text, user: text };
        await made.give({ ...report, features, causes, target, smoke: null });
        smoke.next = report.smoke ?? failedSmoke();
        await runSmokeOnce(made.smoke, { address: text, userAgent: text, idempotencyKey: null });
        const page = textOf((await open(made, { headers: BEARER })).body);
        expect(page).toMatch(/FAIL\n.*Smoke run\n.*1 of 1 step failed/s);
      }),
      { numRuns: 60 },
    );
  });
});

describe("who may not see details", () => {
  const NAMES =
    /avatar|credits|projectId|db\.internal|15\.18|_prisma|app@|users|drop table|audit|5432|ECONN|secret plan/;
  const prepared: readonly (readonly [string, (made: TestService) => Promise<void>])[] = [
    ...Object.entries(REPORTS).map(([name, report]) => [name, (made: TestService) => made.give(report)] as const),
    ["a failure", (made) => made.give(new Error("secret plan at db.internal"))],
    [
      "an expired verdict",
      async (made) => {
        await made.give(failReport());
        made.time.nowMs += MAX_STALE_MS + 1;
      },
    ],
  ];

  it.each(prepared)("sees verdict and counts of %s, and no name", async (_, prepare) => {
    for (const token of [null, TOKEN]) {
      const made = await serve({ token });
      await prepare(made);
      const { statusCode, body, headers } = await open(made, REMOTE);
      expect(statusCode).toBe(200);
      const text = textOf(body);
      expect(text).toMatch(/FAIL|PASS|UNVERIFIED|WARN/);
      expect(text).not.toMatch(NAMES);
      expect(JSON.stringify(headers)).not.toMatch(NAMES);
      await made.app.close();
    }
  });

  it("is told how to get them", async () => {
    const withToken = await serve({ token: TOKEN });
    expect((await open(withToken)).body).toContain('<a href="?details">Show details</a>');
    await withToken.app.close();
    const closed = await serve({ host: "0.0.0.0" });
    const { statusCode, body } = await open(closed, { url: "/?details" });
    expect(statusCode).toBe(200);
    expect(textOf(body)).toContain("--token-file FILE");
    expect(body).not.toContain("?details");
  });

  it("is asked for the token only after asking for details", async () => {
    const made = await serve({ token: TOKEN });
    await made.give(failReport());
    expect((await open(made)).headers).not.toHaveProperty("www-authenticate");
    for (const headers of [{}, basic("wrong"), { authorization: "Bearer wrong" }]) {
      const asked = await open(made, { url: "/?details", headers });
      expect(asked.statusCode).toBe(401);
      expect(asked.headers["www-authenticate"]).toBe('Basic realm="schemaready", charset="UTF-8"');
      expect(textOf(asked.body)).not.toMatch(NAMES);
    }
    expect(textOf((await open(made, { headers: basic("wrong") })).body)).toContain("is not the one of this service");
  });

  it.each(["/", "/?details"])("sees everything at %s with the token", async (url) => {
    const made = await serve({ token: TOKEN });
    await made.give(failReport());
    for (const headers of [basic(TOKEN), BEARER]) {
      const { statusCode, body } = await open(made, { url, headers, ...REMOTE });
      expect(statusCode).toBe(200);
      expect(textOf(body)).toContain("Create an avatar");
      expect(body).not.toContain(TOKEN);
    }
  });

  it("never gets the page that was made for somebody else", async () => {
    const made = await serve({ token: TOKEN });
    await made.give(hostileReport());
    const bodies = await Promise.all(
      [{}, BEARER, {}, basic("wrong"), BEARER].map((headers) => open(made, { headers })),
    );
    expect(bodies.map(({ body }) => /drop table/.test(body))).toEqual([false, true, false, false, true]);
  });
});

describe("what has changed", () => {
  const idOf = async (made: TestService, options: InjectOptions = {}) =>
    (await open(made, { ...options, method: "HEAD" })).headers["schemaready-page"];

  it("is told by an id that an older verdict keeps and another finding does not", async () => {
    const made = await serve();
    const again = (report: Report, seconds: number): Report => ({
      ...report,
      checkedAt: new Date(Date.parse(report.checkedAt) + seconds * 1000).toISOString(),
      durationMs: report.durationMs + seconds,
    });
    await made.give(failReport());
    const first = await idOf(made);
    expect((await open(made)).body).toContain(`data-page="${first}"`);
    made.time.nowMs += 5_000;
    const minute = Math.floor(Date.now() / 60_000);
    const older = await idOf(made);
    await made.give(again(failReport(), 10));
    const next = await idOf(made);
    // The bar of verdicts is drawn anew every minute.
    if (Math.floor(Date.now() / 60_000) === minute) expect([older, next]).toEqual([first, first]);
    await made.give(passReport());
    expect(await idOf(made)).not.toBe(next);
    expect(await idOf(made, REMOTE)).not.toBe(await idOf(made));
  });
});

describe("how large it is", () => {
  it("20 features with 100 gaps, a step for each and 200 migrations stay below 60 KB", async () => {
    const made = await serve();
    await made.give(largeReport(20, 100));
    const { body } = await open(made);
    expect(Buffer.byteLength(body)).toBeLessThan(60_000);
    expect(textOf(body)).toContain("76 more in the whole plan");
  });

  it("2,000 gaps do not make it much larger", async () => {
    const made = await serve();
    await made.give(largeReport(300, 2_000));
    const { body } = await open(made);
    expect(Buffer.byteLength(body)).toBeLessThan(120_000);
    expect(textOf(body)).toContain("1900 more in the report");
  });
});
