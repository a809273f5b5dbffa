/**
 * Atlas: a row for each version, with how many of its statements were applied and the error of the one that failed. `type`
 * is a set of bits: 1 baseline, 2 executed, 4 resolved by hand (`atlas migrate set`).
 * https://atlasgo.io/versioned/apply#migration-history-table
 */
import type { ToolRecord } from "../../model/observation.js";
import { redactLog } from "../prisma/log.js";
import { isoUtc, type RawRow, type RecordTableReader, textOf, toRecord } from "./record-table.js";

const BASELINE = 1;
const EXECUTED = 2;
const RESOLVED = 4;
const MAX_ERROR = 300;

export const atlas: RecordTableReader = {
  tool: "atlas",
  schemas: ["atlas_schema_revisions"],
  select: () => ({
    list: `version::text as "name", type::text as "type", applied::text as "applied", total::text as "total",
  ${isoUtc("executed_at")} as "startedAt", pg_catalog.left(error::text, 4000) as "error", hash::text as "checksum"`,
    order: "version",
  }),
  toRecords: (rows) =>
    rows.flatMap((row) => {
      const name = textOf(row, "name");
      // A version that begins with a dot is a note of Atlas to itself, not a migration.
      return name === null || name.startsWith(".") ? [] : [recordOf(row, name)];
    }),
};

function recordOf(row: RawRow, name: string): ToolRecord {
  const [type, applied, total] = ["type", "applied", "total"].map((column) => Number(textOf(row, column) ?? 0));
  const error = textOf(row, "error") ?? "";
  const common = { startedAt: textOf(row, "startedAt"), checksum: textOf(row, "checksum") || null };
  const bits = type ?? 0;
  if ((bits & BASELINE) !== 0) {
    const note = "baseline: everything up to this version was there already";
    return toRecord(name, { ...common, status: "recorded-without-running", coversOlder: true, note });
  }
  if ((bits & RESOLVED) !== 0) {
    const note = "marked as applied by hand (atlas migrate set)";
    const ran = (bits & EXECUTED) !== 0 ? `; ${applied} of its ${total} statements had run before` : "";
    return toRecord(name, { ...common, status: "recorded-without-running", note: `${note}${ran}` });
  }
  const isPartial = (applied ?? 0) < (total ?? 0);
  if (error === "" && !isPartial) return toRecord(name, common);
  const said = error === "" ? "no error stored" : redactLog(error).replaceAll(/\s+/g, " ").slice(0, MAX_ERROR);
  return toRecord(name, { ...common, status: "failed", note: `${applied} of ${total} statements applied: ${said}` });
}
