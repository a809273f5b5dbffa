/** What `--backfill` takes: one value for rows, and nothing that reaches further. */
import { describe, expect, it } from "vitest";
import { readBackfill } from "../../../src/cli/backfill.js";
import { application, column, contractOf, relation } from "../../support/builders.js";

const contract = contractOf(application({ relations: [relation("users", [column("name"), column("email")])] }));
const read = (expression: string) => readBackfill([`public.users.name=${expression}`], contract);

describe("takes one value", () => {
  it.each([
    "'unknown'",
    "upper(email)",
    "email || '-- no comment'",
    "(SELECT min(email) FROM public.users AS other)",
    "ROW('a', 'b')",
    "'first' /* why */ || 'second'",
    "'a\\! b; c'",
    "$$x$$",
    "CASE WHEN email IS NULL THEN 'none' ELSE email END",
  ])("%s", async (expression) => {
    expect(await read(expression)).toEqual(new Map([["public.users.name", expression]]));
  });
});

describe("refuses what would reach out of its place in a statement", () => {
  it.each([
    ["a comment that takes the WHERE with it", "'x' -- for now"],
    ["a comment that does not end", "'x' /*"],
    ["a second column", "'x', \"email\" = 'y'"],
    ["a second value", "(SELECT 'a'), (SELECT 'b')"],
    ["a second statement", "'x'; DROP TABLE users"],
    ["a second statement behind a parenthesis", "'x'); DROP TABLE users; --"],
    ["a command of psql on the line", "'x' \\! touch file"],
    ["a command of psql on the next line", "'x'\n\\! touch file\n"],
    ["a subquery without its parentheses", "SELECT 'x'"],
    ["a name for the value", "'x' AS value"],
    ["another clause", "'x' FROM pg_class"],
    ["two queries", "'a' UNION SELECT 'b'"],
    ["NULL, which is no value", "null"],
    ["nothing", " "],
  ])("%s", async (_, expression) => {
    await expect(read(expression)).rejects.toMatchObject({ code: "BACKFILL", problems: [{ place: "--backfill" }] });
  });
});
