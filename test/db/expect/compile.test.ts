import { describe, expect, it } from "vitest";
import type { ForeignKey } from "../../../src/model/schema.js";
import { columnNamed, relationNamed, useCompiler } from "./support.js";

const { compile, compileBody, serverVersion } = useCompiler();

const PROJECTS = "avatar_projects: { columns: { id: text primary key } }";

describe("an application", () => {
  it("is what its check file says, and no more", async () => {
    const application = await compileBody(`
schema: app
role: app_user
extensions: [pgcrypto]
enums: { Role: [USER, ADMIN], Size: { labels: [S, M], ordered: true } }
sequences: [numbers, { name: n, schema: other }]
functions: ["normalize(text, int[], \\"Role\\")", touch, "f()", { name: g, schema: other, arguments: [varchar] }, "v(variadic text[])"]
migrations: { tool: prisma, required: [a, { name: b, creates: [log, users.role] }] }
relations:
  users: { introducedBy: a, columns: { id: text, role: '"Role"' }, triggers: [touch] }
  log: { schema: other, name: Log, kind: view, columns: { at: timestamp } }
features:
  f: { title: F, endpoints: [GET /f], reads: { log: "*" }, migrations: [b], rows: [{ table: users, where: "role = 'USER'", atMost: 2 }] }
`);
    const { relations, ...rest } = application;
    expect(rest).toMatchObject({
      name: "demo",
      schema: "app",
      role: "app_user",
      extensions: ["pgcrypto"],
      enums: [
        { schema: "app", name: "Role", labels: ["USER", "ADMIN"], ordered: false },
        { schema: "app", name: "Size", labels: ["S", "M"], ordered: true },
      ],
      domains: [],
      sequences: [
        { schema: "app", name: "numbers" },
        { schema: "other", name: "n" },
      ],
      functions: [
        { schema: "app", name: "normalize", arguments: 'text, integer[], app."Role"' },
        { schema: "app", name: "touch", arguments: null },
        { schema: "app", name: "f", arguments: "" },
        { schema: "other", name: "g", arguments: "character varying" },
        { schema: "app", name: "v", arguments: "text[]" },
      ],
      migrations: { tool: "prisma", schema: null, required: ["a", "b"] },
      features: [
        {
          id: "f",
          title: "F",
          application: "demo",
          endpoints: ["GET /f"],
          uses: [{ relation: { schema: "other", name: "Log" }, select: ["at"] }],
          rows: [{ relation: { schema: "app", name: "users" }, where: "role = 'USER'", atLeast: 1, atMost: 2 }],
          migrations: ["b"],
        },
      ],
    });
    expect(relations).toMatchObject([
      { schema: "app", name: "users", kind: null, complete: false, triggers: ["touch"], introducedBy: "a" },
      { schema: "other", name: "Log", kind: "view", introducedBy: "b" },
    ]);
    expect(JSON.stringify(relations[0]?.columnIntroducedBy)).toBe('{"role":"b"}');
  });

  it("takes the schema of the connection when it names none", async () => {
    const body = "enums: { Role: [A] }\nrelations: { t: { columns: { role: '\"Role\"' } } }";
    const application = await compileBody(body, "tenant");
    expect(application.schema).toBe("tenant");
    expect(columnNamed(relationNamed(application, "t"), "role").type.text).toBe('tenant."Role"');
  });

  it("may name things before they are defined", async () => {
    const application = await compileBody(`
relations:
  a: { columns: { b: text references b (id) on delete set null, d: d default 'x', up: text generated always as (lower(z)) stored, z: text } }
  b: { columns: { id: text, n: bigint default nextval('s') }, unique: [[id]] }
domains: { d: e, e: text }
sequences: [s]
`);
    const relation = relationNamed(application, "a");
    expect(relation.columns.map(({ name, position }) => [name, position])).toEqual([
      ["b", 1],
      ["d", 2],
      ["up", 3],
      ["z", 4],
    ]);
    expect(relation.constraints).toMatchObject([{ kind: "foreign-key", references: { schema: "public", name: "b" } }]);
    expect(columnNamed(relationNamed(application, "b"), "n").sequence).toMatchObject({ schema: "public", name: "s" });
  });
});

describe("keys, constraints and indexes", () => {
  it("say the same inline and in lists", async () => {
    const inline = await compileBody(`relations: { ${PROJECTS}, t: { columns: {
      id: text primary key, a: text unique, p: text references avatar_projects on delete cascade, n: int check (n > 0) } } }`);
    const lists =
      await compileBody(`relations: { ${PROJECTS}, t: { columns: { id: text not null, a: text, p: text, n: int },
      primaryKey: [id], unique: [[a]], checks: [n > 0],
      foreignKeys: [{ columns: [p], references: avatar_projects, onDelete: cascade }] } }`);
    const both = await compileBody(`relations: { ${PROJECTS}, t: { columns: {
      id: text primary key, a: text unique, p: text references avatar_projects on delete cascade, n: int check (n > 0) },
      primaryKey: [id], unique: [[a]], checks: [n > 0],
      foreignKeys: [{ columns: [p], references: avatar_projects, onDelete: cascade }] } }`);
    expect(inline.relations).toEqual(lists.relations);
    expect(relationNamed(both, "t").constraints).toEqual(relationNamed(lists, "t").constraints);
  });

  it.each<[string, string, Partial<ForeignKey>]>([
    ["nothing more", "text references avatar_projects", {}],
    ["ON DELETE", "text references avatar_projects (id) ON /**/ DELETE set null", { onDelete: "set-null" }],
    [
      "ON UPDATE and MATCH",
      "text references avatar_projects match full on update cascade",
      { onUpdate: "cascade", match: "full" },
    ],
    ["words in a default", "text default 'on delete match' references avatar_projects", {}],
  ])("look at actions of an inline foreign key only when it names them: %s", async (_what, definition, expected) => {
    const application = await compileBody(`relations: { ${PROJECTS}, t: { columns: { p: "${definition}" } } }`);
    const [foreignKey] = relationNamed(application, "t").constraints;
    const asked = ["onDelete", "onUpdate", "match"].filter((key) => foreignKey !== undefined && key in foreignKey);
    expect(foreignKey).toMatchObject({ kind: "foreign-key", referencedColumns: ["id"], ...expected });
    expect(asked.sort()).toEqual(Object.keys(expected).sort());
  });

  it("keep every option of the long forms", async ({ skip }) => {
    if (serverVersion() < 150_000) skip("NULLS NOT DISTINCT exists since PostgreSQL 15");
    const application = await compileBody(`
relations:
  ${PROJECTS}
  t:
    columns: { a: text, b: text, c: int, room: int, during: tsrange }
    unique: [{ columns: [a], name: one_a, nullsNotDistinct: true, include: [b], deferrable: true, initiallyDeferred: true }]
    indexes:
      - [a, c desc]
      - { columns: [a, "lower(b) desc nulls last"], unique: true, where: "c > 0", name: my_index }
      - { columns: [{ expression: "lower(a)", operatorClass: text_pattern_ops, collation: C, order: asc, nulls: first }], include: [c] }
      - { columns: [c], method: brin }
      - { columns: [c, b], unique: true, nullsNotDistinct: true }
    foreignKeys:
      - { columns: [b], references: avatar_projects, referencedColumns: [id], match: simple, onUpdate: no action, deferrable: true }
    checks: [{ name: positive, expression: "c > 0" }]
    exclusions: ["using gist (during with &&) where (room > 0)"]
`);
    const { constraints, indexes } = relationNamed(application, "t");
    expect(constraints).toMatchObject(
      [
        {
          kind: "unique",
          name: "one_a",
          columns: ["a"],
          include: ["b"],
          nullsNotDistinct: true,
          deferrable: true,
          initiallyDeferred: true,
        },
        { kind: "check", name: "positive", expression: { text: "(c > 0)" } },
        {
          kind: "foreign-key",
          columns: ["b"],
          onUpdate: "no-action",
          match: "simple",
          deferrable: true,
          initiallyDeferred: false,
        },
        {
          kind: "exclusion",
          method: "gist",
          elements: [{ key: { column: "during" }, operator: "&&" }],
          predicate: { text: "(room > 0)" },
        },
      ].sort(
        (a, b) =>
          constraints.findIndex(({ kind }) => kind === a.kind) - constraints.findIndex(({ kind }) => kind === b.kind),
      ),
    );
    const own = indexes.filter(({ constraint }) => constraint === null);
    const indexOn = (...keys: string[]) =>
      own.find(
        (index) => JSON.stringify(index.keys.map((key) => key.column ?? key.expression?.text)) === JSON.stringify(keys),
      );
    expect(own).toHaveLength(5);
    expect(indexOn("a", "c")?.keys).toMatchObject([
      { descending: false, nullsFirst: false },
      { descending: true, nullsFirst: true },
    ]);
    expect(indexOn("a", "lower(b)")).toMatchObject({
      name: "my_index",
      unique: true,
      predicate: { text: "(c > 0)" },
      keys: [{}, { descending: true, nullsFirst: false }],
    });
    expect(indexOn("lower(a)")).toMatchObject({
      include: ["c"],
      keys: [
        { operatorClass: { name: "text_pattern_ops" }, collation: { name: "C" }, descending: false, nullsFirst: true },
      ],
    });
    expect(indexOn("c")?.method).toBe("brin");
    expect(indexOn("c", "b")).toMatchObject({ unique: true, nullsNotDistinct: true });
  });

  it("do not ask for the uniqueness that a foreign key of the file presupposes", async () => {
    const application = await compileBody(`relations: { u: { columns: { mail: text } }, t: { columns: { m: text },
      foreignKeys: [{ columns: [m], references: u, referencedColumns: [mail] }] } }`);
    expect(relationNamed(application, "u")).toMatchObject({ constraints: [], indexes: [] });
    expect(relationNamed(application, "t").constraints).toMatchObject([{ kind: "foreign-key" }]);
  });

  it("are read of views as columns alone", async () => {
    const body =
      "relations: { v: { kind: materialized-view, columns: { id: text }, indexes: [{ columns: [id], unique: true }] } }";
    expect(relationNamed(await compileBody(body), "v")).toMatchObject({
      kind: "materialized-view",
      columns: [{ name: "id", type: { text: "text" } }],
      indexes: [{ unique: true }],
    });
  });
});

describe("expressions", () => {
  it("have every text that a dump and restore can give them", async () => {
    const application = await compileBody(`
domains: { size: "varchar(2) check (value in ('s', 'm'))" }
relations:
  t:
    columns: { s: "varchar(2) default 's' check (s in ('s', 'm'))", g: "boolean generated always as (s in ('s', 'm')) stored" }
    indexes: [{ columns: [s], where: "s in ('s', 'm')" }, ["(s in ('s', 'm'))"]]
`);
    const first = "((s)::text = ANY ((ARRAY['s'::character varying, 'm'::character varying])::text[]))";
    const second = "((s)::text = ANY (ARRAY[('s'::character varying)::text, ('m'::character varying)::text]))";
    const { columns, constraints, indexes } = relationNamed(application, "t");
    const expressions = [
      columns[1]?.generated?.expression,
      constraints[0]?.kind === "check" ? constraints[0].expression : null,
      ...indexes.map(({ predicate }) => predicate),
    ].filter((expression) => expression !== null && expression !== undefined);
    expect(expressions).toHaveLength(3);
    for (const expression of expressions) expect(expression.renderings).toEqual([first, second]);
    const key = indexes.flatMap(({ keys }) => keys[0]?.expression ?? [])[0];
    expect(key?.renderings).toEqual([`(${first})`, `(${second})`]);
    expect(columns[0]?.default?.renderings).toEqual(["'s'::character varying"]);
    expect(application.domains[0]?.checks[0]?.expression.renderings).toEqual([
      first.replaceAll("(s)", "(VALUE)"),
      second.replaceAll("(s)", "(VALUE)"),
    ]);
  });
});

describe("the contract", () => {
  const users =
    "relations: { users: { columns: { id: text, tier: varchar(10) default 'a' }, checks: [\"tier in ('a', 'b')\"] } }";
  const one = `version: 1\napplication: one\n${users}\nfeatures: { f: { reads: { users: "*" } } }\n`;
  const two = `version: 1\napplication: two\n# a comment\n${users}\n`;

  it("has one id, whatever the files are called and however they are laid out", async () => {
    const a = await compile({ "a.yaml": one, "b.yaml": two });
    const b = await compile({ "z.yaml": one.replace("{ f: {", "{ f:   {"), "y.yaml": two });
    const c = await compile({
      "a.yaml": one.replace("varchar(10)", "varchar(11)"),
      "b.yaml": two.replace("varchar(10)", "varchar(11)"),
    });
    expect(a.applications.map(({ name }) => name)).toEqual(["one", "two"]);
    expect(a.source).toBe("check-files");
    expect(a.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(b).toEqual(a);
    expect(c.id).not.toBe(a.id);
  });

  it("joins several files of one application", async () => {
    const files = {
      "a.yaml": `version: 1\napplication: app\nextensions: [citext]\nmigrations: { tool: prisma, required: [m1] }
relations: { users: { columns: { id: text primary key, a: text }, indexes: [[a]] } }\nfeatures: { f: {} }\n`,
      "b.yaml": `version: 1\napplication: app\nextensions: [citext, pgcrypto]\nmigrations: { tool: prisma, required: [m1, { name: m2, creates: [users.b] }] }
relations: { users: { complete: true, columns: { id: text primary key, a: text, b: int }, indexes: [[a], [b]] }, log: {} }\nfeatures: { g: {} }\n`,
    };
    const contract = await compile(files);
    const [application, ...others] = contract.applications;
    expect(others).toEqual([]);
    expect(application).toMatchObject({
      extensions: ["citext", "pgcrypto"],
      migrations: { required: ["m1", "m2"] },
      features: [{ id: "f" }, { id: "g" }],
    });
    expect(application?.relations.map(({ name }) => name)).toEqual(["log", "users"]);
    const relation = application === undefined ? undefined : relationNamed(application, "users");
    expect(relation?.columns.map(({ name }) => name).sort()).toEqual(["a", "b", "id"]);
    expect(relation?.complete).toBe(true);
    expect(relation?.constraints).toHaveLength(1);
    expect(relation?.indexes.filter(({ constraint }) => constraint === null)).toHaveLength(2);
    expect(await compile({ "x.yaml": files["b.yaml"], "y.yaml": files["a.yaml"] })).toEqual(contract);
  });
});
