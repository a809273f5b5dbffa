/** What a record table says of each migration that it names, whatever the tool: one entry for each, oldest first. */
import { groupBy } from "../model/group.js";
import { compareText } from "../model/names.js";
import type { PrismaRecord, RecordTableReading, ToolRecord } from "../model/observation.js";
import type { Migration } from "../model/report.js";
import { toolWords } from "../model/tools.js";
import { migrationState } from "./prisma/states.js";

export interface Recorded extends Omit<Migration, "required" | "status"> {
  readonly status: ToolRecord["status"];
  readonly checksum: string | null;
  readonly recordedAs: string | null;
  readonly coversOlder: boolean;
}

/** Takes a table that could be read; `schema` is the application's, for tables that serve several schemas. */
export function recordedMigrations(reading: RecordTableReading, schema: string): Recorded[] {
  if (!reading.rows.known) return [];
  if (reading.tool === "prisma") return ofPrisma(reading.rows.value ?? []);
  const { failureBlocks } = toolWords(reading.tool);
  return (reading.rows.value ?? [])
    .filter(({ scope }) => scope === null || scope === schema)
    .map(({ scope: _, ...record }) => ({ ...record, blocks: record.status === "failed" && failureBlocks }));
}

function ofPrisma(rows: readonly PrismaRecord[]): Recorded[] {
  const byName = groupBy(rows, ({ migrationName }) => migrationName);
  return [...byName]
    .flatMap(([name, [first, ...rest]]) =>
      first === undefined ? [] : [{ name, ...migrationState([first, ...rest]), recordedAs: null, coversOlder: false }],
    )
    .sort((a, b) => compareText(a.startedAt ?? "", b.startedAt ?? "") || compareText(a.name, b.name));
}
