/** /smoke/runs: who may begin one, what it answers, events over a real socket, stopping, and what the report says. */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { SchemareadyError } from "../../src/errors/index.js";
import type { SmokeEvent } from "../../src/model/smoke-event.js";
import { reportSchema } from "../../src/report/index.js";
import { runSmoke } from "../../src/smoke/index.js";
import { type AppServer, type Handler, startApp } from "../support/app-server.js";
import { cleanup, flow, jsonCapture, step, suite } from "../support/flows.js";
import {
  type AnswerCheck,
  BEARER,
  createAnswerCheck,
  createService,
  REMOTE,
  type TestService,
  TOKEN,
} from "../support/http-service.js";
import { passReport } from "../support/report-fixtures.js";
import { things } from "../support/things.js";

let check: AnswerCheck;
beforeAll(async () => {
  check = await createAnswerCheck();
});
let service: TestService | null = null;
let application: AppServer | null = null;
afterEach(async () => {
  await service?.smoke?.stop();
  await Promise.all([service?.app.close(), application?.close()]);
  service = null;
  application = null;
});

const SUITES = [
  suite([
    flow("things", [
      step("create", "POST /things", {
        capture: [jsonCapture("id", "$.id")],
        cleanup: cleanup("DELETE /things/{{id}}", "thing {{id}}"),
      }),
      step("look", "GET /look"),
    ]),
    flow("other", [step("look", "GET /look")]),
  ]),
];

/** A service whose flows run against an application; `look` answers when the test says so. */
async function start(
  parts: { readonly look?: Handler; readonly token?: string | null; readonly heartbeatMs?: number } = {},
) {
  const { stored, routes } = things();
  const app = await startApp({ ...routes, "GET /look": parts.look ?? (() => ({})) });
  application = app;
  const smoke = (input: Pick<Parameters<typeof runSmoke>[0], "only" | "tags" | "signal" | "onEvent">) =>
    runSmoke({ ...input, suites: SUITES, baseUrl: app.url, env: {}, connection: null });
  const { token = TOKEN, heartbeatMs = 15_000 } = parts;
  const created = await createService({ token, smoke, heartbeatMs });
  service = created;
  const ask = async (method: "GET" | "POST" | "DELETE", path: string, more: object = {}) => {
    const response = await created.app.inject({ method, url: path, headers: BEARER, ...more });
    const declared = path.replace(/\?.*/, "").replace(/(runs)\/[^/]+/, "$1/{id}");
    expect(check(declared, response, method.toLowerCase())).toBeNull();
    return response;
  };
  const ended = async (id: string) => {
    for (let i = 0; i < 400; i++) {
      const run = (await ask("GET", `/smoke/runs/${id}`)).json();
      if (run.state === "ended") return run;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error("the run did not end");
  };
  return { stored, app, created, ask, ended };
}

function gateKeeper() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const look: Handler = async () => {
    await opened;
    return {};
  };
  return { look, open: () => open() };
}

describe("POST /smoke/runs", () => {
  it("runs the flows, and its result is part of the report and of the metrics", async () => {
    const { ask, ended, stored, created } = await start();
    await created.give(passReport());
    const begun = await ask("POST", "/smoke/runs");
    expect(begun.statusCode).toBe(202);
    const { id } = begun.json();
    expect(begun.headers["location"]).toBe(`/smoke/runs/${id}`);
    const run = await ended(id);
    expect(run.result).toMatchObject({ outcome: "passed", cleanup: { outcome: "passed" } });
    expect(stored.size).toBe(0);
    const report = reportSchema.parse((await ask("GET", "/schema/verify")).json());
    expect(report).toMatchObject({ verdict: "pass", gate: "pass", smoke: { runId: run.result.runId } });
    const metrics = (await ask("GET", "/metrics")).body;
    expect(metrics).toContain("schemaready_smoke_success 1");
    expect(metrics).toContain('flow="things",step="create"');
    const open = await created.app.inject({ url: "/metrics" });
    expect(open.body).toContain("schemaready_smoke_success 1");
    expect(open.body).not.toContain("step=");
    expect((await ask("GET", "/smoke/runs")).json().runs).toMatchObject([{ id, state: "ended", outcome: "passed" }]);
  });

  it("needs a token, also from this machine and also when none is set", async () => {
    const { created, app } = await start();
    for (const more of [{}, REMOTE, { headers: { authorization: "Bearer no" } }]) {
      expect((await created.app.inject({ method: "POST", url: "/smoke/runs", ...more })).statusCode).toBe(401);
    }
    await created.app.close();
    const open = await createService({ token: null, smoke: () => Promise.reject(new Error("must not run")) });
    const refused = await open.app.inject({ method: "POST", url: "/smoke/runs" });
    expect(refused.statusCode).toBe(403);
    expect(refused.json().detail).toContain("--token-file");
    expect((await open.app.inject({ url: "/smoke/runs" })).statusCode).toBe(403);
    await open.app.close();
    expect(app.lines()).toEqual([]);
  });

  it("takes a choice among the flows and nothing else", async () => {
    const { ask, ended, app } = await start();
    const json = { ...BEARER, "content-type": "application/json" };
    const wrong = [
      '{"baseUrl":"http://elsewhere.example"}',
      "[]",
      "{",
      '{"only":[]}',
      '{"only":"other"}',
      '{"__proto__":{"only":["other"]}}',
    ];
    for (const payload of wrong) {
      expect([payload, (await ask("POST", "/smoke/runs", { headers: json, payload })).statusCode]).toEqual([
        payload,
        400,
      ]);
    }
    const large = JSON.stringify({ only: ["x".repeat(20_000)] });
    expect((await ask("POST", "/smoke/runs", { headers: json, payload: large })).statusCode).toBe(413);
    const form = { ...BEARER, "content-type": "application/x-www-form-urlencoded" };
    expect((await ask("POST", "/smoke/runs", { headers: form, payload: "a=b" })).statusCode).toBe(415);
    expect((await ask("POST", "/smoke/runs?baseUrl=http://elsewhere.example")).statusCode).toBe(400);
    const unknown = await ask("POST", "/smoke/runs", { headers: json, payload: '{"only":["nope"]}' });
    expect(unknown.statusCode).toBe(400);
    expect(unknown.json()).toMatchObject({
      code: "SMOKE_SETUP",
      detail: expect.stringContaining("there is no flow nope"),
    });
    expect(app.lines()).toEqual([]);
    const begun = await ask("POST", "/smoke/runs", { headers: json, payload: '{"only":["other"]}' });
    expect((await ended(begun.json().id)).result.flows).toHaveLength(1);
    expect(app.lines()).toEqual(["GET /look"]);
  });

  it("makes one run at a time, and one for each idempotency key", async () => {
    const gate = gateKeeper();
    const { ask, ended } = await start({ look: gate.look });
    const headers = { ...BEARER, "idempotency-key": "deploy-7" };
    const first = await ask("POST", "/smoke/runs", { headers });
    const { id } = first.json();
    const busy = await ask("POST", "/smoke/runs");
    expect([busy.statusCode, busy.json().code, busy.headers["location"]]).toEqual([
      409,
      "SMOKE_RUNNING",
      `/smoke/runs/${id}`,
    ]);
    const again = await ask("POST", "/smoke/runs", { headers });
    expect([again.statusCode, again.json().id]).toEqual([200, id]);
    const json = { ...headers, "content-type": "application/json" };
    expect((await ask("POST", "/smoke/runs", { headers: json, payload: '{"only":["other"]}' })).statusCode).toBe(422);
    gate.open();
    await ended(id);
    expect((await ask("POST", "/smoke/runs", { headers })).json()).toMatchObject({ id, state: "ended" });
  });

  it("is limited, and reading is not", async () => {
    const { created, ask } = await start();
    const codes = await Promise.all(
      Array.from({ length: 62 }, () => created.app.inject({ method: "POST", url: "/smoke/runs?x=1", headers: BEARER })),
    );
    expect(codes.at(-1)).toMatchObject({ statusCode: 429, headers: { "retry-after": expect.anything() } });
    expect((await ask("GET", "/smoke/runs")).statusCode).toBe(200);
  });

  it("says how to configure flows where there are none", async () => {
    service = await createService({ token: TOKEN });
    for (const [method, url] of [
      ["POST", "/smoke/runs"],
      ["GET", "/smoke/runs"],
      ["GET", "/smoke/runs/x"],
      ["DELETE", "/smoke/runs/x"],
    ] as const) {
      const response = await service.app.inject({ method, url, headers: BEARER });
      expect([response.statusCode, response.json().code]).toEqual([404, "SMOKE_NOT_CONFIGURED"]);
    }
  });

  it("keeps a bug to its log", async () => {
    service = await createService({ token: TOKEN, smoke: () => Promise.reject(new Error("secret inside")) });
    const broken = await service.app.inject({ method: "POST", url: "/smoke/runs", headers: BEARER });
    expect([broken.statusCode, broken.body.includes("secret inside")]).toEqual([500, false]);
    const setup = () =>
      Promise.reject(new SchemareadyError("SMOKE_SETUP", "It cannot start.", { problems: [{ message: "one" }] }));
    const other = await createService({ token: TOKEN, smoke: setup });
    const refused = await other.app.inject({ method: "POST", url: "/smoke/runs", headers: BEARER });
    expect(refused.json()).toMatchObject({ code: "SMOKE_SETUP", detail: "It cannot start. one." });
    expect(other.smoke?.list()).toEqual([]);
    await other.app.close();
  });
});

describe("DELETE /smoke/runs/{id}", () => {
  it("stops it, with its clean-up; so does shutting down, and then none begins", async () => {
    const { look } = gateKeeper();
    const { ask, ended, stored, created } = await start({ look });
    const first = (await ask("POST", "/smoke/runs")).json().id;
    const stopping = await ask("DELETE", `/smoke/runs/${first}`);
    expect([stopping.statusCode, stopping.json().state]).toEqual([202, "stopping"]);
    expect((await ended(first)).result).toMatchObject({ outcome: "failed", cleanup: { leftovers: [] } });
    expect(stored.size).toBe(0);
    expect((await ask("DELETE", `/smoke/runs/${first}`)).statusCode).toBe(200);
    expect((await ask("DELETE", "/smoke/runs/none")).statusCode).toBe(404);
    const second = (await ask("POST", "/smoke/runs")).json().id;
    await created.smoke?.stop();
    expect(created.smoke?.get(second)?.state).toBe("ended");
    expect(stored.size).toBe(0);
    const closing = await ask("POST", "/smoke/runs");
    expect([closing.statusCode, closing.json().code]).toEqual([503, "SHUTTING_DOWN"]);
  });
});

describe("the events of a run", () => {
  const parse = (text: string) =>
    text
      .split("\n\n")
      .filter((part) => part.startsWith("id: "))
      .map((part) => {
        const [id = "", kind = "", data = ""] = part.split("\n").map((line) => line.replace(/^\w+: /, ""));
        return { id: Number(id), kind, event: JSON.parse(data) as SmokeEvent };
      });

  it("come over a socket while it runs, end with it, and go on behind Last-Event-ID", async () => {
    const gate = gateKeeper();
    const { created } = await start({ look: gate.look, heartbeatMs: 20 });
    // listen() is the server's business; a test may.
    const url = await created.app.listen({ host: "127.0.0.1", port: 0 });
    const begun = (await (await fetch(`${url}/smoke/runs`, { method: "POST", headers: BEARER })).json()) as {
      id: string;
    };
    const headers = { ...BEARER, accept: "text/event-stream" };
    const response = await fetch(`${url}/smoke/runs/${begun.id}`, { headers });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString("utf8");
      // A comment has come while nothing happened: now the application answers.
      if (/\n\n:\n\n/.test(text)) gate.open();
    }
    const events = parse(text);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));
    expect([events[0]?.kind, events.at(-1)?.kind]).toEqual(["run-start", "run-end"]);
    const rest = await fetch(`${url}/smoke/runs/${begun.id}`, { headers: { ...headers, "last-event-id": "3" } });
    expect(parse(await rest.text())).toEqual(events.slice(3));
  });

  it("are no reason to wait when the caller has gone", async () => {
    const gate = gateKeeper();
    const { created, ask, ended } = await start({ look: gate.look, heartbeatMs: 20 });
    const url = await created.app.listen({ host: "127.0.0.1", port: 0 });
    const { id } = (await ask("POST", "/smoke/runs")).json();
    for (let i = 0; i < 20; i++) {
      const controller = new AbortController();
      const headers = { ...BEARER, accept: "text/event-stream" };
      const response = await fetch(`${url}/smoke/runs/${id}`, { headers, signal: controller.signal });
      expect([i, response.status]).toEqual([i, 200]);
      controller.abort();
      // The server has to see it.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    gate.open();
    expect((await ended(id)).result.outcome).toBe("passed");
  });
});
