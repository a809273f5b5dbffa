import { describe, expect, it } from "vitest";
import type { SmokeEvent } from "../../src/model/smoke-event.js";
import { runSmoke } from "../../src/smoke/index.js";
import { type Handler, send } from "../support/app-server.js";
import { claims, flow, jsonCapture, poll, step, suite } from "../support/flows.js";
import { outcomes, testApp } from "../support/test-app.js";

const app = testApp();
const { run } = app;

describe("polling", () => {
  const done = { jsonPath: [{ path: "$.state", predicate: { equals: "done" } }] };
  const wait = (parts: Parameters<typeof poll>[1] = {}, extra: Parameters<typeof step>[2] = {}) =>
    suite([flow("f", [step("wait", "GET /g", { ...extra, poll: poll(done, parts) })])]);
  /** Answers one state after the other, the last one for ever. */
  const states = (...list: string[]): Record<string, Handler> => {
    let at = 0;
    return { "GET /g": () => ({ state: list[Math.min(at++, list.length - 1)] }) };
  };

  it("asks again until it is so, then judges the last answer", async () => {
    const result = await run(states("pending", "pending", "done"), [
      wait(
        {},
        {
          capture: [jsonCapture("s", "$.state")],
          assert: claims({ jsonPath: [{ path: "$.state", predicate: { equals: "{{s}}" } }] }),
        },
      ),
    ]);
    expect(outcomes(result)).toEqual([["f", "passed", [["wait", "passed"]]]]);
    expect(app.lines()).toHaveLength(3);
  });

  it("tells no secret that it captures while it waits", async () => {
    const events: SmokeEvent[] = [];
    const suites = [wait({}, { capture: [jsonCapture("s", "$.state", true)] })];
    await run(states("canary-1", "canary-2", "done"), suites, { onEvent: (event) => void events.push(event) });
    const rounds = JSON.stringify(events.filter(({ kind }) => kind === "poll"));
    expect(rounds).toContain("[redacted]");
    expect(rounds).not.toContain("canary");
  });

  it("takes nothing for a secret that is not there yet", async () => {
    let asked = 0;
    const routes: Record<string, Handler> = { "GET /g": () => ({ state: ++asked < 3 ? null : "canary-1" }) };
    const parts = { capture: [jsonCapture("s", "$.state", true)] };
    const until = { jsonPath: [{ path: "$.state", predicate: { type: "string" } as const }] };
    const note = step("note", "GET /h", { assert: claims({ jsonPath: [{ path: "$.a", predicate: { equals: 1 } }] }) });
    const suites = [suite([flow("f", [step("wait", "GET /g", { ...parts, poll: poll(until) }), note])])];
    const result = await run({ ...routes, "GET /h": () => ({ a: null }) }, suites);
    expect(result.flows[0]?.steps[1]?.failures).toEqual(["$.a: expected 1, got null"]);
  });

  it("stops early when it can no longer become so", async () => {
    const failWhen = claims({ jsonPath: [{ path: "$.state", predicate: { equals: "failed" } }] });
    const result = await run(states("pending", "failed"), [wait({ failWhen, timeoutMs: 60_000 })]);
    expect(result.flows[0]?.steps[0]?.failures).toEqual([
      'stopped after 2 tries: $.state is "failed"',
      '$.state: expected "done", got "failed"',
    ]);
  });

  it("gives up when the time is over, and says what was still missing", async () => {
    const result = await run(states("pending"), [wait({ timeoutMs: 150 })]);
    expect(result.flows[0]?.steps[0]?.failures).toEqual([
      expect.stringMatching(/^not so after 150 ms and \d+ tries: \$\.state: expected "done", got "pending"$/),
    ]);
    expect(result.durationMs).toBeLessThan(1_000);
  });

  it("waits for 2xx by itself, and takes an application that is not there for not yet so", async () => {
    let asked = 0;
    const result = await run(
      { "GET /g": (_received, response) => (++asked < 3 ? send(response, 503, {}) : { state: "done" }) },
      [wait()],
    );
    expect(result.outcome).toBe("passed");
    const gone = app.url;
    await app.close();
    const refused = await runSmoke({ suites: [wait({ timeoutMs: 100 })], baseUrl: gone, env: {}, connection: null });
    expect(refused.flows[0]?.steps[0]?.outcome).toBe("errored");
    expect(refused.flows[0]?.steps[0]?.failures[0]).toMatch(
      /^not so after 100 ms and \d+ tries: could not connect: connection refused/,
    );
  });

  it("honours Retry-After, up to the time that is left", async () => {
    let asked = 0;
    const routes = (seconds: string): Record<string, Handler> => ({
      "GET /g": (_received, response) =>
        ++asked === 1 ? send(response, 503, {}, { "retry-after": seconds }) : { state: "done" },
    });
    const patient = await run(routes("1"), [wait({ timeoutMs: 5_000 })]);
    expect(patient.outcome).toBe("passed");
    expect(patient.durationMs).toBeGreaterThan(950);
    expect(app.lines()).toHaveLength(2);
    await app.close();
    asked = 0;
    const hurried = await run(routes("3600"), [wait({ timeoutMs: 200 })]);
    expect(hurried.outcome).toBe("passed");
    expect(hurried.durationMs).toBeLessThan(1_000);
  });

  it("stops when the run is stopped", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const result = await run(states("pending"), [wait({ timeoutMs: 60_000 })], { signal: controller.signal });
    expect(outcomes(result)).toEqual([
      [
        "f",
        "errored",
        [
          [
            "wait",
            "errored",
            "the run was stopped",
            'the last answer was 200: $.state: expected "done", got "pending"',
          ],
        ],
      ],
    ]);
    expect(result.durationMs).toBeLessThan(2_000);
  });
});
