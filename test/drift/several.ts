/** Several drifts that do not meet: no two of them touch the same object. */
import { driftOf } from "./check.js";
import { chosen, sampleOf } from "./chooser.js";
import { type Drift, HARMFUL, HARMLESS } from "./kinds/index.js";
import type { World } from "./world.js";

/** As many as fit beside each other, at most six. */
export function severalDrifts(world: World, seed: number): Drift[] {
  const kinds = sampleOf(
    chosen((choose) => choose.some([...HARMFUL, ...HARMLESS], 40)),
    seed,
  ).filter(({ since }) => since <= world.serverVersion);
  const taken: Drift[] = [];
  for (const [i, kind] of kinds.entries()) {
    const drift = driftOf(world, kind, seed + i);
    if (drift !== null && taken.length < 6 && taken.every((other) => areApart(other, drift))) taken.push(drift);
  }
  return taken;
}

/** New objects have names of their own, which two drifts may share. */
function areApart(a: Drift, b: Drift): boolean {
  const made = (drift: Drift) => drift.statements.flatMap((statement) => statement.match(/\bzz_?\w*/g) ?? []);
  return !a.touches.some((each) => b.touches.includes(each)) && !made(a).some((name) => made(b).includes(name));
}
