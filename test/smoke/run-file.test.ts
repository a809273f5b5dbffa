/** What a run file holds, what it does not hold, and what is removed by it. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SmokeSuite, Step } from "../../src/model/flow.js";
import { parseRunFile } from "../../src/smoke/run-file/format.js";
import { ANSWERED, type Handler, send } from "../support/app-server.js";
import { cleanup, flow, jsonCapture, step, suite } from "../support/flows.js";
import { testApp } from "../support/test-app.js";
import { testRunFile } from "../support/test-run-file.js";
import { things } from "../support/things.js";

const RUN_ID = "0123456789ab";
const ENV = { PASSWORD: "canary-password" };
const uuid = () => `${RUN_ID.slice(0, 8)}-${RUN_ID.slice(8)}-4000-8000-000000000000`;
const app = testApp();
const { path, read, write, run, killed, later } = testRunFile(app, { env: ENV, uuid });
const directory = () => dirname(path());

/** Keeps things for whoever has logged in. */
function guarded() {
  const { stored, routes } = things();
  const tokens: string[] = [];
  const allowed =
    (handler: Handler | undefined): Handler =>
    (received, response) =>
      tokens.some((token) => received.headers.authorization === `Bearer ${token}`)
        ? handler?.(received, response)
        : send(response, 401, {});
  const login: Handler = ({ body }) => {
    tokens.push(`canary-token-${tokens.length}`);
    return body.includes(ENV.PASSWORD) ? { token: tokens.at(-1) } : {};
  };
  const kept = Object.fromEntries(Object.entries(routes).map(([route, handler]) => [route, allowed(handler)]));
  const all: Record<string, Handler> = { ...kept, "POST /login": login };
  return { stored, tokens, routes: all };
}

const bearer = { authorization: "Bearer {{token}}" };
const login = step("login", "POST /login", {
  request: { body: { kind: "json", value: { password: "{{password}}" } } },
  capture: [jsonCapture("token", "$.token", true)],
});
const removal = (line: string, describes: string) => {
  const { request, ...rest } = cleanup(line, describes);
  return { ...rest, request: { ...request, headers: bearer } };
};
const create = step("create", "POST /things", {
  request: { headers: bearer },
  capture: [jsonCapture("id", "$.id")],
  cleanup: removal("DELETE /things/{{id}}", "thing {{id}}"),
});
const secrets = { secrets: { password: "{{env.PASSWORD}}" } };
const oneFlow = (steps: readonly Step[], parts: Partial<SmokeSuite> = secrets) => [suite([flow("f", steps)], parts)];

describe("the run file of a run", () => {
  it("lists what was created before it is created, and is gone after the clean-up", async () => {
    const { stored, routes } = guarded();
    const seen: string[] = [];
    const post = routes["POST /things"];
    const looking: Handler = (received, response) => {
      seen.push(read());
      return post?.(received, response);
    };
    await app.start({ ...routes, "POST /things": looking });
    const result = await run(oneFlow([login, create]));
    expect(result).toMatchObject({ outcome: "passed", cleanup: { outcome: "passed" } });
    const { header, things: listed } = parseRunFile(seen[0] ?? "", "x");
    expect(header).toMatchObject({ runId: RUN_ID, baseUrls: { app: `${app.url}/` } });
    expect(listed).toEqual([
      {
        ...{ kind: "creating", entry: 1, application: "app", flow: "f", step: "create" },
        ...{ describes: "thing (id is not known)", values: {} },
      },
    ]);
    expect([...stored]).toEqual([]);
    expect(existsSync(path())).toBe(false);
  });

  it("is never made by a run that creates nothing", async () => {
    await app.start({ "GET /x": () => ({}) });
    await run(oneFlow([step("x", "GET /x")]), {
      runFile: { paths: () => expect.unreachable(), onOpen: () => {}, onProblem: () => {} },
    });
  });

  it("stays with what could not be removed, and nothing else", async () => {
    const { routes } = guarded();
    const stubborn: Handler = ({ line }, response) => (line.endsWith("t1") ? send(response, 500, {}) : {});
    await app.start({ ...routes, "DELETE /things/*": stubborn });
    const result = await run(oneFlow([login, create, { ...create, id: "second" }]));
    expect(result.cleanup.leftovers).toEqual(["thing t1"]);
    expect(parseRunFile(read(), "x").things).toMatchObject([{ kind: "created", step: "create", values: { id: "t1" } }]);
  });

  it("holds no secret: not a captured one, not one of the check file, not one that only looks like one", async () => {
    const { routes, tokens } = guarded();
    await app.start({
      ...routes,
      "PUT /jwt": () => ({ id: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl" }),
    });
    const looksSecret = step("jwt", "PUT /jwt", {
      capture: [jsonCapture("id", "$.id")],
      cleanup: removal("DELETE /things/{{id}}", "{{password}} {{token}} {{id}}"),
    });
    const text = await killed(oneFlow([login, create, looksSecret]));
    expect(tokens.length).toBeGreaterThan(0);
    for (const secret of [ENV.PASSWORD, ...tokens, "eyJ"]) expect(text).not.toContain(secret);
    expect(text).toContain('"values":{"id":"t1"}');
    expect(text).toContain("[redacted] [redacted] [redacted]");
  });

  it("is needed: what cannot be listed is not created", async () => {
    const { stored, routes } = guarded();
    await app.start(routes);
    const paths = () => [join(directory(), "no", "such", "directory")];
    const result = await run(oneFlow([login, create]), { runFile: { paths, onOpen: () => {}, onProblem: () => {} } });
    expect(result.flows[0]?.steps[1]).toMatchObject({
      outcome: "errored",
      failures: [expect.stringMatching(/^not sent: the run file cannot be written: ENOENT/)],
    });
    expect(app.lines()).toEqual(["POST /login"]);
    expect([...stored]).toEqual([]);
  });

  it("is never written over", async () => {
    const { routes } = guarded();
    await app.start(routes);
    write("the list of another run");
    const result = await run(oneFlow([login, create]));
    expect(result.flows[0]?.steps[1]?.failures[0]).toContain("EEXIST");
    expect(read()).toBe("the list of another run");
  });
});

describe("a later clean-up", () => {
  it("logs in again, removes the newest thing first, and removes the file", async () => {
    const { stored, routes, tokens } = guarded();
    await app.start(routes);
    const suites = [
      suite([flow("session", [login]), flow("f", [create, { ...create, id: "second" }], ["session"])], secrets),
    ];
    await killed(suites);
    for (const id of ["t0", "t1", "t2"]) stored.add(id);
    tokens.splice(0);
    const before = app.lines().length;
    const result = await later(suites);
    expect(app.lines().slice(before)).toEqual(["POST /login", "DELETE /things/t2", "DELETE /things/t1"]);
    expect(result).toMatchObject({
      runId: RUN_ID,
      outcome: "passed",
      flows: [{ id: "session", steps: [{ id: "login", outcome: "passed" }] }],
      cleanup: { outcome: "passed", leftovers: [] },
    });
    expect([...stored]).toEqual(["t0"]);
    expect(existsSync(path())).toBe(false);
  });

  it("keeps the file when the login fails, says why, and mends it the next time", async () => {
    const { stored, routes } = guarded();
    await app.start(routes);
    const suites = oneFlow([login, create]);
    const text = await killed(suites);
    stored.add("t1");
    const other = { ...login, request: { ...login.request, path: "/nowhere" } };
    const result = await later(oneFlow([other, create]), { text });
    expect(result.cleanup).toMatchObject({
      leftovers: ["thing t1"],
      steps: [{ failures: [expect.stringContaining("not tried: token could not be captured again")] }],
    });
    expect(result.flows[0]?.steps[0]).toMatchObject({ id: "login", outcome: "failed", status: 404 });
    expect((await later(suites)).cleanup.leftovers).toEqual([]);
    expect([...stored]).toEqual([]);
  });

  it("never repeats a step that creates something, or that changes something and gives no secret", async () => {
    const { routes, stored } = guarded();
    const owner = step("owner", "POST /things", {
      capture: [jsonCapture("owner", "$.id", true)],
      request: { headers: bearer },
    });
    const creating = { ...owner, cleanup: [removal("DELETE /things/{{owner}}", "owner")] };
    const job = step("job", "POST /jobs", { capture: [jsonCapture("job", "$.job")] });
    const last = step("last", "PUT /jobs", {
      cleanup: removal("DELETE /things/{{owner}}?job={{job}}", "thing"),
    });
    await app.start({
      ...routes,
      "POST /jobs": () => ({ job: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0" }),
      "PUT /jobs": () => ({}),
    });
    const suites = oneFlow([login, creating, job, last]);
    await killed(suites);
    const before = app.lines().length;
    const result = await later(suites);
    expect(app.lines().slice(before)).toEqual(["POST /login"]);
    expect(result.cleanup.leftovers).toEqual(["thing", "owner"]);
    expect(stored.size).toBe(0);
  });

  it("uses the names that the run gave", async () => {
    const { routes, stored } = guarded();
    await app.start({ ...routes, "PUT /things/*": ({ line }) => stored.add(line.split("/").at(-1) ?? "") && {} });
    const put = step("put", "PUT /things/{{name}}", { cleanup: removal("DELETE /things/{{name}}", "{{name}}") });
    const parts = { ...secrets, variables: { name: "n-{{uuid}}" } };
    const suites = oneFlow([login, put], parts);
    const text = await killed(suites);
    const name = parseRunFile(text, "x").header.variables["app"]?.["name"];
    expect(name).toMatch(/^n-/);
    stored.add(String(name));
    await later(suites);
    expect(app.lines().at(-1)).toBe(`DELETE /things/${name}`);
    expect([...stored]).toEqual([]);
  });

  describe("of a creating request that was not answered", () => {
    const header = (url: string) =>
      JSON.stringify({ kind: "run", version: 1, runId: RUN_ID, startedAt: "", baseUrls: { app: url }, variables: {} });
    const creating = (id: string) =>
      JSON.stringify({
        kind: "creating",
        entry: 1,
        application: "app",
        flow: "f",
        step: id,
        describes: "it",
        values: {},
      });

    it.each([
      ["addressed by the run id", "DELETE /things/{{runId}}", true],
      ["addressed by a fixed name, that may have been there before", "DELETE /things/avatar", false],
      ["addressed by what the answer says", "DELETE /things/{{id}}", false],
    ])("%s", async (_, line, tried) => {
      const { routes, stored } = guarded();
      await app.start(routes);
      for (const id of [RUN_ID, "avatar"]) stored.add(id);
      const put = step("put", "PUT /things/x", {
        capture: [jsonCapture("id", "$.id")],
        cleanup: removal(line, "the thing"),
      });
      write(`${header(app.url)}\n${creating("put")}\n`);
      const result = await later(oneFlow([login, put]));
      expect([...stored]).toEqual(tried ? ["avatar"] : [RUN_ID, "avatar"]);
      expect(result.cleanup.leftovers).toEqual(tried ? [] : ["perhaps the thing"]);
      expect(existsSync(path())).toBe(!tried);
    });

    it("whose step is no longer there", async () => {
      await app.start(guarded().routes);
      write(`${header(app.url)}\n${creating("renamed")}\n`);
      const result = await later(oneFlow([login, create]));
      expect(result.cleanup).toMatchObject({
        leftovers: ["it"],
        steps: [{ failures: ["not tried: step renamed of flow f has no clean-up in the check files any more"] }],
      });
    });
  });

  it("goes to the address of the run, and refuses any other", async () => {
    const { routes } = guarded();
    await app.start(routes);
    const suites = oneFlow([login, create]);
    const text = await killed(suites);
    const before = app.lines().length;
    await expect(later(suites, { text, baseUrl: "http://localhost:1" })).rejects.toMatchObject({
      code: "RUN_FILE",
      problems: [{ message: `app was at ${app.url}/, and http://localhost:1 is given now` }],
    });
    expect(app.lines()).toHaveLength(before);
    expect((await later(suites, { text, baseUrl: app.url })).cleanup.leftovers).toEqual([]);
  });
});

describe("a run file that is not whole", () => {
  it("may end in the middle of a line", async () => {
    const { routes } = guarded();
    await app.start(routes);
    const text = await killed(oneFlow([login, create]));
    expect(parseRunFile(`${text}{"kind":"gone","ent`, "x")).toEqual(parseRunFile(text, "x"));
  });
});

it("is private, in a directory of its own that disappears with it", async () => {
  const { routes } = guarded();
  const file = join(directory(), ".schemaready", "smoke-x.jsonl");
  await app.start({ ...routes, "PUT /never": () => ANSWERED });
  const put = step("put", "PUT /never", { request: { timeoutMs: 50 }, cleanup: cleanup("DELETE /x", "x") });
  const target = { paths: () => [file], onOpen: () => {}, onProblem: () => {} };
  expect((await run(oneFlow([put]), { runFile: target })).cleanup.leftovers).toEqual(["perhaps x"]);
  expect(existsSync(file)).toBe(true);
  rmSync(file);
  mkdirSync(join(directory(), ".schemaready"), { recursive: true });
  expect((await run(oneFlow([login, create]), { runFile: target })).cleanup.outcome).toBe("passed");
  expect(existsSync(join(directory(), ".schemaready"))).toBe(false);
});
