/**
 * The long run. SEED: where to begin (default: chance), RUNS: how many schemas (default: 50), KINDS: how many kinds of
 * drift each schema suffers one by one (default: 25), KIND: only kinds whose name contains this.
 */
import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { complaintAbout, driftOf } from "./check.js";
import { chosen, sampleOf } from "./chooser.js";
import { schemaSpec } from "./generate.js";
import { type Drift, HARMFUL, HARMLESS, type Kind } from "./kinds/index.js";
import { complaintAboutRepair } from "./mend.js";
import { severalDrifts } from "./several.js";
import { buildWorld, type World } from "./world.js";

const numberOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const FIRST_SEED = numberOf("SEED", randomInt(1_000_000_000));
const RUNS = numberOf("RUNS", 50);
const KINDS = numberOf("KINDS", 25);
const WANTED = process.env["KIND"] ?? "";

console.log(`to do the same again: SEED=${FIRST_SEED} RUNS=${RUNS} KINDS=${KINDS} npm run fuzz`);

const kinds = [...HARMFUL, ...HARMLESS].filter(({ name }) => name.includes(WANTED));

type Check = (world: World, drifts: readonly Drift[]) => Promise<string | null>;

const CHECKS: readonly (readonly [string, Check])[] = [
  ["verify", complaintAbout],
  ["repair", complaintAboutRepair],
];

describe.each(CHECKS)("%s", (_, check) => {
  it.each(Array.from({ length: RUNS }, (_each, i) => FIRST_SEED + i))("seed %i", async (seed) => {
    const world = await buildWorld(sampleOf(schemaSpec, seed));
    try {
      const found = [
        await check(world, []),
        ...(await oneByOne(world, seed, check)),
        ...(await together(world, seed, check)),
      ];
      const complaints = found.filter((complaint) => complaint !== null);
      const again = `SEED=${seed} RUNS=1 KINDS=${KINDS} npm run fuzz`;
      expect(complaints.length, `${again}\n\n${complaints.join("\n\n=====\n\n")}`).toBe(0);
    } finally {
      await world.drop();
    }
  });
});

async function oneByOne(world: World, seed: number, check: Check): Promise<(string | null)[]> {
  const wanted: readonly Kind[] = sampleOf(
    chosen((choose) => choose.some(kinds, KINDS)),
    seed,
  );
  const complaints: (string | null)[] = [];
  for (const kind of wanted) {
    const drift = kind.since > world.serverVersion ? null : driftOf(world, kind, seed);
    if (drift === null) continue;
    const complaint = await check(world, [drift]);
    complaints.push(complaint === null ? null : `${kind.name}\n${complaint}`);
  }
  return complaints;
}

async function together(world: World, seed: number, check: Check): Promise<(string | null)[]> {
  const complaints: (string | null)[] = [];
  for (const i of [0, 1, 2]) complaints.push(await check(world, severalDrifts(world, seed + i)));
  return complaints;
}
