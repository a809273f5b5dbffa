/**
 * The table of kinds: one change of a database with rows, the plan for it, and what is left when the plan has run. Each
 * change is tried on tables whose size nobody knows (the careful ways) and on small ones (the short ways), and the plan is
 * run twice, because a plan that stopped in the middle has to run again from its beginning.
 */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readObjectDefinitions } from "../../../src/catalog/index.js";
import { compare } from "../../../src/compare/index.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { displayName } from "../../../src/model/names.js";
import type { Gap } from "../../../src/model/report.js";
import type { SchemaModel } from "../../../src/model/schema.js";
import {
  planSql,
  questionsOf,
  type Situation,
  type SqlPlan,
  settle,
  type TableFacts,
} from "../../../src/repair/index.js";
import { type Draft, PHASES } from "../../../src/repair/plan/task.js";
import { contractOf, observationOf, readModel } from "../../support/models.js";
import { answersOf, runPlan } from "../../support/plans.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { baseFor, KINDS } from "./kinds.js";

let database: TestDatabase;
let client: pg.Client;
let contract: Contract;

beforeAll(async () => {
  database = await createTestDatabase("kinds");
  await database.sql(baseFor(database.serverVersion));
  client = await database.connect();
  await client.query("set search_path = app, public; set allow_system_table_mods = on");
  const model = await readModel(database.url, ["app"]);
  const definitions = await withReadSession(parseConnectionString(database.url), DEFAULT_LIMITS, (session) =>
    readObjectDefinitions(session, ["app"]),
  );
  contract = { ...contractOf(model, "app"), definitions };
});

afterAll(() => database.drop());

describe.each(["large", "small"] as const)("%s tables", (size) => {
  it.for(KINDS)("$change", async ({ change, left = [], after = left, from = 0, backfill = {} }, { skip }) => {
    skip(database.serverVersion < from, `PostgreSQL ${from / 10_000} brought it`);
    await client.query(`drop schema if exists app cascade; ${baseFor(database.serverVersion)}`);
    await client.query("set search_path = app, public");
    await client.query(change);
    const before = await look();
    expect(before.gaps).not.toEqual([]);
    const plan = planSql(situation(before, size, backfill));
    expect(toldIn(plan)).toEqual(new Set(before.gaps.map(({ id }) => id)));
    for (const { drafts } of plan.planned.tasks) expect(drafts.map(place)).toEqual(drafts.map(place).sort(ascending));
    const settled = settle(plan, await answersOf(client, questionsOf(plan)));
    await runPlan(client, settled.steps);
    await runPlan(client, settled.steps);
    const end = await look();
    expect(codes(end.gaps)).toEqual([...after]);
    expect(spareIndexes(end.model, before.model)).toEqual([]);
    // What stays is told, and nothing else is.
    const told = new Set(settled.notDone.flatMap(({ gaps }) => gaps));
    expect(codes(before.gaps.filter(({ id }) => told.has(id)))).toEqual([...left]);
  });
});

/** Indexes built under a name for the time between, and left: neither expected nor there before, under that name or as `_old`. */
function spareIndexes(end: SchemaModel, before: SchemaModel): string[] {
  const known = [...contract.applications.flatMap(({ relations }) => relations), ...before.relations];
  const names = new Set(known.flatMap(({ indexes }) => indexes.flatMap(({ name }) => [name, `${name}_old`])));
  return end.relations.flatMap(({ indexes }) => indexes.map(({ name }) => name)).filter((name) => !names.has(name));
}

/** A draft of an earlier phase would pull those before it in its task out of their order. */
function place({ phase }: Draft): number {
  return PHASES.indexOf(phase);
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** No gap is forgotten: each has a step, or is left to people. */
function toldIn({ steps, notDone }: SqlPlan): Set<string> {
  return new Set([...steps, ...notDone].flatMap(({ gaps }) => gaps));
}

interface Look {
  readonly gaps: readonly Gap[];
  readonly model: SchemaModel;
}

async function look(): Promise<Look> {
  const model = await readModel(database.url, ["app"]);
  return { model, gaps: compare(contract, observationOf(model)).gaps };
}

function situation(
  { gaps, model }: Look,
  size: "large" | "small",
  backfill: Readonly<Record<string, string>>,
): Situation {
  const small: TableFacts = { rows: 3, bytes: 8192, empty: false };
  const tables = new Map(model.relations.map((each) => [displayName(each), small]));
  return {
    ...{ contract, gaps, causes: [], histories: [], models: [model] },
    ...{ tables: size === "small" ? tables : new Map(), backfill: new Map(Object.entries(backfill)) },
  };
}

function codes(gaps: readonly Gap[]): string[] {
  return gaps.map(({ code }) => code).sort();
}
