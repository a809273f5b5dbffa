/** In which order objects can be made, the same for the same schema whatever oids it has. Pure. */
import type { Dependencies } from "./dependencies.js";

/**
 * How far each key is from what needs nothing: 0, or one more than the highest of what it needs. Parts count as their
 * whole. In a circle, which only a replaced view or function can close, the way back is not counted.
 */
export function levelsOf(keys: readonly string[], { edges, standsFor }: Dependencies): ReadonlyMap<string, number> {
  const whole = (key: string) => standsFor.get(key) ?? key;
  const needs = new Map<string, Set<string>>();
  for (const edge of edges) {
    const [object, needed] = [whole(edge.object), whole(edge.needs)];
    if (object === needed) continue;
    needs.set(object, (needs.get(object) ?? new Set()).add(needed));
  }
  const levels = new Map<string, number>();
  for (const key of keys) measure(whole(key), needs, levels);
  return new Map(keys.map((key) => [key, levels.get(whole(key)) ?? 0]));
}

/** Depth first without recursion: chains of views have no longest length. */
function measure(start: string, needs: ReadonlyMap<string, Set<string>>, levels: Map<string, number>): void {
  const path = [{ key: start, left: [...(needs.get(start) ?? [])] }];
  const onPath = new Set([start]);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const next = top.left.pop();
    if (next === undefined) {
      const below = [...(needs.get(top.key) ?? [])].map((key) => levels.get(key) ?? -1);
      levels.set(top.key, Math.max(-1, ...below) + 1);
      onPath.delete(top.key);
      path.pop();
    } else if (!levels.has(next) && !onPath.has(next)) {
      onPath.add(next);
      path.push({ key: next, left: [...(needs.get(next) ?? [])] });
    }
  }
}
