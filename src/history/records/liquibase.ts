/**
 * Liquibase: a row for each change set, identified by file, id and author together; the name here is Liquibase's own way
 * to write that, `file::id::author`. https://docs.liquibase.com/concepts/tracking-tables/databasechangelog-table.html
 */
import type { ToolRecord } from "../../model/observation.js";
import { isoUtc, type RecordTableReader, textOf, toRecord } from "./record-table.js";

export const liquibase: RecordTableReader = {
  tool: "liquibase",
  schemas: [],
  select: () => ({
    list: `(filename || '::' || id || '::' || author)::text as "name", exectype::text as "type", md5sum::text as "checksum",
  ${isoUtc("dateexecuted")} as "finishedAt"`,
    order: "orderexecuted, dateexecuted",
  }),
  toRecords: (rows) => {
    const records = new Map<string, ToolRecord>();
    for (const row of rows) {
      const name = textOf(row, "name");
      if (name === null) continue;
      const common = { finishedAt: textOf(row, "finishedAt"), checksum: textOf(row, "checksum") };
      records.set(name, toRecord(name, { ...common, ...meaningOf(textOf(row, "type") ?? "") }));
    }
    return [...records.values()];
  },
};

function meaningOf(type: string): Partial<ToolRecord> {
  if (type === "MARK_RAN") {
    const note = "MARK_RAN: recorded without being run (a precondition, or liquibase changelog-sync)";
    return { status: "recorded-without-running", note };
  }
  if (type === "SKIPPED") return { status: "rolled-back", note: "SKIPPED: a precondition was not met" };
  return type === "FAILED" ? { status: "failed", note: "FAILED; Liquibase stores no error" } : {};
}
