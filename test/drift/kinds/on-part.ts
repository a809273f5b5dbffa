/** One change of one part of a table. */
import { q, qq, type TableSpec } from "../spec.js";
import { around, atOne, type Drift, partsOf, type Site } from "./kind.js";

export interface On<T> {
  readonly table: TableSpec;
  readonly part: T;
}

/** A drift but for what it touches, which is what stands around its table. */
export type Made = Omit<Drift, "touches"> | null;

/** Done to one of the parts for which the condition holds; null when there is none. */
export function onPart<T>(
  site: Site,
  parts: (table: TableSpec) => readonly T[],
  fits: (part: T, table: TableSpec) => boolean,
  make: (found: On<T>) => Made,
): Drift | null {
  return atOne(site.choose, partsOf(site, parts, fits), (found) => {
    const drift = make(found);
    return drift === null ? null : { ...drift, touches: around(site.spec, found.table) };
  });
}

export function dropConstraint(table: TableSpec, name: string): string {
  return `alter table ${qq(table)} drop constraint ${q(name)}`;
}
