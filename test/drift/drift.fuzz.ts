/**
 * The long run. SEED: where to begin (default: chance), RUNS: how many schemas (default: 50), KINDS: how many kinds of
 * drift each schema suffers one by one (default: 25), KIND: only kinds whose name contains this.
 */
import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ScratchServer, startScratch } from "../../src/scratch/index.js";
import { asExpected, driftOf } from "./check.js";
import { chosen, sampleOf } from "./chooser.js";
import { complaintAbout } from "./drifted.js";
import { schemaSpec } from "./generate.js";
import { HARMFUL, HARMLESS, type Kind } from "./kinds/index.js";
import { mended } from "./mend.js";
import { provenIn } from "./proof.js";
import { severalDrifts } from "./several.js";
import { buildWorld, type World } from "./world.js";

const numberOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const FIRST_SEED = numberOf("SEED", randomInt(1_000_000_000));
const RUNS = numberOf("RUNS", 50);
const KINDS = numberOf("KINDS", 25);
const WANTED = process.env["KIND"] ?? "";

console.log(`to do the same again: SEED=${FIRST_SEED} RUNS=${RUNS} KINDS=${KINDS} npm run fuzz`);

const kinds = [...HARMFUL, ...HARMLESS].filter(({ name }) => name.includes(WANTED));

let scratch: ScratchServer;

beforeAll(async () => {
  scratch = await startScratch({});
});

afterAll(() => scratch.close());

it.each(Array.from({ length: RUNS }, (_each, i) => FIRST_SEED + i))("seed %i", async (seed) => {
  const world = await buildWorld(sampleOf(schemaSpec, seed));
  try {
    const found = [
      await complaintAbout(world, [], [asExpected, mended]),
      ...(await oneByOne(world, seed)),
      ...(await together(world, seed)),
    ];
    const complaints = found.filter((complaint) => complaint !== null);
    const again = `SEED=${seed} RUNS=1 KINDS=${KINDS} npm run fuzz`;
    // At once: a run that is stopped before its end has told what it found.
    if (complaints.length > 0) console.log(`${again}\n\n${complaints.join("\n\n=====\n\n")}`);
    expect(complaints.length, again).toBe(0);
  } finally {
    await world.drop();
  }
});

/** Every third plan goes the whole way, over a copy. */
async function oneByOne(world: World, seed: number): Promise<(string | null)[]> {
  const wanted: readonly Kind[] = sampleOf(
    chosen((choose) => choose.some(kinds, KINDS)),
    seed,
  );
  const complaints: (string | null)[] = [];
  for (const [i, kind] of wanted.entries()) {
    const drift = kind.since > world.serverVersion ? null : driftOf(world, kind, seed);
    if (drift === null) continue;
    const plan = i % 3 === 0 ? provenIn(scratch) : mended;
    const complaint = await complaintAbout(world, [drift], [asExpected, plan]);
    complaints.push(complaint === null ? null : `${kind.name}\n${complaint}`);
  }
  return complaints;
}

async function together(world: World, seed: number): Promise<(string | null)[]> {
  const complaints: (string | null)[] = [];
  for (const [i, plan] of [provenIn(scratch), mended, provenIn(scratch)].entries()) {
    complaints.push(await complaintAbout(world, severalDrifts(world, seed + i), [asExpected, plan]));
  }
  return complaints;
}
