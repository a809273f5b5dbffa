import { describe, expect, it } from "vitest";
import { loadBody, quotedProblems as problems, problemsOf } from "./support.js";

const USERS = "relations: { users: { columns: { id: text, email: text } }, posts: { columns: { userId: text } } }\n";

describe("relations", () => {
  it.each<[string, string[]]>([
    ["primaryKey: [id, idd]", ['idd | relation "t" names no column "idd"; did you mean "id"?']],
    [
      "unique: [[id], { columns: [nme], include: [id, x] }]",
      ['nme | relation "t" names no column "nme"; did you mean "name"?', 'x | relation "t" names no column "x"'],
    ],
    [
      "indexes: [[id, nmae desc], ['lower(nope)']]",
      ['nmae desc | relation "t" names no column "nmae"; did you mean "name"?'],
    ],
    [
      "indexes: [['lower(name'], { columns: [{ column: x }], where: 'a; b', include: [y] }]",
      [
        `'lower(name' | not one expression: "(" is not closed`,
        'x | relation "t" names no column "x"',
        `'a; b' | not one expression: there is a ";" in it, and only one piece of SQL can stand here`,
        'y | relation "t" names no column "y"',
      ],
    ],
    [
      "foreignKeys: [{ columns: [id], references: t, referencedColumns: [id, name] }]",
      ["[id | 1 columns cannot reference 2"],
    ],
    ["foreignKeys: [{ columns: [id], references: T }]", ['T | this file has no relation "T"; did you mean "t"?']],
    [
      "checks: ['a) or (b', { expression: 'x, y' }]",
      [
        `'a) or (b' | not one expression: ")" closes nothing`,
        `'x, y' | not one expression: there is a "," in it, and only one expression can stand here`,
      ],
    ],
    [
      "exclusions: ['using gist (a with =), b']",
      [
        `'using gist (a with =), b' | not one exclusion constraint: there is a "," in it, and only one definition can stand here`,
      ],
    ],
    ["kind: view, indexes: [[id]]", ["indexes | a view cannot have indexes"]],
    [
      "kind: materialized-view, primaryKey: [id], indexes: [[id]]",
      ["primaryKey | a materialized-view cannot have primaryKey"],
    ],
    ["introducedBy: m1", ['m1 | migrations.required does not list "m1"']],
  ])("%s", async (rest, expected) => {
    expect(await problems(`relations: { t: { columns: { id: text, name: text }, ${rest} } }`)).toEqual(expected);
  });

  it("takes a column whose name looks like an expression or has order words", async () => {
    const body = [
      "relations:",
      "  t:",
      "    columns: { 'amount (eur)': numeric, 'sort desc': int, id: text }",
      "    indexes: [['amount (eur)'], ['amount (eur) desc'], ['sort desc'], ['sort desc DESC NULLS LAST']]",
    ];
    expect(await problems(body.join("\n"))).toEqual([]);
  });

  it("sees names as PostgreSQL does: cut to 63 bytes", async () => {
    const long = "é".repeat(40);
    const body = `relations: { ${long}a: { columns: { ${long}: text, ${long}b: text } }, ${long}b: {} }`;
    expect(await problems(body)).toEqual([
      `${long}b | "${long}b" is the same name as "${long}" (PostgreSQL keeps 63 bytes of a name)`,
      `${long}b | "${long}b" is the same name as "${long}a" (PostgreSQL keeps 63 bytes of a name)`,
    ]);
    const reference = `relations: { ${long}: { columns: { id: text } } }\nfeatures: { f: { reads: { ${long}zzz: [id] } } }`;
    expect(await problems(reference)).toEqual([]);
  });

  it("allows one name in two schemas, under two keys", async () => {
    const two = (schema: string) => `relations: { log: {}, auditLog: { schema: ${schema}, name: log } }`;
    expect(await problems(`schema: app\n${two("audit")}`)).toEqual([]);
    expect(await problems(`schema: app\n${two("app")}`)).toEqual(['auditLog | "auditLog" is the same name as "log"']);
  });
});

describe("objects beside relations", () => {
  it.each<[string, string[]]>([
    ["enums: { Role: [A, B, A] }", ['A | "A" is named twice']],
    ["enums: { Role: { labels: [A, A], ordered: true } }", ['A | "A" is named twice']],
    ["enums: { Role: [A] }\ndomains: { Role: text }", ['Role | "Role" is named twice']],
    ["sequences: [s, s, { name: s, schema: other }]", ['s | "s" is named twice']],
    ["extensions: [citext, { name: citext, schema: x }]", ['{ name | "citext" is named twice']],
    [
      "domains: { d: 'text, x' }",
      [`'text, x' | not one domain definition: there is a "," in it, and only one definition can stand here`],
    ],
  ])("%s", async (body, expected) => {
    expect(await problems(body)).toEqual(expected);
  });
});

describe("features", () => {
  it.each<[string, string[]]>([
    ["reads: { user: [id] }", ['user | this file has no relation "user"; did you mean "users"?']],
    ["reads: { users: [ID] }", ['ID | relation "users" names no column "ID"; did you mean "id"?']],
    ["writes: { users: { insert: [id, nam], update: '*' } }", ['nam | relation "users" names no column "nam"']],
    ["writes: { users: {} }", ["{ | nothing is written here: give insert, update or delete"]],
    ["writes: { users: { delete: true }, nope: { delete: true } }", ['nope | this file has no relation "nope"']],
    ["deletes: [users, psts]", ['psts | this file has no relation "psts"; did you mean "posts"?']],
    [
      "rows: [{ table: users, where: 'true) or (true' }]",
      [`'true) or (true' | not one expression: ")" closes nothing`],
    ],
    ["rows: [{ table: users, atMost: 0 }]", ["0 | atMost 0 is less than atLeast, which is 1 by default"]],
    ["rows: [{ table: users, atLeast: 0, atMost: 0 }]", []],
    ["migrations: [m]", ['m | migrations.required does not list "m"']],
  ])("%s", async (feature, expected) => {
    expect(await problems(`${USERS}features: { f: { ${feature} } }`)).toEqual(expected);
  });

  it("wants columns behind a star", async () => {
    const body = "relations: { log: {} }\nfeatures: { f: { reads: { log: '*' }, writes: { log: { insert: '*' } } } }";
    const message = '"*" means the columns that relation "log" names, and it names none';
    expect(await problems(body)).toEqual([`'*' | ${message}`, `'*' | ${message}`]);
  });
});

describe("migrations", () => {
  const body = (required: string, users = "{ columns: { id: text } }") =>
    `migrations: { tool: prisma, required: [${required}] }\nrelations: { users: ${users}, a.b: { columns: { c.d: text } } }`;

  it.each<[string, string[]]>([
    ["m1, { name: m2, creates: [users.id, users, a.b, a.b.c.d] }", []],
    ["m1, m1", ['m1 | migration "m1" is required twice']],
    [
      "{ name: m, creates: [user, users.idd] }",
      [
        'user | this file has no relation or relation.column "user"; did you mean "users"?',
        'users.idd | this file has no relation or relation.column "users.idd"; did you mean "users.id"?',
      ],
    ],
    [
      "{ name: m, creates: [users] }, { name: n, creates: [users] }",
      ['users | it is said to come from "m" as well: one object has one origin'],
    ],
  ])("%s", async (required, expected) => {
    expect(await problems(body(required))).toEqual(expected);
  });

  it("reports an origin that contradicts introducedBy", async () => {
    const users = "{ introducedBy: m, columns: { id: { type: text, introducedBy: n } } }";
    expect(await problems(body("m, { name: n, creates: [users] }, { name: o, creates: [users.id] }", users))).toEqual([
      'users | it is said to come from "m" as well: one object has one origin',
      'users.id | it is said to come from "n" as well: one object has one origin',
    ]);
  });
});

describe("several files", () => {
  const file = (application: string, rest: string) => `version: 1\napplication: ${application}\n${rest}\n`;

  it("may not describe a feature, or an endpoint of one application, twice", async () => {
    const found = await problemsOf({
      "a.yaml": file("app", "features: { one: { endpoints: ['GET /a/{id}'] }, two: { endpoints: ['POST /b'] } }"),
      "b.yaml": file("app", "features: { three: { endpoints: ['GET /a/{key}'] }, two: {} }"),
      "c.yaml": file("other", "features: { four: { endpoints: ['GET /a/{id}'] } }"),
    });
    expect(found.map((problem) => problem.replace(/at \S*\//, "at "))).toEqual([
      'b.yaml:3:34: conflicting features: "GET /a/{key}" is listed twice; the first is at a.yaml:3:32',
      'b.yaml:3:53: feature "two" is described twice; the first is at a.yaml:3:50',
    ]);
  });

  it("of one application agree on schema, role and record table, and have flows of their own", async () => {
    const flow = "smoke: { flows: { f: { steps: { s: { request: GET / } } } } }";
    const found = await problemsOf({
      "a.yaml": file("app", `schema: one\nmigrations: { tool: prisma, schema: x }\n${flow}`),
      "b.yaml": file("app", `schema: two\nrole: me\nmigrations: { tool: knex, table: t }\n${flow}`),
      "c.yaml": file("other", flow),
    });
    expect(found.map((problem) => problem.replace(/at \S*\//, "at "))).toEqual([
      'b.yaml:3:9: application "app" has another schema at a.yaml:3:9',
      'b.yaml:4:7: application "app" has another role at a.yaml:1:1',
      'b.yaml:5:13: application "app" has another migrations.schema at a.yaml:4:37',
      'b.yaml:5:21: application "app" has another migrations.tool at a.yaml:4:21',
      'b.yaml:5:34: application "app" has another migrations.table at a.yaml:4:13',
      'b.yaml:6:19: flow "f" of this application is described twice; the first is at a.yaml:5:19',
    ]);
  });
});

describe("a good file", () => {
  it("loads, with its suites", async () => {
    const { files, suites } = await loadBody(USERS);
    expect(files).toHaveLength(1);
    expect(files[0]?.content.relations?.get("users")?.columns?.get("id")).toBe("text");
    expect(suites).toEqual([]);
  });
});
