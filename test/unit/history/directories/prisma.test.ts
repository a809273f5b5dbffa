import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { orderForVersion } from "../../../../src/history/directories/prisma-version.js";
import { readMigrationDirectory } from "../../../../src/history/index.js";
import { names, problems, read, tree, warnings } from "./support.js";

const LOCK = { "migration_lock.toml": '# do not edit\nprovider = "postgresql"\n' };
const TWO = { ...LOCK, "1_init/migration.sql": "CREATE TABLE a (id int);", "10_more/migration.sql": "SELECT 1;" };
const text = 'CREATE TABLE "Cat" (\r\n  "id" text -- name; of the cat\r\n);\r\n';

describe("Prisma", () => {
  it("takes every directory whole, with the digest of the file", async () => {
    const directory = await read("prisma", { ...LOCK, "20240101000000_init/migration.sql": text });
    expect(directory).toEqual({
      tool: "prisma",
      scripts: [
        {
          name: "20240101000000_init",
          file: "20240101000000_init/migration.sql",
          sql: text,
          firstLine: 1,
          transaction: "script",
          checksum: createHash("sha256").update(text).digest("hex"),
          alike: [createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex")],
        },
      ],
      otherOrder: null,
      warnings: [],
    });
  });

  it("asks for no pattern of names, and says when their numbers have different lengths", async () => {
    const directory = await read("prisma", {
      ...LOCK,
      "01_init/migration.sql": "SELECT 1;",
      "20250625_add/migration.sql": "SELECT 1;",
      "some words/migration.sql": "SELECT 1;",
    });
    expect(names(directory)).toEqual(["01_init", "20250625_add", "some words"]);
    expect(warnings(directory)).toEqual(["MIXED_NAMES -"]);
    expect(directory.warnings[0]?.message).toContain("some words (0), 01_init (2), 20250625_add (8)");
  });

  it("says what it passes over: directories without migration.sql, files, a lock that is not there", async () => {
    const directory = await read("prisma", {
      "1_a/migration.sql": "SELECT 1;",
      "2_b/migration.ts": "",
      "stray.sql": "SELECT 1;",
      "README.md": "",
      ".DS_Store": "",
    });
    expect(names(directory)).toEqual(["1_a"]);
    expect(warnings(directory)).toEqual([
      "MIGRATION_LOCK_MISSING -",
      "NOT_READ stray.sql",
      "MIGRATION_FILE_MISSING 2_b",
    ]);
  });

  it("refuses migrations for another database", async () => {
    const files = { "migration_lock.toml": 'provider = "mysql"', "1_a/migration.sql": "SELECT 1;" };
    expect(await problems("prisma", tree(files))).toEqual([
      'migration_lock.toml: the migrations are for the provider "mysql", not for "postgresql"',
    ]);
  });

  it("follows symbolic links and names what they are called here", async () => {
    const target = tree({ "inner/migration.sql": "SELECT 1;" });
    const directory = tree(LOCK);
    symlinkSync(join(target, "inner"), join(directory, "1_linked"));
    const { scripts } = await readMigrationDirectory({ tool: "prisma", directory });
    expect(scripts.map(({ name, file }) => [name, file])).toEqual([["1_linked", "1_linked/migration.sql"]]);
  });
});

describe("Prisma's two orders", () => {
  const bytes = ["10_more", "1_init"];
  const locale = ["1_init", "10_more"];
  const project = (files: Record<string, string>) => {
    const inner = Object.entries(TWO).map(([name, content]) => [`prisma/migrations/${name}`, content]);
    return join(tree({ ...files, ...Object.fromEntries(inner) }), "prisma", "migrations");
  };

  it.each([
    ["no version at all", {}, locale],
    ["an installed 6.5.0", { "node_modules/prisma/package.json": '{"version":"6.5.0"}' }, bytes],
    ["an installed 6.6.0", { "node_modules/prisma/package.json": '{"version":"6.6.0"}' }, locale],
    ["a range for 5", { "package.json": '{"devDependencies":{"prisma":"^5.10.0"}}' }, bytes],
    ["the client only", { "package.json": '{"dependencies":{"@prisma/client":"4.16.2"}}' }, bytes],
    [
      "the installed one against package.json",
      {
        "node_modules/prisma/package.json": '{"version":"6.5.0"}',
        "package.json": '{"devDependencies":{"prisma":"^6.0.0"}}',
      },
      bytes,
    ],
    [
      "the nearest package.json",
      {
        "package.json": '{"dependencies":{"prisma":"7.0.0"}}',
        "prisma/package.json": '{"dependencies":{"prisma":"5.0.0"}}',
      },
      bytes,
    ],
    ["a package.json that is no JSON", { "package.json": "{" }, locale],
  ] as const)("with %s", async (_, files, expected) => {
    const directory = await readMigrationDirectory({ tool: "prisma", directory: project(files) });
    expect(names(directory)).toEqual(expected);
    expect(directory.otherOrder).toEqual(expected === bytes ? locale : bytes);
    expect(warnings(directory)).toContain("ORDER_DIFFERS -");
  });

  it("a setting decides over the version", async () => {
    const directory = project({ "node_modules/prisma/package.json": '{"version":"6.5.0"}' });
    expect(names(await readMigrationDirectory({ tool: "prisma", directory, prismaOrder: "locale" }))).toEqual(locale);
    expect(names(await readMigrationDirectory({ tool: "prisma", directory, prismaOrder: "bytes" }))).toEqual(bytes);
  });

  it("says both orders and where the choice comes from", async () => {
    const directory = project({ "node_modules/prisma/package.json": '{"version":"6.5.0"}' });
    const found = await readMigrationDirectory({ tool: "prisma", directory });
    expect(found.warnings.find(({ code }) => code === "ORDER_DIFFERS")?.message).toBe(
      "up to Prisma 6.5 (byte order) migration 1 is 10_more, from 6.6 (localeCompare) it is 1_init; taken here: byte order (Prisma 6.5.0 installed)",
    );
  });

  it.each([
    ["6.5.0", "bytes"],
    ["6.6.0", "locale"],
    ["^6.2.0", "locale"],
    ["~6.2.0", "bytes"],
    ["6.x", "locale"],
    ["6", "locale"],
    ["7.1.0", "locale"],
    ["^5.22.0", "bytes"],
    [">=4", "locale"],
    ["latest", "locale"],
    ["workspace:*", "locale"],
    ["npm:prisma@5.1.0", "bytes"],
  ])("%s means %s", (version, expected) => {
    expect(orderForVersion(version)).toBe(expected);
  });
});

describe("directories that cannot be read", () => {
  it("lists everything at once", async () => {
    const directory = tree({
      ...LOCK,
      "1_a/migration.sql": Buffer.from("\ufeffSELECT 1;", "utf16le"),
      "2_b/migration.sql": Buffer.from([0x53, 0xe9, 0x3b]),
      "3_c/migration.sql": "SELECT 1;",
    });
    mkdirSync(join(directory, "4_d", "migration.sql"), { recursive: true });
    mkdirSync(join(directory, "5_e"));
    symlinkSync("nowhere.sql", join(directory, "5_e", "migration.sql"));
    mkdirSync(join(directory, "6_f"));
    symlinkSync("migration.sql", join(directory, "6_f", "migration.sql"));
    expect(await problems("prisma", directory)).toEqual([
      "1_a/migration.sql: the file is UTF-16 or holds NUL characters; save it as UTF-8",
      "2_b/migration.sql: the file is not UTF-8 text; save it as UTF-8",
      "4_d/migration.sql: this is a directory, and a file is expected",
      "5_e/migration.sql: there is no such file or directory, or a symbolic link to one",
      "6_f/migration.sql: the symbolic links lead in a circle",
    ]);
  });

  it("says one thing about a directory that is not there, is a file, or is empty", async () => {
    const directory = tree({ file: "" });
    expect(await problems("prisma", join(directory, "no"))).toEqual([
      "./no: there is no such file or directory, or a symbolic link to one".replace("./no", "."),
    ]);
    expect(await problems("prisma", join(directory, "file"))).toEqual([
      ".: this is a file, and a directory is expected",
    ]);
    expect(await problems("sql", tree({}))).toEqual([".: there is no migration of plain SQL in it"]);
  });
});

describe("what a script holds", () => {
  it("says empty and comment-only migrations apart, and keeps them", async () => {
    const directory = await read("prisma", {
      ...LOCK,
      "1_a/migration.sql": " \r\n",
      "2_b/migration.sql": "-- This is an empty migration.\n/* CREATE TABLE a (); */",
      "3_c/migration.sql": "SELECT 1 -- no semicolon",
    });
    expect(names(directory)).toEqual(["1_a", "2_b", "3_c"]);
    expect(warnings(directory)).toEqual(["EMPTY_MIGRATION 1_a/migration.sql", "EMPTY_MIGRATION 2_b/migration.sql"]);
    expect(directory.warnings[0]?.message).toContain("is empty");
    expect(directory.warnings[1]?.message).toContain("nothing but comments");
  });

  it("leaves a byte order mark out of the text and in the checksum", async () => {
    const directory = await read("prisma", { ...LOCK, "1_a/migration.sql": "\ufeffSELECT 1;" });
    expect(directory.scripts[0]?.sql).toBe("SELECT 1;");
    expect(directory.scripts[0]?.checksum).toBe(createHash("sha256").update("\ufeffSELECT 1;").digest("hex"));
    expect(warnings(directory)).toEqual(["BYTE_ORDER_MARK 1_a/migration.sql"]);
  });
});
