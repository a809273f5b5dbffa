/** The status page in a real browser: what its policy lets through, what it looks like, whom it can be used by. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import {
  askNow,
  type Browser,
  CHROMIUM,
  complaintsOf,
  type ListeningService,
  listen,
  startBrowser,
} from "../support/browser.js";
import { everyCodeReport } from "../support/every-code-report.js";
import { MAX_STALE_MS, TOKEN } from "../support/http-service.js";
import { largeReport } from "../support/large-report.js";
import { faultsInEveryLook, faultsOf } from "../support/page-faults.js";
import {
  failReport,
  hostileReport,
  passReport,
  unreachableReport,
  unverifiedReport,
} from "../support/report-fixtures.js";

if (CHROMIUM === null) console.warn("skipped: the status page in a browser, because there is no chromium here");

let browser: Browser;
let service: ListeningService | undefined;
let page: Page;
let complaints: string[];

async function serve(options: Parameters<typeof listen>[0] = {}, ...reports: Report[]): Promise<ListeningService> {
  service = await listen(options);
  for (const report of reports) await service.give(report);
  return service;
}

async function openPage(url: string): Promise<void> {
  page = await browser.context.newPage();
  complaints = complaintsOf(page);
  await page.goto(url);
}

const heading = () => page.locator("h1").innerText();

describe.skipIf(CHROMIUM === null)("the status page", () => {
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });
  afterEach(async () => {
    await page.close();
    await service?.close();
    service = undefined;
  });

  describe.each<[string, (made: ListeningService) => Promise<void>]>([
    ["starting", async () => {}],
    ["pass", (made) => made.give(passReport())],
    ["fail", (made) => made.give(failReport())],
    ["many gaps", (made) => made.give(largeReport(20, 100))],
    ["every code", (made) => made.give(everyCodeReport())],
    ["warn", (made) => made.give(warnReport())],
    [
      "late",
      async (made) => {
        await made.give(warnReport());
        made.time.nowMs += 25_000;
      },
    ],
    ["unverified", (made) => made.give(unverifiedReport())],
    ["unreachable", (made) => made.give(unreachableReport())],
    ["hostile", (made) => made.give(hostileReport())],
    ["broken", (made) => made.give(new Error(`${"long".repeat(100)} message`))],
    [
      "expired",
      async (made) => {
        await made.give(passReport());
        made.time.nowMs += MAX_STALE_MS + 1;
      },
    ],
  ])("%s", (_name, prepare) => {
    it("loads without a complaint, fits, and is accessible, in light and dark, on a phone and on a desk", async () => {
      const made = await serve();
      await prepare(made);
      await openPage(made.url);
      expect(await faultsInEveryLook(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });

  it("lets no other script, style, picture, frame or form in", async () => {
    await openPage((await serve({}, hostileReport())).url);
    expect(await page.evaluate("document.scripts.length")).toBe(1);
    await page.evaluate(`{
      window.refused = [];
      document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
      const add = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields));
      add("script", { textContent: "window.injected = 1" });
      add("script", { src: "docs/static/swagger-ui.js" });
      add("style", { textContent: "h1 { display: none }" });
      add("img", { src: "metrics" });
      add("iframe", { src: "docs" });
      document.querySelector("h1").setAttribute("style", "display: none");
    }`);
    await page.waitForFunction("refused.length >= 6");
    const refused = (await page.evaluate("refused")) as string[];
    expect([...refused].sort()).toEqual([
      "frame-src",
      "img-src",
      "script-src-elem",
      "script-src-elem",
      "style-src-attr",
      "style-src-elem",
    ]);
    expect(await page.evaluate("window.injected")).toBeUndefined();
    expect(await page.locator("h1").isVisible()).toBe(true);
  });

  it("is dark where people want it dark", async () => {
    await openPage((await serve({}, failReport())).url);
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    await page.emulateMedia({ colorScheme: "light" });
    expect(await background()).toBe("rgb(255, 255, 255)");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await background()).toBe("rgb(15, 19, 24)");
  });

  it("says what is broken, why and what to do without scrolling, on a phone too", async () => {
    await openPage((await serve({}, failReport())).url);
    for (const viewport of [
      { width: 1200, height: 700 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport);
      for (const text of [
        "Create an avatar",
        "is recorded as applied, but it never ran.",
        "npx prisma migrate deploy",
      ]) {
        const box = await page.locator("#triage").getByText(text).first().boundingBox();
        expect((box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
      }
    }
  });

  it("updates itself when the verdict has changed, and says so", async () => {
    const made = await serve({}, passReport());
    await openPage(made.url);
    expect(await heading()).toContain("PASS");
    const icon = await page.locator("#icon").getAttribute("href");
    await made.give(failReport());
    await askNow(page);
    await page.locator("#steps").waitFor();
    expect(await heading()).toContain("FAIL");
    expect(await page.title()).toContain("FAIL: 2 of 6 features broken");
    expect(await page.locator("[role=status]").innerText()).toContain("Now: FAIL 2 of 6 features broken");
    expect(await page.locator("#icon").getAttribute("href")).not.toBe(icon);
    await made.give(passReport());
    await askNow(page);
    await page.locator("#steps").waitFor({ state: "detached" });
    expect(await heading()).toContain("PASS");
    expect(complaints).toEqual([]);
  });

  it("tells the age without being reloaded, and loads nothing as long as nothing has changed", async () => {
    const made = await serve({}, passReport());
    await openPage(made.url);
    let loaded = 0;
    page.on("request", (request) => {
      if (request.method() === "GET") loaded += 1;
    });
    const minute = Math.floor(Date.now() / 60_000);
    made.time.nowMs += 7_000;
    await askNow(page);
    await page.getByText("7 s ago").waitFor();
    // The bar of verdicts is drawn anew every minute.
    if (Math.floor(Date.now() / 60_000) === minute) expect(loaded).toBe(0);
  });

  it("says that what stands there is old when the service does not answer, and takes it back", async () => {
    const made = await serve({}, passReport());
    await openPage(made.url);
    await page.route("**/*", (route) => route.abort());
    await page.evaluate('dispatchEvent(new Event("online"))');
    const notice = page.getByText("what stands here is old");
    await notice.waitFor();
    expect(await notice.isVisible()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await page.unroute("**/*");
    await askNow(page);
    await page.getByText("schemaready answers again.").waitFor();
    expect(await notice.count()).toBe(0);
  });

  it("leads to the report, which is a page, too", async () => {
    await openPage((await serve({}, failReport())).url);
    await page.getByText("Report", { exact: true }).click();
    await page.waitForURL("**/schema/verify");
    expect(await heading()).toContain("2 of 6 features broken");
    expect(await page.evaluate("getComputedStyle(document.querySelector('h2')).borderBottomStyle")).toBe("solid");
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(CHROMIUM === null)("the status page without a script", () => {
  it("says the same, and has a link to reload it", async () => {
    const withoutScript = await startBrowser({ javaScriptEnabled: false });
    try {
      service = await listen();
      await service.give(failReport());
      page = await withoutScript.context.newPage();
      complaints = complaintsOf(page);
      await page.goto(service.url);
      expect(await heading()).toContain("2 of 6 features broken");
      await service.give(passReport());
      await page.getByText("Reload").click();
      await page.getByText("all 3 features work").waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await withoutScript.close();
      await service?.close();
      service = undefined;
    }
  });
});

describe.skipIf(CHROMIUM === null)("the status page of a service with a token", () => {
  it.each([
    [TOKEN, true],
    ["wrong", false],
  ])("shows details to whom the browser's question is answered with %j: %s", async (password, isShown) => {
    const credentials = { username: "anybody", password };
    const asked = await startBrowser({ httpCredentials: credentials });
    try {
      service = await listen({ token: TOKEN });
      await service.give(failReport());
      page = await asked.context.newPage();
      await page.goto(service.url);
      expect(await page.getByText("is recorded as applied").count()).toBe(0);
      await page.getByText("Show details").click();
      await page.getByText(isShown ? "What is wrong" : "is not the one of this service").waitFor();
      // From here on the browser sends it by itself: to the page, and to what the page links to.
      await page.goto(service.url);
      expect((await page.getByText("Create an avatar").count()) > 0).toBe(isShown);
      await service.give(passReport());
      await askNow(page);
      const passed = isShown ? "all 3 features work" : "the schema serves the application";
      await page.locator("h1").getByText(passed).waitFor();
      const report = await page.goto(`${service.url}schema/verify`);
      expect(report?.status()).toBe(isShown ? 200 : 401);
    } finally {
      await asked.close();
      await service?.close();
      service = undefined;
    }
  });
});

/** Nothing but what degrades. */
function warnReport(): Report {
  const { gaps, features, ...rest } = failReport();
  const warnings = gaps.filter(({ severity }) => severity === "warning");
  return { ...rest, verdict: "warn", gaps: warnings, features: features.filter(({ status }) => status !== "broken") };
}
