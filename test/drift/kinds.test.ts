/** Every kind of drift, done to generated schemas: verify finds it, at its place, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { complaintAbout, driftOf } from "./check.js";
import { sampleOf } from "./chooser.js";
import { schemaSpec } from "./generate.js";
import { HARMFUL, HARMLESS, type Kind } from "./kinds/index.js";
import { buildWorld, type World } from "./world.js";

const SEED = 20251014;
/** Schemas that are looked through for something that a kind of drift can be done to. */
const SPECS = Array.from({ length: 400 }, (_, i) => SEED + i);
/** A drift is done to one of the first of them, if it can be: so few databases are enough. */
const FIRST = 5;
const TIMEOUT = 600_000;

const worlds = new Map<number, Promise<World>>();

afterAll(async () => {
  for (const world of worlds.values()) await (await world).drop();
}, TIMEOUT);

/** Each kind begins with another schema; the first that has what the kind needs is made a database of. */
function worldFor(kind: Kind, at: number): Promise<World> {
  const order = [...SPECS.slice(0, FIRST).map((_, i) => SPECS[(at + i) % FIRST] ?? SEED), ...SPECS.slice(FIRST)];
  const seed = order.find(
    (each) =>
      driftOf({ spec: sampleOf(schemaSpec, each), serverVersion, role: { name: "r" } }, kind, SEED + at) !== null,
  );
  if (seed === undefined) throw new Error("none of the generated schemas has anything that this could be done to");
  const world = worlds.get(seed) ?? buildWorld(sampleOf(schemaSpec, seed));
  worlds.set(seed, world);
  return world;
}

let serverVersion = 0;

beforeAll(async () => {
  const first = buildWorld(sampleOf(schemaSpec, SEED));
  worlds.set(SEED, first);
  serverVersion = (await first).serverVersion;
}, TIMEOUT);

async function tryKind(kind: Kind, at: number, skip: (reason: string) => never): Promise<void> {
  if (serverVersion < kind.since) skip(`the server is ${serverVersion}; what changes exists since ${kind.since}`);
  const world = await worldFor(kind, at);
  const drift = driftOf(world, kind, SEED + at);
  expect(drift === null ? "nothing to drift" : await complaintAbout(world, [drift])).toBeNull();
}

describe("what harms is found", () => {
  it.for(HARMFUL.map((kind, i) => ({ kind, i, name: kind.name })))(
    "$name",
    { timeout: TIMEOUT },
    ({ kind, i }, { skip }) => tryKind(kind, i, skip),
  );
});

describe("what harms nobody is not told", () => {
  it.for(HARMLESS.map((kind, i) => ({ kind, i, name: kind.name })))(
    "$name",
    { timeout: TIMEOUT },
    ({ kind, i }, { skip }) => tryKind(kind, i, skip),
  );
});

describe("the kinds of drift", () => {
  it("have names of their own, and there are many", () => {
    const names = [...HARMFUL, ...HARMLESS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([HARMFUL.length >= 40, HARMLESS.length >= 12]).toEqual([true, true]);
  });
});
