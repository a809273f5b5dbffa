/** /schema/verify in a browser. */
import { afterEach, describe, expect, it } from "vitest";
import { HTML_POLICY, reporters } from "../../../src/report/index.js";
import { createService, type TestService } from "../../support/http-service.js";
import { smokeReport } from "../../support/report-fixtures.js";

let made: TestService;
afterEach(() => made.app.close());

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const open = (accept: string) => made.app.inject({ url: "/schema/verify", headers: { accept } });

describe("the report in a browser", () => {
  it("is the page of --format html, under the policy that it has itself", async () => {
    made = await createService();
    await made.give(smokeReport());
    const { statusCode, body, headers } = await open(BROWSER);
    expect(statusCode).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(body).toBe(reporters.html(smokeReport(), { colour: false, width: 100 }));
    expect(headers["content-security-policy"]).toBe(`${HTML_POLICY}; frame-ancestors 'none'`);
    const json = await open("*/*");
    expect(json.headers["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(json.json()).toMatchObject({ verdict: "fail" });
  });
});
