/** What a run says that cannot start: of names that choose nothing, and what to paste instead. */
import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import { type PlanRequest, planRun } from "../../../src/smoke/plan.js";
import { flow, step, suite } from "../../support/flows.js";

const env = { GIVEN: "x" };
const facts = { runId: "run1", env, now: () => new Date(0), uuid: () => "uuid-1" };
const tagged = <T>(thing: T, ...tags: string[]) => ({ ...thing, tags });
const projects = tagged(
  flow("projects", [
    { ...step("create", "POST /p"), feature: "create-project" },
    tagged(step("list", "GET /p"), "reads"),
  ]),
  "fast",
);
const suites = [suite([flow("login", [step("post", "POST /login")]), projects])];

/** What is wrong, and what to do about it. */
function said(parts: Partial<PlanRequest>): { readonly problems: readonly string[]; readonly fix: string } {
  try {
    planRun({ suites, baseUrl: "http://app.test", only: null, facts, ...parts }, createRedactor());
  } catch (error) {
    if (error instanceof SchemareadyError)
      return { problems: error.problems.map(({ message }) => message), fix: error.fix };
    throw error;
  }
  return expect.unreachable("the run can start");
}

const LIST = "`schemaready smoke --list` shows every flow, step and tag.";

describe("a name that chooses nothing", () => {
  it.each<[string, Partial<PlanRequest>, string, string]>([
    ["a misspelt flow", { only: ["project"] }, "there is no flow project; flows: projects, login", "--only projects"],
    [
      "with the application",
      { only: ["app/logn"] },
      "there is no flow app/logn; flows: login, projects",
      "--only login",
    ],
    [
      "another application",
      { only: ["web/login"] },
      "there is no flow web/login; flows: login, projects",
      "--only login",
    ],
    [
      "a step",
      { only: ["create"] },
      "there is no flow create; create is a step of flow projects; flows: projects, login",
      "--only projects",
    ],
    [
      "a feature",
      { only: ["create-project"] },
      "there is no flow create-project; create-project is a feature of flow projects; flows: projects, login",
      "--only projects",
    ],
    ["a misspelt tag", { tags: ["raeds"] }, "no flow and no step has the tag raeds; tags: reads, fast", "--tag reads"],
    [
      "a tag to leave out",
      { tags: ["!fsat"] },
      "no flow and no step has the tag fsat; tags: fast, reads",
      "--tag '!fast'",
    ],
    [
      "a flow as a tag",
      { tags: ["login"] },
      "no flow and no step has the tag login; login is a flow; tags: fast, reads",
      "--only login",
    ],
    [
      "beside one that exists",
      { only: ["login", "projcts"] },
      "there is no flow projcts; flows: projects, login",
      "--only login --only projects",
    ],
  ])("is %s", (_, parts, problem, instead) => {
    expect(said(parts)).toEqual({ problems: [problem], fix: `Try \`schemaready smoke ${instead}\`; ${LIST}` });
  });

  it("has nothing near it", () => {
    expect(said({ only: ["zebra"], tags: ["zebra"] })).toEqual({
      problems: [
        "there is no flow zebra; flows: login, projects",
        "no flow and no step has the tag zebra; tags: fast, reads",
      ],
      fix: `Choose another; ${LIST}`,
    });
    const untagged = [suite([flow("login", [])])];
    expect(said({ suites: untagged, tags: ["fast"] }).problems).toEqual([
      "no flow and no step has the tag fast; no flow and no step has a tag",
    ]);
  });

  it("is told with the application where several have flows", () => {
    const other = suite([flow("login", [step("a", "GET /")])], { application: "shop" });
    expect(said({ suites: [...suites, other], only: ["shop/logi"] })).toMatchObject({
      problems: ["there is no flow shop/logi; flows: shop/login, app/login, app/projects"],
      fix: expect.stringContaining("--only shop/login`"),
    });
  });

  it("is not told with more names than anybody reads", () => {
    const many = [suite(Array.from({ length: 30 }, (_, i) => flow(`flow-${i}-of-thirty`, [])))];
    const [problem = ""] = said({ suites: many, only: ["flow-29-of-thirtee"] }).problems;
    expect(problem).toMatch(/; flows: flow-29-of-thirty, flow-0-of-thirty, .* and 10 more$/);
    expect(problem.split("; flows: ")[1]?.split(", ")).toHaveLength(20);
  });

  it("is told with what was typed besides", () => {
    const command = { name: "gate", options: ["--checks checks/"] } as const;
    expect(said({ only: ["logn"], command }).fix).toBe(
      "Try `schemaready gate --checks checks/ --only login`; `schemaready smoke --checks checks/ --list` shows every flow, step and tag.",
    );
  });
});

describe("other problems of a run that cannot start", () => {
  it("are answered by what mends them", () => {
    const needs = [suite([flow("f", [step("s", "GET /{{env.A_1}}/{{env.B}}/{{env.GIVEN}}")])])];
    expect(said({ suites: needs, baseUrl: null, only: ["f"] }).fix).toBe(
      "Set what is not set: `export A_1=... B=...`. Say where the application is: `schemaready smoke --base-url http://localhost:8080 --only f`.",
    );
    expect(said({ tags: ["reads", "!fast", "!reads"] }).fix).toBe(`Leave a tag out; ${LIST}`);
    expect(said({ suites: [] }).fix).toContain("--checks");
    const circle = [suite([flow("f", [], ["f"])])];
    expect(said({ suites: circle }).fix).toBe("Correct the check files as it is said above.");
  });
});
