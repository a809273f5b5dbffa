import { describe, expect, it } from "vitest";
import { CASES, TABLES } from "../../support/lint-cases.js";
import { codesOf, lint, NEW, OLD } from "./support.js";

describe("a statement on a table that is there already", () => {
  it.each(CASES)("%s: %s", (code, hurts) => {
    expect(codesOf(TABLES, hurts)).toEqual([code]);
  });

  it.each(CASES.filter(([code]) => code !== "DROP_TABLE"))("not %s when done so: %#", (_, __, safe) => {
    expect(codesOf(TABLES, safe)).toEqual([]);
  });

  it("says for each what is wrong, why, what to do, and where", () => {
    const findings = lint({ [OLD]: TABLES, [NEW]: `-- first\n\n${CASES.map(([, hurts]) => hurts).join(";\n")}` });
    for (const { message, why, fix, line, file, statement, hazards } of findings.filter(
      ({ migration }) => migration === NEW,
    )) {
      expect([message, why, fix, statement].every((text) => (text ?? "").length > 8)).toBe(true);
      expect(file).toBe(`${NEW}/migration.sql`);
      expect(line).toBeGreaterThanOrEqual(3);
      expect(hazards.length).toBeGreaterThan(0);
    }
  });
});

describe("a table that the same script creates", () => {
  it("has no rows and no users: nothing is said", () => {
    const hurting = CASES.filter(([, hurts]) => !/unknown|schema|mood|attach|top$/.test(hurts)).map(
      ([, hurts]) => hurts,
    );
    const made =
      "create table users (id bigint, email varchar(100), name varchar, age int, price numeric(10, 2), feeling text, at timestamp(3));\ncreate table posts (id bigint, author bigint);\ncreate index posts_author on posts (author);\ncreate view readers as select 1;\n";
    for (const sql of hurting)
      expect([sql, codesOf("", `${made}${sql}`)]).toEqual([sql, /^vacuum/.test(sql) ? ["NOT_IN_TRANSACTION"] : []]);
  });

  it.each([
    [
      "also under its new name",
      "create table a (b int); alter table a rename to c; alter table c add d int not null; create index on c (b)",
    ],
    ["also in another schema", "create schema s; create table s.a (b int); create unique index on s.a (b)"],
    [
      "as the result of a query",
      "create table a as select 1 as b; create index on a (b); select 2 as c into d; drop table d",
    ],
    ["for a while", "create temp table a (b int); insert into a values (1); update a set b = 2; drop table a"],
    [
      "as a partition",
      "create table a (b int) partition by list (b); create table a1 (b int); alter table a attach partition a1 for values in (1); create index on a (b)",
    ],
    [
      "with its view",
      "create materialized view v as select 1 as a; create unique index on v (a); refresh materialized view v; drop materialized view v",
    ],
    [
      "with its type",
      "create type t as enum ('a'); alter type t rename value 'a' to 'b'; alter type t rename to u; drop type u cascade",
    ],
    [
      "with the whole schema in a name",
      "create table public.a (b int); create index on a (b); alter table public.a alter b type text using b::text",
    ],
  ])("%s", (_, sql) => {
    expect(codesOf(TABLES, sql)).toEqual([]);
  });

  it("is another one than its namesake in another schema", () => {
    expect(codesOf("", "create schema s; create table s.users (a int); create index on users (a)")).toEqual([
      "CREATE_INDEX_BLOCKS_WRITES",
    ]);
    expect(codesOf("", "create table s.a (b int); create index on a (b)", { schema: "s" })).toEqual([]);
  });

  it("is gone when it was dropped; the next one of that name is new again", () => {
    expect(codesOf(TABLES, "drop table posts; create table posts (a int); create index on posts (a)")).toEqual([
      "DROP_TABLE",
    ]);
  });
});

describe("a column that the same script adds", () => {
  it("can be changed, renamed and dropped", () => {
    const sql =
      "alter table users add a int; alter table users alter a type bigint; alter table users rename a to b; alter table users drop b";
    expect(codesOf(TABLES, sql)).toEqual([]);
  });
});

describe("SET NOT NULL", () => {
  it.each([
    [
      "a valid check",
      "alter table users add constraint c check (name is not null and age > 0) not valid",
      "alter table users validate constraint c",
    ],
    ["a check of CREATE TABLE", "create table t (a int, check (a is not null))", ""],
    ["a primary key", "create table t (a int, primary key (a))", ""],
  ])("reads nothing behind %s", (_, first, second) => {
    const table = first.startsWith("create") ? "t alter a" : "users alter name";
    expect(codesOf(`${TABLES}; ${first}; ${second}`, `alter table ${table} set not null`)).toEqual([]);
  });

  it.each([
    ["not validated", "alter table users add constraint c check (name is not null) not valid"],
    ["joined by OR", "alter table users add constraint c check (name is not null or age > 0)"],
    ["dropped", "alter table users add constraint c check (name is not null); alter table users drop constraint c"],
    ["not enforced", "alter table users add constraint c check (name is not null) not enforced"],
  ])("reads the table when the check is %s", (_, check) => {
    expect(codesOf(`${TABLES}; ${check}`, "alter table users alter name set not null")).toEqual(["SET_NOT_NULL_SCANS"]);
  });

  it("is said of NOT NULL as a constraint too, unless it is not valid (PostgreSQL 18)", () => {
    expect(codesOf(TABLES, "alter table users add constraint n not null name")).toEqual(["SET_NOT_NULL_SCANS"]);
    expect(codesOf(TABLES, "alter table users add constraint n not null name not valid")).toEqual([]);
  });
});

describe("VALIDATE CONSTRAINT", () => {
  const add = "alter table users add constraint c check (age > 0) not valid;";
  it("wins nothing in the transaction that adds the constraint", () => {
    expect(codesOf(TABLES, `${add} alter table users validate constraint c`)).toEqual(["VALIDATE_UNDER_LOCK"]);
    expect(codesOf(TABLES, `${add} alter table users validate constraint c`, { transaction: "none" })).toEqual([
      "NOT_GUARDED",
    ]);
    expect(codesOf(`${TABLES} ${add}`, "alter table users validate constraint c")).toEqual([]);
    const validate = "alter table users validate constraint c";
    expect(codesOf(TABLES, `${add} commit; ${validate}`)).toEqual(["NOT_GUARDED"]);
    const inBlock = `do $$ begin ${add} exception when duplicate_object then null; end $$; ${validate}`;
    expect(codesOf(TABLES, inBlock)).toEqual(["VALIDATE_UNDER_LOCK"]);
  });
});

describe("defaults", () => {
  it("are volatile when the folder says so of the function", () => {
    const declared = (volatility: string) =>
      `${TABLES}; create function cuid() returns text language sql ${volatility} as $$ select 'a' $$`;
    const add = "alter table users add a text default cuid()";
    expect(codesOf(declared(""), add)).toEqual(["ADD_COLUMN_REWRITES"]);
    expect(codesOf(declared("stable"), add)).toEqual([]);
    expect(codesOf(TABLES, add)).toEqual([]);
  });
});

describe("indexes on partitioned tables", () => {
  const parted = "create table parted (a int) partition by list (a)";
  it("are built for every partition, unless ONLY", () => {
    const [found] = lint({ [OLD]: parted, [NEW]: "create index i on parted (a)" }).filter(
      ({ migration }) => migration === NEW,
    );
    expect(found?.fix).toContain("ATTACH PARTITION");
    expect(codesOf(parted, "create index i on only parted (a)")).toEqual([]);
  });
});

describe("notes", () => {
  it.each([
    ["DROP_INDEX_LOCKS", "drop index posts_author", ["DROP_INDEX_LOCKS", "NOT_GUARDED", "NO_LOCK_TIMEOUT"]],
    ["a timeout that is set", "set lock_timeout = '2s'; drop index if exists posts_author", ["DROP_INDEX_LOCKS"]],
    ["IF_NOT_EXISTS", "create table if not exists other (a int)", ["IF_NOT_EXISTS"]],
    ["NOT_GUARDED", "create view v as select 1", ["NOT_GUARDED"]],
    ["OR REPLACE", "create or replace view v as select 1", []],
    ["temporary tables", "create temp table a (b int)", []],
  ])("%s", (_, sql, codes) => {
    expect(codesOf(TABLES, sql, { notes: true })).toEqual(codes);
  });

  it("warn when they are sure: IF NOT EXISTS that does nothing, a script that stops half-way", () => {
    expect(codesOf(TABLES, "create table if not exists users (a int)")).toEqual(["IF_NOT_EXISTS"]);
    expect(codesOf(TABLES, "alter table users add column if not exists age text not null")).toEqual(["IF_NOT_EXISTS"]);
    expect(codesOf(TABLES, "create table a (b int); create table c (d int)", { transaction: "none" })).toEqual([
      "NOT_GUARDED",
    ]);
    expect(codesOf(TABLES, "create table a (b int); commit; create table c (d int)")).toEqual(["NOT_GUARDED"]);
    expect(
      codesOf(TABLES, "begin; create table a (b int); create table c (d int); commit", { transaction: "none" }),
    ).toEqual([]);
  });
});

describe("a DO block", () => {
  it("is looked into, as far as it is written out", () => {
    const sql = `do $$
begin
  if not exists (select 1) then
    alter table users drop column age;
  end if;
  execute 'create index i on users (email)';
  execute format('drop table %I', 'posts');
  execute format('drop table %I', current_user);
  update users set age = 1;
exception when others then null;
end $$`;
    const found = lint({ [OLD]: TABLES, [NEW]: sql }).filter(
      ({ migration, severity }) => migration === NEW && severity !== "note",
    );
    expect(found.map(({ code, line }) => `${code}:${line}`)).toEqual([
      "DROP_COLUMN:4",
      "CREATE_INDEX_BLOCKS_WRITES:6",
      "DROP_TABLE:7",
    ]);
    expect(found[0]?.message).toBe("users.age is dropped with its values (in a DO block, if it comes to that)");
  });

  it("makes tables that are new to what follows", () => {
    const sql =
      "do $$ begin create table fresh (a int); exception when duplicate_table then null; end $$; create index on fresh (a)";
    expect(codesOf(TABLES, sql)).toEqual([]);
    const drizzle =
      "create table a (b int); do $$ begin alter table a add constraint f foreign key (b) references users (id); exception when duplicate_object then null; end $$";
    expect(codesOf(TABLES, drizzle)).toEqual([]);
  });
});
