import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkFileJsonSchema, checkFileSchema } from "../../../src/expect/index.js";

const schema = checkFileJsonSchema();
const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

const GOOD = `
$schema: ../openapi/check-file.schema.json
version: 1
application: demo
role: false
extensions: [pgcrypto, { name: uuid-ossp, schema: extensions }]
enums: { Role: [A], Order: { labels: [A, B], ordered: true } }
domains: { email: text not null }
functions: ["f(text)", { name: g, arguments: [] }]
relations:
  users:
    kind: table
    columns: { id: text, at: { type: timestamp, introducedBy: m } }
    primaryKey: [id]
    unique: [[id], { columns: [at], nullsNotDistinct: true }]
    indexes: [[id], [at desc], { columns: [{ expression: lower(id), order: desc }], where: "id <> ''" }]
    foreignKeys: [{ columns: [id], references: users, onDelete: set null, deferrable: true }]
    checks: ["id <> ''", { name: c, expression: "true" }]
migrations: { tool: prisma, required: [m, { name: n, creates: [users] }] }
features:
  f:
    endpoints: ["GET /x"]
    reads: { users: "*" }
    writes: { users: { insert: "*", update: [id], delete: true } }
    rows: [{ table: users, atLeast: 0 }]
smoke:
  flows:
    login:
      steps:
        a: { request: POST /login, capture: { token: $.t }, assert: { status: 200, jsonPath: { $.a: null } } }
        b: { sql: { query: select 1, timeout: 2s, assert: { rows: 1, values: { a: { equals: "{{b}}", minus: 10 } } } } }
        c:
          request: { path: /, query: { a: [1, b] }, headers: { x: [a] }, timeout: 1.5s, multipart: { a: 1, b: [{ file: ./x.png }, { text: y, fileName: y.txt, contentType: text/plain }] } }
          tags: [fast]
          severity: warning
          requires: [users.id]
          capture: { a: { cookie: sid }, b: { header: location, regex: "/(.*)", group: 1 }, c: { duration: true }, d: { body: true } }
          assert: { json: { a: [1] }, maxDuration: 300ms, slow: warn, body: { notContains: x } }
          poll: { until: { status: 200 }, every: 1s, backoff: 2, max: 3, timeout: 1m }
          cleanup: [{ request: DELETE /a }, { request: { path: /b, method: DELETE } }]
        d: { request: { path: /, base64: aGk= }, optional: true }
    rows: { tags: [a], needs: [login], each: [{ a: 1 }], steps: { a: { request: { path: /, file: x.csv } } } }
    files: { each: { file: rows.csv }, steps: { a: { request: GET / } } }
  cookies: true
`;

describe("the JSON Schema for editors", () => {
  it("is draft 2020-12 and says what the file is", () => {
    expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema["title"]).toBe("schemaready check file");
    expect(schema["additionalProperties"]).toBe(false);
  });

  it("accepts what the loader accepts", () => {
    const document: unknown = parse(GOOD);
    expect(checkFileSchema.safeParse(document).error?.issues).toBeUndefined();
    expect(validate(document) || validate.errors).toBe(true);
  });

  it.each([
    ["unknown: 1", "an unknown key"],
    ["version: 2", "another version"],
    ["relations: { users: { colums: {} } }", "an unknown key of a relation"],
    ["relations: { users: { columns: { id: 1 } } }", "a number as a column"],
    ["relations: { users: { columns: { id: { typ: text } } } }", "an unknown key of a column"],
    ["features: { f: { reads: { users: true } } }", "something else than columns"],
    ["smoke: { flows: { f: { steps: { s: { request: { pth: / } } } } } }", "an unknown key of a request"],
    ["smoke: { flows: { f: { steps: { s: { assert: { status: 99 } } } } } }", "an impossible status"],
    ["smoke: { flows: { f: { steps: { s: { request: { path: /, timeout: 2 } } } } } }", "a time without its unit"],
    ["smoke: { flows: { f: { steps: { s: { request: { path: /, timeout: 2x } } } } } }", "a time with another unit"],
    ["smoke: { flows: { f: { each: [], steps: {} } } }", "no rows"],
    ["smoke: { flows: { f: { steps: { s: { request: GET /, severity: fatal } } } } }", "an unknown severity"],
  ])("refuses as the loader does: %s (%s)", (text) => {
    const document = { ...(parse("version: 1\napplication: demo") as object), ...(parse(text) as object) };
    expect(checkFileSchema.safeParse(document).success).toBe(false);
    expect(validate(document)).toBe(false);
  });

  it("describes every key", () => {
    expect(undescribed(schema, "$")).toEqual([]);
  });

  it("is the same every time", () => {
    expect(JSON.stringify(checkFileJsonSchema())).toBe(JSON.stringify(schema));
  });
});

/** Paths of properties for which an editor would have nothing to show. */
function undescribed(node: unknown, path: string): string[] {
  if (typeof node !== "object" || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((each, i) => undescribed(each, `${path}[${i}]`));
  const { properties = {}, ...rest } = node as { properties?: Record<string, Record<string, unknown>> };
  const missing = Object.entries(properties)
    .filter(([, value]) => value["description"] === undefined)
    .map(([name]) => `${path}.${name}`);
  const below = [...Object.entries(properties), ...Object.entries(rest)];
  return [...missing, ...below.flatMap(([name, value]) => undescribed(value, `${path}.${name}`))];
}
