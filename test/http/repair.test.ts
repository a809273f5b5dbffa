/** /schema/repair: a plan made when somebody asks, once for all who ask, in the language that they accept. */
import { afterEach, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { createService, REMOTE, type TestService, TOKEN } from "../support/http-service.js";
import { planReport } from "../support/plan-fixtures.js";
import { failReport, passReport } from "../support/report-fixtures.js";

const services: TestService[] = [];
afterEach(async () => {
  for (const { app } of services.splice(0)) await app.close();
});

async function serve(plan: (report: Report, signal: AbortSignal) => Promise<Report>, options = {}) {
  const service = await createService({ plan, ...options });
  services.push(service);
  return service;
}

const planned = async (report: Report): Promise<Report> => ({ ...report, repair: planReport().repair });
const get = (service: TestService, accept?: string) =>
  service.app.inject({ url: "/schema/repair", ...(accept === undefined ? {} : { headers: { accept } }) });

describe("the plan", () => {
  it.each([
    [undefined, "application/json", /"proof":/],
    ["text/plain", "text/plain; charset=utf-8", /^PLAN /],
    ["text/markdown", "text/markdown; charset=utf-8", /^#/],
    ["application/sql", "application/sql; charset=utf-8", /\\set ON_ERROR_STOP on/],
  ])("accepted as %s", async (accept, type, text) => {
    const service = await serve(planned);
    await service.give(failReport());
    const response = await get(service, accept);
    expect([response.statusCode, response.headers["content-type"]]).toEqual([200, type]);
    expect(response.body).toMatch(text);
  });

  it("comes with the verdict that it is for", async () => {
    const service = await serve(planned);
    await service.give(failReport());
    const { verdict, checkedAt } = failReport();
    expect((await get(service)).json()).toEqual({ verdict, checkedAt, repair: planReport().repair });
  });

  it("is made once for all who ask, again when the gaps are others, and when it is old", async () => {
    let made = 0;
    const service = await serve(async (report) => {
      made++;
      return planned(report);
    });
    await service.give(failReport());
    await Promise.all([get(service), get(service, "text/plain"), get(service, "application/sql")]);
    // The same state, looked at again.
    await service.give({ ...failReport(), checkedAt: "2026-11-20T11:00:00.000Z" });
    await get(service);
    expect(made).toBe(1);
    const [, ...gaps] = failReport().gaps;
    await service.give({ ...failReport(), gaps });
    await get(service);
    expect(made).toBe(2);
    await service.time.advance(61_000);
    await get(service);
    expect(made).toBe(3);
  });

  it("is made by nobody for a healthy schema, for a language that nobody speaks, or before the first verdict", async () => {
    const service = await serve(async () => {
      throw new Error("nobody should ask");
    });
    expect((await get(service)).json()).toMatchObject({ code: "NOT_VERIFIED_YET" });
    await service.give(passReport());
    expect((await get(service)).json()).toMatchObject({ verdict: "pass", repair: { steps: [] } });
    await service.give(failReport());
    expect((await get(service, "text/html")).json()).toMatchObject({ status: 406, code: "NOT_ACCEPTABLE" });
  });

  it("that breaks is told without its reason, logged with it, and tried again for the next caller", async () => {
    let broken = true;
    const service = await serve(async (report) => {
      if (broken) throw new TypeError("table public.avatars");
      return planned(report);
    });
    await service.give(failReport());
    const response = await get(service);
    expect([response.statusCode, response.json()]).toMatchObject([500, { code: "PLAN_FAILED" }]);
    expect(response.body).not.toContain("avatars");
    expect(service.logLines.join("")).toContain("table public.avatars");
    broken = false;
    expect((await get(service)).statusCode).toBe(200);
  });

  it("is for callers with access to details", async () => {
    const service = await serve(planned, { token: TOKEN });
    await service.give(failReport());
    const response = await service.app.inject({ url: "/schema/repair", ...REMOTE });
    expect(response.statusCode).toBe(401);
  });
});
