import { describe, expect, it } from "vitest";
import type { MigrationTool } from "../../../../src/model/migrations.js";
import { firstLineOf, names, problems, read, tree, warnings } from "./support.js";

const DOLLARS = (marker: string) =>
  `CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\n${marker}\nSELECT 'x; y'\n$$;`;

describe.each([
  ["dbmate", "-- migrate:up", "-- migrate:down", "20240101000000"],
  ["goose", "-- +goose Up", "-- +goose Down", "20240101000000"],
  ["node-pg-migrate", "-- Up Migration", "-- Down Migration", "20240101000000_cats"],
] as const)("%s", (tool, up, down, name) => {
  const file = "20240101000000_cats.sql";

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
  ])("takes the up part with its line (%s)", async (_, newline) => {
    const content = ["-- about cats", "", up, "CREATE TABLE cats (id int);", down, "DROP TABLE cats;", ""].join(
      newline,
    );
    const directory = await read(tool, { [file]: content });
    expect(directory.scripts).toEqual([
      {
        name,
        file,
        sql: `CREATE TABLE cats (id int);${newline}`,
        firstLine: 4,
        transaction: "transaction",
        checksum: null,
      },
    ]);
    expect(firstLineOf(content, 4)).toBe(directory.scripts[0]?.sql.replace(/\n$/, ""));
    expect(directory.warnings).toEqual([]);
  });

  it("takes no marker from inside a dollar quote, and says that the tool may", async () => {
    const directory = await read(tool, { [file]: `${up}\n${DOLLARS(down)}\nSELECT 2;\n${down}\nSELECT 3;\n` });
    expect(directory.scripts[0]?.sql).toBe(`${DOLLARS(down)}\nSELECT 2;\n`);
    expect(warnings(directory)).toEqual([`MARKER_IN_TEXT ${file}`]);
    expect(directory.warnings[0]?.message).toMatch(/^line 3 looks like/);
  });

  it("says when the up part is empty, and keeps the migration", async () => {
    const directory = await read(tool, { [file]: `${up}\n-- nothing\n${down}\nSELECT 1;\n` });
    expect(names(directory)).toEqual([name]);
    expect(warnings(directory)).toEqual([`EMPTY_MIGRATION ${file}`]);
  });

  it("reads a file whose last line is the marker", async () => {
    const directory = await read(tool, { [file]: `${up}\nSELECT 1;\n${down}` });
    expect(directory.scripts[0]?.sql).toBe("SELECT 1;\n");
  });

  it("says which files it does not read", async () => {
    const directory = await read(tool, {
      [file]: `${up}\nSELECT 1;\n${down}\n`,
      "20240102000000_dogs.go": "",
      "x.md": "",
    });
    expect(warnings(directory)).toEqual(["NOT_READ 20240102000000_dogs.go"]);
  });
});

describe("dbmate", () => {
  it("leaves out BEGIN for transaction:false and still sends the part whole", async () => {
    const directory = await read("dbmate", {
      "1_a.sql": "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a);\n-- migrate:down\n",
      "2_b.sql": "-- migrate:up transaction:true\nSELECT 1;\n-- migrate:down transaction:false\n",
    });
    expect(directory.scripts.map(({ transaction }) => transaction)).toEqual(["script", "transaction"]);
  });

  it("reads several pairs of parts, each with its line", async () => {
    const content =
      "-- migrate:up\nSELECT 1;\n-- migrate:down\n-- migrate:up transaction:false\nSELECT 2;\n-- migrate:down\n";
    const { scripts } = await read("dbmate", { "1_a.sql": content });
    expect(scripts.map(({ name, sql, firstLine, transaction }) => [name, sql, firstLine, transaction])).toEqual([
      ["1", "SELECT 1;\n", 2, "transaction"],
      ["1", "SELECT 2;\n", 5, "script"],
    ]);
  });

  it("sorts by file name, as dbmate does", async () => {
    const part = "-- migrate:up\nSELECT 1;\n-- migrate:down\n";
    expect(names(await read("dbmate", { "9_a.sql": part, "10_b.sql": part }))).toEqual(["10", "9"]);
  });

  it("refuses what dbmate refuses, everything at once", async () => {
    const directory = tree({
      "1_a.sql": "SELECT 1;",
      "2_b.sql": "-- migrate:down\nSELECT 1;\n-- migrate:up\n",
      "3_c.sql": "SELECT 1;\n-- migrate:up\nSELECT 1;\n-- migrate:down\n",
      "4_d.sql": "-- migrate:up\nSELECT 1;\n-- migrate:down\n",
      "4_e.sql": "-- migrate:up\nSELECT 1;\n-- migrate:down\n",
    });
    expect(await problems("dbmate", directory)).toEqual([
      "4_e.sql: has the same version (4) as 4_d.sql",
      "1_a.sql: there is no line `-- migrate:up` in it",
      "2_b.sql: `-- migrate:down` comes before `-- migrate:up`",
      "3_c.sql: there are statements before the first marker of dbmate",
    ]);
  });

  it("says that a down part is missing", async () => {
    expect(warnings(await read("dbmate", { "1_a.sql": "-- migrate:up\nSELECT 1;\n" }))).toEqual([
      "TOOL_REFUSES 1_a.sql",
    ]);
  });
});

describe("goose", () => {
  it("sorts by number and records the number", async () => {
    const part = "-- +goose Up\nSELECT 1;\n";
    const directory = await read("goose", { "00010_b.sql": part, "9_a.sql": part });
    expect(directory.scripts.map(({ name, file }) => [name, file])).toEqual([
      ["9", "9_a.sql"],
      ["10", "00010_b.sql"],
    ]);
  });

  it("runs statement by statement for NO TRANSACTION, wherever it stands", async () => {
    const { scripts } = await read("goose", {
      "1_a.sql": "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;\n",
    });
    expect(scripts.map(({ transaction, firstLine }) => [transaction, firstLine])).toEqual([["none", 3]]);
  });

  it("keeps annotated statements and says when one has no end that goose accepts", async () => {
    const block = "-- +goose StatementBegin\nDO $x$ BEGIN PERFORM 1; END $x$\n-- +goose StatementEnd\n";
    const directory = await read("goose", {
      "1_a.sql": `-- +goose Up\n${block}-- +goose Down\n`,
      "2_b.sql": `-- +goose Up\n${block}SELECT 1 -- semicolon;\n-- +goose Down\n`,
    });
    expect(directory.scripts[0]?.sql).toBe(block);
    expect(warnings(directory)).toEqual(["TOOL_REFUSES 2_b.sql"]);
  });

  it("refuses what goose refuses", async () => {
    const directory = tree({
      "1_a.sql": "SELECT 1;",
      "2_b.sql": "-- +goose Down\nSELECT 1;\n-- +goose Up\n",
      "3_c.sql": "-- +goose Up\n-- +goose Up\n",
      "4_d.sql": "-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n",
      "5_e.sql": "SELECT 1;\n-- +goose Up\nSELECT 1;\n",
    });
    expect(await problems("goose", directory)).toEqual([
      "1_a.sql: there is no line `-- +goose Up` in it",
      "2_b.sql: `-- +goose Down` comes before `-- +goose Up`",
      "3_c.sql: there are two lines `-- +goose Up` in it",
      "4_d.sql: `-- +goose StatementBegin` and `-- +goose StatementEnd` do not come in pairs",
      "5_e.sql: there are statements before `-- +goose Up`",
    ]);
  });
});

describe("node-pg-migrate", () => {
  it("runs a file without markers whole, also the up part behind the down part", async () => {
    const directory = await read("node-pg-migrate", {
      "1700000000000_a.sql": "SELECT 1;",
      "1700000000001_b.sql": "-- Down Migration\nSELECT 2;\n---- up   migration, please\nSELECT 3;\n",
    });
    expect(directory.scripts.map(({ name, sql, firstLine }) => [name, sql, firstLine])).toEqual([
      ["1700000000000_a", "SELECT 1;", 1],
      ["1700000000001_b", "SELECT 3;\n", 4],
    ]);
    expect(directory.warnings).toEqual([]);
  });

  it("runs the down part too when there is no up marker, as the tool does, and says so", async () => {
    const content = "SELECT 1;\n-- Down Migration\nSELECT 2;\n";
    const directory = await read("node-pg-migrate", { "1_a.sql": content });
    expect(directory.scripts[0]?.sql).toBe(content);
    expect(warnings(directory)).toEqual(["DOWN_PART_RUNS 1_a.sql"]);
  });
});

it.each(["dbmate", "goose", "node-pg-migrate"] satisfies MigrationTool[])(
  "%s wants at least one file",
  async (tool) => {
    expect(await problems(tool, tree({ "x.md": "" }))).toEqual([`.: there is no migration of ${tool} in it`]);
  },
);
