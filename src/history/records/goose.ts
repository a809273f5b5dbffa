/**
 * goose: a row for each time that a migration went up or, in older versions, down; the latest row of a version counts.
 * Version 0 stands for the table itself. https://pressly.github.io/goose/
 */
import type { ToolRecord } from "../../model/observation.js";
import { isoUtc, type RecordTableReader, textOf, toRecord } from "./record-table.js";

export const goose: RecordTableReader = {
  tool: "goose",
  schemas: [],
  select: () => ({
    list: `version_id::text as "name", is_applied as "isApplied", ${isoUtc("tstamp")} as "finishedAt"`,
    order: "id",
  }),
  toRecords: (rows) => {
    const latest = new Map<string, ToolRecord>();
    for (const row of rows) {
      const name = textOf(row, "name");
      if (name === null || name === "0") continue;
      const finishedAt = textOf(row, "finishedAt");
      latest.delete(name);
      latest.set(
        name,
        row["isApplied"] === true
          ? toRecord(name, { finishedAt })
          : toRecord(name, { status: "rolled-back", finishedAt, note: "taken down again (goose down)" }),
      );
    }
    return [...latest.values()];
  },
};
