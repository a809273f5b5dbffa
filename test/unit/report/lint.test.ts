import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { LintFinding, LintResult } from "../../../src/model/lint.js";
import { lintHeadline, lintJsonSchema, lintReporters, lintSchema } from "../../../src/report/index.js";
import { expectGolden } from "../../support/golden.js";

const finding = (parts: Partial<LintFinding>): LintFinding => ({
  ...{ code: "CREATE_INDEX_BLOCKS_WRITES", severity: "warning", migration: "1_a", file: "1_a/migration.sql", line: 3 },
  ...{ statement: "create index i on t (a)", sqlstate: null, message: "i on t keeps writes out while it is built" },
  ...{ why: "It takes a lock.", fix: "Use another way.", hazards: [{ kind: "lock", lock: "SHARE", subject: "t" }] },
  ...parts,
});

function result(findings: readonly LintFinding[], parts: Partial<LintResult> = {}): LintResult {
  const count = (severity: string) => findings.filter((each) => each.severity === severity).length;
  return {
    ...{ formatVersion: 1, tool: { name: "schemaready", version: "1.2.3" }, directory: "db/migrations" },
    ...{ migrationTool: "prisma", migrations: 2, newMigrations: null, replayed: true, findings, arrangements: [] },
    summary: { errors: count("error"), warnings: count("warning"), notes: count("note") },
    ...parts,
  };
}

const ALL = [
  finding({ code: "MIGRATION_LOCK_MISSING", migration: null, file: null, line: null, statement: null, hazards: [] }),
  finding({
    code: "NOT_READ",
    migration: null,
    file: "stray.sql",
    line: null,
    statement: null,
    message: "is not read",
  }),
  finding({}),
  finding({ line: 4, message: "j on t keeps writes out while it is built" }),
  finding({ code: "NOT_GUARDED", severity: "note", line: 4, message: "a second run fails here" }),
  finding({
    ...{ code: "DUPLICATE_OBJECT", severity: "error", line: 9, sqlstate: "42P07", statement: "create table t (a int)" },
    ...{ message: 'PostgreSQL says: relation "t" already exists (42P07)', hazards: [] },
  }),
  finding({
    code: "DROP_COLUMN",
    migration: "2",
    file: "sub/x.sql",
    line: 1,
    message: "t.a is dropped with its values",
  }),
];
const options = { colour: false, width: 80, notes: false };
const HOSTILE = "a\n::error::x\u001b[2J\u202e%0A,b:c\r";

describe("text", () => {
  it("groups by migration, errors first, and says the same thing once", () => {
    const text = lintReporters.text(result(ALL, { arrangements: ["role app was created"] }), options);
    expectGolden(text, new URL("golden/lint.txt", import.meta.url));
    expect(lintHeadline(result(ALL))).toBe(
      text.split("\n")[0]?.replace(/ in$/, " in 2 migrations of prisma (replayed)"),
    );
  });

  it("prints notes when they are asked for", () => {
    expect(lintReporters.text(result(ALL), { ...options, notes: true })).toContain("NOT_GUARDED");
    expect(lintReporters.text(result(ALL), options)).toContain("1 note not shown (--notes)");
  });

  it("is one line when there is nothing to say", () => {
    const nothing = result([], { directory: ".", newMigrations: 1, replayed: false });
    expect(lintReporters.text(nothing, { ...options, width: 100 })).toBe(
      "PASS  .: nothing found in 2 migrations of prisma, 1 of them new (not replayed)\n",
    );
  });

  it("shows the first of many, and the lines of the others; errors all", () => {
    const many = Array.from({ length: 40 }, (_, at) => finding({ line: at + 1, message: `number ${at + 1} of many` }));
    const text = lintReporters.text(result(many), options);
    expect(text).toContain("line 8: number 8 of many\n           and 32 more, in lines 9, 10,");
    const errors = many.map((each) => ({ ...each, severity: "error" as const }));
    expect(lintReporters.text(result(errors), options)).toContain("number 40 of many");
  });

  it("lets nothing hostile through, and fits the width", () => {
    const hostile = finding({
      migration: HOSTILE,
      file: `${HOSTILE}/m.sql`,
      message: HOSTILE,
      statement: HOSTILE,
      severity: "error",
    });
    const text = lintReporters.text(result([hostile], { directory: HOSTILE }), { ...options, width: 40 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^::/m);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});

describe("github", () => {
  it("is one command for each finding, with the path from the root of the repository", () => {
    expect(lintReporters.github(result(ALL), options).split("\n")).toEqual([
      expect.stringMatching(/^::warning title=MIGRATION_LOCK_MISSING::/),
      "::warning file=db/migrations/stray.sql,title=NOT_READ::is not read%0AWhy: It takes a lock.%0ATo do: Use another way.",
      expect.stringMatching(
        /^::warning file=db\/migrations\/1_a\/migration.sql,line=3,title=CREATE_INDEX_BLOCKS_WRITES::i on t/,
      ),
      expect.stringMatching(/,line=4,/),
      expect.stringMatching(
        /^::error file=db\/migrations\/1_a\/migration.sql,line=9,title=DUPLICATE_OBJECT::PostgreSQL says: /,
      ),
      expect.stringMatching(/^::warning file=db\/migrations\/sub\/x.sql,/),
      "",
    ]);
    expect(lintReporters.github(result(ALL), { ...options, notes: true })).toContain("::notice file=");
    expect(lintReporters.github(result([]), options)).toBe("");
  });

  it.each([
    ["./db/m/", "db/m/1_a/migration.sql"],
    [".", "1_a/migration.sql"],
    ["../other", "../other/1_a/migration.sql"],
    ["db\\m", "db/m/1_a/migration.sql"],
    ["/abs/m", "/abs/m/1_a/migration.sql"],
  ])("joins %s with the file", (directory, path) => {
    expect(lintReporters.github(result([finding({})], { directory }), options)).toContain(`file=${path},line=3`);
  });

  it("escapes what would begin another command or another property", () => {
    const hostile = finding({ file: "a,b:c%\n::error::x/m.sql", message: HOSTILE });
    const text = lintReporters.github(result([hostile]), options);
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text).toContain("file=db/migrations/a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax/m.sql,line=3,");
    const coloured = lintReporters.github(result([finding({ file: "\u001b[31mred.sql" })]), options);
    expect(coloured).toContain("file=db/migrations/\\u{1b}[31mred.sql,");
    expect(text).toContain("::a\\n::error::x\\u{1b}[2J\\u{202e}%250A,b:c\\r%0AWhy: ");
  });
});

describe("json", () => {
  it("is what the schema says, notes included", () => {
    const json: unknown = JSON.parse(lintReporters.json(result(ALL), options));
    expect(json).toEqual(result(ALL));
    expect(lintSchema.parse(json)).toEqual(json);
    const validate = new Ajv2020({ allErrors: true }).compile(lintJsonSchema());
    validate(json);
    expect(validate.errors).toBeNull();
    expect(validate({ ...result(ALL), findings: [{ code: "NO_SUCH_CODE" }] })).toBe(false);
  });
});
