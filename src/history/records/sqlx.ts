/** sqlx: a row for each version with SHA-384 of its file. https://docs.rs/sqlx/latest/sqlx/migrate/ */
import type { ToolRecord } from "../../model/observation.js";
import { isoUtc, type RawRow, type RecordTableReader, textOf, toRecord } from "./record-table.js";

export const sqlx: RecordTableReader = {
  tool: "sqlx",
  schemas: [],
  select: () => ({
    list: `version::text as "name", success as "success", pg_catalog.encode(checksum, 'hex') as "checksum",
  ${isoUtc("installed_on")} as "finishedAt"`,
    order: "version",
  }),
  toRecords: (rows) =>
    rows.flatMap((row) => {
      const name = textOf(row, "name");
      return name === null ? [] : [recordOf(row, name)];
    }),
};

function recordOf(row: RawRow, name: string): ToolRecord {
  const common = { finishedAt: textOf(row, "finishedAt"), checksum: textOf(row, "checksum") };
  if (row["success"] !== true) {
    return toRecord(name, { ...common, status: "failed", note: "success is false; sqlx stores no error" });
  }
  if (common.checksum?.length === 96) return toRecord(name, common);
  return toRecord(name, { ...common, status: "forged", note: "its checksum is not one that sqlx writes (48 bytes)" });
}
