/**
 * Flyway: a row for each attempt, in the order of installed_rank. The script's path is its name; the version identifies a
 * versioned migration, the script a repeatable one. Rows of the types SCHEMA and DELETE are no migrations.
 * https://documentation.red-gate.com/fd/flyway-schema-history-table-273973417.html
 */
import type { ToolRecord } from "../../model/observation.js";
import { isoUtc, type RawRow, type RecordTableReader, textOf, toRecord } from "./record-table.js";

export const flyway: RecordTableReader = {
  tool: "flyway",
  schemas: [],
  select: () => ({
    list: `version::text as "version", type::text as "type", script::text as "name", checksum::text as "checksum",
  ${isoUtc("installed_on")} as "finishedAt", success as "success"`,
    order: "installed_rank",
  }),
  toRecords: (rows) => {
    const latest = new Map<string, ToolRecord>();
    for (const row of rows) settle(latest, row);
    return [...latest.values()];
  },
};

/** The last word about a version or a repeatable script counts; what was deleted by `flyway repair` has none. */
function settle(latest: Map<string, ToolRecord>, row: RawRow): void {
  const name = textOf(row, "name");
  const type = textOf(row, "type") ?? "";
  const version = textOf(row, "version");
  if (name === null || type === "SCHEMA") return;
  const key = version ?? `R ${name}`;
  const before = latest.get(key);
  latest.delete(key);
  if (type === "DELETE") return;
  if (type.startsWith("UNDO") && before !== undefined && row["success"] === true) {
    latest.set(key, { ...before, status: "rolled-back", note: "undone (flyway undo)" });
  } else if (type.startsWith("UNDO")) {
    if (before !== undefined) latest.set(key, before);
  } else latest.set(key, recordOf(row, name, type, version));
}

function recordOf(row: RawRow, name: string, type: string, version: string | null): ToolRecord {
  const common = { finishedAt: textOf(row, "finishedAt"), checksum: textOf(row, "checksum"), recordedAs: version };
  if (row["success"] !== true) {
    return toRecord(name, { ...common, status: "failed", note: "success is false; Flyway stores no error" });
  }
  if (!type.includes("BASELINE")) return toRecord(name, common);
  const isMark = type === "BASELINE";
  return toRecord(name, {
    ...common,
    status: isMark ? "recorded-without-running" : "applied",
    coversOlder: true,
    note: isMark ? `baseline: everything up to version ${version ?? "?"} was there already (flyway baseline)` : null,
  });
}
