/** The newest smoke run on the status page: what it says in which state, and to whom. */
import { afterEach, describe, expect, it } from "vitest";
import { SCRIPT } from "../../../src/http/page/script.js";
import type { SmokeResult } from "../../../src/model/report.js";
import { STYLE } from "../../../src/report/html/style.js";
import { PAGE_VOCABULARY, textOfHtml } from "../../support/html-text.js";
import { BEARER, createService, REMOTE, type TestService, TOKEN } from "../../support/http-service.js";
import { failReport, passReport } from "../../support/report-fixtures.js";
import {
  CALLER,
  endOf,
  failedSmoke,
  passedSmoke,
  runSmokeOnce,
  type ScriptedSmoke,
  scriptedSmoke,
} from "../../support/scripted-smoke.js";

let service: TestService | undefined;
afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

async function serve(script: ScriptedSmoke | null, token: string | null = TOKEN): Promise<TestService> {
  service = await createService({ token, ...(script === null ? {} : { smoke: script.start }) });
  return service;
}

async function pageOf({ app }: TestService, headers: Readonly<Record<string, string>> = BEARER) {
  const response = await app.inject({ url: "/", headers: { accept: "text/html", ...headers } });
  return {
    body: response.body,
    id: response.headers["schemaready-page"],
    text: textOfHtml(response.body, PAGE_VOCABULARY, [STYLE, SCRIPT]).replace(/\n/g, ""),
  };
}

describe("the newest smoke run", () => {
  it("is no subject where no flows are configured", async () => {
    const made = await serve(null);
    await made.give(passReport());
    expect((await pageOf(made)).text).not.toContain("Smoke run");
  });

  it("that has never been: how to begin one, with a token and without", async () => {
    const script = scriptedSmoke();
    const made = await serve(script);
    await made.give(passReport());
    const { text, body } = await pageOf(made);
    expect(text).toContain("Smoke runNone since this service started.");
    expect(text).toContain('curl -X POST -H "Authorization: Bearer $TOKEN" ADDRESS/smoke/runs');
    expect(body).not.toContain('href="#smoke"');
    await made.app.close();
    const open = await serve(script, null);
    expect((await pageOf(open, {})).text).toMatch(/needs a token.*--token-file FILE/);
  });

  it("failed: when, by whom, which steps, because of which gap, and the way to all of it", async () => {
    const made = await serve(scriptedSmoke());
    await made.give(failReport());
    const { id } = await runSmokeOnce(made.smoke, { ...CALLER, idempotencyKey: "deploy-7" });
    const { text, body } = await pageOf(made);
    expect(text).toContain(
      "Smoke run: FAIL 2 of 4 steps failed, 1 skipped, 1 thing left behind, less than a minute ago",
    );
    expect(text).toMatch(
      /Begun 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC, less than a minute ago, by deploy-job\/3 from 10\.0\.0\.7, Idempotency-Key deploy-7\./,
    );
    expect(text).toContain("Create an avatar is broken because");
    expect(text).toContain("table public.avatars");
    expect(text).toContain("left behind: project p1");
    expect(body).toContain(`href="smoke/runs/${id}"`);
    expect(body).toContain('href="#smoke"');
    // The schema's verdict stays the page's.
    expect(text).toContain("FAIL 2 of 6 features broken");
    expect((await pageOf(made)).id).toBe((await pageOf(made)).id);
  });

  it("passed while the schema does: says so, and keeps the colour of the verdict", async () => {
    const made = await serve(scriptedSmoke(passedSmoke()));
    await made.give(passReport());
    await runSmokeOnce(made.smoke);
    const { text } = await pageOf(made);
    expect(text).toContain("Smoke run: PASS 4 steps passed, less than a minute ago");
    expect(text).toContain("ok avatar-creator.avatars: Create and list avatars 4 steps");
    expect(text).not.toContain("FAIL");
  });

  it("that is going on: how far it is, and the one before it", async () => {
    const script = scriptedSmoke();
    const made = await serve(script);
    await made.give(failReport());
    const first = await runSmokeOnce(made.smoke);
    const before = await pageOf(made);
    script.pauseAfter = 2;
    const begun = await made.smoke?.begin({ only: ["avatars"] }, CALLER);
    const going = await pageOf(made);
    expect(going.id).not.toBe(before.id);
    expect(going.text).toMatch(
      /Smoke run: RUNNING 2 of 4 steps done, 1 failed; before it: FAIL 2 of 4 steps failed, .*less than a minute ago/,
    );
    expect(going.text).toContain("Running: 2 of 4 steps done, 1 failed; at avatars.wait. Begun ");
    expect(going.text).toContain("; only avatars.");
    expect(going.text).toContain("The run before it");
    expect(going.body).toContain(`href="smoke/runs/${first.id}"`);
    const id = begun?.run?.id ?? "";
    made.smoke?.abort(id);
    expect((await pageOf(made)).text).toContain("Stopping: 2 of 4 steps done");
    script.release();
    await endOf(made.smoke, id);
    const ended = await pageOf(made);
    expect(ended.text).not.toMatch(/Running|Stopping|before it/);
    expect(ended.body).toContain(`href="smoke/runs/${id}"`);
  });

  it("that broke: it is told, and the last result stays", async () => {
    const script = scriptedSmoke();
    const made = await serve(script);
    await made.give(failReport());
    await runSmokeOnce(made.smoke);
    script.next = new Error("secret inside");
    await runSmokeOnce(made.smoke);
    const { text } = await pageOf(made);
    expect(text).toContain("Smoke run: BROKEN schemaready failed; before it: FAIL 2 of 4 steps failed");
    expect(text).toContain("The newest run gave no result: schemaready failed; its log says how.");
    expect(text).not.toContain("secret inside");
  });

  it("from before the verdict changed: says so, and keeps the cause that the repair has removed", async () => {
    const made = await serve(scriptedSmoke());
    await made.give(failReport());
    await runSmokeOnce(made.smoke);
    expect((await pageOf(made)).text).not.toContain("The verdict has changed since");
    const later = new Date(Date.now() + 60_000).toISOString();
    await made.give({ ...passReport(), checkedAt: later });
    const { text } = await pageOf(made);
    expect(text).toContain("The verdict has changed since this run began");
    expect(text).toMatch(/Create an avatar is broken because .* \(as the schema was during the run\)/);
    const report = (await made.app.inject({ url: "/schema/verify", headers: BEARER })).json();
    const steps: SmokeResult["flows"][number]["steps"] = report.smoke.flows[0].steps;
    expect(steps.map(({ attribution }) => attribution?.kind)).toEqual([undefined, "proved", "none", undefined]);
    expect(steps[1]?.attribution?.gaps).toEqual([]);
  });

  it("of many flows is told in short: what failed, and a line for what passed", async () => {
    const failed = failedSmoke();
    const [flow] = failed.flows;
    const [passed] = passedSmoke().flows;
    if (flow === undefined || passed === undefined) throw new Error("the fixtures have flows");
    const long = { ...flow, steps: [...Array.from({ length: 40 }, () => passed.steps[0]), ...flow.steps] };
    const flows = [
      ...Array.from({ length: 200 }, (_, at) => ({ ...passed, id: `fine-${at}` })),
      ...Array.from({ length: 25 }, (_, at) => ({ ...long, id: `bad-${at}` })),
    ] as SmokeResult["flows"];
    const made = await serve(scriptedSmoke({ ...failed, flows }));
    await made.give(passReport());
    await runSmokeOnce(made.smoke);
    const { text, body } = await pageOf(made);
    expect(text).toContain("FAILED avatar-creator.bad-0");
    expect(text).toContain("41 steps passed.");
    expect(text).toContain("15 more flows in the report.");
    expect(text).toContain("170 more flows in the report.");
    expect(text).not.toContain("bad-10");
    expect(Buffer.byteLength(body)).toBeLessThan(100_000);
  });

  it("is told in counts to whoever may not see details, as by /metrics", async () => {
    const script = scriptedSmoke();
    const made = await serve(script);
    await made.give(passReport());
    const ask = async () => {
      const response = await made.app.inject({ url: "/", headers: { accept: "text/html" }, ...REMOTE });
      expect(response.body).not.toMatch(
        /avatar|localhost|8080|deploy-job|10\.0\.0\.7|smoke\/runs|project|run-1|ADDRESS/,
      );
      return textOfHtml(response.body, PAGE_VOCABULARY, [STYLE, SCRIPT]).replace(/\n/g, "");
    };
    expect(await ask()).toContain("None since this service started.");
    await runSmokeOnce(made.smoke);
    expect(await ask()).toMatch(
      /Smoke runFAIL 2 of 4 steps failed, 1 skipped, 1 thing left behind\. Begun 20.* UTC, less/,
    );
    script.pauseAfter = 1;
    const begun = await made.smoke?.begin({ only: ["avatars"] }, CALLER);
    expect(await ask()).toContain("Running: 1 of 4 steps done. Begun ");
    script.release();
    await endOf(made.smoke, begun?.run?.id ?? "");
  });
});
