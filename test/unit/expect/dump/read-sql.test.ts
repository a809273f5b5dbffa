import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../../src/errors/index.js";
import { readSql } from "../../../../src/expect/dump/index.js";
import { loadGrammar } from "../../../../src/sql/index.js";

const grammar = await loadGrammar();

function problemsOf(content: string | Buffer): string[] {
  try {
    readSql("dump.sql", Buffer.from(content), grammar);
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    expect(error).toMatchObject({
      code: "SQL_FILE",
      message: "dump.sql cannot be taken for the schema of a database.",
    });
    return error.problems.map(({ place, message }) => `${place}: ${message}`);
  }
  return [];
}

const read = (text: string) => readSql("dump.sql", Buffer.from(text), grammar);

describe("a file of SQL", () => {
  it("keeps its lines when something is left out", () => {
    const sql =
      "create table a (b int);\nGRANT SELECT\n  ON a TO x;\nCOPY a (b) FROM stdin;\n1\n\\N\n\\.\n\ncreate view c as select 1;\n";
    const text = read(sql);
    expect(text.split("\n").map((line) => line.trim())).toEqual([
      "create table a (b int);",
      "",
      ";",
      "",
      "",
      "",
      "",
      "",
      "create view c as select 1;",
      "",
    ]);
    expect(text.length).toBe(sql.length);
  });

  it("loses only those drops that come before everything", () => {
    const text = read("alter table a drop constraint b;\ndrop table a;\ncreate table a (b int);\ndrop table c;\n");
    expect(text.split("\n").map((line) => line.trim())).toEqual([
      ";",
      ";",
      "create table a (b int);",
      "drop table c;",
      "",
    ]);
    expect(read("drop table a;")).toBe("drop table a;");
  });

  it.each([
    ["UTF-8 with a mark", Buffer.from("\ufeffcreate table ä ();")],
    ["UTF-16, as PowerShell writes it", Buffer.from("\ufeffcreate table ä ();", "utf16le")],
    ["UTF-16 the other way round", Buffer.from("\ufeffcreate table ä ();", "utf16le").swap16()],
  ])("may be %s", (_, bytes) => {
    expect(readSql("dump.sql", bytes, grammar).replace("\ufeff", "")).toBe("create table ä ();");
  });

  it.each([
    [
      "a dump in custom format",
      Buffer.from("PGDMP\u0001\u000e"),
      /^dump\.sql: it is a dump in custom format .* pg_restore --schema-only -f dump\.sql FILE$/,
    ],
    [
      "a tar archive",
      Buffer.concat([Buffer.from("toc.dat"), Buffer.alloc(250), Buffer.from("ustar\0")]),
      /tar archive .* pg_restore/,
    ],
    ["compressed", gzipSync("create table a ();"), /it is compressed: gunzip -k FILE$/],
    ["LATIN1", Buffer.from("create table \xe4 ();", "latin1"), /not UTF-8 text: dump it with pg_dump --encoding=UTF8/],
    ["no text", Buffer.from("create\0table"), /NUL characters$/],
  ])("is refused when it is %s", (_, bytes, message) => {
    expect(problemsOf(bytes)).toEqual([expect.stringMatching(message)]);
  });

  it("is refused when psql would read more than it, each with its line", () => {
    expect(
      problemsOf("\\restrict abc\ncreate table a ();\n\\ir other.sql\nselect 1 \\gexec\n\\set x 1\n\\unrestrict abc\n"),
    ).toEqual([
      "dump.sql:3: \\ir reads another file, which is not done here: give a file that holds all the SQL itself",
      "dump.sql:4: \\gexec decides in psql what is run: give a file that holds all the SQL itself",
    ]);
  });

  it("holds one database: those that make nothing do not count", () => {
    const one =
      "CREATE ROLE a;\n\\connect template1\nGRANT x TO y;\n\\connect app\ncreate table a ();\n\\c postgres\ncreate schema s;\n";
    expect(problemsOf(one)).toEqual([]);
    expect(problemsOf(`${one}create table b ();\n`)).toEqual([
      "dump.sql:6: the file holds more than one database (app, postgres): dump the one that the application uses, with pg_dump --schema-only DATABASE",
    ]);
    expect(problemsOf("create table a ();\n\\c app\ncreate table b ();\n")).toEqual([
      "dump.sql:2: the file holds more than one database (the one before \\connect, app): dump the one that the application uses, with pg_dump --schema-only DATABASE",
    ]);
  });
});
