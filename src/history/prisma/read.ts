/** Rows of `_prisma_migrations`, made safe to keep. */
import type { PrismaRecord } from "../../model/observation.js";
import { redactLog } from "./log.js";
import type { RecordRow } from "./queries.js";

/** Null when the row lacks what every row of Prisma has. */
export function toPrismaRecord(row: RecordRow): PrismaRecord | null {
  const { id, checksum, migrationName, startedAt } = row;
  if (id === null || migrationName === null || startedAt === null) return null;
  return { ...row, id, checksum: checksum ?? "", migrationName, startedAt, logs: row.logs && redactLog(row.logs) };
}
