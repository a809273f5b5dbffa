import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { names, problems, read, tree, warnings } from "./support.js";

const PAIR = {
  "9_a.up.sql": "SELECT 9;",
  "9_a.down.sql": "SELECT 0;",
  "10_b.up.sql": "SELECT 10;",
  "10_b.down.sql": "",
};

describe("golang-migrate", () => {
  it("takes the up files by number, each sent whole", async () => {
    const directory = await read("golang-migrate", { ...PAIR, "000011_c.up.sql": "SELECT 11;" });
    expect(directory.scripts.map(({ name, sql, transaction }) => [name, sql, transaction])).toEqual([
      ["9", "SELECT 9;", "script"],
      ["10", "SELECT 10;", "script"],
      ["11", "SELECT 11;", "script"],
    ]);
    expect(directory.warnings).toEqual([]);
  });

  it("takes any ending of the name, as the tool does", async () => {
    const directory = await read("golang-migrate", { "1_a.up.pgsql": "SELECT 1;", "1_a.down.pgsql": "SELECT 0;" });
    expect([names(directory), directory.warnings]).toEqual([["1"], []]);
  });

  it("refuses one number twice, and says which SQL files have no number or direction", async () => {
    const directory = tree({ "1_a.up.sql": "SELECT 1;", "01_b.up.sql": "SELECT 1;" });
    expect(await problems("golang-migrate", directory)).toEqual([
      "1_a.up.sql: has the same version (1) as 01_b.up.sql",
    ]);
    expect(warnings(await read("golang-migrate", { ...PAIR, "3_c.sql": "SELECT 1;" }))).toEqual(["NOT_READ 3_c.sql"]);
  });
});

describe("sqlx", () => {
  it("takes simple and reversible files by number, with SHA-384", async () => {
    const directory = await read("sqlx", { ...PAIR, "1_init.sql": "SELECT 1;" });
    expect(names(directory)).toEqual(["1", "9", "10"]);
    expect(directory.scripts[0]?.checksum).toBe(createHash("sha384").update("SELECT 1;").digest("hex"));
    expect(directory.scripts[0]?.transaction).toBe("transaction");
  });

  it("leaves out BEGIN only when the file begins so", async () => {
    const { scripts } = await read("sqlx", {
      "1_a.sql": "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);",
      "2_b.sql": "\n-- no-transaction\nSELECT 1;",
    });
    expect(scripts.map(({ transaction }) => transaction)).toEqual(["script", "transaction"]);
  });
});

describe("Supabase", () => {
  it("sorts by name, records the digits, and skips an old init as the CLI does", async () => {
    const directory = await read("supabase", {
      "20210101000000_init.sql": "SELECT 0;",
      "20240102000000_b.sql": "SELECT 2;",
      "20240101000000_a.sql": "SELECT 1;",
      "notes.sql": "SELECT 3;",
    });
    expect(names(directory)).toEqual(["20240101000000", "20240102000000"]);
    expect(warnings(directory)).toEqual(["NOT_READ notes.sql", "SKIPPED_BY_TOOL 20210101000000_init.sql"]);
  });

  it("keeps a newer init", async () => {
    expect(names(await read("supabase", { "20240101000000_init.sql": "SELECT 0;" }))).toEqual(["20240101000000"]);
  });
});

describe("Rails", () => {
  it("takes structure.sql as one script, without lines for psql", async () => {
    const text =
      "\\restrict abc\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\n\\not psql\n$$;\n\\unrestrict abc\n";
    const { scripts } = await read("rails", { "structure.sql": text, "migrate/1_a.rb": "" });
    expect(scripts).toEqual([
      {
        name: "structure.sql",
        file: "structure.sql",
        sql: "\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\n\\not psql\n$$;\n\n",
        firstLine: 1,
        transaction: "script",
        checksum: null,
      },
    ]);
  });

  it("says where structure.sql comes from when it is not there", async () => {
    const [problem] = await problems("rails", tree({ "schema.rb": "" }));
    expect(problem).toContain("config.active_record.schema_format = :sql");
  });
});

describe("Atlas", () => {
  const digest = (...parts: string[]): string => createHash("sha256").update(parts.join("")).digest("base64");
  const first = ["20240101_a.sql", "SELECT 1;\n"] as const;
  const second = ["20240102_b.sql", "-- atlas:txmode none\n\nCREATE INDEX CONCURRENTLY i ON t (a);\n"] as const;
  const sum = `h1:whole=\n${first[0]} h1:${digest(...first)}\n${second[0]} h1:${digest(...first, ...second)}\n`;

  it("takes the files of atlas.sum with their hashes and transaction modes", async () => {
    const directory = await read("atlas", { "atlas.sum": sum, [first[0]]: first[1], [second[0]]: second[1] });
    expect(directory.scripts.map(({ name, transaction, checksum }) => [name, transaction, checksum])).toEqual([
      ["20240101", "transaction", digest(...first)],
      ["20240102", "none", digest(...first, ...second)],
    ]);
    expect(directory.warnings).toEqual([]);
  });

  it("says which file was edited first, which one is not listed, and refuses one that is not there", async () => {
    const edited = await read("atlas", { "atlas.sum": sum, [first[0]]: "SELECT 2;\n", [second[0]]: second[1] });
    expect(warnings(edited)).toEqual(["EDITED_FILE 20240101_a.sql"]);
    const added = await read("atlas", {
      "atlas.sum": sum,
      [first[0]]: first[1],
      [second[0]]: second[1],
      "20240103_c.sql": "SELECT 3;",
    });
    expect(warnings(added)).toEqual(["EDITED_FILE 20240103_c.sql"]);
    expect(names(added)).toEqual(["20240101", "20240102", "20240103"]);
    expect(await problems("atlas", tree({ "atlas.sum": sum, [first[0]]: first[1] }))).toEqual([
      "20240102_b.sql: atlas.sum lists it, and it is not there",
    ]);
  });

  it("never runs the down halves of a directory that it writes for golang-migrate", async () => {
    const up = ["1_a.up.sql", "SELECT 1;"] as const;
    const sums = `h1:whole=\n${up[0]} h1:${digest(...up)}\n`;
    const directory = await read("atlas", { "atlas.sum": sums, [up[0]]: up[1], "1_a.down.sql": "SELECT 0;" });
    expect([names(directory), directory.warnings]).toEqual([["1"], []]);
    const listed = `h1:whole=\n1_a.down.sql h1:${digest("1_a.down.sql", "SELECT 0;")}\n`;
    const alone = await read("atlas", { "atlas.sum": listed, "1_a.down.sql": "SELECT 0;" });
    expect(alone.scripts.map(({ file }) => file)).toEqual(["1_a.down.sql"]);
  });

  it("follows the order of atlas.sum", async () => {
    const swapped = `h1:whole=\n${second[0]} h1:${digest(...second)}\n${first[0]} h1:${digest(...second, ...first)}\n`;
    const directory = await read("atlas", { "atlas.sum": swapped, [first[0]]: first[1], [second[0]]: second[1] });
    expect(names(directory)).toEqual(["20240102", "20240101"]);
    expect(directory.warnings).toEqual([]);
  });

  it("takes a directive only from the top of the file, and goes on without atlas.sum", async () => {
    const directory = await read("atlas", { "1_a.sql": "-- atlas:txmode none\nSELECT 1;\n" });
    expect(directory.scripts[0]?.transaction).toBe("transaction");
    expect(warnings(directory)).toEqual(["MIGRATION_LOCK_MISSING -"]);
  });

  it("starts at the last checkpoint", async () => {
    const directory = await read("atlas", {
      "1_a.sql": "SELECT 1;",
      "2_b.sql": "-- atlas:checkpoint\n\nSELECT 2;",
      "3_c.sql": "SELECT 3;",
    });
    expect(names(directory)).toEqual(["2", "3"]);
    expect(warnings(directory)).toContain("SKIPPED_BY_TOOL 1_a.sql");
  });
});

describe("plain SQL", () => {
  it("sorts by number, says where names sort differently, and gives that order along", async () => {
    const directory = await read("sql", { "1_a.sql": "SELECT 1;", "2_b.sql": "SELECT 2;", "10_c.sql": "SELECT 3;" });
    expect(names(directory)).toEqual(["1_a.sql", "2_b.sql", "10_c.sql"]);
    expect(directory.otherOrder).toEqual(["10_c.sql", "1_a.sql", "2_b.sql"]);
    expect(warnings(directory)).toEqual(["ORDER_DIFFERS -"]);
    expect(directory.scripts[0]?.transaction).toBe("script");
  });

  it("says nothing where both orders agree, and reads 00010- as the ten it is", async () => {
    const agreed = await read("sql", { "0001_a.sql": "SELECT 1;", "0002_b.sql": "SELECT 2;" });
    expect(names(agreed)).toEqual(["0001_a.sql", "0002_b.sql"]);
    expect([agreed.otherOrder, agreed.warnings]).toEqual([null, []]);
    const directory = await read("sql", {
      "0009_a.sql": "SELECT 1;",
      "00010-b.sql": "SELECT 2;",
      "0011_c.sql": "SELECT 3;",
    });
    expect(names(directory)).toEqual(["0009_a.sql", "00010-b.sql", "0011_c.sql"]);
    expect(directory.otherOrder).toEqual(["00010-b.sql", "0009_a.sql", "0011_c.sql"]);
  });

  it("sorts the directories of Diesel by date, in both ways in which it writes them", async () => {
    const directory = await read("sql", {
      "2017-08-31-230457_c/up.sql": "SELECT 3;",
      "20140924113530_b/up.sql": "SELECT 2;",
      "00000000000000_a/up.sql": "SELECT 1;",
      "import_data.sql": "SELECT 0;",
      "2026-07-27-143313-0000_d/up.sql": "SELECT 4;",
    });
    expect(directory.scripts.map(({ sql }) => sql).join("")).toBe("SELECT 1;SELECT 2;SELECT 3;SELECT 4;");
    expect(warnings(directory)).toContain("NOT_READ import_data.sql");
  });

  it("takes the up half of a pair, and a script that is only called down", async () => {
    const directory = await read("sql", {
      "01_a.up.sql": "SELECT 1;",
      "01_a.down.sql": "SELECT 0;",
      "02_b_down.sql": "SELECT 2;",
      "03_c.down.sql": "SELECT 0;",
      "04_d/up.sql": "SELECT 4;",
      "04_d/down.sql": "SELECT 0;",
      "05_e/other.sql": "SELECT 5;",
    });
    expect(names(directory)).toEqual(["01_a.up.sql", "02_b_down.sql", "04_d/up.sql"]);
    expect(warnings(directory)).toEqual(["NOT_READ 05_e", "NOT_READ 03_c.down.sql"]);
  });
});

describe("Knex with SQL files", () => {
  it("takes the up halves by name, each in a transaction, and says that JavaScript is not run", async () => {
    const directory = await read("knex", {
      "20240102_b-up.sql": "SELECT 2;",
      "20240102_b-down.sql": "SELECT 0;",
      "20240101_a/up.sql": "SELECT 1;",
      "20240101_a/down.sql": "SELECT 0;",
      "20240103_c.js": "",
    });
    expect(directory.scripts.map(({ name, file, transaction }) => [name, file, transaction])).toEqual([
      ["20240101_a", "20240101_a/up.sql", "transaction"],
      ["20240102_b", "20240102_b-up.sql", "transaction"],
    ]);
    expect(warnings(directory)).toEqual(["NOT_READ 20240103_c.js"]);
  });
});
