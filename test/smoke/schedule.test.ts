/** Which flows run side by side, which are not begun after a failure, and what --keep leaves. */
import { expect, it } from "vitest";
import type { Flow } from "../../src/model/flow.js";
import type { SmokeInput } from "../../src/smoke/index.js";
import { type Handler, send } from "../support/app-server.js";
import { cleanup, flow, jsonCapture, step, suite } from "../support/flows.js";
import { type Routes, testApp } from "../support/test-app.js";

const app = testApp();

const run = (routes: Routes, flows: readonly Flow[], input: Partial<SmokeInput>) =>
  app.run(routes, [suite(flows)], input);

/** Answers when `count` requests are there, so that a run which sends them one after the other never ends. */
function together(count: number): Handler {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    arrived += 1;
    if (arrived === count) open();
    await all;
    return {};
  };
}

it("runs flows side by side that do not need each other, and shares the login", async () => {
  const login = flow("login", [step("login", "POST /login", { capture: [jsonCapture("ticket", "$.ticket")] })]);
  const branch = (id: string) =>
    flow(id, [step(id, "GET /wait", { request: { query: { t: "{{ticket}}" } } })], ["login"]);
  const routes = { "POST /login": () => ({ ticket: "x1" }), "GET /wait": together(3) };
  const result = await run(routes, ["a", "b", "c"].map(branch).concat([login]), { jobs: 3 });
  expect(result.outcome).toBe("passed");
  expect(result.flows.map(({ id }) => id)).toEqual(["login", "a", "b", "c"]);
  expect(app.lines().filter((line) => line.startsWith("POST /login"))).toHaveLength(1);
});

it("never has more flows under way than jobs", async () => {
  let active = 0;
  let most = 0;
  const busy: Handler = async () => {
    active += 1;
    most = Math.max(most, active);
    await new Promise((resolve) => setTimeout(resolve, 20));
    active -= 1;
    return {};
  };
  const flows = Array.from({ length: 6 }, (_, at) => flow(`f${at}`, [step("s", "GET /busy")]));
  const result = await run({ "GET /busy": busy }, flows, { jobs: 2 });
  expect({ outcome: result.outcome, most }).toEqual({ outcome: "passed", most: 2 });
  expect(result.flows.map(({ id }) => id)).toEqual(flows.map(({ id }) => id));
});

const ROUTES: Readonly<Record<string, Handler>> = {
  "POST /things": () => ({ id: "t1" }),
  "GET /bad": (_received, response) => send(response, 500, "no"),
  "GET /ok": () => ({}),
  "DELETE /things/t1": () => ({}),
};
const create = step("create", "POST /things", {
  capture: [jsonCapture("id", "$.id")],
  cleanup: cleanup("DELETE /things/{{id}}", "thing {{id}}"),
});

it("begins nothing after the first failure with fail-fast, and still cleans up", async () => {
  const flows = [
    flow("one", [create, step("bad", "GET /bad"), step("next", "GET /ok")]),
    flow("two", [step("ok", "GET /ok")]),
  ];
  const result = await run(ROUTES, flows, { failFast: true });
  expect(app.lines()).toEqual(["POST /things", "GET /bad", "DELETE /things/t1"]);
  expect(result.flows.flatMap(({ steps }) => steps).map(({ outcome }) => outcome)).toEqual([
    "passed",
    "failed",
    "skipped",
    "skipped",
  ]);
  expect(result.flows[1]?.steps[0]?.failures).toEqual([
    "skipped: the run ended at its first failure: step bad of flow one failed",
  ]);
  expect(result.cleanup.outcome).toBe("passed");
});

it("goes on after a step that only warns with fail-fast", async () => {
  const steps = [{ ...step("bad", "GET /bad"), severity: "warning" as const }, step("ok", "GET /ok")];
  const result = await run(ROUTES, [flow("one", steps)], { failFast: true });
  expect(result.flows[0]?.steps.map(({ outcome }) => outcome)).toEqual(["failed", "passed"]);
  expect(result.outcome).toBe("warning");
});

it("keeps everything and says what stays", async () => {
  const result = await run(ROUTES, [flow("one", [create])], { keep: true });
  expect(app.lines()).toEqual(["POST /things"]);
  expect(result.cleanup).toEqual({ outcome: "kept", steps: [], leftovers: ["thing t1"] });
  expect(result.outcome).toBe("passed");
});

it("has nothing to keep when nothing was created", async () => {
  const result = await run(ROUTES, [flow("one", [step("ok", "GET /ok")])], { keep: true });
  expect(result.cleanup.outcome).toBe("nothing-to-do");
});
