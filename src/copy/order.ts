/** In which order objects can be made. Pure. */
import type { DefinedObject } from "./definitions/index.js";

export interface Ranked {
  readonly object: DefinedObject;
  readonly rank: number;
}

/** `object` cannot be made before `needs`; keys as in DefinedObject. */
export interface Edge {
  readonly object: string;
  readonly needs: string;
}

/**
 * Each object after what it needs; among those that could be next, the lowest rank first, then in the order given.
 * Objects that need each other in a circle come last, by rank.
 * @param standsFor the key of the whole for keys of parts: the row type of a table, the index of a constraint
 */
export function inOrder(
  ranked: readonly Ranked[],
  edges: readonly Edge[],
  standsFor: ReadonlyMap<string, string>,
): DefinedObject[] {
  const known = new Map(ranked.map((each) => [each.object.key, each]));
  const whole = (key: string) => (known.has(key) ? key : (standsFor.get(key) ?? key));
  const needs = new Map<string, Set<string>>(ranked.map(({ object }) => [object.key, new Set()]));
  const neededBy = new Map<string, string[]>();
  const own = ranked.flatMap(({ object }) => (object.needs ?? []).map((each) => ({ object: object.key, needs: each })));
  for (const edge of [...edges, ...own]) {
    const [object, needed] = [whole(edge.object), whole(edge.needs)];
    const set = needs.get(object);
    if (set === undefined || object === needed || !known.has(needed) || set.has(needed)) continue;
    set.add(needed);
    append(neededBy, needed, object);
  }
  return [...sorted(ranked, needs, neededBy)].map(({ object }) => object);
}

/** Kahn's algorithm with one queue for each rank. */
function* sorted(
  ranked: readonly Ranked[],
  needs: ReadonlyMap<string, Set<string>>,
  neededBy: ReadonlyMap<string, readonly string[]>,
): Generator<Ranked> {
  const byKey = new Map(ranked.map((each) => [each.object.key, each]));
  const queues = new Map<number, Ranked[]>();
  const offer = (each: Ranked) => append(queues, each.rank, each);
  const isFree = ({ object }: Ranked) => needs.get(object.key)?.size === 0;
  const left = new Set(ranked);
  for (const each of ranked) if (isFree(each)) offer(each);
  for (let next = takeLowest(queues); next !== undefined; next = takeLowest(queues)) {
    left.delete(next);
    yield next;
    for (const key of neededBy.get(next.object.key) ?? []) {
      needs.get(key)?.delete(next.object.key);
      const waiting = byKey.get(key);
      if (waiting !== undefined && isFree(waiting)) offer(waiting);
    }
  }
  yield* [...left].sort((a, b) => a.rank - b.rank);
}

function takeLowest(queues: Map<number, Ranked[]>): Ranked | undefined {
  const ranks = [...queues].filter(([, queue]) => queue.length > 0).map(([rank]) => rank);
  return ranks.length === 0 ? undefined : queues.get(Math.min(...ranks))?.shift();
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
