import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { names, problems, read, tree, warnings } from "./support.js";

const entry = (idx: number, tag: string, when = idx) => ({ idx, version: "7", when, tag, breakpoints: true });
const journal = (...entries: unknown[]): string => JSON.stringify({ version: "7", dialect: "postgresql", entries });

describe("Drizzle with a journal", () => {
  it("takes the journal's files in its order, and says which file it does not name", async () => {
    const directory = await read("drizzle", {
      "meta/_journal.json": journal(entry(1, "0001_b"), entry(2, "0000_a")),
      "0000_a.sql": "SELECT 2;",
      "0001_b.sql": "SELECT 1;",
      "0002_orphan.sql": "SELECT 3;",
    });
    expect(directory.scripts.map(({ name, file, transaction }) => [name, file, transaction])).toEqual([
      ["0001_b", "0001_b.sql", "transaction"],
      ["0000_a", "0000_a.sql", "transaction"],
    ]);
    expect(directory.scripts[1]?.checksum).toBe(createHash("sha256").update("SELECT 2;").digest("hex"));
    expect(warnings(directory)).toEqual(["NOT_READ 0002_orphan.sql"]);
  });

  it("cuts at breakpoints: a piece without a semicolon gets one, and no line or column moves", async () => {
    const text =
      "CREATE TABLE a (id int)\n--> statement-breakpoint\nCREATE TABLE b (id int);--> statement-breakpoint\nSELECT 1;";
    const { scripts } = await read("drizzle", {
      "meta/_journal.json": journal(entry(0, "0000_a")),
      "0000_a.sql": text,
    });
    expect(scripts[0]?.sql).toBe(
      `CREATE TABLE a (id int)\n;${" ".repeat(23)}\nCREATE TABLE b (id int);--> statement-breakpoint\nSELECT 1;`,
    );
    expect(scripts[0]?.sql.length).toBe(text.length);
  });

  it("says which entry a database that is further on would never get", async () => {
    const directory = await read("drizzle", {
      "meta/_journal.json": journal(entry(0, "0000_a", 200), entry(1, "0001_b", 100), entry(2, "0002_c", 300)),
      "0000_a.sql": "SELECT 1;",
      "0001_b.sql": "SELECT 1;",
      "0002_c.sql": "SELECT 1;",
    });
    expect(warnings(directory)).toEqual(["ORDER_DIFFERS 0001_b.sql"]);
  });

  it("refuses another dialect, entries without a name of this directory, and files that are not there", async () => {
    const text = JSON.stringify({
      dialect: "sqlite",
      entries: [entry(0, "../../secret"), { idx: 1 }, entry(2, "gone")],
    });
    expect(await problems("drizzle", tree({ "meta/_journal.json": text }))).toEqual([
      'meta/_journal.json: the migrations are for the dialect "sqlite", not for "postgresql"',
      'meta/_journal.json: entry 0 has no "tag" that is a file name, or no "when"',
      'meta/_journal.json: entry 1 has no "tag" that is a file name, or no "when"',
      "gone.sql: there is no such file or directory, or a symbolic link to one",
    ]);
    expect(await problems("drizzle", tree({ "meta/_journal.json": "{" }))).toEqual([
      'meta/_journal.json: is not a journal of Drizzle: JSON with a list "entries" was expected',
    ]);
  });
});

describe("Drizzle with directories", () => {
  it("takes each directory's migration.sql", async () => {
    const directory = await read("drizzle", {
      "20240102000000_b/migration.sql": "SELECT 2;",
      "20240102000000_b/snapshot.json": "{}",
      "20240101000000_a/migration.sql": "SELECT 1;",
      "20240103000000_c/snapshot.json": "{}",
      "0000_old.sql": "SELECT 3;",
    });
    expect(names(directory)).toEqual(["20240101000000_a", "20240102000000_b"]);
    expect(warnings(directory)).toEqual(["NOT_READ 0000_old.sql", "MIGRATION_FILE_MISSING 20240103000000_c"]);
  });
});
