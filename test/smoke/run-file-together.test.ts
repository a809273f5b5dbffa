/** The run file beside lists of clean-ups, flows side by side, repeated flows, cookies and kept things. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseRunFile } from "../../src/smoke/run-file/format.js";
import { type Handler, send } from "../support/app-server.js";
import { cleanup, flow, jsonCapture, step, suite } from "../support/flows.js";
import { testApp } from "../support/test-app.js";
import { testRunFile } from "../support/test-run-file.js";
import { things } from "../support/things.js";

const app = testApp();
const { path, read, run, killed, later } = testRunFile(app);

const create = step("create", "POST /things", {
  capture: [jsonCapture("id", "$.id")],
  cleanup: [cleanup("DELETE /parts/{{id}}", "parts of {{id}}"), cleanup("DELETE /things/{{id}}", "thing {{id}}")],
});

describe("a step with several clean-ups", () => {
  const suites = [suite([flow("f", [create])])];
  const removed = () => app.lines().filter((line) => line.startsWith("DELETE"));

  it("has an entry for each, and later they run as people wrote them", async () => {
    await app.start({ ...things().routes, "DELETE /parts/*": () => ({}) });
    const text = await killed(suites);
    expect(parseRunFile(text, "x").things.map(({ describes }) => describes)).toEqual(["thing t1", "parts of t1"]);
    const before = removed().length;
    const result = await later(suites);
    expect(removed().slice(before)).toEqual(["DELETE /parts/t1", "DELETE /things/t1"]);
    expect(result.cleanup).toMatchObject({ outcome: "passed", leftovers: [] });
    expect(existsSync(path())).toBe(false);
  });

  it("keeps in the file only what could not be removed", async () => {
    let broken = true;
    const parts: Handler = (_received, response) => (broken ? send(response, 500, {}) : {});
    await app.start({ ...things().routes, "DELETE /parts/*": parts });
    expect((await run(suites)).cleanup.leftovers).toEqual(["parts of t1"]);
    expect(parseRunFile(read(), "x").things.map(({ describes }) => describes)).toEqual(["parts of t1"]);
    broken = false;
    const before = removed().length;
    await later(suites);
    expect(removed().slice(before)).toEqual(["DELETE /parts/t1"]);
    expect(existsSync(path())).toBe(false);
  });

  it("tells later what happens as a run does", async () => {
    await app.start({ ...things().routes, "DELETE /parts/*": () => ({}) });
    await killed(suites);
    const kinds: string[] = [];
    await later(suites, { onEvent: ({ kind }) => kinds.push(kind) });
    expect(kinds).toEqual(["run-start", "cleanup-start", "cleanup-step", "cleanup-step", "cleanup-end", "run-end"]);
  });
});

it("holds whole lines when flows run side by side", async () => {
  const { stored, routes } = things();
  await app.start({ ...routes, "DELETE /parts/*": () => ({}) });
  const flows = Array.from({ length: 12 }, (_, i) =>
    flow(
      `f${i}`,
      Array.from({ length: 4 }, (_, j) => ({ ...create, id: `create${j}` })),
    ),
  );
  const suites = [suite(flows)];
  const text = await killed(suites, { jobs: 12 });
  expect(parseRunFile(text, "x").things).toHaveLength(12 * 4 * 2);
  // Every line was complete, and every number stands for one thing.
  for (const line of text.trimEnd().split("\n")) JSON.parse(line);
  expect(stored.size).toBe(0);
  expect((await later(suites)).cleanup.leftovers).toEqual([]);
});

it("stays when everything is kept, and removes it all later", async () => {
  const { stored, routes } = things();
  await app.start({ ...routes, "DELETE /parts/*": () => ({}) });
  const suites = [suite([flow("f", [create])])];
  const kept = await run(suites, { keep: true });
  expect(kept.cleanup).toMatchObject({ outcome: "kept", steps: [] });
  expect(stored.size).toBe(1);
  expect((await later(suites)).cleanup.outcome).toBe("passed");
  expect(stored.size).toBe(0);
  expect(existsSync(path())).toBe(false);
});

it("keeps what a row had in this run", async () => {
  const names = new Set<string>();
  await app.start({
    "POST /named/*": ({ line }) => ({ names: names.add(line).size }),
    "DELETE /named/*": ({ line }) => ({ was: names.delete(line.replace("DELETE", "POST")) }),
  });
  const named = step("create", "POST /named/{{name}}", { cleanup: cleanup("DELETE /named/{{name}}", "{{name}}") });
  const row = { of: "f", values: { name: "smoke-{{uuid}}" } };
  const suites = [suite([{ ...flow("f[1]", [named]), row }])];
  await run(suites, { keep: true });
  expect(names.size).toBe(1);
  await later(suites);
  expect([...names]).toEqual([]);
});

describe("what a flow with cookies has created", () => {
  const { stored, routes } = things();
  const session =
    (handler: Handler | undefined): Handler =>
    (received, response) =>
      // As many applications do: who is not logged in sees nothing.
      received.headers.cookie?.includes("sid=abcdefghijkl") ? handler?.(received, response) : send(response, 404, {});
  const all = {
    "POST /login": (_: unknown, response: Parameters<Handler>[1]) =>
      send(response, 200, {}, { "set-cookie": "sid=abcdefghijkl" }),
    "POST /things": session(routes["POST /things"]),
    "DELETE /things/*": session(routes["DELETE /things/*"]),
  };
  const creating = { ...create, cleanup: create.cleanup.slice(1) };

  it("is listed later and not tried: 404 would count as removed", async () => {
    await app.start(all);
    const suites = [suite([flow("f", [step("login", "POST /login"), creating])], { cookies: true })];
    await run(suites, { keep: true });
    const before = app.lines().length;
    const { cleanup: cleaned } = await later(suites);
    expect(app.lines()).toHaveLength(before);
    expect(cleaned.leftovers).toHaveLength(1);
    expect(cleaned.steps[0]?.failures[0]).toContain("logged in by cookies, which no run file holds");
    expect(stored.size).toBe(1);
    expect(existsSync(path())).toBe(true);
  });

  it("is created by a login that redirects: each answer's cookies are kept", async () => {
    const login: Handler = (_received, response) =>
      send(response, 303, "", { location: "/welcome", "set-cookie": "sid=abcdefghijkl; Path=/" });
    const welcome: Handler = ({ headers }) => ({ cookie: headers.cookie ?? null });
    await app.start({ ...all, "POST /login": login, "GET /welcome": welcome });
    const following = step("login", "POST /login", {
      request: { redirects: 1 },
      capture: [jsonCapture("seen", "$.cookie")],
      assert: {
        status: [200],
        headers: [],
        jsonPath: [{ path: "$.cookie", predicate: { equals: "sid=abcdefghijkl" } }],
        body: [],
        maxDurationMs: null,
      },
    });
    const result = await run([suite([flow("f", [following, creating])], { cookies: true })]);
    expect(result).toMatchObject({ outcome: "passed", cleanup: { outcome: "passed" } });
  });
});
