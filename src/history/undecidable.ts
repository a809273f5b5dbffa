/** Records that can be read and still do not tell whether the required migrations are among them. */
import type { ExpectedMigrations } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { RecordTableReading } from "../model/observation.js";

/** The reason why nothing can be concluded; null where the records decide. */
export function undecidable(
  { tool, required, scripts }: ExpectedMigrations,
  { rows, table }: RecordTableReading,
): string | null {
  if (!rows.known || rows.value === null || rows.value.length === 0 || required.length === 0) return null;
  const where = table === null ? "the record table" : displayName(table);
  const names = rows.value.map((row) => ("name" in row ? row.name : row.migrationName));
  if (tool === "alembic" && !names.some((name) => required.includes(name))) {
    return `${where} holds the current revision only (${names.join(", ")}), which is none of the required ones; whether it comes before or after them cannot be told`;
  }
  if (tool === "prisma-next" && rows.value.some((row) => "recordedAs" in row && row.recordedAs === "marker")) {
    return `${where} is empty, and the database is marked as made by contract ${names.join(", ")} as a whole; which migrations that stands for cannot be told`;
  }
  const checksums = rows.value.map(({ checksum }) => checksum);
  const hasNames = rows.value.some((row, at) => "name" in row && row.name !== checksums[at]);
  if (tool === "drizzle" && scripts === undefined && !hasNames && !required.some((name) => names.includes(name))) {
    return `${where} holds digests and no names (Drizzle before 1.0), so migrations that a check file names cannot be found in it; compile the contract with --migrations`;
  }
  return null;
}
