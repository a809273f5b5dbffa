/**
 * golang-migrate: one row with the current version; a failed migration leaves it dirty, and nothing runs until somebody
 * forces a version. https://github.com/golang-migrate/migrate/blob/master/GETTING_STARTED.md
 */
import { type RecordTableReader, textOf, toRecord } from "./record-table.js";

export const golangMigrate: RecordTableReader = {
  tool: "golang-migrate",
  schemas: [],
  select: () => ({ list: `version::text as "name", dirty as "dirty"`, order: "version" }),
  toRecords: (rows) =>
    rows.flatMap((row) => {
      const name = textOf(row, "name");
      // Version -1 is "no migration": all were taken down.
      if (name === null || name.startsWith("-")) return [];
      if (row["dirty"] !== true) return [toRecord(name, { coversOlder: true })];
      const note =
        "the version is dirty: its migration failed or was interrupted, and golang-migrate does not say at what";
      return [toRecord(name, { status: "failed", coversOlder: true, note })];
    }),
};
