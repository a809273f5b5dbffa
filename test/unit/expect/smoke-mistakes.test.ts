import { describe, expect, it } from "vitest";
import { PREDICATES } from "../../../src/expect/schema/claims.js";
import { problemsOfBody } from "./support.js";

const indent = (text: string) => text.replaceAll(/^/gm, "    ");

async function problemsIn(steps: string): Promise<string[]> {
  const found = await problemsOfBody(
    `smoke:\n  variables: { email: a@b.c }\n  flows:\n${indent(`main:\n  steps:\n${indent(steps)}`)}\n`,
  );
  return found.map((problem) => problem.replace(/^a\.yaml:\d+:\d+: /, ""));
}

describe("mistakes in steps", () => {
  it.each<[string, string[]]>([
    ["a: { request: '/api' }", ['write METHOD and path, for example "GET /api/projects"']],
    ["a: { request: { path: /, json: 1, text: x } }", ["a request has one body; here are json and text"]],
    ["a: {}", ["give exactly one of request, sql: none of them is here"]],
    ["a: { sql: { query: select 1 }, capture: { x: $.a } }", ["capture belongs to a request; move it into sql"]],
    [
      "a: { request: GET /, capture: { x: { header: a, status: true } } }",
      ["give exactly one of jsonPath, header, cookie, body, duration, status: here are header and status"],
    ],
    [
      "a: { request: GET /, assert: { body: { atLeast: 1, atMost: 2 } } }",
      [`give exactly one of ${PREDICATES.join(", ")}: here are atLeast and atMost`],
    ],
    [
      "a: { request: { path: /, timeout: 2s, timeoutMs: 1 } }",
      ["timeout and timeoutMs say the same: leave one of them out"],
    ],
    ["a: { request: { path: /, timeout: 2 } }", ["write a time with its unit, such as 500ms, 2s or 1m, of at most 1h"]],
    [
      "a: { request: GET /, poll: { until: { status: 200 }, every: 2h, max: 0, backoff: 0.5 } }",
      ["write a time with its unit, such as 500ms, 2s or 1m, of at most 1h", "0 is less than 1", "0.5 is less than 1"],
    ],
    ["a: { request: GET /, assert: { slow: warn } }", ["slow says what maxDuration does, and there is none"]],
    [
      "a: { request: GET /, optional: true, severity: warning }",
      ["optional and severity say the same: leave one of them out"],
    ],
    [
      "a: { request: { path: /, base64: '!!', multipart: { x: { file: a, text: b } } } }",
      [
        "a request has one body; here are multipart and base64",
        "this is not Base64 (letters, digits, +, / and = at the end)",
        "give exactly one of file, text, base64: here are file and text",
      ],
    ],
    ["a: { request: GET /, capture: { x: { header: a, group: 1 } } }", ["group belongs to a regex, and there is none"]],
    [
      "a: { request: GET /, capture: { x: { regex: '(a)', group: 2 } } }",
      ["there is no group 2: the regular expression has 1 group"],
    ],
    [
      "a: { request: GET /, capture: { x: { regex: '(?<n>a)', group: m } } }",
      ["there is no group m: the regular expression has 1 group, named n"],
    ],
    [
      "a: { request: GET /, capture: { x: { regex: '{{email}}(' } } }",
      [expect.stringContaining("is not a regular expression"), "the pattern of a capture takes no template"],
    ],
    [
      "a: { request: GET /, assert: { body: { contains: a, plus: 1 } } }",
      ["plus belongs to a claim about a number: equals, notEquals, atLeast, atMost, greaterThan, lessThan"],
    ],
    [
      "a: { request: GET /, assert: { body: { atLeast: many } } }",
      ["a number or a template such as {{before}} is expected here"],
    ],
    [
      "a: { request: GET /, assert: { json: { a: '{{nope}}' }, body: { notMatches: '(' } } }",
      ["nothing fills in {{nope}} here", expect.stringContaining('"(" is not a regular expression')],
    ],
    ["a: { request: GET /, tags: ['a b'] }", ["a tag has letters, digits and . : / _ -"]],
    ["a: { request: GET /, requires: [user] }", ['nothing in this file is called "user"']],
    ["a: { request: { path: /, query: { a: [] } } }", [expect.any(String)]],
    ["a: { request: GET /, assert: { status: 99 } }", ["99 is less than 100"]],
    ["a: { request: GET /, needs: [b] }\nb: { request: GET / }", ['step "b" does not come before this one']],
    ["a: { request: GET / }\nb: { request: GET /, needs: [aa] }", ['this flow has no step "aa"']],
    ["a: { request: GET /, feature: f }", ['this file has no feature "f"']],
    ["a: { request: 'GET /{{emial}}' }", ['nothing fills in {{emial}} here; did you mean "email"?']],
    ["a: { request: 'GET /{{email}}/{{ runId }}/{{uuid}}/{{now}}/{{env.X}}' }", []],
    ["a: { request: 'GET /{{email}' }", ["a template is {{name}}: the braces do not fit together"]],
    [
      "a: { request: 'GET /{{x}}', capture: { x: $.x } }",
      ["nothing fills in {{x}} here; this step captures it, from the answer to this very request"],
    ],
    [
      "a: { request: 'GET /{{x}}' }\nb: { request: GET /, capture: { x: $.x } }",
      ['nothing fills in {{x}} here; step "b" captures it, which comes later'],
    ],
    [
      "a: { request: POST /, cleanup: { request: 'DELETE /{{x}}', describes: 'a {{x}}' } }\nb: { request: GET /, capture: { x: $.x } }",
      [],
    ],
    [
      "a: { request: POST /, cleanup: { request: 'DELETE /{{y}}' } }\nb: { request: GET /, capture: { x: $.x } }",
      ["nothing fills in {{y}} here"],
    ],
    [
      "a: { request: 'GET /', capture: { x: $.x }, assert: { body: '{{x}}' }, cleanup: { request: 'DELETE /{{x}}' } }",
      [],
    ],
    ["a: { sql: { query: 'select 1 as y', capture: { x: y }, assert: { values: { y: '{{x}}' } } } }", []],
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
    // Needing "b" would close a circle, because "b" needs "a" already.
    [
      "a: { steps: { s: { request: 'GET /{{x}}' } } }, b: { needs: [a], steps: { s: { request: GET /, capture: { x: $.x } } } }",
      ["nothing fills in {{x}} here"],
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
    const variables = "{ a b: 1, x: '{{y}} {{z}}', y: 'a{{w}}', w: '{{y}}' }";
    const body = `smoke: { baseUrl: '{{url}}', variables: ${variables}, secrets: { y: 2, env: 3 }, flows: {} }`;
    expect((await problemsOfBody(body)).map((problem) => problem.replace(/^a\.yaml:\d+:\d+: /, ""))).toEqual([
      "nothing fills in {{url}} here",
      '"a b" cannot stand in {{...}}: use letters, digits and _',
      "nothing fills in {{z}} here",
      '"y" is a variable already',
      '"env" is a name that every run fills in',
    ]);
  });

  it("are variables that go round in a circle, and not those that refer to each other", async () => {
    const body = (variables: string) => `smoke: { variables: ${variables}, secrets: { s: "{{a}}" }, flows: {} }`;
    expect(await problemsOfBody(body('{ a: "{{b}}-{{b}}", b: "{{runId}}" }'))).toEqual([]);
    expect(await problemsOfBody(body('{ a: "{{b}}", b: "{{c}}", c: "{{a}}", d: "{{a}}" }'))).toEqual([
      "a.yaml:3:26: {{a}} refers to itself: a -> b -> c -> a",
      "a.yaml:3:38: {{b}} refers to itself: b -> c -> a -> b",
      "a.yaml:3:50: {{c}} refers to itself: c -> a -> b -> c",
    ]);
  });
});
