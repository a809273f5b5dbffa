import { describe, expect, it } from "vitest";
import { loadBody } from "./support.js";

const inFlow = (steps: string, rest = "") => `smoke: { flows: { main: { ${rest}steps: { ${steps} } } } }`;

describe("names that the run creates", () => {
  const warnings = async (body: string) =>
    (await loadBody(body)).warnings.map(({ place = "", message }) => `${place.replace(/^.*\//, "")} ${message}`);
  const create = (json: string) =>
    `{ request: { path: /p, json: ${json} }, capture: { id: $.id }, cleanup: { request: "DELETE /p/{{id}}" } }`;
  const told = [
    expect.stringMatching(/^a\.yaml:3:\d+ this creates something, and no name in the flow holds \{\{runId\}\}/),
  ];

  it("are told when nothing in them is new", async () => {
    expect(await warnings(inFlow(`a: ${create("{ name: Smoke }")}`))).toEqual(told);
    const other = `smoke: { variables: { name: Smoke }, flows: { main: { steps: { a: ${create('{ name: "{{name}}" }')} } } } }`;
    expect(await warnings(other)).toEqual(told);
  });

  it.each([
    `a: ${create('{ name: "Smoke {{runId}}" }')}`,
    `a: ${create('{ name: "Smoke {{uuid}}" }')}`,
    // The flow has such a name; what is created below it needs none.
    `a: ${create('{ name: "Smoke {{runId}}" }')}, b: ${create("{ kind: avatar }")}`,
    // A login gives nothing but what it was given.
    `a: ${create('{ email: "{{env.EMAIL}}", password: "{{env.PASSWORD}}" }')}`,
    "a: { request: POST /p/1/generate, cleanup: { request: DELETE /p/1 } }",
    "a: { request: { path: /p, json: { name: Smoke } } }",
  ])("are not told in %s", async (steps) => {
    expect(await warnings(inFlow(steps))).toEqual([]);
  });

  it("may come from a variable or a row", async () => {
    const step = create('{ name: "{{name}}" }');
    const variable = `smoke: { variables: { name: "{{other}}", other: "Smoke {{runId}}" }, flows: { main: { steps: { a: ${step} } } } }`;
    expect(await warnings(variable)).toEqual([]);
    expect(await warnings(inFlow(`a: ${step}`, 'each: [{ name: "Smoke {{runId}}" }], '))).toEqual([]);
    expect(await warnings(inFlow(`a: ${step}`, "each: [{ name: Smoke }], "))).toEqual(told);
  });
});
