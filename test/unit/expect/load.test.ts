import { describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import { RECORD_TOOLS } from "../../../src/model/migrations.js";
import { load, problemsOf, problemsOfBody } from "./support.js";

const TEN_MISTAKES = `version: 1
application: avatar-creator
extnsions: [pgcrypto]
relations:
  avatar_projects:
    columns: { id: text primary key, userId: text not null, userId: text }
  avatar_generations:
    kind: tabel
    columns:
      id: text not null
      projectId: 12
      status: "text not null default 'pending', add column x int"
    primaryKey: [Id]
    indexes:
      - [projectId, createdAt desc]
    foreignKeys:
      - { columns: [projectId], references: avatar_project }
migrations: { tool: prisma, required: [20251014_add_avatar_creator] }
features:
  list-projects:
    endpoints: ["GET /api/projects"]
    reads: { avatar_projects: [id, userID] }
  generate-avatar:
    endpoints: ["get /api/avatars"]
    rows: [{ table: ai_models, atLeast: 3, atMost: 1 }]
    migrations: [20251014_add_avatar_creater]
smoke:
  flows:
    login:
      steps:
        login: { request: POST /login, capture: { token: "$.data.[" } }
        me: { request: { path: "/me?t={{tokn}}" } }
`;

describe("a file with many mistakes", () => {
  it("lists every one of them, at its line and column, from top to bottom", async () => {
    expect(await problemsOf({ "avatar.yaml": TEN_MISTAKES })).toEqual([
      'avatar.yaml:3:1: unknown key "extnsions"; did you mean "extensions"?',
      "avatar.yaml:6:61: this key stands here for the second time",
      'avatar.yaml:8:11: expected "table", "partitioned-table", "view", "materialized-view", "foreign-table", found "tabel"; did you mean "table"?',
      "avatar.yaml:11:18: expected text or a mapping, found 12 (if text is meant, put it in quotes)",
      'avatar.yaml:12:15: not one column definition: there is a "," in it, and only one definition can stand here',
      'avatar.yaml:13:18: relation "avatar_generations" names no column "Id"; did you mean "id"?',
      'avatar.yaml:15:21: relation "avatar_generations" names no column "createdAt"',
      'avatar.yaml:17:45: this file has no relation "avatar_project"; did you mean "avatar_projects"?',
      'avatar.yaml:22:36: relation "avatar_projects" names no column "userID"; did you mean "userId"?',
      'avatar.yaml:24:17: write METHOD and path, for example "POST /api/projects/{projectId}"',
      'avatar.yaml:25:21: this file has no relation "ai_models"',
      "avatar.yaml:25:52: atMost 1 is less than atLeast 3",
      'avatar.yaml:26:18: migrations.required does not list "20251014_add_avatar_creater"; did you mean "20251014_add_avatar_creator"?',
      `avatar.yaml:31:58: "$.data.[" is not a JSONPath (RFC 9535): unexpected shorthand selector '[' ('$.data.[':7)`,
      'avatar.yaml:32:32: nothing fills in {{tokn}} here; did you mean "token"?',
    ]);
  });
});

describe("an error", () => {
  it("counts the problems of all files, names the code, and says what to do", async () => {
    const loading = load({ "a.yaml": "version: 2\napplication: a\n", "b.yaml": "version: 1\n", "c.yml": "" });
    const error = await loading.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SchemareadyError);
    const { code, message, exitCode, problems } = error as SchemareadyError;
    expect({ code, message, exitCode }).toEqual({
      code: "CHECK_FILE",
      message: "The check files cannot be used: 3 problems.",
      exitCode: 2,
    });
    expect(problems.map(({ place = "", message }) => `${place.replace(/^.*\//, "")}: ${message}`)).toEqual([
      "a.yaml:1:10: expected 1, found 2",
      'b.yaml:1:1: missing key "application"',
      "c.yml:1:1: the file is empty",
    ]);
  });
});

describe("a file of nothing but mistakes", () => {
  const many = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i));

  it.each<[string, string, string]>([
    ["unknown keys", many(16_000, (i) => `k${i}: 1`).join("\n"), "15900"],
    ["wrong columns", `relations: { t: { columns: { ${many(12_000, (i) => `c${i}: 1`).join(", ")} } } }`, "11900"],
    ["wrong relations", `relations: { ${many(5_000, (i) => `r${i}: { a: 1 }`).join(", ")} }`, "4900"],
    ["unknown relations", `features: { f: { reads: { ${many(7_000, (i) => `r${i}: [a]`).join(", ")} } } }`, "6900"],
    [
      "unknown columns",
      `relations: { t: { columns: { ${many(290, (i) => `some_column_${i}a: text`).join(", ")} } } }
features: { f: { reads: { t: [${many(20_000, (i) => `some_column_${i}b`).join(", ")}] } } }`,
      "19900",
    ],
    [
      "unknown migrations",
      `migrations: { tool: prisma, required: [${many(10_000, (i) => `m${i}`).join(", ")}] }
features: { f: { migrations: [${many(10_000, (i) => `n${i}`).join(", ")}] } }`,
      "9900",
    ],
  ])("lists the first hundred: %s", async (_what, body, more) => {
    const found = await problemsOfBody(body);
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toBe(`: and ${more} more`);
  });

  it("says so in few words", async () => {
    const found = await problemsOfBody(`${"x".repeat(1_000)}: 1\n'${"\u{1f600}".repeat(500)}': 1`);
    expect(found.map((problem) => problem.replace(/^\S+ /, "").length)).toEqual([500, 500]);
    expect(found.every((problem) => !/\p{Surrogate}/u.test(problem) && problem.endsWith("…"))).toBe(true);
  });

  it("may use white space as it likes", async () => {
    const body = `relations: { t: { columns: { x: text }, indexes: [["x${" ".repeat(400_000)}y"], ["x  desc  nulls  last  "]] } }`;
    expect(await problemsOfBody(body)).toEqual([
      expect.stringMatching(/^a\.yaml:3:52: relation "t" names no column "x /),
    ]);
  });
});

describe("a file that is no check file", () => {
  const NO = ["a.yaml:1:1: this is no check file: it has no key `version`"];

  it.each([
    ["an account list", "root:$6$salt$hash:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n"],
    ["settings", "password: hunter2\nadmin_token: abc\n"],
    ["settings with a syntax error", "password: hunter2\ntoken: !hunter2 [\n"],
    ["a list", "- hunter2\n"],
    ["text that looks like an alias", "*hunter2"],
  ])("is not quoted: %s", async (_what, text) => {
    expect(await problemsOf({ "a.yaml": text })).toEqual(NO);
  });

  it("is told from one with a syntax error", async () => {
    expect(await problemsOf({ "a.yaml": "version: 1\napplication: [\n" })).not.toEqual(NO);
  });

  it.each([
    ["application: [notes\nversion: 1\n", 2],
    ['application: "notes\nversion: 1\nrole: app\n', 4],
    ["{ application: notes\n\nversion: 1\n", 1],
    ["- notes\nversion: 1\n", 2],
    ['application: notes\n  schema: app\n"version": 1\n', 1],
  ])("is told from one whose YAML breaks before its version, of which only that is told: %j", async (text, line) => {
    const problems = await problemsOf({ "a.yaml": text });
    expect(problems.join("\n")).not.toContain("version`");
    expect(problems[0]).toMatch(new RegExp(`^a\\.yaml:${line}:\\d+: `));
  });
});

describe("structure", () => {
  it.each<[string, string[]]>([
    ["relations: { users: { colums: { id: text } } }", ['3:23: unknown key "colums"; did you mean "columns"?']],
    ["relations: [users]", ["3:12: expected a mapping, found a list"]],
    ["relations:\n  users:\n", ["4:3: expected a mapping, found nothing"]],
    ["relations: { users: { columns: { id: '' } } }", ["3:38: text that is not empty is expected here"]],
    ["relations: { users: { primaryKey: [] } }", ["3:35: a list that is not empty is expected here"]],
    ["relations: { users: { complete: yes } }", ['3:33: expected true or false, found "yes"']],
    [
      "relations: { users: { columns: { id: { typ: text } } } }",
      ['3:40: unknown key "typ"; did you mean "type"?', '3:38: missing key "type"'],
    ],
    ["role: true", ["3:7: expected text or false, found true (if text is meant, put it in quotes)"]],
    [
      "migrations: { tool: flywy }",
      [`3:21: expected ${RECORD_TOOLS.map((tool) => `"${tool}"`).join(", ")}, found "flywy"; did you mean "flyway"?`],
    ],
    [
      "migrations: { tool: prisma, required: [20251014] }",
      ["3:40: expected text or a mapping, found 20251014 (if text is meant, put it in quotes)"],
    ],
    ["features: { f: { reads: { users: true } } }", ['3:34: expected "*" or a list, found true']],
    ["features: { f: { rows: [{ table: u, atLeast: -1 }] } }", ["3:46: -1 is less than 0"]],
    ["features: { f: { rows: [{ table: u, atLeast: 1.5 }] } }", ["3:46: expected a whole number, found 1.5"]],
    [
      'relations: { t: { columns: { a: text }, indexes: ["lower(a)"] } }',
      [
        '3:51: expected a list or a mapping, found "lower(a)"; did you mean [["lower(a)"]]? Each entry of indexes is itself a list',
      ],
    ],
    [
      "relations: { t: { columns: { a: text }, unique: [a] } }",
      ['3:50: expected a list or a mapping, found "a"; did you mean [["a"]]? Each entry of unique is itself a list'],
    ],
    [
      "relations: { t: { indexes: [[{ column: a, expression: b }]] } }",
      ["3:30: give exactly one of column, expression: here are column and expression"],
    ],
    ["__proto__: { a: 1 }", ['3:1: unknown key "__proto__"']],
    [
      "relations: { t: { __proto__: x, constructor: y } }",
      ['3:19: unknown key "__proto__"', '3:33: unknown key "constructor"'],
    ],
  ])("%s", async (body, expected) => {
    const found = await problemsOfBody(body);
    expect(found.filter((problem) => !problem.includes("this file has no relation"))).toEqual(
      expected.map((problem) => `a.yaml:${problem}`).sort((a, b) => columnOf(a) - columnOf(b)),
    );
  });
});

function columnOf(problem: string): number {
  return Number(problem.split(":")[2]);
}

describe("a mistake and what depends on it", () => {
  it("does not report a relation as unknown that is only misspelt in its own section", async () => {
    const body = "relatons: { users: { columns: { id: text } } }\nfeatures: { f: { reads: { users: [id] } } }";
    expect(await problemsOfBody(body)).toEqual(['a.yaml:3:1: unknown key "relatons"; did you mean "relations"?']);
  });

  it("does not report columns whose section is broken, but those of other relations", async () => {
    const body = [
      "relations:",
      "  users: { columns: { id: [text] } }",
      "  posts: { columns: { id: text } }",
      "features: { f: { reads: { users: [id], posts: [idd] } } }",
    ].join("\n");
    expect(await problemsOfBody(body)).toEqual([
      "a.yaml:4:27: expected text or a mapping, found a list",
      'a.yaml:6:48: relation "posts" names no column "idd"; did you mean "id"?',
    ]);
  });

  it("finds rules across keys beside an unknown key", async () => {
    const body = "smoke: { flows: { f: { steps: { s: { tittle: x, request: GET /, sql: { query: select 1 } } } } } }";
    expect(await problemsOfBody(body)).toEqual([
      "a.yaml:3:36: give exactly one of request, sql: here are request and sql",
      'a.yaml:3:38: unknown key "tittle"; did you mean "title"?',
    ]);
  });
});
