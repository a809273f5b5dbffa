import { describe, expect, it } from "vitest";
import type { RequestStep, SqlStep, Step } from "../../../src/model/flow.js";
import { loadBody } from "./support.js";

async function stepOf(step: string): Promise<Step | undefined> {
  const { suites } = await loadBody(`smoke: { flows: { main: { steps: { first: ${step} } } } }`);
  return suites[0]?.flows[0]?.steps[0];
}

/** What a request is given when it says nothing about it. */
const LIMITS = { timeoutMs: 10_000, redirects: 0, retries: 0, idempotencyKey: false };

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
    expect(suite?.flows.flatMap(({ steps }) => steps).map(({ place }) => place?.line)).toEqual([13, 21, 26, 31]);
    const withoutPlaces = (key: string, value: unknown) => (key === "place" ? undefined : value);
    expect(JSON.parse(JSON.stringify(suite, withoutPlaces))).toEqual({
      application: "demo",
      schema: "app",
      baseUrl: "{{env.APP_URL}}",
      origins: [],
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
                ...LIMITS,
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
              cleanup: [],
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
                ...LIMITS,
              },
              capture: [{ name: "projectId", from: { kind: "json-path", path: "$.project.id" }, secret: false }],
              assert: { status: [], headers: [], jsonPath: [], body: [], maxDurationMs: null },
              poll: null,
              cleanup: [
                {
                  request: {
                    method: "DELETE",
                    path: "/api/projects/{{projectId}}",
                    query: {},
                    headers: {},
                    body: { kind: "none" },
                    ...LIMITS,
                  },
                  status: [],
                  describes: "project {{projectId}}",
                },
              ],
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
                ...LIMITS,
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
              cleanup: [],
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
