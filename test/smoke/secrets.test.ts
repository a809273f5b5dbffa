/** A canary: secrets go through every place of a run, and must come out nowhere. */
import { describe, expect, it } from "vitest";
import type { SmokeSuite } from "../../src/model/flow.js";
import { attribute, describeSmokeEvent, runSmoke, type SmokeEvent } from "../../src/smoke/index.js";
import { type Handler, send } from "../support/app-server.js";
import { claims, cleanup, flow, jsonCapture, poll, step, suite } from "../support/flows.js";
import { reportWith } from "../support/report-fixtures.js";
import { testApp } from "../support/test-app.js";

const app = testApp();

const PASSWORD = `can"ary/pass word+&<é>'\\%`;
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ";
const SESSION = "canary-session-0123456789";

/** Everything that an application might do with a secret. */
function echoes(secret: string): string {
  const json = JSON.stringify({ secret, again: JSON.stringify({ secret }) });
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString(),
    json,
    Buffer.from(`user:${secret}`).toString("base64"),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  ].join("\n");
}

const echoing: Handler = ({ headers, line, body }, response) =>
  send(
    response,
    500,
    `${echoes(PASSWORD)}\n${echoes(TOKEN)}\n${SESSION}\n${line}\n${JSON.stringify(headers)}\n${body}`,
  );

const ROUTES: Record<string, Handler> = {
  // Before anybody knows that it is a secret: the session is captured only by the step after this one.
  "GET /early": (_received, response) => send(response, 500, { hint: SESSION }),
  "POST /login": () => ({ token: TOKEN, session: SESSION }),
  "POST /things": () => ({ id: SESSION }),
  "GET /wait": (_received, response) => send(response, 503, "wait", { "x-echo": SESSION }),
  "GET /wrong": () => ({ value: TOKEN, list: [SESSION] }),
};

const bearer = { authorization: "Bearer {{token}}", cookie: "sid={{session}}" };
const SUITE: SmokeSuite = suite(
  [
    flow("f", [
      step("early", "GET /early"),
      step("login", "POST /login", {
        request: { body: { kind: "json", value: { password: "{{password}}" } } },
        capture: [jsonCapture("token", "$.token", true), jsonCapture("session", "$.session", true)],
      }),
      step("create", "POST /things", {
        request: { headers: bearer },
        capture: [jsonCapture("id", "$.id")],
        cleanup: cleanup("DELETE /things/{{id}}", "thing {{id}}"),
      }),
      step("query", "GET /echo/{{session}}", {
        request: { query: { p: "{{password}}", t: "{{token}}" }, headers: bearer },
      }),
      step("form", "POST /echo", {
        request: { body: { kind: "form", value: { p: "{{password}}" } }, headers: bearer },
      }),
      step("wrong", "GET /wrong", {
        assert: claims({
          jsonPath: [
            { path: "$.value", predicate: { equals: "{{password}}" } },
            { path: "$.list", predicate: { contains: "{{token}}" } },
            { path: "$.value", predicate: { matches: "^{{session}}$" } },
          ],
          body: [{ contains: "{{password}}" }],
        }),
      }),
      step("wait", "GET /wait", {
        poll: poll({ headers: [{ header: "x-echo", predicate: { equals: "{{token}}" } }] }, { timeoutMs: 60 }),
      }),
      step("refused", "GET /x", { request: { headers: { authorization: "Bearer {{token}}\n{{password}}" } } }),
    ]),
  ],
  { secrets: { password: "{{env.PASSWORD}}" } },
);

describe("secrets", () => {
  it("appear nowhere in results, events, texts and attributions", async () => {
    await app.start({ ...ROUTES, "GET /echo*": echoing, "POST /echo": echoing, "DELETE /things/*": echoing });
    const events: SmokeEvent[] = [];
    const result = await runSmoke({
      suites: [SUITE],
      baseUrl: app.url,
      env: { PASSWORD },
      connection: null,
      onEvent: (event) => events.push(structuredClone(event)),
    });
    // The application did get them.
    expect(app.received[1]?.body).toContain(JSON.stringify(PASSWORD).slice(1, -1));
    expect(app.received[3]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    const steps = result.flows[0]?.steps ?? [];
    expect(steps.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["early", "failed"],
      ["login", "passed"],
      ["create", "passed"],
      ["query", "failed"],
      ["form", "failed"],
      ["wrong", "failed"],
      ["wait", "failed"],
      ["refused", "errored"],
    ]);
    const final = attribute(result, reportWith({ verdict: "fail" }));
    const learned = events.findIndex((event) => event.kind === "step-end" && event.result.id === "login");
    const after = events.slice(learned);
    const printed = [JSON.stringify(final), JSON.stringify(after), ...after.map(describeSmokeEvent)].join("\n");
    for (const secret of [PASSWORD, TOKEN, SESSION]) {
      for (const spelling of [
        ...echoes(secret).split("\n"),
        secret.slice(2, 14),
        Buffer.from(secret).toString("base64").slice(4, 16),
      ]) {
        expect(printed).not.toContain(spelling);
        expect(printed).not.toContain(JSON.stringify(spelling).slice(1, -1));
      }
    }
    expect(printed).toContain("[redacted]");
    expect(final.cleanup.leftovers).toEqual(["thing [redacted]"]);
  });

  it("are also what stands in the headers that carry credentials, whatever the check file calls it", async () => {
    await app.start({
      "GET /echo": ({ headers }, response) =>
        send(response, 500, `${headers["x-api-key"]} ${headers.authorization?.slice(7)}`),
    });
    const headers = { Authorization: "Bearer plain-canary-token", "X-Api-Key": "plain-canary-key" };
    const one = suite([flow("f", [step("s", "GET /echo", { request: { headers } })])]);
    const result = await runSmoke({ suites: [one], baseUrl: app.url, env: {}, connection: null });
    expect(result.flows[0]?.steps[0]?.body).toBe("[redacted] [redacted]");
  });

  it("do not hide what is not secret: an empty one hides nothing", async () => {
    await app.start({ "GET /echo": (_received, response) => send(response, 500, "visible 1 no") });
    const one = suite([flow("f", [step("s", "GET /echo")])], { secrets: { empty: "", short: "no" } });
    const result = await runSmoke({ suites: [one], baseUrl: app.url, env: {}, connection: null });
    expect(result.flows[0]?.steps[0]?.body).toBe("visible 1 no");
  });
});
