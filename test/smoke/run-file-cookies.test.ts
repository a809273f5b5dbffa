/** A killed run of flows that are logged in by cookies: the clean-up by its run file logs in again. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Flow, RequestStep, SmokeSuite } from "../../src/model/flow.js";
import { type Handler, type Received, send } from "../support/app-server.js";
import { claims, cleanup, flow, jsonCapture, step, suite } from "../support/flows.js";
import { testApp } from "../support/test-app.js";
import { testRunFile } from "../support/test-run-file.js";
import { things } from "../support/things.js";

const PASSWORD = "canary-password";
const app = testApp();
const file = testRunFile(app, { env: { PASSWORD } });

/** Knows who asks by a cookie, and takes writes only with the CSRF token of that session. */
function sessions() {
  const { stored, routes } = things();
  const open = new Map<string, string>();
  let next = 0;
  const sid = ({ headers }: Received) => /\bsid=([^;]+)/.exec(headers.cookie ?? "")?.[1] ?? "";
  const login: Handler = ({ body }, response) => {
    if (!body.includes(PASSWORD)) return send(response, 403, {});
    const id = `canary-session-${++next}`;
    open.set(id, `canary-csrf-${next}`);
    return send(response, 200, {}, { "set-cookie": `sid=${id}; Path=/; HttpOnly` });
  };
  /** As many applications answer: what is not yours is not there. */
  const guarded =
    (handler: Handler | undefined): Handler =>
    (received, response) =>
      open.has(sid(received)) && received.headers["x-csrf"] === open.get(sid(received))
        ? handler?.(received, response)
        : send(response, 404, {});
  const all: Record<string, Handler> = {
    ...Object.fromEntries(Object.entries(routes).map(([route, handler]) => [route, guarded(handler)])),
    "POST /login": login,
    "POST /orders": () => ({}),
    "GET /csrf": (received) => ({ csrf: open.get(sid(received)) ?? "none" }),
  };
  return { stored, routes: all, end: () => open.clear() };
}

const credentials = { request: { body: { kind: "json", value: { password: "{{password}}" } } } } as const;
const login = step("login", "POST /login", credentials);
const csrf = step("csrf", "GET /csrf", { capture: [jsonCapture("csrf", "$.csrf", true)] });
const headers = { "x-csrf": "{{csrf}}" };
const removal = (line: string) => {
  const { request, ...rest } = cleanup(line, "thing {{id}}");
  return { ...rest, request: { ...request, headers } };
};
const create = step("create", "POST /things", {
  request: { headers },
  capture: [jsonCapture("id", "$.id")],
  cleanup: removal("DELETE /things/{{id}}"),
});
const withCookies = (flows: readonly Flow[], parts: Partial<SmokeSuite> = {}) => [
  suite(flows, { cookies: true, secrets: { password: "{{env.PASSWORD}}" }, ...parts }),
];

/** What is sent by the clean-up of a run that was killed, after which the application has forgotten its sessions. */
async function later(suites: readonly SmokeSuite[], world = sessions(), stored: readonly string[] = ["t1"]) {
  await app.start(world.routes);
  const text = await file.killed(suites);
  for (const id of stored) world.stored.add(id);
  world.end();
  const before = app.lines().length;
  const result = await file.later(suites);
  return { text, result, lines: app.lines().slice(before), left: [...world.stored] };
}

describe("a clean-up by a run file logs in again by cookies", () => {
  it("with the CSRF token of the new session", async () => {
    const { text, result, lines, left } = await later(withCookies([flow("f", [login, csrf, create])]));
    expect(lines).toEqual(["POST /login", "GET /csrf", "DELETE /things/t1"]);
    expect(result.cleanup).toMatchObject({ outcome: "passed", leftovers: [] });
    expect(left).toEqual([]);
    expect(existsSync(file.path())).toBe(false);
    for (const secret of [PASSWORD, "canary-session", "canary-csrf"]) {
      expect(text).not.toContain(secret);
      expect(JSON.stringify(result)).not.toContain(secret);
    }
  });

  it("in a flow that others need, once for all of them", async () => {
    const own = (id: string) => flow(id, [csrf, create], ["session"]);
    const suites = withCookies([flow("session", [login]), own("a"), own("b")]);
    const { lines, left } = await later(suites, sessions(), ["t1", "t2"]);
    expect(lines.filter((line) => line === "POST /login")).toHaveLength(1);
    expect(lines.slice(-2)).toEqual(["DELETE /things/t2", "DELETE /things/t1"]);
    expect(left).toEqual([]);
  });

  it("behind the step that created something, when it was the first login", async () => {
    const open = step("open", "POST /accounts", {
      capture: [jsonCapture("id", "$.id")],
      cleanup: removal("DELETE /things/{{id}}"),
    });
    const world = sessions();
    const routes = { ...world.routes, "POST /accounts": () => ({ id: "t1" }) };
    const { lines, left } = await later(withCookies([flow("f", [open, login, csrf])]), { ...world, routes });
    expect(lines).toEqual(["POST /login", "GET /csrf", "DELETE /things/t1"]);
    expect(left).toEqual([]);
  });

  it("as the first who logs in, not as somebody else who does later", async () => {
    const world = sessions();
    const removedBy: string[] = [];
    const routes: Record<string, Handler> = {
      ...world.routes,
      "POST /accounts": () => ({ id: "a1" }),
      "POST /login": ({ body }, response) => {
        const { user } = JSON.parse(body);
        return user === "wrong"
          ? send(response, 401, {})
          : send(response, 200, {}, { "set-cookie": `sid=${user}; Path=/` });
      },
      "POST /things": () => ({ id: "t1" }),
      "DELETE /accounts/*": ({ headers: { cookie = "" } }) => ({ by: removedBy.push(`account ${cookie}`) }),
      "DELETE /things/*": ({ headers: { cookie = "" } }) => ({ by: removedBy.push(`thing ${cookie}`) }),
    };
    const as = (id: string, user: string) =>
      step(id, "POST /login", { request: { body: { kind: "json", value: { user, password: "{{password}}" } } } });
    const made = (id: string, path: string) =>
      step(id, `POST ${path}`, {
        capture: [jsonCapture(`${id}Id`, "$.id")],
        cleanup: cleanup(`DELETE ${path}/{{${id}Id}}`, id),
      });
    const wrong = { ...as("refused", "wrong"), assert: claims({ status: [401] }) };
    const elsewhere = { ...as("other", "admin"), request: { ...as("other", "admin").request, path: "/admin/login" } };
    const begin = [made("open", "/accounts"), wrong, as("own", "smoke")];
    await app.start({ ...routes, "POST /admin/login": routes["POST /login"] as Handler });
    for (const steps of [
      [...begin, as("other", "admin"), made("thing", "/things")],
      [...begin, made("thing", "/things"), elsewhere],
    ]) {
      const suites = withCookies([flow("f", steps)]);
      await file.killed(suites);
      removedBy.splice(0);
      expect((await file.later(suites)).cleanup.leftovers).toEqual([]);
      const last = steps.at(-1) === elsewhere ? "smoke" : "admin";
      expect(removedBy).toEqual([`thing sid=${last}`, "account sid=smoke"]);
    }
  });

  it("with Basic credentials or an API key, by a request that only reads", async () => {
    const world = sessions();
    const greet: Handler = (received, response) =>
      world.routes["POST /login"]?.({ ...received, body: String(received.headers["x-api-key"]) }, response);
    const key = { "x-api-key": "{{password}}" };
    const hello = step("hello", "GET /hello", { request: { headers: key } });
    const order = step("order", "POST /orders", { request: { headers: key } });
    const routes = { ...world.routes, "GET /hello": greet };
    const { lines, left } = await later(withCookies([flow("f", [order, hello, csrf, create])]), { ...world, routes });
    expect(lines).toEqual(["GET /hello", "GET /csrf", "DELETE /things/t1"]);
    expect(left).toEqual([]);
  });

  it("with a password that stands in the check file as it is", async () => {
    const written = step("login", "POST /login", {
      request: { body: { kind: "form", value: { password: PASSWORD } } },
    });
    const { lines, left } = await later(withCookies([flow("f", [written, csrf, create])]));
    expect(lines).toEqual(["POST /login", "GET /csrf", "DELETE /things/t1"]);
    expect(left).toEqual([]);
  });

  it("never repeats what changes something and proves nobody's identity", async () => {
    const order = step("order", "POST /orders", { request: { headers } });
    const { lines } = await later(withCookies([flow("f", [login, csrf, order, create])]));
    expect(lines).not.toContain("POST /orders");
  });
});

describe("who cannot be logged in again sends nothing: 404 would count as removed", () => {
  const failed = async (steps: readonly RequestStep[], broken: Partial<Record<string, Handler>>) => {
    const world = sessions();
    await app.start(world.routes);
    const suites = withCookies([flow("f", steps)]);
    const text = await file.killed(suites);
    await app.start({ ...world.routes, ...(broken as Record<string, Handler>) });
    file.write(text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, app.url));
    const result = await file.later(suites);
    expect(app.lines().filter((line) => line.startsWith("DELETE"))).toEqual([]);
    expect(result.cleanup.leftovers).toEqual(["thing t1"]);
    expect(existsSync(file.path())).toBe(true);
    return result.cleanup.steps[0]?.failures[0];
  };

  it.each<[string, Partial<Record<string, Handler>>, string]>([
    ["the login is refused", { "POST /login": (_, response) => send(response, 403, {}) }, "login did not pass"],
    ["the login gives no cookie", { "POST /login": () => ({}) }, "the login gave no cookie this time"],
  ])("%s", async (_, broken, reason) => {
    expect(await failed([login, csrf, create], broken)).toContain(reason);
  });

  it("no step logs in", async () => {
    const anonymous = step("login", "POST /login", { request: { body: { kind: "text", value: PASSWORD } } });
    expect(await failed([anonymous, csrf, create], {})).toContain("no step logs in again");
  });

  it("unless the clean-up says by itself who asks", async () => {
    const world = sessions();
    await app.start({ ...world.routes, "DELETE /things/*": () => ({}) });
    const anonymous = step("login", "POST /login", { request: { body: { kind: "text", value: PASSWORD } } });
    const { request, ...rest } = cleanup("DELETE /things/{{id}}", "thing {{id}}");
    const own = { ...rest, request: { ...request, headers: { "x-api-key": "{{password}}" } } };
    const suites = withCookies([flow("f", [anonymous, csrf, { ...create, cleanup: [own] }])]);
    await file.killed(suites);
    expect((await file.later(suites)).cleanup.leftovers).toEqual([]);
  });
});

describe("a creating request that was not answered", () => {
  it.each([
    ["of an account that the run has made", ["smoke-{{runId}}@example.com"], true],
    ["of an account that was there before", ["admin@example.com"], false],
    ["of either, when both have logged in", ["smoke-{{runId}}@example.com", "admin@example.com"], false],
  ])("is cleaned up %s: %s", async (_, emails, tried) => {
    const world = sessions();
    await app.start({ ...world.routes, "DELETE /things/*": () => ({}) });
    const logins = emails.map((_each, at) => {
      const value = { email: `{{email${at}}}`, password: "{{password}}" };
      return step(`login${at}`, "POST /login", { request: { body: { kind: "json", value } } });
    });
    const variables = Object.fromEntries(emails.map((email, at) => [`email${at}`, email]));
    const put = step("put", "PUT /things/avatar", { cleanup: cleanup("DELETE /things/avatar", "the avatar") });
    const suites = withCookies([flow("f", [...logins, put])], { variables });
    const run = {
      kind: "run",
      version: 1,
      runId: "0123456789ab",
      startedAt: "",
      baseUrls: { app: app.url },
      variables: {},
    };
    const thing = { entry: 1, application: "app", flow: "f", step: "put", describes: "it", values: {} };
    file.write([run, { kind: "creating", ...thing }].map((line) => `${JSON.stringify(line)}\n`).join(""));
    const result = await file.later(suites);
    expect(app.lines()).toEqual([...emails.map(() => "POST /login"), ...(tried ? ["DELETE /things/avatar"] : [])]);
    expect(result.cleanup.leftovers).toEqual(tried ? [] : ["perhaps the avatar"]);
  });
});
