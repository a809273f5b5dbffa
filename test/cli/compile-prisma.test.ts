import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportSchema } from "../../src/report/index.js";
import { createFolder } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";

const SCHEMA = `generator client {
  provider = "prisma-client-js"
}
datasource db {
  provider = "postgresql"
  url      = "postgresql://user:canary-password@host/db"
}
model Note {
  id    Int    @id @default(autoincrement())
  title String @unique
  mail  String @db.Citext
  @@map("notes")
}
view Titles {
  title String @unique
  @@map("titles")
}
`;
const MADE = `create extension citext;
create table notes (id serial primary key, title text not null, mail citext not null);
create unique index on notes (title);
create view titles as select title from notes;`;

const folder = createFolder();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase("notes");
  await database.sql(MADE);
});
afterAll(async () => {
  folder.remove();
  await database.drop();
});

function cli(...args: readonly string[]) {
  const env = { SCHEMAREADY_SCRATCH_URL: serverUrl(), DATABASE_URL: database.url };
  return runCli(args, { env, cwd: folder.path });
}

async function gaps(contract: string): Promise<unknown> {
  const { stdout } = await cli("verify", "--contract", contract, "--format", "json");
  const report = reportSchema.parse(JSON.parse(stdout));
  expect(report.contract.source).toBe("prisma-schema");
  return report.gaps.map(({ code, subject }) => [code, subject.name]);
}

describe("compile --prisma", () => {
  it("expects what the schema describes, says what it cannot, and shows no secret", async () => {
    folder.file("schema.prisma", SCHEMA);
    const { code, stdout, stderr } = await cli("compile", "--prisma", "schema.prisma", "-o", "c.json");
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "" });
    expect(stderr.split("\n").filter((line) => !line.includes("--scratch-url is a superuser"))).toEqual([
      'note: schema.prisma:11: type "citext" comes with extension "citext", which the schema does not list; the database needs it',
      expect.stringMatching(/^note: Prisma creates no views: of public\.titles only/),
      expect.stringMatching(/^contract of application from prisma schema: 2 relations, 0 features; sha256:/),
      "",
    ]);
    const text = readFileSync(join(folder.path, "c.json"), "utf8");
    expect(stderr + text).not.toMatch(/canary/);
    expect(text).not.toContain(folder.path);
    const again = await cli("compile", "--prisma", "schema.prisma", "--quiet", "-o", "-");
    expect(again).toMatchObject({ code: 0, stdout: text, stderr: "" });
    expect(await gaps("c.json")).toEqual([]);
    await database.sql("alter table notes drop column title cascade");
    expect(await gaps("c.json")).toEqual([
      ["MISSING_COLUMN", "title"],
      ["MISSING_TABLE", "titles"],
    ]);
  });

  it("is joined with check files, whose features name its columns", async () => {
    folder.file("schema.prisma", SCHEMA);
    const features = folder.file(
      "features.yaml",
      'version: 1\napplication: notes\nfeatures:\n  read: { title: Read, reads: { notes: "*" }, rows: [{ table: notes, where: "id > 0", atLeast: 0 }] }\n',
    );
    const { code, stderr } = await cli("compile", "--prisma", ".", "--checks", features, "-o", "joined.json");
    expect(code, stderr).toBe(0);
    const { source, applications } = JSON.parse(readFileSync(join(folder.path, "joined.json"), "utf8"));
    expect([source, applications[0].name, applications[0].features[0].uses[0].select]).toEqual([
      "prisma-schema",
      "notes",
      ["id", "title", "mail"],
    ]);
  });

  it("lists every complaint with file and line, before anything is written", async () => {
    mkdirSync(join(folder.path, "bad"));
    folder.file("bad/a.prisma", SCHEMA.replace("String @unique\n  mail", "Strin @unique\n  mail"));
    folder.file("bad/b.prisma", "model B {\n  id Int @id\n  x  Foo\n}\n");
    // Nobody listens on port 1: the schema is read before a server is needed.
    const scratch = "postgresql://nobody@127.0.0.1:1/none?sslmode=disable";
    const { code, stdout, stderr } = await cli(
      "compile",
      "--prisma",
      "bad",
      "--scratch-url",
      scratch,
      "-o",
      "never.json",
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("error PRISMA_SCHEMA: Prisma's engine refuses the schema (P1012).");
    expect(stderr).toMatch(/\n {2}bad\/a\.prisma:10: Type "Strin" is neither/);
    expect(stderr).toMatch(/\n {2}bad\/b\.prisma:3: Type "Foo" is neither/);
    expect(stderr).toContain("docs/errors.md#prisma_schema");
    expect(stderr).not.toContain("canary");
    expect(existsSync(join(folder.path, "never.json"))).toBe(false);
  });

  it.each([
    ["no-such.prisma", "no-such.prisma: there is no such file or directory"],
    ["mysql.prisma", 'mysql.prisma:2: the provider is "mysql"; schemaready reads PostgreSQL only'],
  ])("says what is wrong with %s", async (path, message) => {
    folder.file("mysql.prisma", 'datasource db {\n  provider = "mysql"\n}\nmodel A {\n  id Int @id\n}\n');
    const { code, stderr } = await cli("compile", "--prisma", path);
    expect(code).toBe(2);
    expect(stderr).toContain(`  ${message}`);
  });

  it("is one source beside --migrations, not two", async () => {
    const { code, stderr } = await cli("compile", "--prisma", "schema.prisma", "--migrations", "m");
    expect(code).toBe(2);
    expect(stderr).toContain("  --prisma: another source beside --migrations");
  });
});
