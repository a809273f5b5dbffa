import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blank, cutScript } from "../../../src/sql/cut.js";

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
