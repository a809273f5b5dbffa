/** What src/repair/ddl prints for a contract makes a database that satisfies it. */
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMigrations } from "../../../demo/migrations.js";
import { FIX, MIGRATIONS } from "../../../demo/paths.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import {
  compileContract,
  contractFromModel,
  loadCheckFiles,
  parseContract,
  printContract,
  schemaFromMigrations,
} from "../../../src/expect/index.js";
import type { Contract } from "../../../src/model/contract.js";
import type { ObjectDefinition } from "../../../src/model/definitions.js";
import type { MigrationTool } from "../../../src/model/migrations.js";
import type { GapCode } from "../../../src/model/report.js";
import { withExtensionsOf } from "../../../src/repair/ddl/index.js";
import { type ScratchServer, startScratch } from "../../../src/scratch/index.js";
import { verify } from "../../../src/verify.js";
import { runUnits, scriptOfContract } from "../../support/contract-script.js";
import { readDefinitions, readModel } from "../../support/models.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../../support/postgres.js";
import { RICH_MIGRATIONS } from "../../support/rich-migrations.js";
import { HARD_SCHEMAS, SINCE_14 } from "../copy/schemas.js";
import { SPELLINGS } from "../expect/column-spellings.js";
import { RICH_SCHEMA } from "../expect/rich-schema.js";
import { directoryOf, type Folder } from "../replay/support.js";

let scratch: ScratchServer;
let database: TestDatabase;
beforeAll(async () => {
  scratch = await startScratch({ url: serverUrl() });
  database = await createTestDatabase("version");
});
afterAll(async () => {
  await database.drop();
  await scratch.close();
});

async function compile(folder: Folder, tool: MigrationTool): Promise<Contract> {
  const directory = directoryOf(folder, { tool, transaction: tool === "prisma" ? "script" : "none" });
  const built = await schemaFromMigrations({ directory, scratch, schemas: "all", schema: "public" });
  const contract = contractFromModel({ ...built, schema: "public", name: "a", source: "sql", migrations: null });
  return parseContract(printContract(contract), "contract.json");
}

const compileSql = (sql: string) => compile({ all: sql }, "sql");

/** Makes everything in an empty database. @returns what is refused, and the gaps of what was made */
async function roundTrip(contract: Contract) {
  const copy = await createTestDatabase("printed");
  try {
    const refused = await runUnits(copy.url, scriptOfContract(contract));
    const connection = parseConnectionString(copy.url);
    const report = await verify({ contract, connection, limits: DEFAULT_LIMITS });
    const ofSchema = report.gaps.filter(({ code }) => !OF_ROWS.includes(code));
    const gaps = ofSchema.map(({ code, message }) => `${code} ${message}`);
    const { definitions = [] } = contract;
    const schemas = [...new Set(["public", ...definitions.flatMap(({ schema }) => schema ?? [])])];
    const read = await readDefinitions(copy.url, schemas);
    return {
      refused,
      gaps,
      unverified: report.unverified,
      extras: report.extras.map(({ message }) => message),
      changed: definitions.filter((definition) => !read.some((each) => same(each, definition))),
    };
  } finally {
    await copy.drop();
  }
}

const OF_ROWS: readonly GapCode[] = ["MISSING_ROWS", "MIGRATION_NOT_APPLIED"];

/** What PostgreSQL prints is not a fixpoint: casts between text types, and the parentheses around them, come and go. */
function same(a: ObjectDefinition, b: ObjectDefinition): boolean {
  const plain = ({ sql, ...rest }: ObjectDefinition) => ({
    ...rest,
    sql: sql.map((text) => text.replace(/::(text|character varying)(\[\])?|[()]/g, "")),
  });
  return isDeepStrictEqual(plain(a), plain(b));
}

/** Major version -> what is new in it. */
const SINCE: Readonly<Record<string, string>> = {
  14: SINCE_14,
  15: `create table teams (a int, b int, c text, primary key (a, b), unique nulls not distinct (c));
    create unique index teams_once on teams (b, c) nulls not distinct;
    create table members (a int, b int, foreign key (a, b) references teams on delete set null (b));
    create view as_caller with (security_invoker = true) as select a from teams;`,
  18: `create extension btree_gist;
    create table rooms (id int, during tsrange, twice int generated always as (id * 2) virtual, note text constraint has_note not null,
      primary key (id, during without overlaps), constraint later check (id > 0) not enforced);
    create table stays_of (id int primary key);
    create table stays (room int, during tsrange, foreign key (room, period during) references rooms (id, period during),
      person int, constraint person_known foreign key (person) references stays_of (id) not enforced);`,
};

const NOTHING = { refused: [], gaps: [], unverified: [], extras: [], changed: [] };

describe("the statements for every object of a contract", () => {
  it.each(Object.entries(HARD_SCHEMAS))("make it again: %s", async (_, sql) => {
    expect(await roundTrip(await compileSql(sql))).toEqual(NOTHING);
  });

  it.for(Object.entries(SINCE))("make it again: what PostgreSQL has since %s", async ([major, sql], { skip }) => {
    if (database.serverVersion < Number(major) * 10_000) skip(`this server is older than PostgreSQL ${major}`);
    expect(await roundTrip(await compileSql(sql))).toEqual(NOTHING);
  });

  it("make it again: one of each thing", async () => {
    expect(await roundTrip(await compileSql(RICH_SCHEMA))).toEqual(NOTHING);
  });

  it("make it again: what migrations made", async () => {
    expect(await roundTrip(await compile(RICH_MIGRATIONS, "prisma"))).toEqual(NOTHING);
  });

  it("make it again: the demo", async () => {
    const migrations = await readMigrations(MIGRATIONS, FIX);
    const folder = Object.fromEntries(migrations.map(({ name, script }) => [name, script]));
    expect(await roundTrip(await compile(folder, "prisma"))).toEqual(NOTHING);
  });

  it("make it again: types and defaults", async () => {
    const columns = SPELLINGS.map(([, written], i) => `c${i} ${written.replace(/'SEQUENCE'/g, "'numbers'")}`);
    const contract = await compileSql(`create extension citext; create type "Mood" as enum ('sad', 'happy');
      create domain email as text check (value like '%@%'); create sequence numbers;
      create table t (base text, ${columns.join(",\n")});`);
    expect(await roundTrip(contract)).toEqual(NOTHING);
  });

  it("make it again where the extensions are in another schema", async () => {
    const contract = await compileSql(`create extension citext; create extension pg_trgm; create extension "uuid-ossp";
      create table people (id uuid primary key default uuid_generate_v4(), email citext default 'a'::citext check (email <> 'public.x'), name text);
      create index people_name on people using gin (name gin_trgm_ops) where similarity(name, 'x') > 0.1;
      create view mails as select email::citext as email, similarity(name, 'public.citext') from people;
      create table public.uses (email citext[]);`);
    const copy = await createTestDatabase("elsewhere");
    try {
      await copy.sql(`create schema "Ext"; create extension citext schema "Ext"; create extension pg_trgm schema "Ext";
        create extension "uuid-ossp" schema "Ext"`);
      const { extensions } = await readModel(copy.url, ["public"]);
      const moved = withExtensionsOf(contract, extensions);
      expect(await runUnits(copy.url, scriptOfContract(moved))).toEqual([]);
      const report = await verify({ contract, connection: parseConnectionString(copy.url), limits: DEFAULT_LIMITS });
      expect(report.gaps.map(({ message }) => message)).toEqual([]);
    } finally {
      await copy.drop();
    }
  });

  it("make it again: what check files describe", async () => {
    const contract = await compileContract({
      checks: await loadCheckFiles(["checks"]),
      scratch,
      defaultSchema: "public",
    });
    for (const application of contract.applications) {
      expect(await roundTrip({ ...contract, applications: [application] })).toMatchObject({ refused: [], gaps: [] });
    }
  });
});
