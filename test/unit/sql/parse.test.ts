import { describe, expect, it } from "vitest";
import { loadGrammar } from "../../../src/sql/index.js";

const { parseScript } = await loadGrammar();
const textsOf = (sql: string) => parseScript(sql).statements.map(({ start, end }) => sql.slice(start, end));

describe("parseScript", () => {
  it.each<[string, string, string[]]>([
    ["comments around", "-- a; b\nselect 1 /* ; /* ; */ ; */ ; select 2 -- ;", ["select 1", "select 2"]],
    ["nothing", " ; ;; -- x", []],
    ["an empty text", "", []],
    ["a byte order mark", "\ufeffselect 1; select 2", ["select 1", "select 2"]],
    ["only a byte order mark", "\ufeff", []],
    ["line ends of Windows", "select 1;\r\n-- x\r\nselect 2;\r\n", ["select 1", "select 2"]],
    ["characters of several bytes", "select 'é\u{1f600}'; select 2 as ü;", ["select 'é\u{1f600}'", "select 2 as ü"]],
    ["commands of psql", "\\restrict abc'\nselect 1;\n\\connect a b\nselect 2", ["select 1", "select 2"]],
    ["rows", "copy t from stdin;\n1;'\t\\N\n\\.\nselect 2;", ["select 2"]],
  ])("%s", (_, sql, expected) => {
    expect(textsOf(sql)).toEqual(expected);
  });

  it("refuses only the statement with the mistake", () => {
    const sql = "-- ü\ncreate table a (id int);\ncreate tabel b ();\nselect 'é'; drop table c";
    const { statements } = parseScript(sql);
    expect(statements.map(({ node }) => node && Object.keys(node)[0])).toEqual([
      "CreateStmt",
      null,
      "SelectStmt",
      "DropStmt",
    ]);
    const problem = statements[1]?.problem;
    expect(problem?.message).toBe('syntax error at or near "tabel"');
    expect(sql.slice(problem?.at)).toMatch(/^tabel b/);
  });

  it("turns places in trees into places in the script", () => {
    for (const bad of ["", "oops;"]) {
      const sql = `/* \u{1f600}é */ select 1;${bad} create table "é" (ü int, b int);`;
      const statement = parseScript(sql).statements.at(-1);
      const node = statement?.node;
      if (node === null || node === undefined || !("CreateStmt" in node)) throw new Error("no CREATE TABLE");
      const [, second] = node.CreateStmt.tableElts ?? [];
      if (second === undefined || !("ColumnDef" in second)) throw new Error("no column");
      expect(sql.slice(statement?.offsetOf(second.ColumnDef.location))).toBe("b int);");
      expect(sql.slice(statement?.offsetOf(node.CreateStmt.relation?.location))).toMatch(/^"é"/);
      expect(statement?.offsetOf(-1)).toBe(statement?.start);
    }
  });
});

describe("loadGrammar", () => {
  it("says what to do when the package is not there", async () => {
    const absent = () => Promise.reject(new Error("Cannot find package 'libpg-query'\nmore"));
    await expect(loadGrammar(absent)).rejects.toMatchObject({
      code: "PARSER_UNAVAILABLE",
      exitCode: 3,
      message: expect.stringMatching(/Cannot find package 'libpg-query'$/),
    });
  });
});
