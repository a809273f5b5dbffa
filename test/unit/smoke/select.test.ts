import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import type { Flow, Step } from "../../../src/model/flow.js";
import { planRun } from "../../../src/smoke/plan.js";
import { cleanup, flow, jsonCapture, step, suite } from "../../support/flows.js";

const facts = { runId: "run1", env: {}, now: () => new Date(0), uuid: () => "u" };

/** `flow: step step` of everything that would run. */
function planned(flows: readonly Flow[], parts: { only?: string[]; tags?: string[] }): string[] {
  const request = {
    suites: [suite(flows)],
    baseUrl: "http://app.test",
    only: parts.only ?? null,
    tags: parts.tags ?? null,
  };
  return planRun({ ...request, facts }, createRedactor()).map((each) => {
    return `${each.flow.id}: ${each.flow.steps.map(({ id }) => id).join(" ")}`;
  });
}

function problems(flows: readonly Flow[], parts: { only?: string[]; tags?: string[] }): string[] {
  try {
    planned(flows, parts);
    return [];
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

const tagged = (flow: Flow, ...tags: string[]): Flow => ({ ...flow, tags });
const tag = (step: Step, ...tags: string[]): Step => ({ ...step, tags });

const login = flow("login", [
  step("login", "POST /login", { capture: [jsonCapture("token", "$.token")] }),
  step("me", "GET /me"),
]);
const projects = flow(
  "projects",
  [
    step("create", "POST /p", {
      capture: [jsonCapture("id", "$.id")],
      cleanup: cleanup("DELETE /p/{{id}}?key={{key}}", "project"),
    }),
    tag(step("list", "GET /p"), "reads", "fast"),
    tag(step("rename", "PUT /p/{{id}}", { needs: ["create"] }), "writes"),
    step("key", "GET /key", { capture: [jsonCapture("key", "$.key")] }),
  ],
  ["login"],
);
const health = tagged(flow("health", [step("up", "GET /up"), tag(step("slow", "GET /slow"), "slow")]), "fast");

describe("choosing by tags", () => {
  const flows = [projects, health, login];

  it("takes whole flows by their tag, single steps by theirs, and what these need", () => {
    expect(planned(flows, { tags: ["fast"] })).toEqual(["login: login me", "projects: list", "health: up slow"]);
    // The step needs `create`, whose clean-up uses what the later step `key` captures.
    expect(planned(flows, { tags: ["writes"] })).toEqual(["login: login me", "projects: create rename key"]);
  });

  it("leaves out what has a tag", () => {
    expect(planned(flows, { tags: ["!writes", "!slow"] })).toEqual([
      "login: login me",
      "projects: create list key",
      "health: up",
    ]);
    expect(planned(flows, { tags: ["fast", "!slow"] })).toEqual(["login: login me", "projects: list", "health: up"]);
    expect(planned(flows, { tags: ["!fast"] })).toEqual(["login: login me", "projects: create rename key"]);
  });

  it("goes together with ids", () => {
    expect(planned(flows, { only: ["health"], tags: ["fast"] })).toEqual(["health: up slow"]);
    expect(problems(flows, { only: ["health"], tags: ["reads"] })).toEqual(["the tags leave no flow to run"]);
  });

  it("runs a flow as a whole when another one needs it", () => {
    const user = tagged(flow("user", [step("a", "GET /{{token}}")], ["login"]), "fast");
    const some = { ...login, steps: login.steps.map((each) => (each.id === "me" ? tag(each, "fast") : each)) };
    expect(planned([some, user], { tags: ["fast"] })).toEqual(["login: login me", "user: a"]);
    const between = flow("between", [step("b", "GET /{{token}}")], ["login"]);
    const last = tagged(flow("last", [step("c", "GET /")], ["between"]), "fast");
    expect(planned([some, between, last], { tags: ["fast"] })).toEqual(["login: login me", "between: b", "last: c"]);
  });

  it("says when there is no such tag or flow", () => {
    expect(problems(flows, { tags: ["fats", "!nope", "reads"], only: ["x"] })).toEqual([
      "there is no flow x; flows: projects, health, login",
      "no flow and no step has the tag fats; tags: fast, reads, writes, slow",
      "no flow and no step has the tag nope; tags: reads, fast, writes, slow",
    ]);
  });

  it("means every run of a repeated flow by its name, and one by its number", () => {
    const runs = [1, 2].map((i) => ({
      ...flow(`up[${i}]`, [step("a", "GET /{{x}}")]),
      row: { of: "up", values: { x: i } },
    }));
    expect(planned([...runs, login], { only: ["up"] })).toEqual(["up[1]: a", "up[2]: a"]);
    expect(planned([...runs, login], { only: ["app/up[2]"] })).toEqual(["up[2]: a"]);
    expect(problems([...runs, login], { only: ["up[3]"] })).toEqual(["there is no flow up[3]; flows: up, login"]);
  });
});
