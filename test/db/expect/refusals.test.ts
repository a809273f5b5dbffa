import { describe, expect, it } from "vitest";
import { useCompiler } from "./support.js";

const { refusal, compileBody } = useCompiler();

const file = (body: string) => ({ "a.yaml": `version: 1\napplication: demo\n${body}\n` });

describe("what PostgreSQL refuses", () => {
  it("is listed all at once, each at its own place", async () => {
    const { code, problems } = await refusal(
      file(`enums: { Role: [A] }
domains: { mail: "text check (valu like '@')" }
functions: ["f(texxt)"]
relations:
  t:
    columns:
      id: txt not null
      name: text default 1 +
      role: '"Role" default ''B'''
      at: { type: "timestamp(3) not null default CURRENT_TIMESTMP" }
      mail: mail
      ok: text
    primaryKey: [id]
    unique: [[ok], { columns: [ok], include: [ok, id] }]
    indexes: [[ok], ["lowr(ok)"], { columns: [ok], method: btre }, { columns: [{ column: ok, operatorClass: int4_ops }] }]
    checks: ["ok > 1"]
    exclusions: ["using gist (ok with =)"]
    foreignKeys: [{ columns: [ok], references: u, referencedColumns: [id] }, { columns: [ok], references: w }]
  u: { columns: { id: int } }
  w: { columns: { id: int } }
features:
  f: { rows: [{ table: t, where: "okk = 'x'" }, { table: t, where: "ok" }, { table: t, where: "ok = 'x'" }] }`),
    );
    expect(code).toBe("CHECK_FILE_SQL");
    expect(problems).toEqual([
      'a.yaml:4:18: PostgreSQL says: column "valu" does not exist (42703)',
      'a.yaml:5:13: PostgreSQL says: type "texxt" does not exist (42704)',
      'a.yaml:9:11: PostgreSQL says: type "txt" does not exist (42704)',
      "a.yaml:10:13: PostgreSQL says: syntax error at end of input (42601)",
      'a.yaml:11:13: PostgreSQL says: invalid input value for enum "Role": "B" (22P02)',
      "a.yaml:12:19: PostgreSQL says: cannot use column reference in DEFAULT expression (0A000)",
      "a.yaml:17:21: PostgreSQL says: function lowr(text) does not exist (42883)",
      'a.yaml:17:35: PostgreSQL says: access method "btre" does not exist (42704)',
      'a.yaml:17:68: PostgreSQL says: operator class "int4_ops" does not accept data type text (42804)',
      "a.yaml:18:14: PostgreSQL says: operator does not exist: text > integer (42883)",
      expect.stringMatching(/^a\.yaml:19:18: PostgreSQL says: data type text has no default operator class/),
      expect.stringMatching(
        /^a\.yaml:20:19: PostgreSQL says: foreign key constraint .* cannot be implemented \(42804\)$/,
      ),
      expect.stringMatching(
        /^a\.yaml:20:78: PostgreSQL says: there is no primary key for referenced table "w" \(42704\)$/,
      ),
      'a.yaml:24:34: PostgreSQL says: column "okk" does not exist (42703)',
      "a.yaml:24:68: PostgreSQL says: argument of WHERE must be type boolean, not type text (42804)",
    ]);
  });

  it("does not hide behind what depends on it", async () => {
    const { problems } = await refusal(
      file(`relations: { a: { columns: { id: nope, x: text }, primaryKey: [id], indexes: [[id], [x]] }, b: { columns: { aId: text },
  foreignKeys: [{ columns: [aId], references: a, referencedColumns: [id] }] } }
features: { f: { rows: [{ table: a, where: "id = '1'" }] } }`),
    );
    expect(problems).toEqual(['a.yaml:3:34: PostgreSQL says: type "nope" does not exist (42704)']);
  });

  it("is listed even when each thing waits for the other", async () => {
    const { problems } = await refusal(
      file(`relations: { t: { columns: {
  a: int generated always as (b) stored,
  b: int generated always as (a) stored } } }`),
    );
    expect(problems).toEqual([
      'a.yaml:4:6: PostgreSQL says: column "b" does not exist (42703)',
      'a.yaml:5:6: PostgreSQL says: column "a" does not exist (42703)',
    ]);
  });

  it("says which extension is not there to be used", async () => {
    const { problems } = await refusal(
      file("extensions: [no_such_extension]\nrelations: { t: { columns: { g: geometry } } }"),
    );
    expect(problems).toEqual([
      expect.stringMatching(
        /^a\.yaml:4:33: PostgreSQL says: type "geometry" does not exist \(42704\); the throwaway PostgreSQL lacks extension "no_such_extension": /,
      ),
    ]);
  });

  it("is no extension that nothing is built with", async () => {
    const application = await compileBody(
      "extensions: [no_such_extension]\nrelations: { t: { columns: { id: text } } }",
    );
    expect(application.extensions).toEqual(["no_such_extension"]);
  });

  it("is a schema of PostgreSQL's own", async () => {
    const { problems } = await refusal(file("schema: pg_app\nrelations: { t: { columns: { id: text } } }"));
    expect(problems).toEqual(['a.yaml:3:9: PostgreSQL says: unacceptable schema name "pg_app" (42939)']);
  });

  it("is writing a generated column, said by us", async () => {
    const { problems } = await refusal(
      file(`relations: { t: { columns: { a: text, b: text generated always as (lower(a)) stored } } }
features: { f: { writes: { t: [a, b] } } }`),
    );
    expect(problems).toEqual(['a.yaml:4:35: column "b" is generated and cannot be written']);
  });
});

describe("two files", () => {
  const users = (application: string, columns: string, rest = "") => `version: 1\napplication: ${application}\n${rest}
relations: { users: { columns: { ${columns} } } }\n`;

  it("of one application may describe the same column in other words", async () => {
    const { applications } = await compile({
      "a.yaml": users("one", "id: text not null, at: timestamptz default now(), n: int"),
      "b.yaml": users("one", "id: text not null, at: timestamp with time zone default now(), n: int4"),
    });
    expect(applications).toHaveLength(1);
  });

  it("of one application may not contradict each other", async () => {
    const { code, problems } = await refusal({
      "a.yaml": users(
        "one",
        "id: text not null, n: int default 1, i: int generated always as identity, s: varchar(10), same: text",
      ),
      "b.yaml": users(
        "one",
        "id: text, n: int default 2, i: int generated by default as identity, s: varchar(20), other: int",
      ),
    });
    expect(code).toBe("CHECK_FILE");
    expect(problems).toEqual([
      "b.yaml:4:38: column public.users.id is defined differently at a.yaml:4:38: NOT NULL in one of them",
      "b.yaml:4:47: column public.users.n is defined differently at a.yaml:4:56: default 2 and 1",
      "b.yaml:4:65: column public.users.i is defined differently at a.yaml:4:74: identity by-default and always",
      "b.yaml:4:106: column public.users.s is defined differently at a.yaml:4:111: type character varying(20) and character varying(10)",
    ]);
  });

  it("of two applications may differ: each is judged by itself", async () => {
    const { applications } = await compile({ "a.yaml": users("one", "id: text"), "b.yaml": users("two", "id: int") });
    expect(applications.map(({ relations }) => relations[0]?.columns[0]?.type.name)).toEqual(["text", "int4"]);
  });

  const { compile } = useCompiler();
});
