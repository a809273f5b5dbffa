/** The tables in which migration tools keep their records: no application needs them to be as they are. */
import { isToolTable } from "../../model/record-tables.js";
import type { Relation } from "../../model/schema.js";

export function isRecordTable({ name, kind, columns }: Relation): boolean {
  if (kind !== "table" && kind !== "partitioned-table") return false;
  return isToolTable(
    name,
    columns.map((column) => column.name),
  );
}
