/**
 * pgroll: a row for each migration of each schema; `inferred` rows are changes that were made without pgroll.
 * https://github.com/xataio/pgroll/blob/main/pkg/state/init.sql
 */
import type { ToolRecord } from "../../model/observation.js";
import { isoUtc, type RawRow, type RecordTableReader, textOf, toRecord } from "./record-table.js";

export const pgroll: RecordTableReader = {
  tool: "pgroll",
  schemas: ["pgroll"],
  select: (columns) => ({
    list: `name::text as "name", schema::text as "scope", done as "done",
  ${columns.includes("migration_type") ? "migration_type::text" : "'pgroll'::text"} as "type",
  ${isoUtc("created_at")} as "startedAt", ${isoUtc("updated_at")} as "finishedAt"`,
    order: "created_at, name",
  }),
  toRecords: (rows) =>
    rows.flatMap((row) => {
      const name = textOf(row, "name");
      return name === null ? [] : [recordOf(row, name)];
    }),
};

function recordOf(row: RawRow, name: string): ToolRecord {
  const common = { startedAt: textOf(row, "startedAt"), scope: textOf(row, "scope") };
  if (row["done"] !== true) {
    const note = "started and not completed (pgroll complete): both versions of the schema are there";
    return toRecord(name, { ...common, status: "running", note });
  }
  const finishedAt = textOf(row, "finishedAt");
  const type = textOf(row, "type");
  if (type === "baseline") {
    const note = "baseline: what was there already (pgroll baseline)";
    return toRecord(name, { ...common, finishedAt, status: "recorded-without-running", coversOlder: true, note });
  }
  const note = type === "inferred" ? "made without pgroll, which noticed it" : null;
  return toRecord(name, { ...common, finishedAt, note });
}
