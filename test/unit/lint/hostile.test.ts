import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf, lineFinder } from "../../../src/lint/excerpt.js";
import { lint } from "./support.js";

const WORDS = [
  "create",
  "table",
  "alter",
  "drop",
  "index",
  "type",
  "if",
  "not",
  "exists",
  "null",
  "add",
  "column",
  "users",
  '"Us""er"',
  "public.",
  "(",
  ")",
  ",",
  ";",
  "'a'",
  "$$",
  "begin",
  "commit",
  "set",
  "default",
  "now()",
  "constraint",
  "check",
  "foreign",
  "key",
  "references",
  "--",
  "/*",
  "*/",
  "\n",
  "\r\n",
  "\\.",
  "as",
  "enum",
  "rename",
  "to",
  "concurrently",
  "on",
  "only",
  "cascade",
  "update",
  "delete",
  "from",
  "where",
  "truncate",
  "lock",
  "vacuum",
  "full",
  "é",
  "😀",
  "\u0000",
];
const sqlText = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(" "));

describe("lint of any text", () => {
  it("never throws, and gives lines that the script has", () => {
    fc.assert(
      fc.property(fc.oneof(sqlText, fc.string({ unit: "binary" })), (sql) => {
        for (const { line } of lint({ a: "create table users (a int)", b: sql })) {
          expect(line === null || (line >= 1 && line <= sql.split("\n").length)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives the same findings with every kind of line end, in the same lines", () => {
    const sql =
      "create table a (b int);\n\n-- x\ncreate index on users (a);\nalter table users\n  drop column c,\n  add d int not null;\n";
    const found = (text: string) =>
      lint({ a: "create table users (a int)", b: text }).map(({ code, line }) => `${code}:${line}`);
    expect(found(sql)).toContain("CREATE_INDEX_BLOCKS_WRITES:4");
    expect(found(sql)).toContain("ADD_COLUMN_NOT_NULL:7");
    expect(found(sql.replaceAll("\n", "\r\n"))).toEqual(found(sql));
  });

  it("takes a script of thousands of statements in reasonable steps", () => {
    const sql = Array.from(
      { length: 3000 },
      (_, at) => `create table t${at} (a int); create index i${at} on t${at} (a);`,
    ).join("\n");
    expect(lint({ a: sql }).filter(({ severity }) => severity !== "note")).toEqual([]);
  });
});

describe("a script with very many rows", () => {
  it("is looked through", () => {
    const rows = Array.from({ length: 150_000 }, (_, at) => `(${at})`).join(",");
    const sql = `alter type mood add value 'new'; insert into t values ${rows}; select 'new'::mood`;
    expect(lint({ a: sql }).map(({ code }) => code)).toContain("ENUM_VALUE_IN_TRANSACTION");
  });
});

describe("the line of an offset", () => {
  it("is that of a count of line feeds", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "\n", "\r") }),
        fc.nat(50),
        fc.nat(9),
        (sql, at, firstLine) => {
          const offset = Math.min(at, sql.length);
          expect(lineFinder({ sql, firstLine })(offset)).toBe(firstLine + sql.slice(0, offset).split("\n").length - 1);
        },
      ),
    );
  });
});

describe("an excerpt", () => {
  it.each([
    ["create role a login password 'hunter22'", "create role a login password '[redacted]'"],
    ["alter user a PASSWORD  E'it''s'", "alter user a PASSWORD '[redacted]'"],
    [
      "create subscription s connection 'host=h password=hunter22 user=u' publication p",
      "create subscription s connection 'host=h password=[redacted] user=u' publication p",
    ],
    ["select dblink('postgresql://u:hunter22@h/d')", "select dblink('postgresql://u:[redacted]@h/d')"],
    [
      "create user mapping for a server b options (user 'u', password 'hunter22')",
      "create user mapping for a server b options (user 'u', password '[redacted]')",
    ],
    ["alter table users add column password text not null", "alter table users add column password text not null"],
  ])("shows no password: %s", (sql, text) => {
    expect(excerptOf(sql)).toBe(text);
  });

  it("is short and on one line", () => {
    expect(excerptOf(`select\n\t1,\r\n${"x".repeat(9999)}`)).toMatch(/^select 1, x{190} \.\.\.$/);
    expect(excerptOf("😀".repeat(300))).not.toMatch(/\p{Surrogate}/u);
  });

  it("shows no password in the findings either", () => {
    expect(lint({ a: "create role a password 'hunter22'" }).map(({ code }) => code)).toContain("NOT_GUARDED");
    expect(
      JSON.stringify(lint({ a: "create role a password 'hunter22'; creat role b password 'hunter22'" })),
    ).not.toContain("hunter22");
  });
});
