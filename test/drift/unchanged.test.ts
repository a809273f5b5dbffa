/**
 * Nothing that verify would see is missed by a service that has stopped reading the catalog because it does not change.
 * Each kind of drift is done behind the back of such a service.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleOf } from "./chooser.js";
import { script } from "./ddl.js";
import { schemaSpec } from "./generate.js";
import { type Drift, HARMFUL, HARMLESS, type Kind } from "./kinds/index.js";
import { severalDrifts } from "./several.js";
import { facts, READINGS, watch } from "./watched.js";
import { buildWorld, runAll, verifyDatabase, type World } from "./world.js";
import { openWorlds, type Worlds } from "./worlds.js";

const TIMEOUT = 600_000;
const SEEDS = [91, 92, 93];

let worlds: Worlds;

beforeAll(async () => {
  worlds = await openWorlds(20251014);
}, TIMEOUT);

afterAll(() => worlds.drop(), TIMEOUT);

/** After each drift the service says what verify says; before the first one it has stopped reading. */
async function tellTogether(world: World, drifts: readonly Drift[]): Promise<void> {
  const database = await world.copy();
  const watched = await watch(world.contract, database.url);
  try {
    const first = await watched.look();
    expect(first).toMatchObject({ gaps: [], unverified: [] });
    const reading = watched.bytes;
    for (let i = 1; i <= READINGS; i++) await watched.look();
    expect(watched.bytes).toBeLessThan(reading / 2);
    for (const { statements } of drifts) {
      await runAll(database, ["set allow_system_table_mods = on", ...statements]);
      const [seen, truth] = [await watched.look(), await verifyDatabase(world, database.url)];
      expect(facts(seen), script(statements)).toEqual(facts(truth));
    }
  } finally {
    await watched.close();
    await database.sql(drifts.flatMap(({ afterwards = [] }) => afterwards).join(";"));
    await database.drop();
  }
}

async function tryKind(kind: Kind, at: number, skip: (reason: string) => never): Promise<void> {
  if (worlds.serverVersion < kind.since) skip(`the server is ${worlds.serverVersion}; this exists since ${kind.since}`);
  const { world, drift } = await worlds.driftOf(kind, at);
  await tellTogether(world, [drift]);
}

const cases = (kinds: readonly Kind[]) => kinds.map((kind, i) => ({ kind, i, name: kind.name }));

describe("a service that no longer reads sees at once", () => {
  it.for(cases(HARMFUL))("$name", { timeout: TIMEOUT }, ({ kind, i }, { skip }) => tryKind(kind, i, skip));
});

describe("a service that no longer reads says what verify says after", () => {
  it.for(cases(HARMLESS))("$name", { timeout: TIMEOUT }, ({ kind, i }, { skip }) => tryKind(kind, i, skip));
});

describe.each(SEEDS)("one drift after the other, in the schema of seed %i", (seed) => {
  it(
    "is told as verify tells it",
    async () => {
      const world = await buildWorld(sampleOf(schemaSpec, seed));
      try {
        await tellTogether(world, severalDrifts(world, seed));
      } finally {
        await world.drop();
      }
    },
    TIMEOUT,
  );
});
