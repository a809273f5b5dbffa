/** Scripts put together from known statements give exactly these statements back, and so do scripts that people wrote. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutScript } from "../../../src/sql/cut.js";
import { loadGrammar, type Range } from "../../../src/sql/index.js";

const { parseScript } = await loadGrammar();
const textsOf = (sql: string, ranges: readonly Range[]) => ranges.map(({ start, end }) => sql.slice(start, end));

const GOOD = [
  "select 1",
  "SELECT 'a;b', E'\\';', U&'d;\\00e9', $$;$$, $x$ $$; $x$ /* ; */ -- ;\n, 2",
  'create table "tä;b" (id int, "n--" text default \'é;\u{1f600}\')',
  'create table U&"d\\0061t" (a int)',
  "do $body$ begin perform 1; -- ;\n end; $body$",
  "create function f(a int) returns int language sql begin atomic select case when a > 1 then 1 end; select 2; end",
  "create rule r as on insert to t do also (select 1; select 2)",
  "alter table t add constraint c check (a in (1, 2)), drop column if exists b cascade",
  "set standard_conforming_strings = on",
  "begin",
  "commit",
  "copy t (a, b) to stdout",
  "create index concurrently i on t using gin ((a || ';') gin_trgm_ops) where b = ';'",
];
const BAD = ["create tabel t (a int)", "select from from", "foo 'b;ar' (1;2)", "alter table"];
const BLANKS = [" ", "\n", "\r\n\t", "-- a; 'comment\n", "/* ; /* nested ' */ \" */", "\f", "-- \u{1f600}é\r\n", ""];

const blanks = fc.array(fc.constantFrom(...BLANKS), { maxLength: 3 }).map((parts) => parts.join(""));
const separator = fc.tuple(blanks, fc.constantFrom(";", ";;", "; ;"), blanks).map((parts) => parts.join(""));

function scriptOf(statements: readonly string[]) {
  const pieces = fc.array(fc.tuple(fc.constantFrom(...statements), separator), { maxLength: 8 });
  return fc.record({ mark: fc.constantFrom("", "\ufeff"), before: blanks, pieces, after: blanks });
}

describe("parseScript of statements put together", () => {
  const check = (statements: readonly string[]) =>
    fc.assert(
      fc.property(scriptOf(statements), ({ mark, before, pieces, after }) => {
        const sql = `${mark}${before}${pieces.flat().join("")}${after}`;
        const expected = pieces.map(([statement]) => statement);
        const parsed = parseScript(sql).statements;
        expect(textsOf(sql, parsed)).toEqual(expected);
        expect(parsed.map(({ text }) => text)).toEqual(expected);
        expect(parsed.map(({ node }) => node === null)).toEqual(expected.map((each) => BAD.includes(each)));
        expect(parsed.every(({ node, problem }) => (node === null) === (problem?.kind === "refused"))).toBe(true);
        expect(textsOf(sql, cutScript(sql).statements)).toEqual(expected);
      }),
    );

  it("gives exactly these statements back", () => check(GOOD));
  it("and refuses the ones with mistakes, and no other", () => check([...GOOD, ...BAD]));

  it("points into the statement, however many bytes its characters have", () => {
    const names = fc.array(fc.constantFrom("a", "é", "\u{1f600}", "漢", "_"), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 5 }), blanks, fc.boolean(), (lists, gap, withMistake) => {
        const columns = lists.map((parts, position) => `"${parts.join("")}${position}"`);
        const sql = `${withMistake ? "oops;" : ""}${gap}create table t (${columns.map((name) => `${name}${gap} int`).join(",")});`;
        const statement = parseScript(sql).statements.at(-1);
        const node = statement?.node ?? null;
        const elements = node !== null && "CreateStmt" in node ? (node.CreateStmt.tableElts ?? []) : [];
        const places = elements.map((each) => statement?.offsetOf("ColumnDef" in each ? each.ColumnDef.location : -1));
        expect(places.map((at, position) => sql.startsWith(columns[position] ?? "?", at))).toEqual(
          columns.map(() => true),
        );
      }),
    );
  });

  it("never fails on any text, and keeps to it", () => {
    const part = fc.constantFrom(
      "'",
      '"',
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
      "\0",
      "\ud800",
      "select 1;",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
        const sql = parts.join("");
        let at = 0;
        for (const { start, end, node, problem } of parseScript(sql).statements) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(node === null).toBe(problem !== null);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(sql.length);
      }),
    );
  });

  it("reads a script that is longer than a piece like a short one", () => {
    const statements = Array.from({ length: 40_000 }, (_, n) => `insert into t${n} values ('${"é".repeat(20)};')`);
    const sql = `${statements.join(";\n")};`;
    const parsed = parseScript(sql);
    expect(parsed.statements.length).toBe(statements.length);
    expect(textsOf(sql, parsed.statements)).toEqual(statements);
    expect(parsed.statements.every(({ node }) => node !== null && "InsertStmt" in node)).toBe(true);
  });
});

describe("the statements of scripts that people wrote", () => {
  const files = ["demo", "test"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".sql"))
      .map((name) => `${folder}/${name}`),
  );

  it("are found", () => expect(files.length).toBeGreaterThan(20));

  it.each(files)("are the same cut and parsed: %s", (file) => {
    const sql = readFileSync(file, "utf8");
    const { statements } = parseScript(sql);
    expect(textsOf(sql, statements)).toEqual(textsOf(sql, cutScript(sql).statements));
  });
});
