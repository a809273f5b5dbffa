import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import {
  contractFromModel,
  type PrismaResult,
  parseContract,
  printContract,
  schemaFromMigrations,
  schemaFromPrisma,
} from "../../../src/expect/index.js";
import { readPrismaFiles } from "../../../src/expect/prisma/files.js";
import { prismaSql } from "../../../src/expect/prisma/sql.js";
import type { Contract } from "../../../src/model/contract.js";
import type { Report } from "../../../src/model/report.js";
import { type ScratchServer, startScratch } from "../../../src/scratch/index.js";
import { verify } from "../../../src/verify.js";
import { readModel } from "../../support/models.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../../support/postgres.js";
import { directoryOf } from "../replay/support.js";
import { BY_HAND, RICH_PRISMA } from "./prisma-schema.js";

let scratch: ScratchServer;
const folder = mkdtempSync(join(tmpdir(), "prisma-db-"));
const databases: TestDatabase[] = [];

beforeAll(async () => {
  scratch = await startScratch({ url: serverUrl() });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([scratch.close(), ...databases.map((database) => database.drop())]);
});

let count = 0;
/** Writes the schema and builds it. */
async function built(text: string, schema: string | null = null): Promise<PrismaResult> {
  const path = `${++count}/schema.prisma`;
  mkdirSync(join(folder, dirname(path)));
  writeFileSync(join(folder, path), text);
  return schemaFromPrisma({ path, directory: folder, scratch, schema });
}

function contractOf(result: PrismaResult): Contract {
  return contractFromModel({ ...result, name: "a", source: "prisma-schema", migrations: null, provenance: [] });
}

async function databaseOf(...scripts: readonly string[]): Promise<TestDatabase> {
  const database = await createTestDatabase("prisma");
  databases.push(database);
  for (const script of scripts) await database.sql(script);
  return database;
}

function look(contract: Contract, { url }: TestDatabase): Promise<Report> {
  return verify({ contract, connection: parseConnectionString(url), limits: DEFAULT_LIMITS });
}

/** `CODE message` of each gap, and of what was not verified. */
async function complaints(contract: Contract, database: TestDatabase): Promise<string[]> {
  const { gaps, unverified } = await look(contract, database);
  return [...gaps.map(({ code, message }) => `${code} ${message}`), ...unverified.map(({ reason }) => reason)];
}

const SOURCE = 'datasource db {\n  provider = "postgresql"\n}\n';

describe("the contract of a Prisma schema", () => {
  let fromSchema: Contract;
  let sql = "";
  let migrated: TestDatabase;
  beforeAll(async () => {
    const result = await built(RICH_PRISMA);
    expect(result.notes).toEqual([]);
    fromSchema = contractOf(result);
    sql = await prismaSql(await readPrismaFiles(`${count}/schema.prisma`, folder), "public");
    migrated = await databaseOf(sql);
  });

  it("holds all of it, and no migration", () => {
    const [application] = fromSchema.applications;
    expect(application?.relations.map(({ name }) => name)).toEqual([
      "Cover",
      "Old",
      "Post",
      "Tag",
      "_TagToUser",
      "users",
    ]);
    expect(application?.relations.every(({ complete, introducedBy }) => complete && introducedBy === null)).toBe(true);
    expect(application?.migrations).toBeNull();
    expect(fromSchema.provenance).toEqual([]);
    expect(fromSchema.source).toBe("prisma-schema");
    expect(application?.extensions).toEqual(["btree_gin", "citext"]);
    expect(application?.relations.flatMap(({ columns }) => columns).length).toBeGreaterThan(35);
  });

  it("is the same, byte for byte, each time, and survives the file", async () => {
    const text = printContract(fromSchema);
    expect(printContract(contractOf(await built(RICH_PRISMA)))).toBe(text);
    expect(parseContract(text, "contract.json")).toEqual(fromSchema);
    expect(text).not.toMatch(/canary|\/tmp|127\.0\.0\.1/);
  });

  it("agrees with its migrations and with the database, each way", async () => {
    const { model, provenance } = await schemaFromMigrations({
      directory: directoryOf({ "1_init": sql }),
      scratch,
      schemas: "all",
    });
    const fromMigrations = contractFromModel({
      model,
      schema: "public",
      name: "a",
      source: "prisma-migrations",
      migrations: null,
      provenance,
    });
    const fromDatabase = contractFromModel({
      model: await readModel(migrated.url, ["public"]),
      schema: "public",
      name: "a",
      source: "database",
      migrations: null,
      provenance: [],
    });
    for (const contract of [fromSchema, fromMigrations, fromDatabase]) {
      expect(await complaints(contract, migrated)).toEqual([]);
      const { summary, verdict } = await look(contract, migrated);
      expect([verdict, summary.satisfied]).toEqual(["pass", summary.expectations]);
    }
  });

  it("does not hold against a database what no Prisma schema can say", async () => {
    const report = await look(fromSchema, await databaseOf(sql, BY_HAND));
    expect(report.gaps.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(report.verdict).toBe("pass");
    const extras = report.extras.map(({ subject }) => subject.name);
    expect(extras).toEqual(expect.arrayContaining(["price_positive", "once", "users_lower"]));
  });

  it.each([
    ["alter table users drop column ratio", "MISSING_COLUMN"],
    ["alter table users alter price type numeric(4, 2)", "COLUMN_TYPE"],
    ["alter table users alter amount set not null", "COLUMN_NULLABILITY"],
    ["alter table users alter flag drop default", "COLUMN_DEFAULT"],
    ["alter table users add column owner text not null", "BLOCKING_EXTRA_COLUMN"],
    ["create unique index other on users (ratio)", "BLOCKING_EXTRA_CONSTRAINT"],
    ['alter table "Tag" add foreign key (name) references "Tag" (name)', "BLOCKING_EXTRA_CONSTRAINT"],
    ["drop index short_flag", "MISSING_INDEX"],
    ["drop index users_ip_idx", "MISSING_INDEX"],
    ['drop index "Cover_b_key"', "MISSING_INDEX"],
    ['alter table "_TagToUser" drop constraint "_TagToUser_AB_pkey"', "MISSING_INDEX"],
    ['alter table "Post" drop constraint "Post_a_fkey"', "MISSING_CONSTRAINT"],
    ["alter type role rename value 'admin' to 'boss'", "MISSING_ENUM_LABEL"],
  ])("sees %s", async (change, code) => {
    const { gaps } = await look(fromSchema, await databaseOf(sql, change));
    expect(gaps.map((gap) => gap.code)).toContain(code);
  });
});

describe("schemas", () => {
  const MODEL = "model A {\n  id Int @id @default(autoincrement())\n  e E\n}\nenum E {\n  x\n}\n";

  it("puts everything into the schema that was named, as ?schema= does", async () => {
    const result = await built(SOURCE + MODEL, "core");
    expect(result.model.relations.map(({ schema, name }) => `${schema}.${name}`)).toEqual(["core.A"]);
    expect(result.model.enums.map(({ schema }) => schema)).toEqual(["core"]);
    expect(contractOf(result).applications[0]?.schema).toBe("core");
  });

  it.each([
    ['["base", "audit"]', "base"],
    ['["base", "public", "audit"]', "public"],
  ])("follows @@schema with schemas = %s", async (schemas, home) => {
    const source = SOURCE.replace("}", `  schemas = ${schemas}\n}`);
    const models =
      'model A {\n  id Int @id\n  b B[]\n  @@schema("base")\n}\nmodel B {\n  id Int @id\n  aId Int\n  a A @relation(fields: [aId], references: [id])\n  @@schema("audit")\n}\n';
    const result = await built(source + models);
    expect(result.schema).toBe(home);
    expect(result.model.relations.map(({ schema, name }) => `${schema}.${name}`)).toEqual(["audit.B", "base.A"]);
    expect(
      await complaints(
        contractOf(result),
        await databaseOf(await prismaSql([{ path: "a.prisma", text: source + models }], "public")),
      ),
    ).toEqual([]);
  });

  it("reads a folder as one schema", async () => {
    const parts: Record<string, string> = {
      "f/schema.prisma": SOURCE,
      "f/models/a.prisma": "model A {\n  id Int @id\n  e E\n}\n",
      "f/models/deep/e.prisma": "enum E {\n  x\n}\n",
    };
    for (const [path, text] of Object.entries(parts)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { model } = await schemaFromPrisma({ path: "f", directory: folder, scratch, schema: null });
    expect([model.relations.length, model.enums.length]).toEqual([1, 1]);
  });
});

describe("what a Prisma schema takes for granted", () => {
  it("an extension that it does not list is created, told once, and expected", async () => {
    const text = `${SOURCE}model A {\n  id Int @id\n  mail String @db.Citext\n  name String\n  @@index([name(ops: raw("gin_trgm_ops"))], type: Gin)\n  @@map("a")\n}\nmodel B {\n  mail String @id @db.Citext\n}\n`;
    const result = await built(text);
    expect([...result.notes].sort()).toEqual([
      expect.stringMatching(/schema\.prisma:4: operator class "gin_trgm_ops" comes with extension "pg_trgm", which/),
      expect.stringMatching(/schema\.prisma:6: type "citext" comes with extension "citext", which the schema does/),
    ]);
    expect(contractOf(result).applications[0]?.extensions).toEqual(["citext", "pg_trgm"]);
  });

  it("an extension that the server lacks is told, and missed only where it is used", async () => {
    const source = SOURCE.replace("}", "  extensions = [vector]\n}");
    const unused = await built(`${source}model A {\n  id Int @id\n}\n`);
    expect(unused.notes.join()).toContain('extension "vector" is not available in the throwaway server');
    expect(contractOf(unused).applications[0]?.extensions).toEqual([]);
    const used = built(
      `${source}model A {\n  id Int @id\n  v Unsupported("vector(3)")?\n}\nmodel B {\n  id Int @id\n  p Unsupported("no_such_type")\n}\n`,
    );
    await expect(used).rejects.toMatchObject({
      code: "PRISMA_SCHEMA",
      sqlstate: "42704",
      problems: expect.arrayContaining([
        {
          place: expect.stringMatching(/schema\.prisma:7$/),
          message: expect.stringContaining(
            'It comes with extension "vector", which the throwaway server does not have',
          ),
        },
        {
          place: expect.stringMatching(/schema\.prisma:11$/),
          message: expect.stringContaining(
            'type "no_such_type" does not exist (42704). No schema.prisma can create it',
          ),
        },
      ]),
      fix: expect.stringContaining("--scratch-url"),
    });
  });

  it("a default that only its migrations can make is left out, told for each column, and not compared", async () => {
    const text = `${SOURCE}model A {\n  id String @id @default(dbgenerated("nanoid()"))\n  number Int @default(dbgenerated("nextval('numbers'::regclass)"))\n  words Unsupported("tsvector")? @default(dbgenerated("to_tsvector('simple', id)"))\n  kept Int @default(1)\n}\nmodel B {\n  id String @id @default(dbgenerated("nanoid()")) @map("b_id")\n}\n`;
    const result = await built(text);
    const places = [5, 6, 7, 11].map((line) =>
      expect.stringMatching(new RegExp(`schema\\.prisma:${line}: the default of .* is left out`)),
    );
    expect([...result.notes].sort()).toEqual(expect.arrayContaining(places));
    expect(result.notes).toHaveLength(4);
    const database = await databaseOf(
      `create function nanoid() returns text language sql as $$ select 'x' $$; create sequence numbers;
       create table "A" (id text primary key default nanoid(), number integer not null default nextval('numbers'), words tsvector generated always as (to_tsvector('simple', id)) stored, kept integer not null default 1);
       create table "B" (b_id text primary key default nanoid());`,
    );
    expect(await complaints(contractOf(result), database)).toEqual([]);
    await database.sql('alter table "A" alter kept drop default');
    expect((await complaints(contractOf(result), database)).join()).toContain("COLUMN_DEFAULT");
  });

  it("a view is only expected to be there", async () => {
    const text = `${SOURCE}model A {\n  id Int @id\n}\nview Sums {\n  n BigInt @unique\n  @@map("sums")\n}\nview Hidden {\n  n BigInt\n  @@ignore\n}\n`;
    const result = await built(text);
    expect(result.notes).toEqual([
      expect.stringMatching(/^Prisma creates no views: of public\.sums only the existence/),
    ]);
    const contract = contractOf(result);
    const database = await databaseOf('create table "A" (id integer primary key)');
    expect(await complaints(contract, database)).toEqual([expect.stringContaining("public.sums is missing")]);
    await database.sql('create materialized view sums as select count(*) as n from "A"');
    expect(await complaints(contract, database)).toEqual([]);
  });

  it("a schema without models would expect nothing and is refused", async () => {
    await expect(built(SOURCE)).rejects.toMatchObject({
      code: "PRISMA_SCHEMA",
      message: expect.stringContaining("no table"),
    });
  });
});
