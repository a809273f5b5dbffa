/**
 * Nothing that verify would see is missed by a service that has stopped reading the catalog because it does not change.
 * Each kind of drift is done behind the back of such a service.
 */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleOf } from "./chooser.js";
import { script } from "./ddl.js";
import { schemaSpec } from "./generate.js";
import { type Drift, HARMFUL, HARMLESS, type Kind } from "./kinds/index.js";
import { severalDrifts } from "./several.js";
import { facts, settle, watch } from "./watched.js";
import { buildWorld, runAll, verifyDatabase, type World } from "./world.js";
import { openWorlds, type Worlds } from "./worlds.js";

const TIMEOUT = 600_000;
const SEEDS = [91, 92, 93, 94, 95];

let worlds: Worlds;

beforeAll(async () => {
  worlds = await openWorlds(20251014);
}, TIMEOUT);

afterAll(() => worlds.drop(), TIMEOUT);

/** After the drift the service says what verify says; before it the service has stopped reading. */
async function tellTogether(world: World, { statements, afterwards = [] }: Drift): Promise<void> {
  const database = await world.copy();
  const watched = await watch(world.contract, database.url);
  try {
    expect(await settle(watched)).toMatchObject({ gaps: [], unverified: [] });
    await runAll(database, ["set allow_system_table_mods = on", ...statements]);
    const [seen, truth] = [await watched.look(), await verifyDatabase(world, database.url)];
    expect(facts(seen)).toEqual(facts(truth));
  } finally {
    await watched.close();
    await database.sql(afterwards.join(";"));
    await database.drop();
  }
}

async function tryKind(kind: Kind, at: number, skip: (reason: string) => never): Promise<void> {
  if (worlds.serverVersion < kind.since) skip(`the server is ${worlds.serverVersion}; this exists since ${kind.since}`);
  const { world, drift } = await worlds.driftOf(kind, at);
  await tellTogether(world, drift);
}

const cases = (kinds: readonly Kind[]) => kinds.map((kind, i) => ({ kind, i, name: kind.name }));

describe("a service that no longer reads sees at once", () => {
  it.for(cases(HARMFUL))("$name", { timeout: TIMEOUT }, ({ kind, i }, { skip }) => tryKind(kind, i, skip));
});

describe("a service that no longer reads says what verify says after", () => {
  it.for(cases(HARMLESS))("$name", { timeout: TIMEOUT }, ({ kind, i }, { skip }) => tryKind(kind, i, skip));
});

/** Takes place in a transaction that is looked at while it is open, is undone, and at last comes to stay. */
async function inTransactions(world: World, drifts: readonly Drift[]): Promise<void> {
  const database = await world.copy();
  const watched = await watch(world.contract, database.url);
  const other = await database.connect();
  const agree = async (what: string) =>
    expect(facts(await watched.look()), what).toEqual(facts(await verifyDatabase(world, database.url)));
  try {
    await settle(watched);
    for (const { statements } of drifts) {
      const before = facts(await watched.look());
      const what = script(statements);
      if (await begins(other, statements)) {
        const [seen, truth] = [await watched.look(), await verifyDatabase(world, database.url)];
        // What is locked verify could not look at; that nothing has been committed is as true.
        expect([before, facts(truth)], what).toContainEqual(facts(seen));
      }
      await other.query("rollback");
      await agree(`undone: ${what}`);
      await other.query(NOISE);
      await agree("noise");
      await runAll(database, ["set allow_system_table_mods = on", ...statements]);
      await agree(what);
    }
  } finally {
    await other.end();
    await watched.close();
    await database.sql(drifts.flatMap(({ afterwards = [] }) => afterwards).join(";"));
    await database.drop();
  }
}

const NOISE =
  "create temp table if not exists noise (id serial primary key); insert into noise default values; analyze noise";

/** False: one of them cannot run in a transaction. */
async function begins(session: pg.Client, statements: readonly string[]): Promise<boolean> {
  await session.query("set allow_system_table_mods = on; begin");
  try {
    for (const statement of statements) await session.query(statement);
    return true;
  } catch {
    return false;
  }
}

describe.each(SEEDS)("one drift after the other, in the schema of seed %i", (seed) => {
  it(
    "is told as verify tells it, in every state of the transaction",
    async () => {
      const world = await buildWorld(sampleOf(schemaSpec, seed));
      try {
        const drifts = severalDrifts(world, seed);
        // With a gap the catalog is read each time: those that make none come first.
        const harmless = drifts.filter(({ expected }) => expected.length === 0);
        await inTransactions(world, [...harmless, ...drifts.filter((drift) => !harmless.includes(drift))]);
      } finally {
        await world.drop();
      }
    },
    TIMEOUT,
  );
});
