import { describe, expect, it } from "vitest";
import type { RequestStep, SqlStep, Step } from "../../../src/model/flow.js";
import { loadBody, problemsOfBody } from "./support.js";

const indent = (text: string) => text.replaceAll(/^/gm, "    ");

async function problemsIn(steps: string): Promise<string[]> {
  const found = await problemsOfBody(
    `smoke:\n  variables: { email: a@b.c }\n  flows:\n${indent(`main:\n  steps:\n${indent(steps)}`)}\n`,
  );
  return found.map((problem) => problem.replace(/^a\.yaml:\d+:\d+: /, ""));
}

async function stepOf(step: string): Promise<Step | undefined> {
  const { suites } = await loadBody(`smoke: { flows: { main: { steps: { first: ${step} } } } }`);
  return suites[0]?.flows[0]?.steps[0];
}

describe("a suite", () => {
  it("is the YAML with every default filled in", async () => {
    const { suites } = await loadBody(`
schema: app
features: { generate: {} }
smoke:
  baseUrl: "{{env.APP_URL}}"
  variables: { email: "smoke-{{runId}}@example.com", retries: 3 }
  secrets: { password: "{{env.SMOKE_PASSWORD}}" }
  flows:
    login:
      steps:
        login:
          request: { path: /api/auth/login, json: { email: "{{email}}", password: "{{password}}", tags: [1, null] } }
          capture: { token: $.data.token, balance: { jsonPath: $.data.balance, secret: true }, where: { header: location }, code: { status: true } }
          assert: { status: [200, 201], headers: { content-type: { contains: json } }, maxDurationMs: 2000 }
    generate:
      title: Generate an avatar
      needs: [login]
      steps:
        create:
          title: Create a project
          request: { method: PUT, path: "/api/projects", query: { page: 1 }, headers: { authorization: "Bearer {{token}}" }, form: { a: true } }
          capture: { projectId: $.project.id }
          cleanup: { request: "DELETE /api/projects/{{projectId}}", describes: "project {{projectId}}" }
        wait:
          feature: generate
          request: GET /api/projects/{{projectId}}
          poll: { until: { jsonPath: { $.status: completed } }, failWhen: { jsonPath: { $.status: [failed, { matches: "^err" }] } } }
          assert: { status: 200, body: [{ contains: a }, { length: 3 }] }
        row:
          sql: { query: "select balance from credits where id = $1", params: ["{{projectId}}"], assert: { rows: { atLeast: 1 }, values: { balance: 90 } }, capture: { before: balance } }
`);
    expect(suites).toHaveLength(1);
    const [suite] = suites;
    expect(JSON.parse(JSON.stringify(suite))).toEqual({
      application: "demo",
      schema: "app",
      baseUrl: "{{env.APP_URL}}",
      variables: { email: "smoke-{{runId}}@example.com", retries: "3" },
      secrets: { password: "{{env.SMOKE_PASSWORD}}" },
      flows: [
        {
          id: "login",
          title: "login",
          needs: [],
          steps: [
            {
              kind: "request",
              id: "login",
              title: "login",
              feature: null,
              needs: [],
              request: {
                method: "POST",
                path: "/api/auth/login",
                query: {},
                headers: {},
                body: { kind: "json", value: { email: "{{email}}", password: "{{password}}", tags: [1, null] } },
                timeoutMs: 10_000,
              },
              capture: [
                { name: "token", from: { kind: "json-path", path: "$.data.token" }, secret: true },
                { name: "balance", from: { kind: "json-path", path: "$.data.balance" }, secret: true },
                { name: "where", from: { kind: "header", header: "location" }, secret: false },
                { name: "code", from: { kind: "status" }, secret: false },
              ],
              assert: {
                status: [200, 201],
                headers: [{ header: "content-type", predicate: { contains: "json" } }],
                jsonPath: [],
                body: [],
                maxDurationMs: 2000,
              },
              poll: null,
              cleanup: null,
            },
          ],
        },
        {
          id: "generate",
          title: "Generate an avatar",
          needs: ["login"],
          steps: [
            {
              kind: "request",
              id: "create",
              title: "Create a project",
              feature: null,
              needs: [],
              request: {
                method: "PUT",
                path: "/api/projects",
                query: { page: "1" },
                headers: { authorization: "Bearer {{token}}" },
                body: { kind: "form", value: { a: "true" } },
                timeoutMs: 10_000,
              },
              capture: [{ name: "projectId", from: { kind: "json-path", path: "$.project.id" }, secret: false }],
              assert: { status: [], headers: [], jsonPath: [], body: [], maxDurationMs: null },
              poll: null,
              cleanup: {
                request: {
                  method: "DELETE",
                  path: "/api/projects/{{projectId}}",
                  query: {},
                  headers: {},
                  body: { kind: "none" },
                  timeoutMs: 10_000,
                },
                status: [],
                describes: "project {{projectId}}",
              },
            },
            {
              kind: "request",
              id: "wait",
              title: "wait",
              feature: "generate",
              needs: ["create"],
              request: {
                method: "GET",
                path: "/api/projects/{{projectId}}",
                query: {},
                headers: {},
                body: { kind: "none" },
                timeoutMs: 10_000,
              },
              capture: [],
              assert: {
                status: [200],
                headers: [],
                jsonPath: [],
                body: [{ contains: "a" }, { length: 3 }],
                maxDurationMs: null,
              },
              poll: {
                until: {
                  status: [],
                  headers: [],
                  jsonPath: [{ path: "$.status", predicate: { equals: "completed" } }],
                  body: [],
                  maxDurationMs: null,
                },
                failWhen: {
                  status: [],
                  headers: [],
                  jsonPath: [
                    { path: "$.status", predicate: { equals: "failed" } },
                    { path: "$.status", predicate: { matches: "^err" } },
                  ],
                  body: [],
                  maxDurationMs: null,
                },
                everyMs: 500,
                timeoutMs: 15_000,
              },
              cleanup: null,
            },
            {
              kind: "sql",
              id: "row",
              title: "row",
              feature: null,
              needs: ["create"],
              query: "select balance from credits where id = $1",
              params: ["{{projectId}}"],
              capture: [{ name: "before", column: "balance", secret: false }],
              assert: { rows: { atLeast: 1 }, values: [{ column: "balance", predicate: { equals: 90 } }] },
              timeoutMs: 5000,
            },
          ],
        },
      ],
    });
  });

  it("finds no name that was not written, whatever it is called", async () => {
    const { suites } = await loadBody("smoke: { variables: { a: 1 }, flows: {} }");
    const variables = suites[0]?.variables ?? {};
    expect(variables["a"]).toBe("1");
    expect(variables["constructor"]).toBeUndefined();
    expect(Object.getPrototypeOf(variables)).toBeNull();
  });

  it("sends JSON bodies as written, odd keys included", async () => {
    const json = "{ __proto__: { a: 1 }, constructor: [0x1F], 2: b, 1: a }";
    const step = (await stepOf(`{ request: { path: /, json: ${json} } }`)) as RequestStep;
    const { body } = step.request;
    expect(body.kind === "json" ? JSON.stringify(body.value) : body).toBe(
      '{"1":"a","2":"b","__proto__":{"a":1},"constructor":[31]}',
    );
  });
});

describe("predicates", () => {
  it.each<[string, object]>([
    ["null", { equals: null }],
    ["false", { equals: false }],
    ["{ equals: { a: [1] } }", { equals: { a: [1] } }],
    ["{ notEquals: null }", { notEquals: null }],
    ["{ exists: false }", { exists: false }],
    ["{ type: array }", { type: "array" }],
  ])("%s", async (text, predicate) => {
    const step = (await stepOf(`{ request: GET /, assert: { jsonPath: { $.a: ${text} } } }`)) as RequestStep;
    expect(step.assert.jsonPath).toEqual([{ path: "$.a", predicate }]);
  });

  it("are plain for rows", async () => {
    const step = (await stepOf("{ sql: { query: select 1, assert: { rows: 0 } } }")) as SqlStep;
    expect(step.assert).toEqual({ rows: { equals: 0 }, values: [] });
  });
});

describe("mistakes in steps", () => {
  it.each<[string, string[]]>([
    ["a: { request: '/api' }", ['write METHOD and path, for example "GET /api/projects"']],
    ["a: { request: { path: /, json: 1, text: x } }", ["a request has one body; here are json and text"]],
    ["a: {}", ["give exactly one of request, sql: none of them is here"]],
    ["a: { sql: { query: select 1 }, capture: { x: $.a } }", ["capture belongs to a request; move it into sql"]],
    [
      "a: { request: GET /, capture: { x: { header: a, status: true } } }",
      ["give exactly one of jsonPath, header, status: here are header and status"],
    ],
    [
      "a: { request: GET /, assert: { body: { atLeast: 1, atMost: 2 } } }",
      [
        `give exactly one of equals, notEquals, contains, matches, exists, type, length, atLeast, atMost, greaterThan, lessThan: here are atLeast and atMost`,
      ],
    ],
    ["a: { request: GET /, assert: { status: 99 } }", ["99 is less than 100"]],
    ["a: { request: GET /, needs: [b] }\nb: { request: GET / }", ['step "b" does not come before this one']],
    ["a: { request: GET / }\nb: { request: GET /, needs: [aa] }", ['this flow has no step "aa"; did you mean "a"?']],
    ["a: { request: GET /, feature: f }", ['this file has no feature "f"']],
    ["a: { request: 'GET /{{emial}}' }", ['nothing fills in {{emial}} here; did you mean "email"?']],
    ["a: { request: 'GET /{{email}}/{{ runId }}/{{uuid}}/{{now}}/{{env.X}}' }", []],
    ["a: { request: 'GET /{{email}' }", ["a template is {{name}}: the braces do not fit together"]],
    [
      "a: { request: 'GET /{{x}}', capture: { x: $.x } }",
      ['nothing fills in {{x}} here; flow "main" captures it: name it in needs'],
    ],
    ["a: { request: 'GET /', capture: { x: $.x }, cleanup: { request: 'DELETE /{{x}}' } }", []],
    ["a: { request: 'GET /', capture: { runId: $.x } }", ['"runId" is a name that every run fills in']],
    ["a: { request: 'GET /', capture: { a-b: $.x } }", ['"a-b" cannot stand in {{...}}: use letters, digits and _']],
    ["a: { request: 'GET /', capture: { email: $.x } }", ['"email" is a variable or a secret already']],
    [
      "a: { request: GET /, capture: { x: data.token } }",
      [expect.stringContaining('"data.token" is not a JSONPath (RFC 9535)')],
    ],
    [
      "a: { request: GET /, assert: { jsonPath: { '$[?(@.a ==]': 1 } } }",
      [expect.stringContaining('"$[?(@.a ==]" is not a JSONPath (RFC 9535)')],
    ],
    [
      "a: { request: GET /, assert: { jsonPath: { \"$[?@.id=='{{email}}']\": 1 } } }",
      ["a JSONPath takes no template: compare the value with one instead"],
    ],
    [
      "a: { request: GET /, assert: { body: { matches: '(' } } }",
      [expect.stringContaining('"(" is not a regular expression')],
    ],
    ["a: { request: GET /, assert: { body: [{ matches: '^{{email}}$' }] } }", []],
    ["a: { request: { path: /, json: { matches: '(' } } }", []],
    [
      "a: { request: GET /, poll: { until: { headers: { x: { matches: '[' } } } } }",
      [expect.stringContaining('"[" is not a regular expression')],
    ],
    [
      "a: { sql: { query: 'delete from users' } }",
      ["a statement that reads is expected: select, with, values or table"],
    ],
    [
      "a: { sql: { query: 'select 1; select 2' } }",
      ['not one statement: there is a ";" in it, and only one piece of SQL can stand here'],
    ],
    ["a: { sql: { query: \"select '$9', $2, $1\", params: [1] } }", ["the query has 2 parameters, and params gives 1"]],
    ["a: { sql: { query: 'select {{email}}' } }", ["SQL takes no template: write $1 and give the value in params"]],
  ])("%s", async (steps, expected) => {
    expect(await problemsIn(steps)).toEqual(expected);
  });
});

describe("mistakes in flows", () => {
  const step = "{ s: { request: GET / } }";

  it.each<[string, string[]]>([
    [
      `a: { needs: [b], steps: ${step} }, b: { needs: [c], steps: ${step} }, c: { needs: [a], steps: ${step} }`,
      ['flows need each other in a circle: "a" needs "b" needs "c" needs "a"'],
    ],
    [`a: { needs: [a], steps: ${step} }`, ['flows need each other in a circle: "a" needs "a"']],
    [
      `a: { needs: [login], steps: ${step} }, logn: { steps: ${step} }`,
      ['there is no flow "login"; did you mean "logn"?'],
    ],
    [
      "a: { steps: { s: { request: 'GET /{{x}}' } } }, b: { steps: { s: { request: GET /, capture: { x: $.x } } } }",
      ['nothing fills in {{x}} here; flow "b" captures it: name it in needs'],
    ],
    [
      "a: { needs: [b], steps: { s: { request: 'GET /{{x}}' } } }, b: { needs: [c], steps: {} }, c: { steps: { s: { request: GET /, capture: { x: $.x } } } }",
      [],
    ],
  ])("%s", async (flows, expected) => {
    const found = await problemsOfBody(`smoke: { flows: { ${flows} } }`);
    expect(found.map((problem) => problem.replace(/^a\.yaml:\d+:\d+: /, ""))).toEqual(expected);
  });

  it("are found in variables and secrets, too", async () => {
    const body =
      "smoke: { baseUrl: '{{url}}', variables: { a b: 1, x: '{{y}}', y: 1 }, secrets: { y: 2, env: 3 }, flows: {} }";
    expect(await problemsOfBody(body)).toEqual([
      "a.yaml:3:19: nothing fills in {{url}} here",
      'a.yaml:3:43: "a b" cannot stand in {{...}}: use letters, digits and _',
      "a.yaml:3:54: nothing fills in {{y}} here",
      'a.yaml:3:82: "y" is a variable already',
      'a.yaml:3:88: "env" is a name that every run fills in',
    ]);
  });
});
