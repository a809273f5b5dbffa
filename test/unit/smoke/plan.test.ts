import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import type { Predicate, SmokeSuite } from "../../../src/model/flow.js";
import { type PlanRequest, planRun } from "../../../src/smoke/plan.js";
import { claims, cleanup, flow, jsonCapture, poll, sqlStep, step, suite } from "../../support/flows.js";

const facts = (env: Record<string, string> = {}) => ({
  runId: "run1",
  env,
  now: () => new Date("2026-11-20T10:00:00Z"),
  uuid: () => "uuid-1",
});

function plan(suites: readonly SmokeSuite[], parts: Partial<PlanRequest> = {}) {
  const request = { suites, baseUrl: "http://app.test", only: null, facts: facts(), ...parts };
  return planRun(request, createRedactor());
}

function problems(suites: readonly SmokeSuite[], parts: Partial<PlanRequest> = {}): string[] {
  try {
    plan(suites, parts);
  } catch (error) {
    if (error instanceof SchemareadyError && error.code === "SMOKE_SETUP") {
      return error.problems.map(({ message }) => message);
    }
    throw error;
  }
  return [];
}

const login = flow("login", [step("login", "POST /login", { capture: [jsonCapture("token", "$.token")] })]);

describe("planning a run", () => {
  it("runs a needed flow first and once", () => {
    const a = flow("a", [step("a", "GET /a")], ["login"]);
    const b = flow("b", [step("b", "GET /b")], ["login", "a"]);
    expect(plan([suite([b, a, login])]).map((each) => each.flow.id)).toEqual(["login", "a", "b"]);
  });

  it("selects by flow or application/flow, and takes along what is needed", () => {
    const a = flow("a", [step("a", "GET /a")], ["login"]);
    const b = flow("b", [step("b", "GET /b")]);
    const ids = (only: string[]) => plan([suite([a, b, login])], { only }).map((each) => each.flow.id);
    expect(ids(["a"])).toEqual(["login", "a"]);
    expect(ids(["app/b"])).toEqual(["b"]);
    expect(problems([suite([a, login])], { only: ["x", "a"] })).toEqual(["there is no flow x; flows: a, login"]);
  });

  it("reads the poll of an SQL step too", () => {
    const values = (predicate: Predicate) => ({ rows: null, values: [{ column: "status", predicate }] });
    const until = values({ equals: "{{env.DONE_WORD}}" });
    const pace = { everyMs: 10, timeoutMs: 100 };
    const wait = sqlStep("wait", "select status from jobs", {
      poll: { until, failWhen: values({ matches: "(" }), ...pace },
    });
    expect(problems([suite([flow("f", [wait])])])).toEqual([
      expect.stringContaining("environment variable DONE_WORD is not set"),
      expect.stringContaining("flow f, step wait: Invalid regular expression"),
    ]);
  });

  it("lists everything that is wrong at once", () => {
    const bad = flow("bad", [
      step("first", "GET /{{projectId}}?h={{env.HOME_URL}}", {
        needs: ["second"],
        capture: [jsonCapture("projectId", "$.id["), jsonCapture("now", "$.x")],
        assert: claims({ body: [{ matches: "(" }], jsonPath: [{ path: "x", predicate: { exists: true } }] }),
      }),
      step("second", "GET http://evil.test/{{projectID}}"),
      sqlStep("third", "select 1 where id = '{{projectId}}'"),
    ]);
    expect(problems([suite([bad], { variables: { a: "{{b}}", b: "{{a}}" } })])).toEqual([
      "flow bad, step first: needs second, which is no earlier step of this flow",
      "flow bad, step first: {{projectId}} is captured by step first, which has not run by then",
      "flow bad, step first: environment variable HOME_URL is not set",
      "flow bad, step first: capture now: the name is built in",
      expect.stringContaining("flow bad, step first: JSON path $.id[: "),
      expect.stringContaining("flow bad, step first: JSON path x: "),
      expect.stringContaining("flow bad, step first: Invalid regular expression"),
      "flow bad, step second: {{projectID}} is not a variable, a secret, a built-in name or captured by an earlier step; did you mean {{projectId}}?",
      "flow bad, step second: path http://evil.test/{{projectID}} leads away from http://app.test; requests go to the application only",
      "flow bad, step third: {{projectId}} stands in the SQL text; write $1 there and {{projectId}} into params",
    ]);
  });

  it("knows captures of needed flows, and own captures in assertions and clean-up but not in polls", () => {
    const create = step("create", "POST /p", {
      capture: [jsonCapture("id", "$.id")],
      assert: claims({ jsonPath: [{ path: "$.copy", predicate: { equals: "{{id}}" } }] }),
      cleanup: cleanup("DELETE /p/{{id}}", "project {{id}}"),
      request: { headers: { authorization: "Bearer {{token}}" } },
    });
    expect(problems([suite([login, flow("p", [create], ["login"])])])).toEqual([]);
    expect(problems([suite([login, flow("p", [create])])])).toEqual([
      "flow p, step create: {{token}} is not a variable, a secret, a built-in name or captured by an earlier step",
    ]);
    const polled = step("wait", "GET /p", {
      capture: [jsonCapture("s", "$.s")],
      poll: poll({ body: [{ contains: "{{s}}" }] }),
    });
    expect(problems([suite([flow("w", [polled])])])).toHaveLength(1);
  });

  it("resolves variables through variables, and says which one leads nowhere", () => {
    const use = flow("f", [step("s", "GET /{{email}}")]);
    const [planned] = plan(
      [suite([use], { variables: { email: "smoke-{{id}}@x.test", id: "{{runId}}-{{env.SITE}}" } })],
      {
        facts: facts({ SITE: "eu" }),
      },
    );
    expect(planned?.values.lookup("email")).toBe("smoke-run1-eu@x.test");
    expect(problems([suite([use], { variables: { email: "{{id}}", id: "{{email}}" } })])).toEqual([
      "flow f, step s: {{email}} refers to itself: email -> id -> email",
    ]);
    expect(problems([suite([use], { variables: { email: "{{nope}}" } })])).toEqual([
      "flow f, step s: {{nope}} in variable email is not a variable, a secret or a built-in name",
    ]);
  });

  it("does not ask for what the selected flows do not use", () => {
    const uses = flow("uses", [step("s", "GET /", { request: { headers: { authorization: "{{key}}" } } })]);
    const free = flow("free", [step("s", "GET /")]);
    const suites = [suite([uses, free], { secrets: { key: "{{env.API_KEY}}" } })];
    expect(problems(suites, { only: ["free"] })).toEqual([]);
    expect(problems(suites)).toEqual(["flow uses, step s: environment variable API_KEY is not set"]);
    expect(problems(suites, { facts: facts({ API_KEY: "" }) })).toHaveLength(1);
    expect(problems(suites, { facts: facts({ API_KEY: "k" }) })).toEqual([]);
  });

  it("needs an address: the command line's, or the check file's with its templates", () => {
    const one = flow("f", [step("s", "GET /")]);
    const bases = (parts: Partial<SmokeSuite>, request: Partial<PlanRequest> = {}) =>
      plan([suite([one], parts)], { baseUrl: null, ...request }).map(({ base }) => base.href);
    expect(bases({ baseUrl: "{{env.APP}}/v1" }, { facts: facts({ APP: "https://x.test" }) })).toEqual([
      "https://x.test/v1",
    ]);
    expect(bases({ baseUrl: "{{env.APP}}" }, { baseUrl: "http://y.test" })).toEqual(["http://y.test/"]);
    expect(problems([suite([one])], { baseUrl: null })).toEqual(["app: the address of the application is not known"]);
    expect(problems([suite([one], { baseUrl: "{{env.APP}}" })], { baseUrl: null })).toEqual([
      "environment variable APP is not set",
    ]);
    for (const [baseUrl, message] of [
      [
        "localhost:3000",
        "app: the address of the application lacks http:// or https:// before the host: http://localhost:3000",
      ],
      ["nonsense", "app: the address of the application is not a URL"],
      [
        "http://u:hunter2@x.test",
        "app: the address of the application holds a user name or password; send them as a header",
      ],
      [
        "127.0.0.1:8181",
        "app: the address of the application lacks http:// or https:// before the host: http://127.0.0.1:8181",
      ],
      ["http://x.test/?a=1", "app: the address of the application holds a query or a fragment"],
    ] as const) {
      expect(problems([suite([one])], { baseUrl })).toEqual([message]);
    }
  });

  it("finds needs that do not exist or go in circles", () => {
    const a = flow("a", [], ["b"]);
    const b = flow("b", [], ["a"]);
    expect(problems([suite([a, b])])).toContain("flow a needs itself: a -> b -> a");
    expect(problems([suite([flow("c", [], ["zz"])])])).toEqual(["flow c needs flow zz, which does not exist in app"]);
  });

  it("does not pass off an empty run as a passed one", () => {
    expect(problems([])).toEqual(["the check files hold no smoke flows"]);
    expect(problems([suite([])])).toEqual(["the check files hold no smoke flows"]);
  });
});
