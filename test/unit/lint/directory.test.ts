import { describe, expect, it } from "vitest";
import { lintMigrations } from "../../../src/lint/index.js";
import { MIGRATION_WARNING_CODES } from "../../../src/model/migrations.js";
import type { ReplayFailure } from "../../../src/model/replay-failure.js";
import { loadGrammar } from "../../../src/sql/index.js";
import { directoryOf, filesOf, type LintOptions, lint } from "./support.js";

const A = "20250101000000_a";
const B = "20250102000000_b";
const C = "20250103000000_c";
const short = (folder: Record<string, string>, options: LintOptions = {}) =>
  lint(folder, options).map(
    ({ severity, code, migration, file }) => `${severity} ${code} ${migration ?? "-"} ${file ?? "-"}`,
  );

describe("warnings of the reader", () => {
  it.each(MIGRATION_WARNING_CODES)("%s has words of its own", (code) => {
    const [found] = lint({ [A]: "" }, { warnings: [{ code, file: `${A}/migration.sql`, message: "is odd" }] });
    expect(found).toMatchObject({ code, migration: A, message: "is odd", line: null });
    expect(Math.min(found?.why.length ?? 0, found?.fix.length ?? 0)).toBeGreaterThan(10);
  });

  it("stand before everything when they belong to no migration, else with it", () => {
    const warnings = [
      { code: "EMPTY_MIGRATION", file: `${B}/migration.sql`, message: "" },
      { code: "MIGRATION_FILE_MISSING", file: "20240101000000_x", message: "" },
      { code: "MIGRATION_LOCK_MISSING", file: null, message: "" },
    ] as const;
    expect(short({ [A]: "creat", [B]: "" }, { warnings })).toEqual([
      "error MIGRATION_FILE_MISSING - 20240101000000_x",
      "warning MIGRATION_LOCK_MISSING - -",
      `error SYNTAX_ERROR ${A} ${A}/migration.sql`,
      `warning EMPTY_MIGRATION ${B} ${B}/migration.sql`,
    ]);
  });
});

describe("names", () => {
  it.each([
    ["as Prisma makes them", { [A]: "", "0_init": "", "00000000000000_init": "" }, []],
    [
      "off the pattern",
      { "20250625_x": "", init: "" },
      ["note ODD_NAME 20250625_x 20250625_x/migration.sql", "note ODD_NAME init init/migration.sql"],
    ],
    [
      "that shells split",
      { "20250101000000_a b": "" },
      ["warning ODD_NAME 20250101000000_a b 20250101000000_a b/migration.sql"],
    ],
    [
      "with one number",
      { [A]: "", "20250101000000_b": "" },
      ["warning DUPLICATE_VERSION 20250101000000_b 20250101000000_b/migration.sql"],
    ],
  ])("%s", (_, folder, expected) => {
    expect(short(folder)).toEqual(expected);
  });

  it("say once that many have one number", () => {
    const series = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`20250101000000_${name}`, ""]));
    const [found, ...others] = lint(series);
    expect(others).toEqual([]);
    expect(found?.message).toBe(
      "has the same number (20250101000000) as 20250101000000_a, and so have 2 more: their order is that of the rest of the name",
    );
    expect(short({ "20250101_a": "", "20250101_b": "" })).toContain(
      "note DUPLICATE_VERSION 20250101_b 20250101_b/migration.sql",
    );
  });

  it("of other tools are their own business, but for characters that surprise", () => {
    expect(short({ "V1__a.sql": "", "R__view.sql": "" }, { tool: "flyway" })).toEqual([]);
    expect(short({ "1_a.sql": "", "1_b.sql": "" }, { tool: "knex" })).toEqual([
      "warning DUPLICATE_VERSION 1_b.sql 1_b.sql",
    ]);
    expect(short({ "1_a\u202eb.sql": "" }, { tool: "goose" })[0]).toMatch(/^warning ODD_NAME/);
    expect(short({ "1_añadir,+.sql": "" }, { tool: "goose" })).toEqual([]);
  });
});

describe("against an earlier contract", () => {
  const before = filesOf(directoryOf({ [A]: "create table a (b int);\n", [B]: "select 1;\n" }));
  it("says nothing about what is the same, and looks at new migrations only", () => {
    const now = { [A]: "create table a (b int);\n", [B]: "select 1;\n", [C]: "create index on a (b)" };
    expect(short(now, { known: before })).toEqual([
      `warning CREATE_INDEX_BLOCKS_WRITES ${C} ${C}/migration.sql`,
      `note NOT_GUARDED ${C} ${C}/migration.sql`,
    ]);
    expect(short(now, { known: before, everything: true })).toContain(`note NOT_GUARDED ${A} ${A}/migration.sql`);
  });

  it("knows that new migrations are deployed together", () => {
    const now = {
      [A]: "create table a (b int);\n",
      [B]: "select 1;\n",
      [C]: "create table c (d int)",
      "20250104000000_d": "create index on c (d)",
    };
    expect(short(now, { known: before }).filter((text) => !text.startsWith("note"))).toEqual([]);
    expect(short(now).filter((text) => !text.startsWith("note"))).toEqual([
      "warning CREATE_INDEX_BLOCKS_WRITES 20250104000000_d 20250104000000_d/migration.sql",
    ]);
  });

  it("says what was edited, what is gone, and what was squeezed in", () => {
    const now = { "20241231000000_new": "", [A]: "create table a (b bigint);\n" };
    expect(short(now, { known: before })).toEqual([
      `error MIGRATION_FILE_MISSING - ${B}/migration.sql`,
      "warning OUT_OF_ORDER 20241231000000_new 20241231000000_new/migration.sql",
      `error EDITED_FILE ${A} ${A}/migration.sql`,
    ]);
  });

  it("takes other line ends for the same file, and says so as a note", () => {
    const now = { [A]: "create table a (b int);\r\n", [B]: "select 1;\n" };
    expect(short(now, { known: before })).toEqual([`note LINE_ENDS_DIFFER ${A} ${A}/migration.sql`]);
  });

  it("does not take Flyway's repeatable migrations for old ones that a new one stands before", () => {
    const known = filesOf(directoryOf({ "V1__a.sql": "", "R__v.sql": "" }, { tool: "flyway" }));
    expect(short({ "V1__a.sql": "", "V2__b.sql": "", "R__v.sql": "" }, { known, tool: "flyway" })).toEqual([]);
  });
});

describe("with a replay", () => {
  const refusal = (parts: Partial<ReplayFailure>): ReplayFailure => ({
    ...{ migration: A, file: `${A}/migration.sql`, line: 1, statement: "creat x", sqlstate: "42601" },
    ...{ message: 'syntax error at or near "creat"', code: "STATEMENT_FAILED", diagnosis: "It cannot be read." },
    ...parts,
  });
  const replayed = async (folder: Record<string, string>, refused: readonly ReplayFailure[]) => {
    const directory = directoryOf(folder);
    const input = { directory, grammar: await loadGrammar(), schema: "public", files: filesOf(directory) };
    return lintMigrations({ ...input, known: null, everything: false, refused }).findings;
  };

  it("says once what both see, with the server's words", async () => {
    const findings = await replayed({ [A]: "creat x" }, [refusal({})]);
    expect(findings).toMatchObject([
      { code: "STATEMENT_FAILED", severity: "error", sqlstate: "42601", why: "It cannot be read." },
    ]);
  });

  it("believes the server that took what the grammar refuses", async () => {
    expect(await replayed({ [A]: "creat x" }, [])).toMatchObject([{ code: "SYNTAX_ERROR", severity: "note" }]);
  });

  it("keeps what is said of another line", async () => {
    const findings = await replayed({ [A]: "select 1;\nvacuum;" }, [
      refusal({ code: "NOT_IN_TRANSACTION", line: 1, sqlstate: "25001" }),
    ]);
    expect(findings.map(({ code, line }) => [code, line])).toEqual([
      ["NOT_IN_TRANSACTION", 1],
      ["NOT_IN_TRANSACTION", 2],
    ]);
  });
});
