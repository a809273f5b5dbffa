import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import { loadCheckFiles } from "../../../src/expect/index.js";
import { parseDuration } from "../../../src/expect/schema/values.js";
import { parseCsv } from "../../../src/expect/smoke/csv.js";
import type { RequestStep, SmokeSuite, Step } from "../../../src/model/flow.js";
import { directory, loadBody, quotedProblems } from "./support.js";

const inFlow = (steps: string, rest = "") => `smoke: { flows: { main: { ${rest}steps: { ${steps} } } } }`;

async function stepOf(step: string): Promise<Step> {
  const { suites } = await loadBody(inFlow(`first: ${step}`));
  return suites[0]?.flows[0]?.steps[0] ?? expect.fail("there is a step");
}

const requestOf = async (step: string) => (await stepOf(step)) as RequestStep;

/** A check file among other files. */
async function loadBeside(body: string, files: Readonly<Record<string, string | Buffer>>): Promise<SmokeSuite> {
  const folder = directory();
  mkdirSync(join(folder, "files"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const file = join(folder, "a.yaml");
  writeFileSync(file, `version: 1\napplication: demo\n${body}`);
  const { suites } = await loadCheckFiles([file]);
  return suites[0] ?? expect.fail("there is a suite");
}

function firstRequest(suite: SmokeSuite): RequestStep["request"] {
  const step = suite.flows[0]?.steps[0];
  return step?.kind === "request" ? step.request : expect.fail("there is a request");
}

async function problemsBeside(body: string, files: Readonly<Record<string, string | Buffer>>): Promise<string[]> {
  try {
    await loadBeside(body, files);
    return [];
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    return error.problems.map(({ place = "", message }) => `${place.replace(/^.*\//, "")}: ${message}`);
  }
}

describe("requests", () => {
  it("takes lists in a query, a form and headers", async () => {
    const { request } = await requestOf(
      "{ request: { path: /, query: { tag: [a, 2], page: 1 }, headers: { accept: [text/html, text/plain] }, form: { id: [1, null] } } }",
    );
    expect({ ...request.query }).toEqual({ tag: ["a", "2"], page: "1" });
    expect({ ...request.headers }).toEqual({ accept: ["text/html", "text/plain"] });
    expect(request.body).toEqual({ kind: "form", value: { id: ["1", ""] } });
  });

  it("takes uploads from files, and from the check file itself", async () => {
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]);
    const suite = await loadBeside(
      inFlow(
        `first: { request: { path: /upload, multipart: { name: "Smoke {{runId}}", tags: [a, b], image: { file: ./files/pixel.PNG }, notes: [{ text: "hi {{runId}}", fileName: n.txt }, { base64: "aGk=", fileName: "x-{{runId}}", contentType: image/webp }] } } }`,
      ),
      { "files/pixel.PNG": picture },
    );
    const request = firstRequest(suite);
    expect(request.method).toBe("POST");
    expect(request.body).toEqual({
      kind: "multipart",
      parts: [
        { name: "name", content: "Smoke {{runId}}", fileName: null, contentType: null },
        { name: "tags", content: "a", fileName: null, contentType: null },
        { name: "tags", content: "b", fileName: null, contentType: null },
        { name: "image", content: picture, fileName: "pixel.PNG", contentType: "image/png" },
        { name: "notes", content: "hi {{runId}}", fileName: "n.txt", contentType: "text/plain" },
        { name: "notes", content: Buffer.from("hi"), fileName: "x-{{runId}}", contentType: "image/webp" },
      ],
    });
  });

  it("takes raw bodies", async () => {
    const body = async (text: string) => (await requestOf(`{ request: { path: /, ${text} } }`)).request.body;
    expect(await body("text: '<x/>'")).toEqual({ kind: "text", value: "<x/>" });
    expect(await body("base64: AAH/")).toEqual({
      kind: "bytes",
      bytes: Buffer.from([0, 1, 255]),
      contentType: "application/octet-stream",
    });
    const suite = await loadBeside(inFlow("first: { request: { path: /, file: a.csv } }"), { "a.csv": "x,y\n" });
    expect(firstRequest(suite).body).toEqual({
      kind: "bytes",
      bytes: Buffer.from("x,y\n"),
      contentType: "text/csv",
    });
  });

  it("takes times with their unit, and in the older form", async () => {
    const step = await requestOf(
      "{ request: { path: /, timeout: 1.5s }, assert: { maxDuration: 300ms, slow: warn }, poll: { until: { status: 200, maxDurationMs: 5 }, every: 2s, timeout: 1m, backoff: 1.5, max: 7 } }",
    );
    expect(step.request.timeoutMs).toBe(1_500);
    expect(step.assert).toMatchObject({ maxDurationMs: 300, slow: "warn" });
    expect(step.poll).toMatchObject({ everyMs: 2_000, timeoutMs: 60_000, backoff: 1.5, max: 7 });
    const sql = await stepOf("{ sql: { query: select 1, timeout: 2s } }");
    expect(sql).toMatchObject({ timeoutMs: 2_000 });
  });

  it("reads every time that it can write", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_600_000 }), (ms) => {
        expect(parseDuration(`${ms}ms`)).toBe(ms);
        expect(parseDuration(`${ms / 1_000} s`)).toBe(ms);
      }),
    );
    for (const text of ["2", "", "2 sec", "-1s", "0ms", "61m", "1e3ms", "2s ", "1,5s"])
      expect(parseDuration(text)).toBeNull();
    expect(parseDuration("1h")).toBe(3_600_000);
  });

  it("takes every source of a capture, and a pattern on any of them", async () => {
    const { capture } = await requestOf(
      "{ request: GET /, capture: { a: { cookie: sid }, b: { body: true }, c: { duration: true }, d: { header: location, regex: '/(?<id>\\d+)$' }, e: { regex: 'id=\\d+' }, f: { jsonPath: $.x, regex: '(a)(b)', group: 2 }, g: { regex: '(?<n>x)', group: n } } }",
    );
    expect(capture).toEqual([
      { name: "a", from: { kind: "cookie", cookie: "sid" }, secret: false },
      { name: "b", from: { kind: "body" }, secret: false },
      { name: "c", from: { kind: "duration" }, secret: false },
      {
        name: "d",
        from: { kind: "header", header: "location" },
        pattern: { regex: "/(?<id>\\d+)$", group: 1 },
        secret: false,
      },
      { name: "e", from: { kind: "body" }, pattern: { regex: "id=\\d+", group: 0 }, secret: false },
      { name: "f", from: { kind: "json-path", path: "$.x" }, pattern: { regex: "(a)(b)", group: 2 }, secret: false },
      { name: "g", from: { kind: "body" }, pattern: { regex: "(?<n>x)", group: "n" }, secret: false },
    ]);
  });

  it("takes what a step weighs, what chooses it, and several clean-ups", async () => {
    const { suites } = await loadBody(`
enums: { Role: [A] }
relations: { users: { columns: { id: text, "a.b": text } }, "audit.log": { schema: audit, name: log, columns: { at: text } } }
smoke:
  cookies: true
  flows:
    main:
      tags: [fast]
      steps:
        a:
          request: POST /
          tags: [writes]
          optional: true
          requires: [users, users.id, users.a.b, audit.log.at, Role]
          cleanup: [{ request: DELETE /a }, { request: DELETE /b, describes: b }]
        b: { request: GET /, severity: warning }
        c: { request: GET /, severity: error }
`);
    expect(suites[0]).toMatchObject({ cookies: true, flows: [{ tags: ["fast"] }] });
    const [a, b, c] = suites[0]?.flows[0]?.steps ?? [];
    const inPublic = { schema: "public" };
    expect(a).toMatchObject({
      tags: ["writes"],
      severity: "info",
      requires: [
        { ...inPublic, relation: null, name: "users" },
        { ...inPublic, relation: "users", name: "id" },
        { ...inPublic, relation: "users", name: "a.b" },
        { schema: "audit", relation: "log", name: "at" },
        { ...inPublic, relation: null, name: "Role" },
      ],
      cleanup: [{ describes: "what step a created" }, { describes: "b" }],
    });
    expect(b).toMatchObject({ severity: "warning" });
    expect(c).not.toHaveProperty("severity");
  });
});

describe("required objects", () => {
  const requires = (names: string) =>
    `relations: { users: { columns: { id: text } } }\n${inFlow(`a: { request: GET /, requires: [${names}] }`)}`;

  it("are looked up, and misspelt ones told with the nearest name", async () => {
    expect(await quotedProblems(requires("users, users.id, usres, users.idd, users.email"))).toEqual([
      'usres | nothing in this file is called "usres"; did you mean "users"?',
      'users.idd | relation "users" names no column "idd"; did you mean "id"?',
      'users.email | relation "users" names no column "email"',
    ]);
  });

  it("are taken as they are while the source of the schema has not been read", async () => {
    const suite = await loadBeside(
      `expect: { migrations: { directory: files, tool: prisma } }\n${inFlow("a: { request: GET /, requires: [credits.balance] }")}`,
      {},
    );
    expect(suite.flows[0]?.steps[0]?.requires).toEqual([{ schema: "public", relation: null, name: "credits.balance" }]);
  });
});

describe("repeated flows", () => {
  const rows = `each: [{ kind: png, size: 1, more: { a: [1] } }, { kind: "gif-{{runId}}", size: 2, more: null }]`;

  it("become one flow for each row, with ids and titles of their own", async () => {
    const { suites } = await loadBody(
      `smoke: { flows: { up: { title: "Upload {{kind}}", ${rows}, steps: { a: { request: "GET /{{kind}}" } } }, after: { needs: [up], steps: { b: { request: GET / } } } } }`,
    );
    const flows = suites[0]?.flows ?? [];
    expect(flows.map(({ id, title, needs }) => [id, title, needs])).toEqual([
      ["up[1]", "Upload png", []],
      ["up[2]", "Upload gif-{{runId}}", []],
      ["after", "after", ["up[1]", "up[2]"]],
    ]);
    expect(flows[0]?.row?.of).toBe("up");
    expect({ ...flows[0]?.row?.values }).toEqual({ kind: "png", size: 1, more: { a: [1] } });
  });

  it("keep their titles apart when rows give the same one", async () => {
    const { suites } = await loadBody(inFlow("a: { request: GET / }", "each: [{ x: 1 }, { x: 2 }], title: Same, "));
    expect(suites[0]?.flows.map(({ title }) => title)).toEqual(["Same [1]", "Same [2]"]);
  });

  it("take rows from CSV and JSON beside the check file", async () => {
    const flow = (file: string) => inFlow('a: { request: "GET /{{name}}/{{note}}" }', `each: { file: ${file} }, `);
    const values = (suite: SmokeSuite) => suite.flows.map(({ row }) => ({ ...row?.values }));
    const csv = '\ufeffname,note\r\na,"x, ""y""\r\nz"\r\n\r\nb,\r\n';
    expect(values(await loadBeside(flow("rows.csv"), { "rows.csv": csv }))).toEqual([
      { name: "a", note: 'x, "y"\r\nz' },
      { name: "b", note: "" },
    ]);
    const json = '[{ "name": "a", "note": 1 }, { "name": null, "note": [2] }]';
    expect(values(await loadBeside(flow("rows.json"), { "rows.json": json }))).toEqual([
      { name: "a", note: 1 },
      { name: null, note: [2] },
    ]);
  });

  it.each<[string, string, string]>([
    ["rows.csv", "", "the file is empty; its first line names the columns"],
    ["rows.csv", "name,note\n", "the file has no rows"],
    ["rows.csv", "name,note\na", "row 1 has 1 fields, and the first line names 2"],
    ["rows.csv", "name,name\na,b", "two columns of the file have one name"],
    ["rows.csv", 'name,note\n"a,b', 'the file is not CSV: a " is not closed, or stands inside a field without quotes'],
    ["rows.csv", `name,note\n${"a,b\n".repeat(201)}`, "the file has 201 rows, and at most 200 can be used"],
    ["rows.json", "{}", "a list of objects is expected in the file"],
    ["rows.json", "[1]", "a list of objects is expected in the file"],
    ["rows.json", "[", "the file is not JSON"],
    ["rows.json", '[{"name":1,"note":2},{"name":1,"x":2}]', "row 2 lacks note and has x, which the first has not"],
  ])("say what is wrong with %s: %j", async (name, content, problem) => {
    const body = inFlow("a: { request: GET / }", `each: { file: ${name} }, `);
    expect(await problemsBeside(body, { [name]: content })).toEqual([`a.yaml:3:41: ${problem}`]);
  });

  it("are at most 200", async () => {
    const rows = Array.from({ length: 201 }, (_, i) => `{ x: ${i} }`).join(", ");
    expect(await problemsBeside(inFlow("a: { request: GET / }", `each: [${rows}], `), {})).toEqual([
      "a.yaml:3:33: at most 200 entries are possible here",
    ]);
  });

  it("list what is wrong with rows that are written in place", async () => {
    expect(
      await quotedProblems(`
smoke:
  variables: { email: a }
  flows:
    up:
      title: "{{kin}}"
      each: [{ kind: 1, a-b: 2, email: 3 }, { kind: "{{nope}}", email: 4 }]
      steps: { s: { request: "GET /{{kind}}", capture: { kind: $.a, id: $.id } } }
    "up[1]": { steps: { s: { request: GET / } } }
    after: { needs: [up], steps: { s: { request: "GET /{{id}}/{{kind}}" } } }
`),
    ).toEqual([
      '"{{kin}}" | the rows have no name "kin"; did you mean "kind"?',
      '2 | "a-b" cannot stand in {{...}}: use letters, digits and _',
      '3 | "email" is a variable or a secret already',
      "{ kind | row 2 lacks a-b",
      '"{{nope}}" | nothing fills in {{nope}} here',
      'kind | "kind" is a name of the rows already',
      '"up[1]" | "up[1]" is what a run of the repeated flow "up" is called',
      '"GET /{{id}}/{{kind}}" | nothing fills in {{id}} here; flow "up" captures it once for each of its rows, so no value is meant',
      '"GET /{{id}}/{{kind}}" | nothing fills in {{kind}} here; flow "up" captures it once for each of its rows, so no value is meant',
    ]);
  });

  it("read any text as CSV, or refuse it, and read back what was written", () => {
    const cell = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", ""));
    fc.assert(fc.property(fc.string(), (text) => void parseCsv(text)));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (records) => {
        const text = records
          .map((record) => record.map((each) => `"${each.replaceAll('"', '""')}"`).join(","))
          .join("\r\n");
        expect(parseCsv(text)).toEqual(records);
      }),
    );
  });
});

describe("files of a flow", () => {
  const upload = (file: string) =>
    inFlow(`a: { request: { path: /, multipart: { x: { file: ${JSON.stringify(file)} } } } }`);

  it.each<[string, string]>([
    ["../secret.txt", "only files beside the check file or below its folder can be used"],
    ["/etc/passwd", "only files beside the check file or below its folder can be used"],
    ["files/../../a.txt", "only files beside the check file or below its folder can be used"],
    ["none.txt", "there is no such file (looked for from the folder of the check file)"],
    ["files", "this is not a regular file"],
    ["large.bin", "the file is larger than 10 MiB"],
  ])("%s cannot be used", async (file, problem) => {
    const files = { "large.bin": Buffer.alloc(10 * 1024 * 1024 + 1) };
    expect(await problemsBeside(upload(file), files)).toEqual([`a.yaml:3:85: ${JSON.stringify(file)}: ${problem}`]);
  });

  it("cannot be reached by a symbolic link that leads out", async () => {
    const outside = join(directory(), "secret.txt");
    writeFileSync(outside, "secret");
    const folder = directory();
    symlinkSync(outside, join(folder, "link.txt"));
    const file = join(folder, "a.yaml");
    writeFileSync(file, `version: 1\napplication: demo\n${upload("link.txt")}`);
    await expect(loadCheckFiles([file])).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining("only files beside the check file") }],
    });
  });

  it("have names without templates", async () => {
    expect(await problemsBeside(upload("{{runId}}.txt"), {})).toEqual([
      'a.yaml:3:85: "{{runId}}.txt": the name of a file takes no template',
    ]);
  });
});
