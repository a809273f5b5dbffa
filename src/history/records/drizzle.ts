/**
 * Drizzle: a row for each migration with the digest of its text and the journal's `when`; names only from 1.0 on, and null
 * for rows that are older. https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/migrator.ts
 */
import { isoUtc, type RecordTableReader, textOf, toRecord } from "./record-table.js";

export const drizzle: RecordTableReader = {
  tool: "drizzle",
  schemas: ["drizzle"],
  select: (columns) => ({
    list: [
      `${columns.includes("name") ? "name::text" : "null::text"} as "name"`,
      `hash::text as "checksum"`,
      `created_at::text as "recordedAs"`,
      `${columns.includes("applied_at") ? isoUtc("applied_at") : "null::text"} as "finishedAt"`,
    ].join(", "),
    order: "created_at, id",
  }),
  toRecords: (rows) =>
    rows.flatMap((row) => {
      const checksum = textOf(row, "checksum");
      const recordedAs = textOf(row, "recordedAs");
      const name = textOf(row, "name") ?? checksum ?? recordedAs;
      if (name === null) return [];
      const isForged = checksum === null || !/^[0-9a-f]{64}$/.test(checksum);
      const finishedAt = textOf(row, "finishedAt");
      if (!isForged) return [toRecord(name, { checksum, recordedAs, finishedAt })];
      const note = "its hash is not one that Drizzle writes";
      return [toRecord(name, { status: "forged", checksum, recordedAs, finishedAt, note })];
    }),
};
