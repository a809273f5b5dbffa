/** Changes of a column that nothing else mentions, so that they change nothing else. */
import { type ColumnSpec, q, qq, type TableSpec } from "../spec.js";
import { around, atOne, type Drift, type Finding, freeColumns, part, type Site } from "./kind.js";
import type { Made, On } from "./on-part.js";

export type FoundColumn = On<ColumnSpec>;

export function onFree(
  site: Site,
  fits: (column: ColumnSpec, table: TableSpec) => boolean,
  make: (found: FoundColumn) => Made,
): Drift | null {
  return atOne(site.choose, freeColumns(site, fits), (found) => {
    const drift = make(found);
    return drift === null ? null : { ...drift, touches: around(site.spec, found.table) };
  });
}

export function alter({ table, part: column }: FoundColumn, change: string): string {
  return `alter table ${qq(table)} alter column ${q(column.name)} ${change}`;
}

/** The one gap of the column. */
export function told(
  { table, part: column }: FoundColumn,
  code: Finding["code"],
  severity: Finding["severity"],
): Finding[] {
  return [part(code, severity, "column", table, column.name)];
}

/** It gets its value from the statement or from its default. */
export function isPlain({ identity, serial, generated }: ColumnSpec): boolean {
  return identity === null && !serial && generated === null;
}
