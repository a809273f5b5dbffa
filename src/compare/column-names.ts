/** Columns of a relation by name: each relation is asked for them many times over. */
import type { Column } from "../model/schema.js";

const known = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>();

/** The first column of the name, as the list itself would tell. */
export function columnNamed(columns: readonly Column[], name: string): Column | undefined {
  let byName = known.get(columns);
  if (byName === undefined) {
    byName = new Map([...columns].reverse().map((column) => [column.name, column]));
    known.set(columns, byName);
  }
  return byName.get(name);
}
