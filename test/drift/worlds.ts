/** Databases of generated schemas that the kinds of drift share, and the choice of one for each kind. */
import { driftOf } from "./check.js";
import { sampleOf } from "./chooser.js";
import { schemaSpec } from "./generate.js";
import type { Drift, Kind } from "./kinds/index.js";
import { buildWorld, type World } from "./world.js";

export interface Worlds {
  readonly serverVersion: number;
  /**
   * A drift of this kind, with a world that has something that it can be done to.
   * @throws Error when none of the generated schemas has
   */
  driftOf(kind: Kind, at: number): Promise<{ readonly world: World; readonly drift: Drift }>;
  drop(): Promise<void>;
}

/** Schemas that are looked through for what a kind needs; only those that are used are made databases of. */
const LOOKED_THROUGH = 400;
/** A drift is done to one of the first, if it can be: so few databases are enough. */
const FIRST = 5;

/** @param seed the same seed gives the same schemas and the same drifts */
export async function openWorlds(seed: number): Promise<Worlds> {
  const specs = Array.from({ length: LOOKED_THROUGH }, (_, i) => sampleOf(schemaSpec, seed + i));
  const built = new Map<number, Promise<World>>();
  const world = (i: number) => {
    const spec = specs[i];
    if (spec === undefined) throw new Error("none of the generated schemas has anything that this could be done to");
    const found = built.get(i) ?? buildWorld(spec);
    built.set(i, found);
    return found;
  };
  const { serverVersion } = await world(0);
  return {
    serverVersion,
    driftOf: async (kind, at) => {
      const order = specs.map((_, i) => (i < FIRST ? (at + i) % FIRST : i));
      const can = (spec: (typeof specs)[number] | undefined) =>
        spec !== undefined && driftOf({ spec, serverVersion, role: { name: "r" } }, kind, seed + at) !== null;
      const chosenWorld = await world(order.find((i) => can(specs[i])) ?? -1);
      const drift = driftOf(chosenWorld, kind, seed + at);
      if (drift === null) throw new Error("the drift depends on the server or on the role");
      return { world: chosenWorld, drift };
    },
    drop: async () => {
      for (const each of built.values()) await (await each).drop();
    },
  };
}
