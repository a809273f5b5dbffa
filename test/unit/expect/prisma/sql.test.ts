import { describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../../src/errors/index.js";
import { prismaSql } from "../../../../src/expect/prisma/sql.js";

const SOURCE = `datasource db {
  provider  = "postgresql"
  url       = "postgresql://user:canary-password@host/db"
  directUrl = env("DIRECT_URL")
}
`;
const MODEL = "model A {\n  id Int @id\n}\n";

function sqlOf(...texts: readonly string[]): Promise<string> {
  const files = texts.map((text, i) => ({ path: `${"abc"[i]}.prisma`, text }));
  return prismaSql(files, "public");
}

async function errorOf(...texts: readonly string[]): Promise<SchemareadyError> {
  const error = await sqlOf(...texts).catch((each: unknown) => each);
  if (error instanceof SchemareadyError) return error;
  throw new Error(`expected a SchemareadyError: ${String(error)}`);
}

describe("prismaSql", () => {
  it("is what Prisma writes, the same each time", async () => {
    const sql = await sqlOf(SOURCE, MODEL);
    expect(sql).toContain(
      'CREATE TABLE "A" (\n    "id" INTEGER NOT NULL,\n\n    CONSTRAINT "A_pkey" PRIMARY KEY ("id")\n);',
    );
    expect(await sqlOf(SOURCE, MODEL)).toBe(sql);
  });

  it("can be asked several times at once", async () => {
    const all = await Promise.all(["A", "B", "C", "D"].map((name) => sqlOf(SOURCE, MODEL.replace("A", name))));
    expect(all.map((sql) => /CREATE TABLE "(.)"/.exec(sql)?.[1])).toEqual(["A", "B", "C", "D"]);
  });

  it.each([
    "interactiveTransactions",
    "metrics",
    "tracing",
    "insensitiveFilters",
    "distinctOn",
    "nApi",
    "transactionalClient",
    "driverAdapters",
    "prismaSchemaFolder",
    "multiSchema",
    "omitApi",
    "fullTextSearch",
    "extendedWhereUnique",
    "referentialIntegrity",
    "postgresExtensions",
    "dataProxy",
    "jsonProtocol",
    "relationJoins",
    "typedSql",
  ])("takes a schema with the preview feature %s, whichever Prisma had it", async (feature) => {
    const generator = `generator c {\n  provider = env("X")\n  previewFeatures = ["${feature}"]\n  binaryTargets = env("Y")\n}\n`;
    expect(await sqlOf(generator + SOURCE + MODEL)).toContain('CREATE TABLE "A"');
  });

  it("keeps no foreign keys under either name of relationMode", async () => {
    const models = `model A {\n  id Int @id\n  bs B[]\n}\nmodel B {\n  id Int @id\n  aId Int\n  a A @relation(fields: [aId], references: [id])\n}\n`;
    expect(await sqlOf(SOURCE + models)).toContain("FOREIGN KEY");
    for (const property of ["relationMode", "referentialIntegrity"]) {
      const source = SOURCE.replace("{\n", `{\n  ${property} = "prisma"\n`);
      expect(await sqlOf(source + models)).not.toContain("FOREIGN KEY");
    }
  });

  it("writes extensions, schemas and partial indexes without the generator that switches them on", async () => {
    const source = SOURCE.replace("{\n", '{\n  extensions = [citext]\n  schemas = ["base"]\n');
    const model = 'model A {\n  id Int @id\n  s String\n  @@unique([s], where: { s: "x" })\n  @@schema("base")\n}\n';
    const sql = await sqlOf(source + model);
    expect(sql).toContain('CREATE SCHEMA IF NOT EXISTS "base"');
    expect(sql).toContain('CREATE EXTENSION IF NOT EXISTS "citext"');
    expect(sql).toMatch(/CREATE UNIQUE INDEX "A_s_key" ON "base"\."A"\("s"\) WHERE/);
  });

  it("lists every complaint with file and line, and shows no connection string", async () => {
    const error = await errorOf(
      SOURCE,
      "model A {\n  id Int @id\n  x Strin\n}\n",
      "\nmodel B {\n  id Int @id\n  y Foo?\n}\n",
    );
    expect(error.code).toBe("PRISMA_SCHEMA");
    expect(error.problems.map(({ place }) => place)).toEqual(["b.prisma:3", "c.prisma:4"]);
    expect(error.problems[0]?.message).toContain('Type "Strin" is neither a built-in type');
    const broken = await errorOf(`${SOURCE.replace("}", "  nonsense = 1\n}")}model A {\n  id Int @id @default(\n}\n`);
    expect(broken.text()).toMatch(/a\.prisma:\d+: /);
    expect(broken.text()).not.toContain("canary");
  });

  it.each([
    ["", "There is no datasource in the schema."],
    [MODEL, "There is no datasource in the schema."],
    [SOURCE.replace('"postgresql"', 'env("P")'), "must not use the env() function in the provider argument"],
    [SOURCE + SOURCE.replace("db", "other"), "You defined more than one datasource"],
  ])("says what is wrong with the datasource (%#)", async (text, message) => {
    const { problems } = await errorOf(text);
    expect(problems[0]?.message).toContain(message);
  });

  it("never asks the engine about another database", async () => {
    const error = await errorOf(`${SOURCE.replace("postgresql", "cockroachdb")}model A { broken\n`);
    expect(error.problems).toEqual([
      { place: "a.prisma:2", message: 'the provider is "cockroachdb"; schemaready reads PostgreSQL only' },
    ]);
  });
});
