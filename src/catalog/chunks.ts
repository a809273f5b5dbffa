import { type QualifiedName, qualifiedKey } from "../model/names.js";

/** Oids a statement takes at most: large enough that round trips do not matter, small enough for short statements. */
const CHUNK = 500;

/** Runs a query for at most 500 oids at a time and joins the rows. No oids, no query. */
export async function inChunks<R>(
  oids: readonly number[],
  read: (chunk: readonly number[]) => Promise<R[]>,
): Promise<R[]> {
  const rows: R[] = [];
  for (let start = 0; start < oids.length; start += CHUNK) {
    for (const row of await read(oids.slice(start, start + CHUNK))) rows.push(row);
  }
  return rows;
}

/** Groups rows by a key, in the order they came. */
export function groupBy<K, R>(rows: readonly R[], key: (row: R) => K): Map<K, R[]> {
  const groups = new Map<K, R[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

export function distinct(values: Iterable<number>): number[] {
  return [...new Set(values)].filter((value) => value !== 0);
}

/** Each name once: two applications may need the same table. */
export function distinctNames(names: readonly QualifiedName[]): QualifiedName[] {
  return [...new Map(names.map((name) => [qualifiedKey(name), name])).values()];
}
