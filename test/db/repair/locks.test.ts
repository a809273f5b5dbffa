/**
 * What is printed of a statement is what PostgreSQL does: the strongest lock on each table that was there, and whether a
 * table is written anew. Every statement of every kind of repair that runs in a transaction is looked at in pg_locks and
 * pg_class before the transaction is committed.
 */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readObjectDefinitions } from "../../../src/catalog/index.js";
import { compare } from "../../../src/compare/index.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { LOCK_MODES, type LockMode } from "../../../src/model/lint.js";
import { displayName } from "../../../src/model/names.js";
import { scriptOf, statementsOf } from "../../../src/model/plan-script.js";
import type { RepairStep, SqlStep } from "../../../src/model/repair.js";
import { planSql, questionsOf, settle, type TableFacts } from "../../../src/repair/index.js";
import { contractOf, observationOf, readModel } from "../../support/models.js";
import { answersOf } from "../../support/plans.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { baseFor, KINDS } from "./kinds.js";

let database: TestDatabase;
let client: pg.Client;
let contract: Contract;
const seen = new Set<LockMode>();
let rewrites = 0;

beforeAll(async () => {
  database = await createTestDatabase("locks");
  await database.sql(baseFor(database.serverVersion));
  client = await database.connect();
  await client.query("set search_path = app, public; set allow_system_table_mods = on");
  const definitions = await withReadSession(parseConnectionString(database.url), DEFAULT_LIMITS, (session) =>
    readObjectDefinitions(session, ["app"]),
  );
  contract = { ...contractOf(await readModel(database.url, ["app"]), "app"), definitions };
});
afterAll(() => database.drop());

describe.each(["large", "small"] as const)("%s tables", (size) => {
  it.for(KINDS)("$change", async ({ change, from = 0, backfill = {} }, { skip }) => {
    skip(database.serverVersion < from, `PostgreSQL ${from / 10_000} brought it`);
    await client.query("rollback");
    await client.query(`drop schema if exists app cascade; ${baseFor(database.serverVersion)}`);
    await client.query("set search_path = app, public");
    await client.query(change);
    const tables = await filesOf("named");
    for (const part of scriptOf(await planFor(size, backfill))) {
      if (part.kind === "transaction") await lookAt(part.steps, tables);
      else for (const statement of statementsOf(part)) await client.query(statement);
    }
  });
});

it("has seen what it is about", () => {
  expect([...seen]).toEqual(
    expect.arrayContaining(["SHARE", "SHARE ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "ACCESS EXCLUSIVE"]),
  );
  expect(rewrites).toBeGreaterThan(5);
});

async function planFor(size: "large" | "small", backfill: Readonly<Record<string, string>>) {
  const model = await readModel(database.url, ["app"]);
  const { gaps } = compare(contract, observationOf(model));
  const facts: TableFacts = { rows: 3, bytes: 8192, empty: false };
  const tables = size === "small" ? model.relations.map((each) => [displayName(each), facts] as const) : [];
  const plan = planSql({
    ...{ contract, gaps, causes: [], histories: [], models: [model] },
    ...{ tables: new Map(tables), backfill: new Map(Object.entries(backfill)) },
  });
  const steps: readonly RepairStep[] = settle(plan, await answersOf(client, questionsOf(plan))).steps;
  return steps;
}

/** Locks add up until the end, so after each statement the strongest of those printed so far have to be held. */
async function lookAt(steps: readonly SqlStep[], tables: ReadonlyMap<string, string>): Promise<void> {
  const before = await filesOf();
  let files = before;
  const printed = new Map<string, LockMode>();
  await client.query("begin");
  for (const { statement, hazards } of steps) {
    await client.query(statement);
    for (const { lock, subject } of hazards) {
      // A name that an index gives up is locked in the index only; the plan names the table, which is on the safe side.
      if (statement.includes(" RENAME TO ") && statement.includes("ALTER INDEX")) continue;
      if (lock !== null && subject !== null) printed.set(subject, stronger(lock, printed.get(subject)));
    }
    const now = await filesOf();
    const rewritten = [...files].filter(([table, file]) => now.has(table) && now.get(table) !== file);
    rewrites += rewritten.length;
    const isPrinted = hazards.some(({ kind }) => kind === "table-rewrite");
    expect({ statement, rewritten: rewritten.length > 0 }).toEqual({ statement, rewritten: isPrinted });
    files = now;
    const held = await locksOn(tables);
    for (const mode of held.values()) seen.add(mode);
    expect({ statement, locks: [...held].sort() }).toEqual({ statement, locks: inTheWay(printed, tables) });
  }
  await client.query("commit");
}

/** What neither an UPDATE nor a SELECT takes. */
const WEAKEST = LOCK_MODES.indexOf("SHARE UPDATE EXCLUSIVE");

function inTheWay(locks: ReadonlyMap<string, LockMode>, tables: ReadonlyMap<string, unknown>) {
  return [...locks].filter(([name, mode]) => tables.has(name) && LOCK_MODES.indexOf(mode) >= WEAKEST).sort();
}

function stronger(one: LockMode, other: LockMode | undefined): LockMode {
  return other !== undefined && LOCK_MODES.indexOf(other) > LOCK_MODES.indexOf(one) ? other : one;
}

/** `AccessExclusiveLock` -> `ACCESS EXCLUSIVE` */
function modeOf(text: string): LockMode {
  const name = text
    .replace(/Lock$/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();
  const mode = LOCK_MODES.find((each) => each === name);
  if (mode === undefined) throw new Error(`unknown lock mode ${text}`);
  return mode;
}

/** Tables with the file that each is stored in. @param which without partitions: the plan names their parents */
async function filesOf(which: "all" | "named" = "all"): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; file: string }>(
    `select n.nspname || '.' || c.relname as name, c.oid || '/' || c.relfilenode as file
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('app', 'public') and c.relkind in ('r', 'p') and ($1 = 'all' or not c.relispartition)`,
    [which],
  );
  return new Map(rows.map(({ name, file }) => [name, file]));
}

async function locksOn(tables: ReadonlyMap<string, unknown>): Promise<ReadonlyMap<string, LockMode>> {
  const { rows } = await client.query<{ name: string; mode: string }>(
    `select n.nspname || '.' || c.relname as name, l.mode
     from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
     where l.pid = pg_backend_pid() and l.locktype = 'relation' and c.relkind in ('r', 'p')`,
  );
  const held = new Map<string, LockMode>();
  for (const { name, mode } of rows) held.set(name, stronger(modeOf(mode), held.get(name)));
  return new Map(inTheWay(held, tables));
}
