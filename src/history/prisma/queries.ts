/** SQL that reads Prisma's record table. Every value comes back as text, number or boolean. */
import { isoUtc } from "../records/record-table.js";

/** An error text of Prisma holds the database's message in its first lines and a stack trace after them. */
const MAX_LOG_CHARACTERS = 4_000;

export interface RecordRow {
  id: string | null;
  checksum: string | null;
  finishedAt: string | null;
  migrationName: string | null;
  logs: string | null;
  rolledBackAt: string | null;
  startedAt: string | null;
  appliedStepsCount: number | null;
}

export const PRISMA_LIST = `id::text as "id", checksum::text as "checksum", ${isoUtc("finished_at")} as "finishedAt",
  migration_name::text as "migrationName", pg_catalog.left(logs::text, ${MAX_LOG_CHARACTERS}) as "logs",
  ${isoUtc("rolled_back_at")} as "rolledBackAt", ${isoUtc("started_at")} as "startedAt",
  applied_steps_count::int4 as "appliedStepsCount"`;
export const PRISMA_ORDER = `started_at, id::text collate "C"`;
