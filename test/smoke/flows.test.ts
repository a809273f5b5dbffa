import { describe, expect, it } from "vitest";
import { SchemareadyError } from "../../src/errors/index.js";
import { describeSmokeEvent, type SmokeEvent } from "../../src/smoke/index.js";
import { type Handler, send, startApp } from "../support/app-server.js";
import { claims, cleanup, flow, jsonCapture, poll, step, suite } from "../support/flows.js";
import { outcomes, testApp } from "../support/test-app.js";

const app = testApp();
const { run } = app;

const login = flow("login", [
  step("login", "POST /login", {
    request: { body: { kind: "json", value: { email: "{{email}}", password: "{{password}}" } } },
    capture: [jsonCapture("token", "$.data.token", true)],
  }),
]);
const bearer = { headers: { Authorization: "Bearer {{token}}" } };

describe("a smoke run", () => {
  it("logs in once, shares the token, and sends what the check file says", async () => {
    const routes = {
      "POST /login": () => ({ data: { token: "tok-123456" } }),
      "GET /a": () => ({ ok: true }),
      "GET /b": () => ({ ok: true }),
    };
    const flows = [
      flow("a", [step("a", "GET /a", { request: bearer })], ["login"]),
      flow("b", [step("b", "GET /b", { request: bearer })], ["login"]),
      login,
    ];
    const values = { variables: { email: "smoke-{{runId}}@example.test" }, secrets: { password: "{{env.PASSWORD}}" } };
    const result = await run(routes, [suite(flows, values)], { env: { PASSWORD: "hunter2-hunter2" } });
    expect(outcomes(result)).toEqual([
      ["login", "passed", [["login", "passed"]]],
      ["a", "passed", [["a", "passed"]]],
      ["b", "passed", [["b", "passed"]]],
    ]);
    expect(result).toMatchObject({ outcome: "passed", baseUrl: app.url, cleanup: { outcome: "nothing-to-do" } });
    expect(app.lines()).toEqual(["POST /login", "GET /a", "GET /b"]);
    const [first, second] = app.received;
    expect(JSON.parse(first?.body ?? "")).toEqual({
      email: `smoke-${result.runId}@example.test`,
      password: "hunter2-hunter2",
    });
    expect(second?.headers).toMatchObject({
      authorization: "Bearer tok-123456",
      "accept-encoding": "identity",
      "x-smoke-run": result.runId,
      "user-agent": expect.stringMatching(/^schemaready\/\d/),
    });
  });

  it("skips what needs a failed login, and says why", async () => {
    const flows = [
      login,
      flow("a", [step("a", "GET /a", { request: bearer }), step("b", "GET /b")], ["login"]),
      flow("c", [step("c", "GET /c")], ["a"]),
    ];
    const values = { variables: { email: "a@b.test", password: "xxxx" } };
    const result = await run({ "POST /login": (_r, response) => send(response, 401, { error: "no" }) }, [
      suite(flows, values),
    ]);
    const skipped = "skipped: needs flow login, which failed";
    expect(outcomes(result)).toEqual([
      ["login", "failed", [["login", "failed", "status: expected 2xx, got 401"]]],
      [
        "a",
        "skipped",
        [
          ["a", "skipped", skipped],
          ["b", "skipped", skipped],
        ],
      ],
      ["c", "skipped", [["c", "skipped", "skipped: needs flow a, which was skipped"]]],
    ]);
    expect(result.outcome).toBe("failed");
    expect(app.lines()).toEqual(["POST /login"]);
  });

  it("goes on after a failed step, except where something depends on it", async () => {
    const steps = [
      step("create", "POST /p", { capture: [jsonCapture("id", "$.id")] }),
      step("list", "GET /p"),
      step("read", "GET /p/{{id}}"),
      step("check", "GET /p", { assert: claims({ jsonPath: [{ path: "$.id", predicate: { equals: "{{id}}" } }] }) }),
      step("after", "GET /p", { needs: ["list", "read"] }),
      step("last", "GET /p"),
    ];
    const routes = {
      "POST /p": (_r: unknown, response: Parameters<Handler>[1]) => send(response, 500, { id: "x" }),
      "GET /p": () => [],
    };
    const result = await run(routes, [suite([flow("p", steps)])]);
    expect(outcomes(result)).toEqual([
      [
        "p",
        "failed",
        [
          ["create", "failed", "status: expected 2xx, got 500"],
          ["list", "passed"],
          ["read", "skipped", "skipped: uses {{id}} of create, which failed"],
          ["check", "skipped", "skipped: uses {{id}} of create, which failed"],
          ["after", "skipped", "skipped: needs read, which was skipped"],
          ["last", "passed"],
        ],
      ],
    ]);
  });

  it("fails a step whose capture matches nothing, and only then", async () => {
    const one = step("s", "GET /a", {
      capture: [
        jsonCapture("token", "$.data.token"),
        { name: "rate", from: { kind: "header", header: "X-Rate" }, secret: false },
        { name: "code", from: { kind: "status" }, secret: false },
      ],
      assert: claims({ jsonPath: [{ path: "$.t", predicate: { equals: "{{token}}" } }] }),
    });
    const result = await run({ "GET /a": () => ({ data: {} }) }, [suite([flow("f", [one])])]);
    expect(result.flows[0]?.steps[0]?.failures).toEqual([
      "capture token: $.data.token matched nothing",
      "capture rate: header X-Rate was not sent",
    ]);
  });

  it("judges every claim and quotes the answer", async () => {
    const one = step("s", "GET /a", {
      assert: claims({
        status: [201, 202],
        headers: [
          { header: "X-Version", predicate: { equals: "2" } },
          { header: "X-None", predicate: { exists: true } },
          { header: "Content-Length", predicate: { atMost: 5 } },
        ],
        jsonPath: [
          { path: "$.generation.status", predicate: { equals: "pending" } },
          { path: "$.items", predicate: { length: 2 } },
          { path: "$.items[?@.id=='b'].n", predicate: { equals: 2 } },
          { path: "$.missing", predicate: { exists: false } },
        ],
        body: [{ contains: "queued" }, { matches: "^\\{" }],
        maxDurationMs: 1,
      }),
    });
    const routes: Record<string, Handler> = {
      "GET /a": async (_received, response) => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return send(
          response,
          200,
          { generation: { status: "failed" }, items: [{ id: "b", n: 3 }] },
          { "x-version": "1" },
        );
      },
    };
    const result = await run(routes, [suite([flow("f", [one])])]);
    const body = '{"generation":{"status":"failed"},"items":[{"id":"b","n":3}]}';
    expect(result.flows[0]?.steps[0]).toMatchObject({
      status: 200,
      outcome: "failed",
      body,
      request: `GET ${app.url}/a`,
    });
    expect(result.flows[0]?.steps[0]?.failures).toEqual([
      "status: expected 201 or 202, got 200",
      'header X-Version: expected "2", got "1"',
      "header X-None: expected a value, but it was not sent",
      "header Content-Length: expected at most 5, but it was not sent",
      '$.generation.status: expected "pending", got "failed"',
      "$.items: expected length 2, got length 1",
      "$.items[?@.id=='b'].n: expected 2, got 3",
      `body: expected to contain "queued", got ${JSON.stringify(body)}`,
      expect.stringMatching(/^took \d+ ms, at most 1 ms allowed$/),
    ]);
  });

  it("runs the flows of several applications, each against its own address", async () => {
    const other = await startApp({ "GET /x": () => ({}) });
    const suites = [
      suite([flow("x", [step("x", "GET /x")])], { application: "one" }),
      suite([flow("x", [step("x", "GET /x")])], { application: "two", baseUrl: "{{env.TWO}}" }),
    ];
    const withAddress = suites.map((each) => ({ ...each, baseUrl: each.baseUrl ?? other.url }));
    const result = await run({ "GET /x": () => ({}) }, withAddress, { baseUrl: null, env: { TWO: other.url } });
    await other.close();
    expect(result.flows.map(({ application, outcome }) => [application, outcome])).toEqual([
      ["one", "passed"],
      ["two", "passed"],
    ]);
    expect(result.baseUrl).toBe(other.url);
  });

  it("gives the same uuid inside a variable, and a new one in each step", async () => {
    let next = 0;
    const uuid = () => `0000000${next++}-0000-4000-8000-000000000000`;
    const one = step("s", "GET /{{uuid}}/{{name}}/{{uuid}}/{{name}}", { assert: claims({ status: [404] }) });
    const now = () => new Date("2026-11-20T10:00:00.000Z");
    const result = await run({}, [suite([flow("f", [one])], { variables: { name: "n{{uuid}}" } })], { uuid, now });
    const [, a, b, c, d] = app.lines()[0]?.split("/") ?? [];
    expect(b).toBe(d);
    expect(new Set([a, b, c]).size).toBe(3);
    expect(result).toMatchObject({ runId: "000000000000", startedAt: "2026-11-20T10:00:00.000Z", outcome: "passed" });
  });

  it("sends nothing when something is wrong with the flows", async () => {
    const bad = suite([flow("f", [step("a", "POST /a"), step("b", "GET /{{nope}}"), step("c", "GET /{{env.NOPE}}")])]);
    const failed = run({ "POST /a": () => ({}) }, [bad]).catch((error: unknown) => error);
    const error = await failed;
    expect(error).toBeInstanceOf(SchemareadyError);
    expect(error).toMatchObject({ code: "SMOKE_SETUP", problems: [{}, {}] });
    expect(app.lines()).toEqual([]);
  });

  it("refuses a value that would address a whole collection", async () => {
    const steps = [step("s", "GET /p", { capture: [jsonCapture("id", "$.id")] }), step("drop", "DELETE /p/{{id}}")];
    const result = await run({ "GET /p": () => ({ id: "" }) }, [suite([flow("f", steps)])]);
    expect(result.flows[0]?.steps[1]).toMatchObject({
      outcome: "errored",
      request: null,
      failures: ["not sent: {{id}} is empty and cannot stand in a path"],
    });
    expect(app.lines()).toEqual(["GET /p"]);
  });

  it("tells what happens while it happens", async () => {
    const events: SmokeEvent[] = [];
    let state = "pending";
    const steps = [
      step("create", "POST /p", {
        title: "Create",
        capture: [jsonCapture("id", "$.id")],
        cleanup: cleanup("DELETE /p/{{id}}", "project {{id}}"),
      }),
      step("wait", "GET /p/{{id}}", {
        title: "Wait",
        poll: poll({ jsonPath: [{ path: "$.state", predicate: { equals: "done" } }] }),
      }),
      step("bad", "GET /bad", { title: "Bad" }),
      step("never", "GET /bad", { title: "Never", needs: ["bad"] }),
    ];
    const routes: Record<string, Handler> = {
      "POST /p": () => ({ id: "p1" }),
      "GET /p/p1": () => {
        const answer = { state };
        state = "done";
        return answer;
      },
      "GET /bad": (_received, response) => send(response, 500, "no"),
      "DELETE /p/p1": () => ({}),
    };
    const result = await run(routes, [suite([{ ...flow("f", steps), title: "Flow" }])], {
      onEvent: (event) => events.push(event),
    });
    const lines = events.map((event) => describeSmokeEvent(event).replace(/\d+(\.\d)? m?s\b/g, "N ms"));
    expect(lines).toEqual([
      `smoke run ${result.runId}: 1 flow, 4 steps against ${app.url}`,
      "app / Flow",
      "  Create ...",
      "  passed Create in N ms",
      "  Wait ...",
      '  Wait: try 1, next in N ms ($.state: expected "done", got "pending")',
      "  passed Wait in N ms",
      "  Bad ...",
      `  failed Bad in N ms (GET ${app.url}/bad): status: expected 2xx, got 500`,
      "  skipped Never: needs bad, which failed",
      "app / Flow: failed",
      "clean-up: 1 step",
      "  passed remove project p1 in N ms",
      "clean-up: passed",
      "smoke run failed in N ms: 2 passed, 1 failed, 1 skipped",
    ]);
    expect(events.at(-1)).toMatchObject({ kind: "run-end", runId: result.runId, result });
  });
});
