/** The newest smoke run on the status page, in a real browser; and what only a page with much on it can show. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  askNow,
  type Browser,
  CHROMIUM,
  complaintsOf,
  type ListeningService,
  listen,
  startBrowser,
} from "../support/browser.js";
import { TOKEN } from "../support/http-service.js";
import { faultsInEveryLook } from "../support/page-faults.js";
import { failReport, hostileReport, passReport } from "../support/report-fixtures.js";
import { smokeReportSaying } from "../support/report-set.js";
import { CALLER, endOf, failedSmoke, passedSmoke, runSmokeOnce, scriptedSmoke } from "../support/scripted-smoke.js";

if (CHROMIUM === null) console.warn("skipped: smoke runs on the status page, because there is no chromium here");

let browser: Browser;
let service: ListeningService;
let page: Page;
let complaints: string[];
let script = scriptedSmoke();

async function serve(): Promise<ListeningService> {
  script = scriptedSmoke();
  service = await listen({ token: TOKEN, smoke: script.start });
  return service;
}

/** A service with a failing schema, and a smoke run that failed because of it. */
async function serveFailed(): Promise<ListeningService> {
  const made = await serve();
  await made.give(failReport());
  await runSmokeOnce(made.smoke);
  return made;
}

/** As a browser that was told the token: it sends it by itself. */
async function openPage(): Promise<void> {
  page = await browser.context.newPage();
  complaints = complaintsOf(page);
  const password = Buffer.from(`me:${TOKEN}`).toString("base64");
  await page.setExtraHTTPHeaders({ authorization: `Basic ${password}` });
  await page.goto(service.url);
}

describe.skipIf(CHROMIUM === null)("the status page", () => {
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });
  afterEach(async () => {
    script.release();
    await page.close();
    await service.close();
  });

  describe.each<[string, (made: ListeningService) => Promise<void>]>([
    ["never", async (made) => made.give(passReport())],
    [
      "failed",
      async (made) => {
        await made.give(failReport());
        await runSmokeOnce(made.smoke);
      },
    ],
    [
      "failed while the schema passes, and the verdict has changed since",
      async (made) => {
        await made.give(failReport());
        await runSmokeOnce(made.smoke);
        await made.give({ ...passReport(), checkedAt: new Date(Date.now() + 60_000).toISOString() });
      },
    ],
    [
      "passed",
      async (made) => {
        await made.give(passReport());
        script.next = passedSmoke();
        await runSmokeOnce(made.smoke);
      },
    ],
    [
      "running",
      async (made) => {
        await made.give(failReport());
        await runSmokeOnce(made.smoke);
        script.pauseAfter = 2;
        await made.smoke?.begin({ only: ["avatars"] }, CALLER);
      },
    ],
    [
      "hostile",
      async (made) => {
        await made.give(hostileReport());
        const agent = '</script><script>injected=1</script><img src=x onerror="injected=1">';
        const saying = smokeReportSaying(agent).smoke;
        script.next = saying ?? new Error("the fixture has a smoke run");
        await runSmokeOnce(made.smoke, { ...CALLER, userAgent: agent });
      },
    ],
  ])("with a smoke run: %s", (_name, prepare) => {
    it("loads without a complaint, fits, and is accessible, in light and dark, on a phone and on a desk", async () => {
      await prepare(await serve());
      await openPage();
      expect(await page.locator("#smoke h2").innerText()).toBe("Smoke run");
      expect(await faultsInEveryLook(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await page.evaluate("window.injected")).toBeUndefined();
    });
  });

  it("leaves what somebody reads where it is", async () => {
    const made = await serveFailed();
    await openPage();
    await page.locator("summary").first().click();
    await page.evaluate(`window.steps = document.getElementById("steps")`);
    const { gaps, ...rest } = failReport();
    await made.give({ ...rest, gaps: gaps.slice(0, -1) });
    await askNow(page);
    await page.getByText("column public.users.tags has another type").waitFor({ state: "detached" });
    expect(await page.evaluate(`steps === document.getElementById("steps")`)).toBe(true);
    // Another run, with a step before the one that is open: it is the same one that stays open and has the focus.
    const failed = failedSmoke();
    const flows = failed.flows.map(({ steps, ...flow }) => {
      const earlier = steps.slice(1, 2).map((step) => ({ ...step, id: "earlier", title: "earlier" }));
      return { ...flow, steps: [...earlier, ...steps] };
    });
    script.next = { ...failed, runId: "run-2", flows };
    await runSmokeOnce(made.smoke);
    await askNow(page);
    await page.getByText("run run-2").waitFor();
    const open = page.locator("details[open]");
    expect(await open.count()).toBe(1);
    expect(await open.locator("xpath=ancestor::td/div[1]").innerText()).toBe("generate");
    expect(await page.evaluate("document.activeElement.parentElement.open")).toBe(true);
    expect(await page.evaluate("[...document.querySelectorAll('main > section')].map(({ id }) => id)")).toEqual(
      "triage why features gaps steps migrations-1 smoke verdicts".split(" "),
    );
  });

  it("follows a smoke run, and says how it ended", async () => {
    const made = await serveFailed();
    script.pauseAfter = 1;
    const begun = await made.smoke?.begin({}, CALLER);
    await openPage();
    expect(await page.locator("#verdict").innerText()).toMatch(/Smoke run: RUNNING 1 of 4 steps done; before it: FAIL/);
    expect(await page.locator("#smoke").innerText()).toContain("at avatars.generate");
    script.release();
    await endOf(made.smoke, begun?.run?.id ?? "");
    await askNow(page);
    await page.locator("#smoke .odd.notice").waitFor({ state: "detached" });
    expect(await page.locator("[role=status]").innerText()).toBe(
      "Smoke run: FAIL 2 of 4 steps failed, 1 skipped, 1 thing left behind",
    );
    expect(complaints).toEqual([]);
  });

  it("leads from the top to the smoke run, and from there to all of it", async () => {
    const made = await serveFailed();
    await openPage();
    await page.getByRole("link", { name: "Smoke run", exact: true }).click();
    expect(new URL(page.url()).hash).toBe("#smoke");
    await page.locator("#smoke h2").waitFor();
    const box = await page.locator("#smoke h2").boundingBox();
    expect(box?.y).toBeLessThan((page.viewportSize()?.height ?? 0) / 2);
    // What the page asks itself afterwards has no fragment in its address.
    await made.give(passReport());
    await askNow(page);
    await page.locator("h1").getByText("all 3 features work").waitFor();
    await page.getByRole("link", { name: "The whole run" }).click();
    await page.waitForURL("**/smoke/runs/*");
    expect(await page.locator("body").innerText()).toContain('"outcome":"failed"');
  });

  it("can be used with the keyboard, and shows where one is", async () => {
    await serveFailed();
    await openPage();
    const focused = () => page.evaluate("document.activeElement.textContent.trim()");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the findings");
    expect((await page.locator(".skip").boundingBox())?.width).toBeGreaterThan(50);
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    const links = "Reload|Report|Repair plan|Migrations|Smoke runs|Changes of the verdict|Metrics|API".split("|");
    const wanted = ["The whole run", "answer", "to send it again", ...links];
    const reached: unknown[] = [];
    for (const _ of wanted) {
      await page.keyboard.press("Tab");
      reached.push(await focused());
      expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    }
    expect(reached).toEqual(wanted);
    await page.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("details[open]").count()).toBe(1);
    // The link at the top comes before the findings.
    await page.locator("#main").focus();
    await page.keyboard.press("Shift+Tab");
    expect(await focused()).toBe("Smoke run");
  });

  it("prints without what is of no use on paper", async () => {
    await serveFailed();
    await openPage();
    await page.emulateMedia({ media: "print" });
    expect(await page.getByText("Changes of the verdict").isVisible()).toBe(false);
    expect(await page.getByText("What is wrong").isVisible()).toBe(true);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
  });
});
