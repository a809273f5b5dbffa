import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deedsOf } from "../../../src/expect/replay/deeds.js";
import { offsetOfCharacter } from "../../../src/expect/replay/send.js";
import { leavesTransactionOpen, singleUnits, wholeUnits } from "../../../src/expect/replay/units.js";
import { blank, cutScript } from "../../../src/sql/index.js";

const textsOf = (sql: string) => cutScript(sql).statements.map(({ start, end }) => sql.slice(start, end));

describe("cutScript", () => {
  it.each<[string, string, string[]]>([
    ["comments", "-- a; b\nselect 1; /* ; /* ; */ ; */ select 2 -- ;", ["select 1", "select 2"]],
    [
      "strings",
      "select 'a;''b;'; select E'it\\';s'; select U&'d;'",
      ["select 'a;''b;'", "select E'it\\';s'", "select U&'d;'"],
    ],
    ["a backslash ends a plain string", "select 'a\\'; select 2", ["select 'a\\'", "select 2"]],
    ["quoted names", 'select 1 as "a;""b;"; select U&"x;"', ['select 1 as "a;""b;"', 'select U&"x;"']],
    [
      "dollar quotes",
      "do $$ a; $x$ b; $$; do $a$ $$; $a$; select $1; x",
      ["do $$ a; $x$ b; $$", "do $a$ $$; $a$", "select $1", "x"],
    ],
    ["a dollar in a name", "select a$b$; select $b$;$b$", ["select a$b$", "select $b$;$b$"]],
    [
      "brackets",
      "create rule r as on insert to t do (select 1; select 2); x",
      ["create rule r as on insert to t do (select 1; select 2)", "x"],
    ],
    [
      "bodies in SQL",
      "create or replace function f() returns int begin atomic select case when a then 1 end; select 2; end; begin; commit",
      [
        "create or replace function f() returns int begin atomic select case when a then 1 end; select 2; end",
        "begin",
        "commit",
      ],
    ],
    ["nothing", " ; ;; -- x", []],
    ["what is not closed", "select 1; select 'a; b", ["select 1", "select 'a; b"]],
    ["psql", "\\set x 1;\nselect 1;\n\\connect a b\nselect 2", ["select 1", "select 2"]],
    ["rows", "copy t from stdin;\n1;'\n\\.\nselect 2;", ["select 2"]],
    ["a copy without rows", "copy t from stdin; select 2", ["copy t from stdin", "select 2"]],
  ])("%s", (_, sql, expected) => {
    expect(textsOf(sql)).toEqual(expected);
  });

  it("puts back together what was put together", () => {
    const pieces = fc.constantFrom(
      "select 1",
      "create table t (a int, b text default ';')",
      "do $$ begin; end $$",
      "select E'\\';' /* ; */ , 2",
      "insert into t values ('it''s;')",
      'alter table "a;b" add c int',
    );
    fc.assert(
      fc.property(fc.array(pieces), fc.constantFrom(";", ";\n", " ; -- x;\n", ";\r\n/* ; */"), (list, separator) => {
        expect(textsOf(list.join(separator))).toEqual(list);
      }),
    );
  });

  it("never fails, takes every statement from the text in order, and blanks without moving anything", () => {
    const alphabet = fc.constantFrom(
      "'",
      '"',
      "$",
      "$$",
      ";",
      "--",
      "/*",
      "*/",
      "\n",
      "\\",
      "a",
      "E'",
      "(",
      ")",
      " ",
      "é",
      "\u{1f600}",
    );
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 30 }), (parts) => {
        const sql = parts.join("");
        const { statements, metaLines } = cutScript(sql);
        let at = 0;
        for (const { start, end } of statements) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        const blanked = blank(sql, [...metaLines, ...statements.slice(0, 1)]);
        expect(blanked.length).toBe(sql.length);
        expect(blanked.split("\n").length).toBe(sql.split("\n").length);
      }),
    );
  });

  it("takes linear time for text that is never closed", () => {
    const started = performance.now();
    for (const piece of ["'", "$a$ ", "/*", '"', "(", "$", "\\", "''"]) cutScript(piece.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("units", () => {
  const unitsOf = (sql: string, units: typeof singleUnits) =>
    units(cutScript(sql).statements).map(({ start, end }) => sql.slice(start, end));
  const sql = "a; begin; b; commit; c; savepoint s; rollback to s; d";

  it("cuts a whole script only where it ends its transaction, and loses nothing", () => {
    const whole = unitsOf(sql, (statements) => wholeUnits(statements, sql.length));
    expect(whole).toEqual(["a; begin; b; commit; ", "c; savepoint s; rollback to s; d"]);
    expect(whole.join("")).toBe(sql);
  });

  it("keeps BEGIN ... COMMIT together otherwise", () => {
    expect(unitsOf(sql, singleUnits)).toEqual(["a", "begin; b; commit", "c", "savepoint s", "rollback to s", "d"]);
    expect(leavesTransactionOpen(cutScript("begin; a; commit; begin; b").statements)).toBe(true);
    expect(leavesTransactionOpen(cutScript(sql).statements)).toBe(false);
  });

  it("counts characters as PostgreSQL does", () => {
    expect(offsetOfCharacter("\u{1f600}ab", 1)).toBe(0);
    expect(offsetOfCharacter("\u{1f600}ab", 3)).toBe(3);
  });
});

describe("deedsOf", () => {
  const deeds = (sql: string) =>
    cutScript(sql).statements.flatMap((statement) =>
      deedsOf(sql, statement).map(({ act, kind, schema, relation, name, guarded, at }) => {
        expect(
          sql
            .slice(at, at + name.length + 1)
            .replace(/^["']/, "")
            .toLowerCase(),
        ).toContain(name.slice(0, -1).toLowerCase());
        const owner = [schema, relation].filter((each) => each !== null).map((each) => `${each}.`);
        return `${guarded ? "?" : ""}${act} ${kind} ${owner.join("")}${name}`;
      }),
    );

  it.each<[string, string[]]>([
    [
      'CREATE TABLE IF NOT EXISTS S."T" ("A" int, b numeric(1,2) CONSTRAINT b_ok CHECK (b > 0), PRIMARY KEY (b), CONSTRAINT k UNIQUE ("A"))',
      [
        "?create relation s.T",
        "?create column s.T.A",
        "?create column s.T.b",
        "?create constraint s.T.b_ok",
        "?create constraint s.T.k",
      ],
    ],
    ["CREATE UNLOGGED TABLE t AS SELECT 1", ["create relation t"]],
    ["SELECT 1 AS a INTO TEMP x FROM y", ["create relation x"]],
    [
      "ALTER TABLE ONLY t ADD a int, ADD COLUMN IF NOT EXISTS b int CONSTRAINT c CHECK (b IN (1, 2)), ADD CONSTRAINT d CHECK (a > 0), ADD UNIQUE (a), ALTER a SET NOT NULL, DROP COLUMN e, OWNER TO x",
      [
        "alter relation t",
        "create column t.a",
        "?create column t.b",
        "?create constraint t.c",
        "create constraint t.d",
        "alter column t.a",
        "drop column t.e",
      ],
    ],
    ["ALTER TABLE t RENAME TO u", ["drop relation t", "create relation u"]],
    ["ALTER TABLE t RENAME a TO b", ["alter relation t", "drop column t.a", "create column t.b"]],
    ["CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY s.t (a)", ["create index s.t.i"]],
    ["CREATE INDEX ON t (a)", []],
    ["CREATE OR REPLACE VIEW v AS SELECT 1", ["?create relation v"]],
    ["CREATE TYPE e AS ENUM ('a', 'b c')", ["create type e", "create label e.a", "create label e.b c"]],
    ["ALTER TYPE e ADD VALUE IF NOT EXISTS 'x' BEFORE 'a'", ["alter type e", "create label e.x"]],
    ["CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int LANGUAGE sql AS 'x'", ["?create function s.f"]],
    ["CREATE CONSTRAINT TRIGGER tr AFTER INSERT ON s.t EXECUTE FUNCTION f()", ["create trigger s.t.tr"]],
    ["CREATE POLICY p ON t USING (true)", ["create policy t.p"]],
    ['CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA x', ["?create extension uuid-ossp"]],
    ["DROP TABLE IF EXISTS a, s.b CASCADE", ["?drop relation a", "?drop relation s.b"]],
    ["DROP TRIGGER tr ON t", ["drop trigger t.tr"]],
    [
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE TYPE e AS ENUM ('a'); END IF; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
      ["?create type e", "?create label e.a"],
    ],
    ["CREATE USER MAPPING FOR x SERVER y", []],
    ["GRANT SELECT ON t TO x", []],
  ])("%s", (sql, expected) => {
    expect(deeds(sql)).toEqual(expected);
  });
});
