/**
 * The state of 2025-10-12: after the plan, what the avatar feature sends works, the old NOT NULL columns included that the
 * repair of that day, made by hand, forgot.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import { readMigrationDirectory } from "../../src/history/index.js";
import type { Contract, ExpectedRelation } from "../../src/model/contract.js";
import { qualifiedKey, quoteIdentifier, quoteQualified } from "../../src/model/names.js";
import { scriptOf, statementsOf } from "../../src/model/plan-script.js";
import type { Column } from "../../src/model/schema.js";
import { planRepair } from "../../src/plan.js";
import { createBench } from "../../src/prove/index.js";
import { type ScratchServer, startScratch } from "../../src/scratch/index.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";
import { createCompiler, INCIDENTS, type Incident, rebuild } from "./rebuild.js";

const folder = join(INCIDENTS, "pending-migrations-judged-safe");
const incident = parse(readFileSync(join(folder, "incident.yaml"), "utf8")) as Incident;

let scratch: ScratchServer;
let database: TestDatabase;
let contract: Contract;

beforeAll(async () => {
  scratch = await startScratch({});
  database = await createTestDatabase("inserts");
  await rebuild(database, folder, incident);
  contract = await createCompiler(() => scratch)(folder, incident);
});
afterAll(async () => {
  await database?.drop();
  await scratch?.close();
});

/** Columns of each relation that a feature of the avatar creator inserts, as the Prisma client sends them. */
function inserted(): Map<string, readonly string[]> {
  const uses = contract.applications.flatMap(({ features }) => features.flatMap((feature) => feature.uses));
  const found = new Map<string, Set<string>>();
  for (const { relation, insert } of uses) {
    if (insert === null) continue;
    const key = qualifiedKey(relation);
    found.set(key, new Set([...(found.get(key) ?? []), ...insert]));
  }
  return new Map([...found].map(([key, names]) => [key, [...names]]));
}

function valueFor({ type }: Column): string {
  if (type.array) return "'{}'";
  if (type.category === "N") return "1";
  if (type.category === "B") return "true";
  if (type.category === "D") return "now()";
  return type.name === "jsonb" || type.name === "json" ? "'{}'" : "'row-1'";
}

/** One row of everything that features insert, parents first; those that no feature inserts get what they must have. */
function statements(): string[] {
  const relations = contract.applications.flatMap((application) => application.relations);
  const sent = inserted();
  const done = new Set<string>();
  const made: string[] = [];
  const add = (relation: ExpectedRelation) => {
    const key = qualifiedKey(relation);
    if (done.has(key)) return;
    done.add(key);
    for (const constraint of relation.constraints) {
      if (constraint.kind !== "foreign-key") continue;
      const parent = relations.find((each) => qualifiedKey(each) === qualifiedKey(constraint.references));
      if (parent !== undefined) add(parent);
    }
    const names = sent.get(key) ?? relation.columns.filter(isNeeded).map(({ name }) => name);
    const columns = relation.columns.filter(({ name }) => names.includes(name));
    const values = columns.map(valueFor).join(", ");
    const list = columns.map(({ name }) => quoteIdentifier(name)).join(", ");
    made.push(`insert into ${quoteQualified(relation)} (${list}) values (${values}) returning *`);
  };
  for (const relation of relations.filter((each) => sent.has(qualifiedKey(each)))) add(relation);
  return made;
}

function isNeeded({ nullable, default: given, identity }: Column): boolean {
  return !nullable && given === null && identity === null;
}

async function refusals(): Promise<string[]> {
  const refused: string[] = [];
  await database.sql("begin");
  for (const statement of statements()) {
    await database.sql("savepoint one");
    try {
      await database.query(statement);
    } catch (error) {
      refused.push(error instanceof Error ? error.message : String(error));
      await database.sql("rollback to savepoint one");
    }
  }
  await database.sql("rollback");
  return refused;
}

describe("the statements of the avatar feature", () => {
  it("are refused as the state was found, and work after the plan", async () => {
    expect(inserted().size).toBeGreaterThan(4);
    expect((await refusals()).length).toBeGreaterThan(3);
    const directory = await readMigrationDirectory({
      tool: "prisma",
      directory: join(folder, incident.migrations ?? ""),
    });
    const common = { contract, connection: parseConnectionString(database.url), limits: DEFAULT_LIMITS };
    const directories = async () => () => directory;
    const bench = createBench({ ...common, directories, scratch: async () => scratch });
    const { repair } = await planRepair({ ...common, backfill: new Map(), bench });
    for (const part of scriptOf(repair.steps)) for (const each of statementsOf(part)) await database.sql(each);
    expect(await refusals()).toEqual([]);
  });

  it("and the hand-made repair of that day did not do", async () => {
    const [column] = await database.query<{ nullable: string }>(
      "select is_nullable as nullable from information_schema.columns where table_name = 'avatar_generations' and column_name = 'inputImageUrl'",
    );
    expect(column).toEqual({ nullable: "YES" });
  });
});
