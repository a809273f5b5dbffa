/** Values of parts of relations, and lists of numbers: hundreds of thousands of them in one reading. */

/** Values by the oid of a relation and the position of a column (or any two numbers), without a text key for each. */
export class ByPosition<V> {
  readonly #relations = new Map<number, Map<number, V>>();

  constructor(entries: Iterable<readonly [oid: number, position: number, value: V]> = []) {
    for (const [oid, position, value] of entries) this.set(oid, position, value);
  }

  get(oid: number, position: number): V | undefined {
    return this.#relations.get(oid)?.get(position);
  }

  set(oid: number, position: number, value: V): void {
    const positions = this.#relations.get(oid);
    if (positions === undefined) this.#relations.set(oid, new Map([[position, value]]));
    else positions.set(position, value);
  }
}

const NUMBERS = /-?\d+/g;

/**
 * Reads `1 3` (int2vector, oidvector) and `{1,3}` (an array) as numbers. Catalogs repeat few of them, so equal texts share
 * one list; whoever reads a catalog takes a reader of its own.
 */
export function listReader(): (text: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const list = (text.match(NUMBERS) ?? []).map(Number);
    known.set(text, list);
    return list;
  };
}
