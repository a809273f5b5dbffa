import { afterEach, describe, expect, it } from "vitest";
import type { RequestStep, Step } from "../../src/model/flow.js";
import type { SmokeInput } from "../../src/smoke/index.js";
import { type Handler, send } from "../support/app-server.js";
import { claims, cleanup, flow, jsonCapture, request, step, suite } from "../support/flows.js";
import { type Routes, testApp } from "../support/test-app.js";
import { things } from "../support/things.js";

const app = testApp();

const run = (routes: Routes, steps: readonly Step[], parts: Partial<SmokeInput> = {}) =>
  app.run(routes, [suite([flow("f", steps)])], parts);

/** An application with accounts: only who is logged in may delete one, and the login comes after the registration. */
describe("clean-up with what a later step captures", () => {
  const asked: string[] = [];
  const accounts = (login: Handler = () => ({ token: "token-of-u1" })): Record<string, Handler> => ({
    "POST /accounts": (_received, response) => send(response, 201, { user: { id: "u1" } }),
    "POST /login": login,
    "DELETE /accounts/*": ({ line, headers }, response) => {
      asked.push(`${line} ${headers.authorization}`);
      return headers.authorization === "Bearer token-of-u1" ? {} : send(response, 401, {});
    },
  });
  const removal = cleanup("DELETE /accounts/{{userId}}", "account {{userId}} of {{who}}", {
    request: request("DELETE /accounts/{{userId}}", { headers: { authorization: "Bearer {{token}}" } }),
  });
  const register = step("register", "POST /accounts", {
    capture: [jsonCapture("userId", "$.user.id")],
    cleanup: removal,
  });
  const login = step("login", "POST /login", {
    capture: [jsonCapture("token", "$.token", true), jsonCapture("who", "$.name")],
  });
  const only = (parts: Partial<RequestStep>) =>
    step("login", "POST /login", { capture: [jsonCapture("token", "$.token", true)], ...parts });
  const bare = { ...register, cleanup: [{ ...removal, describes: "account {{userId}}" }] };
  afterEach(() => {
    asked.length = 0;
  });

  it("removes what the earlier step created", async () => {
    const result = await run(
      accounts(() => ({ token: "token-of-u1", name: "Ann" })),
      [register, login],
    );
    expect(result).toMatchObject({
      outcome: "passed",
      cleanup: { outcome: "passed", leftovers: [], steps: [{ id: "register", title: "remove account u1 of Ann" }] },
    });
    expect(asked).toEqual(["DELETE /accounts/u1 Bearer token-of-u1"]);
    expect(JSON.stringify(result)).not.toContain("token-of-u1");
  });

  it("lists it, described as far as possible, when the value never came, and sends nothing", async () => {
    const result = await run(
      accounts((_received, response) => send(response, 500, {})),
      [register, login],
    );
    expect(result).toMatchObject({
      outcome: "failed",
      cleanup: {
        outcome: "failed",
        leftovers: ["account u1 of (who is not known)"],
        steps: [{ outcome: "errored", failures: ["not tried: token could not be captured by step login"] }],
      },
    });
    expect(asked).toEqual([]);
  });

  it("lists it when the later step was skipped, or the run was stopped before it", async () => {
    const skipped = await run(accounts(), [bare, step("x", "GET /nothing"), only({ needs: ["x"] })]);
    expect(skipped.cleanup.leftovers).toEqual(["account u1"]);
    await app.close();
    const controller = new AbortController();
    const stop: Handler = (_received, response) => {
      controller.abort();
      return send(response, 200, {});
    };
    const steps = [bare, step("x", "GET /stop"), only({})];
    const stopped = await run({ ...accounts(), "GET /stop": stop }, steps, { signal: controller.signal });
    expect(stopped.cleanup).toMatchObject({ outcome: "failed", leftovers: ["account u1"] });
  });

  it("uses a value although another claim about its answer was false, but not one of a refused request", async () => {
    const slow = only({ assert: claims({ jsonPath: [{ path: "$.name", predicate: { exists: true } }] }) });
    expect(await run(accounts(), [bare, slow])).toMatchObject({ outcome: "failed", cleanup: { outcome: "passed" } });
    await app.close();
    const refused: Handler = (_received, response) => send(response, 403, { token: "token-of-u1" });
    expect((await run(accounts(refused), [bare, only({})])).cleanup.leftovers).toEqual(["account u1"]);
  });

  it("keeps the values that its own step captured when a later step reuses the name", async () => {
    const { stored, routes } = things();
    const both = ["a", "b"].map((id) =>
      step(id, "POST /things", {
        capture: [jsonCapture("id", "$.id")],
        cleanup: cleanup("DELETE /things/{{id}}", "thing {{id}} {{token}}"),
      }),
    );
    const result = await run({ ...routes, ...accounts() }, [...both, only({})]);
    expect(result.cleanup).toMatchObject({ outcome: "passed", leftovers: [] });
    expect([...stored]).toEqual([]);
  });

  it("does not take a later thing's name for its own missing one", async () => {
    const { routes } = things();
    let next = 0;
    const once: Handler = (received, response) => (++next === 1 ? {} : routes["POST /things"]?.(received, response));
    const same = (id: string) =>
      step(id, "POST /things", {
        capture: [jsonCapture("id", "$.id")],
        cleanup: cleanup("DELETE /things/{{id}}", "thing {{id}}"),
      });
    const result = await run({ ...routes, "POST /things": once }, [same("a"), same("b")]);
    expect(result.cleanup.leftovers).toEqual(["thing (id is not known)"]);
    expect(app.lines().filter((line) => line.startsWith("DELETE"))).toEqual(["DELETE /things/t1"]);
  });
});
