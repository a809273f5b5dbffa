import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readPrismaFiles } from "../../../../src/expect/prisma/files.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "prisma-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, content: string | Buffer = path): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

async function paths(given: string): Promise<string[]> {
  return (await readPrismaFiles(given, folder)).map(({ path }) => path);
}

describe("readPrismaFiles", () => {
  it("reads one file, under the name that was given, without a byte order mark", async () => {
    put("a/schema.prisma", "\uFEFFmodel A {}");
    expect(await readPrismaFiles("./a/schema.prisma", folder)).toEqual([
      { path: "./a/schema.prisma", text: "model A {}" },
    ]);
  });

  it("reads every *.prisma file of a directory, sorted, past what is none of it", async () => {
    for (const file of ["p/schema.prisma", "p/models/b.prisma", "p/models/a.prisma", "p/models/deep/c.prisma"])
      put(file);
    for (const file of ["p/migrations/1_a/migration.sql", "p/node_modules/x/y.prisma", "p/.old/z.prisma"]) put(file);
    const sorted = ["p/models/a.prisma", "p/models/b.prisma", "p/models/deep/c.prisma", "p/schema.prisma"];
    expect(await paths("p")).toEqual(sorted);
    expect(await paths("p/")).toEqual(sorted);
  });

  it("follows links, once", async () => {
    put("p/a.prisma");
    put("elsewhere/b.prisma");
    symlinkSync(join(folder, "elsewhere"), join(folder, "p", "more"));
    symlinkSync(join(folder, "p"), join(folder, "elsewhere", "back"));
    expect(await paths("p")).toEqual(["p/a.prisma", "p/more/b.prisma"]);
  });

  it.each([
    ["prisma/schema.prisma", "{}", ["prisma/schema.prisma"]],
    ["schema.prisma", "{}", ["schema.prisma"]],
    ["db/main.prisma", '{ "prisma": { "schema": "db/main.prisma" } }', ["db/main.prisma"]],
    ["db/parts/one.prisma", '{ "prisma": { "schema": "./db" } }', ["db/parts/one.prisma"]],
    ["prisma/schema/one.prisma", "not JSON", ["prisma/schema/one.prisma"]],
  ])("finds %s from the root of a package", async (file, manifest, expected) => {
    put("package.json", manifest);
    put(file);
    if (file !== "prisma/schema/one.prisma") put("prisma/schema/other.prisma");
    expect(await paths(".")).toEqual(expected);
  });

  it("lists every file that it cannot read", async () => {
    put("p/utf16.prisma", Buffer.from("model A", "utf16le"));
    put("p/latin1.prisma", Buffer.from([0x6d, 0xe4]));
    symlinkSync(join(folder, "gone"), join(folder, "p", "link.prisma"));
    const error = {
      code: "PRISMA_SCHEMA",
      problems: [{ place: "p/latin1.prisma" }, { place: "p/link.prisma" }, { place: "p/utf16.prisma" }],
    };
    await expect(readPrismaFiles("p", folder)).rejects.toMatchObject(error);
  });

  it.each([
    ["no/such.prisma", "no/such.prisma", "there is no such file or directory"],
    [".", ".", "there is no *.prisma file in this directory"],
  ])("says what is wrong with %s", async (given, place, message) => {
    await expect(readPrismaFiles(given, folder)).rejects.toMatchObject({ problems: [{ place, message }] });
  });
});
