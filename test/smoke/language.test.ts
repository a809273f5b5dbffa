import { describe, expect, it } from "vitest";
import type { Flow } from "../../src/model/flow.js";
import type { Json } from "../../src/model/report.js";
import { type Handler, send } from "../support/app-server.js";
import { claims, cleanup, flow, jsonCapture, poll, step, suite } from "../support/flows.js";
import { outcomeLines, type Routes, testApp } from "../support/test-app.js";
import { things } from "../support/things.js";

const app = testApp();
const { run } = app;

describe("claims about JSON", () => {
  it("name each place that differs, and show both sides", async () => {
    const body = { project: { name: "b", tags: ["x"], token: "tok-1234567" }, extra: 1 };
    const judged = step("a", "GET /a", {
      assert: claims({
        json: { project: { name: "a", tags: ["x", "y"], token: "{{runId}}" } },
        jsonPath: [{ path: "$.project.tags", predicate: { equals: ["y"] } }],
      }),
    });
    const result = await run({ "GET /a": () => body }, [suite([flow("f", [judged])])]);
    expect(result.flows[0]?.steps[0]?.failures).toEqual([
      '$.project.tags[0]: expected "y", got "x"; $.project.tags: expected ["y"], got ["x"]',
      '$.project.name: expected "a", got "b"',
      '$.project.tags[1]: expected "y", but it is missing',
      '$.project.token: expected "[redacted]", got "[redacted]"',
    ]);
  });

  it("hold when what is named is there", async () => {
    const judged = step("a", "GET /a", { assert: claims({ json: { project: { runId: "{{runId}}" } } }) });
    const result = await run({ "GET /a": ({ headers }) => ({ project: { runId: headers["x-smoke-run"], more: 1 } }) }, [
      suite([flow("f", [judged])]),
    ]);
    expect(result.outcome).toBe("passed");
    const text = await run({ "GET /a": (_received, response) => send(response, 200, "no json") }, [
      suite([flow("f", [judged])]),
    ]);
    expect(outcomeLines(text).at(-1)).toBe("  a failed: body is not JSON (content-type text/plain)");
  });
});

describe("polls", () => {
  it("end after their last try", async () => {
    const wait = step("wait", "GET /g", {
      poll: poll(
        { jsonPath: [{ path: "$.s", predicate: { equals: "done" } }] },
        { max: 3, everyMs: 1, backoff: 2, timeoutMs: 60_000 },
      ),
    });
    const waits: number[] = [];
    const result = await run({ "GET /g": () => ({ s: "pending" }) }, [suite([flow("f", [wait])])], {
      onEvent: (event) => event.kind === "poll" && waits.push(event.waitMs),
    });
    expect(outcomeLines(result).at(-1)).toBe(
      '  wait failed: not so after 3 tries: $.s: expected "done", got "pending"',
    );
    expect(app.received).toHaveLength(3);
    // Even so short a wait is at least 10 ms.
    expect(waits).toEqual([10, 10]);
  });

  it("stop when `failWhen` holds by the JSON that is there", async () => {
    const failWhen = claims({ json: { state: "failed" } });
    const wait = step("wait", "GET /g", { poll: poll({ json: { state: "done" } }, { failWhen }) });
    const result = await run({ "GET /g": () => ({ state: "failed", reason: "x" }) }, [suite([flow("f", [wait])])]);
    expect(result.flows[0]?.steps[0]?.failures).toEqual([
      'stopped after 1 try: $.state is "failed"',
      '$.state: expected "done", got "failed"',
    ]);
  });
});

describe("what a failure means", () => {
  const bad = (id: string, severity?: "warning" | "info", parts = {}) => ({
    ...step(id, "GET /none", { capture: [jsonCapture(id, "$.id")], ...parts }),
    ...(severity === undefined ? {} : { severity }),
  });
  const routes: Routes = { "GET /a/*": () => ({}), "GET /a": () => ({ id: 1 }) };

  it("is nothing for an optional step, and for what waits for it", async () => {
    const steps = [bad("x", "info"), step("uses", "GET /a/{{x}}", { needs: ["x"] }), step("other", "GET /a")];
    const flows = [flow("f", steps), flow("after", [step("uses2", "GET /a/{{x}}"), step("free", "GET /a")], ["f"])];
    const result = await run(routes, [suite(flows)]);
    expect(result.outcome).toBe("passed");
    expect(outcomeLines(result)).toEqual([
      "f passed",
      "  x failed: status: expected 2xx, got 404",
      "  uses skipped: skipped: needs x, which failed",
      "  other passed",
      "after passed",
      "  uses2 skipped: skipped: uses {{x}} of x, which failed",
      "  free passed",
    ]);
    const [x, uses, other] = result.flows[0]?.steps ?? [];
    expect([x?.severity, uses?.severity, other?.severity]).toEqual(["info", "info", undefined]);
  });

  it("is a warning for a step that only warns, and for one that is slow", async () => {
    const warned = await run(routes, [suite([flow("f", [bad("x", "warning"), step("a", "GET /a")])])]);
    expect([warned.outcome, warned.flows[0]?.outcome]).toEqual(["warning", "passed"]);
    const late: Handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return {};
    };
    const slow = (kind: "warn" | "fail") =>
      suite([flow("f", [step("a", "GET /s", { assert: claims({ maxDurationMs: 5, slow: kind }) })])]);
    const warning = await run({ "GET /s": late }, [slow("warn")]);
    expect([warning.outcome, warning.flows[0]?.steps[0]?.outcome]).toEqual(["warning", "passed"]);
    expect(warning.flows[0]?.steps[0]?.warnings).toEqual([
      expect.stringMatching(/^took \d+ ms, at most 5 ms allowed$/),
    ]);
    expect((await run({ "GET /s": late }, [slow("fail")])).outcome).toBe("failed");
  });

  it("is the failure of the run when any other step fails", async () => {
    const result = await run(routes, [suite([flow("f", [bad("x", "warning"), bad("y")])])]);
    expect([result.outcome, result.flows[0]?.outcome]).toEqual(["failed", "failed"]);
  });
});

describe("a repeated flow", () => {
  const row = (i: number, values: Record<string, Json>): Flow => ({
    ...flow(`up[${i}]`, [
      step("a", "POST /a", {
        request: {
          body: {
            kind: "json",
            value: { kind: "{{kind}}", size: "{{size}}", password: "{{password}}", again: "{{kind}}" },
          },
        },
      }),
    ]),
    row: { of: "up", values },
  });

  it("runs with the values of each row, types kept and templates filled in once", async () => {
    const flows = [
      row(1, { kind: "k-{{uuid}}", size: 1, password: "hunter2-one" }),
      row(2, { kind: "{{prefix}}-gif", size: [2], password: "hunter2-two" }),
    ];
    const echo: Handler = ({ body }, response) => send(response, 500, `got ${body}`);
    const result = await run({ "POST /a": echo }, [suite(flows, { variables: { prefix: "p" } })]);
    const bodies = app.received.map(({ body }) => JSON.parse(body) as { kind: string; again: string });
    expect(bodies).toEqual([
      { kind: expect.stringMatching(/^k-[0-9a-f-]{36}$/), size: 1, password: "hunter2-one", again: bodies[0]?.kind },
      { kind: "p-gif", size: [2], password: "hunter2-two", again: "p-gif" },
    ]);
    expect(JSON.stringify(result)).not.toContain("hunter2");
    expect(result.flows.map(({ id }) => id)).toEqual(["up[1]", "up[2]"]);
  });

  it("cannot begin when a row holds a name that nothing fills in", async () => {
    await expect(
      run({}, [suite([row(1, { kind: "{{nope}}", size: "{{env.SIZE}}", password: "" })])]),
    ).rejects.toMatchObject({
      problems: [
        { message: "flow up[1], step a: {{nope}} in kind is not a variable, a secret or a built-in name" },
        { message: "flow up[1], step a: environment variable SIZE is not set" },
      ],
    });
  });
});

describe("several clean-ups of one step", () => {
  it("run in the order in which they are written, after those of later steps", async () => {
    const { routes, stored } = things();
    const log: Handler = () => ({});
    const both = step("a", "POST /things", {
      capture: [jsonCapture("a", "$.id")],
      cleanup: [cleanup("POST /stop/{{a}}", "worker {{a}}"), cleanup("DELETE /things/{{a}}", "thing {{a}}")],
    });
    const later = step("b", "POST /things", {
      capture: [jsonCapture("b", "$.id")],
      cleanup: cleanup("DELETE /things/{{b}}", "thing {{b}}"),
    });
    const result = await run({ ...routes, "POST /stop/*": log }, [suite([flow("f", [both, later])])]);
    expect(app.lines().slice(2)).toEqual(["DELETE /things/t2", "POST /stop/t1", "DELETE /things/t1"]);
    expect(result.cleanup).toMatchObject({ outcome: "passed", leftovers: [] });
    expect([...stored]).toEqual([]);
  });

  it("are all listed when the creating request was never answered", async () => {
    const cut: Handler = (_received, response) => {
      response.socket?.destroy();
      return undefined;
    };
    const both = step("a", "POST /things", { cleanup: [cleanup("POST /x", "worker"), cleanup("DELETE /y", "thing")] });
    const result = await run({ "POST /things": cut }, [suite([flow("f", [both])])]);
    expect(result.cleanup.leftovers).toEqual(["perhaps worker", "perhaps thing"]);
  });
});
