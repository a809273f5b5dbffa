/**
 * Prisma 8: the ledger, to which a row is added for each migration in the transaction that runs it, so a failed one leaves
 * no row. A name that occurs twice was applied twice, by design; the last row counts.
 */
import type { ToolRecord } from "../../model/observation.js";
import { isoUtc, type RawRow, type RecordTableReader, textOf, toRecord } from "./record-table.js";

export const prismaNext: RecordTableReader = {
  tool: "prisma-next",
  schemas: ["prisma_contract"],
  select: () => ({
    list: `migration_name::text as "name", migration_hash::text as "checksum", destination_core_hash::text as "destination",
  ${isoUtc("created_at")} as "finishedAt"`,
    order: "created_at, id",
  }),
  toRecords: (rows) => {
    const records = new Map<string, ToolRecord>();
    for (const row of rows) {
      const name = textOf(row, "name") ?? textOf(row, "checksum");
      if (name === null) continue;
      const destination = textOf(row, "destination");
      const note = destination === null ? null : `leads to contract ${destination}`;
      const [checksum, finishedAt] = [textOf(row, "checksum"), textOf(row, "finishedAt")];
      records.set(name, toRecord(name, { checksum, finishedAt, note }));
    }
    return [...records.values()];
  },
};

/**
 * The contract that the database was last signed with. Without a ledger it is all there is: which migrations it stands for
 * is not in it.
 */
export const MARKER = {
  table: "marker",
  list: `core_hash::text as "name", ${isoUtc("updated_at")} as "finishedAt"`,
  order: "space",
  toRecords: (rows: readonly RawRow[]): ToolRecord[] =>
    rows.flatMap((row) => {
      const name = textOf(row, "name");
      if (name === null) return [];
      const note = "marker: the database was signed with this contract, without any migration";
      const finishedAt = textOf(row, "finishedAt");
      return [toRecord(name, { status: "recorded-without-running", recordedAs: "marker", finishedAt, note })];
    }),
};
