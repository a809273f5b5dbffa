import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { definitionProblem, expressionProblem, scanSql } from "../../../src/expect/text/sql-scan.js";
import { didYouMean, editDistance, nearest, suggestionIn } from "../../../src/model/suggest.js";

describe("did you mean", () => {
  it.each([
    ["relatons", ["relations", "features"], "relations"],
    ["userid", ["userId", "user_id"], "userId"],
    ["id", ["userId", "name"], null],
    ["teh", ["the", "tea"], "the"],
    ["x".repeat(200), ["x".repeat(199)], null],
    ["users", [], null],
  ])("%s among %j: %s", (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  it("counts a swap of neighbours as one edit", () => {
    expect(editDistance("form", "from")).toBe(1);
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("", "abc")).toBe(3);
  });

  it("counts no further than is asked", () => {
    expect(editDistance("relations", "relatoins", 4)).toBe(1);
    expect(editDistance("x".repeat(80), "y".repeat(80), 4)).toBe(4);
    expect(editDistance("abcdef", "bcdefghi", 3)).toBe(3);
    fc.assert(
      fc.property(fc.stringMatching(/^[ab]{0,8}$/), fc.stringMatching(/^[ab]{0,8}$/), fc.nat(8), (a, b, enough) => {
        expect(editDistance(a, b, enough)).toBe(Math.min(editDistance(a, b), enough));
      }),
    );
  });

  it("is not asked among more than 300 names", () => {
    const names = (count: number) => Array.from({ length: count }, (_, i) => `table_${i}`);
    expect(nearest("table_1x", names(300))).toBe("table_1");
    expect(nearest("table_1x", names(301))).toBeNull();
  });

  it("can be read back out of a message", () => {
    const name = 'a "quoted"\nname';
    expect(suggestionIn(`unknown${didYouMean('a "quoted"\nnames', [name])}`)).toBe(name);
    expect(suggestionIn("unknown")).toBeNull();
  });
});

describe("SQL text that is one column definition", () => {
  it.each([
    "text not null default 'a,b;c'",
    "numeric(10,2) default round(1.005, 2)",
    "int[] default array[1,2]",
    "text collate \"de,DE\" check (x in ('a', 'b'))",
    "text default E'it\\'s; ok'",
    "text default E'a'\n'\\', b'",
    "text default E'a' -- c '\r\n \n'\\'' -- d\n'\\', '",
    "text default 'a'\n'\\'",
    "text default (E'a'\n) collate \"x\"",
    "text default $q$ ; , ) $q$",
    "text default $$it's$$",
    "text -- a comment, with; everything (",
    "text /* a /* nested ; , */ comment */ not null",
    "text default 'it''s'",
    "jsonb default '{\"a\": [1, 2]}'",
    "text references other (id) on delete cascade",
    "int generated always as (a + b) stored",
    "bit(3) default B'101'",
    '"odd;,(type" not null',
  ])("%s", (text) => {
    expect(definitionProblem(text)).toBeNull();
  });
});

describe("SQL text that is more than one column definition", () => {
  it.each([
    ["text, add column x int", 'there is a "," in it, and only one definition can stand here'],
    ["text; drop table users", 'there is a ";" in it, and only one piece of SQL can stand here'],
    ["text default 'open", `"'" is not closed`],
    ["text default E'open\\'", `"E'" is not closed`],
    ['text collate "open', '"\\"" is not closed'],
    ["text default $a$ open $b$", '"$a$" is not closed'],
    ["text /* open /* */", '"/*" is not closed'],
    ["text check (a > 0", '"(" is not closed'],
    ["text) , (x int", '")" closes nothing'],
    ["int default array[1)", '")" closes nothing'],
    ["int default $1", "there is a parameter $1 in it, and nothing that could fill it"],
    [
      "text default E'a'\n'\\' ', add column evil text /* ' */",
      'there is a "," in it, and only one definition can stand here',
    ],
    [
      "text default E'a' -- b\n  '\\' ', add column evil text -- '",
      'there is a "," in it, and only one definition can stand here',
    ],
    ["text default E'a'\n'\\'", `"'" is not closed`],
    ["text default 'a' -- '\n, add column x int", 'there is a "," in it, and only one definition can stand here'],
    ["text default 'a\\', add column x text", 'there is a "," in it, and only one definition can stand here'],
  ])("%s", (text, problem) => {
    expect(definitionProblem(text)).toBe(problem);
  });
});

describe("scanning SQL", () => {
  it("tells expressions that end their parenthesis early", () => {
    expect(expressionProblem("true) or (true")).toBe('")" closes nothing');
    expect(expressionProblem("a in (1, 2)")).toBeNull();
    expect(expressionProblem("a, b")).toBe('there is a "," in it, and only one expression can stand here');
  });

  it("gives words, parts and parameters outside of quotes", () => {
    const scan = scanSql("Text NOT null default 'on delete' References t (on delete) ON /* x */ DELETE cascade");
    expect(scan.words.join(" ")).toBe("text not null default references t on delete cascade");
    expect(scanSql('text, numeric(10,2), "a,b"').parts).toEqual(["text", "numeric(10,2)", '"a,b"']);
    expect([...scanSql("select $1, '$2', $13, \"$4\", a$5").parameters]).toEqual([1, 13]);
  });

  it("takes quoted text of every kind as a whole", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const literal = `'${text.replaceAll("'", "''")}'`;
        const identifier = `"${text.replaceAll('"', '""')}"`;
        expect(definitionProblem(`text default ${literal} collate ${identifier}`)).toBeNull();
        expect(definitionProblem(`text default ${literal}, ${identifier}`)).not.toBeNull();
      }),
    );
  });

  it("never throws, and is fast on long text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => scanSql(text).parts.length > 0));
    const long = `text default '${"''".repeat(500_000)}'`;
    expect(definitionProblem(long)).toBeNull();
  });
});
