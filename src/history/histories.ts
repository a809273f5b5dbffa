/** What the record tables and the required migrations say together. */
import type { Application, Contract } from "../model/contract.js";
import { blocksDeploy, isRecordedAsDone } from "../model/history.js";
import { compareText, displayName } from "../model/names.js";
import type { PrismaRecord, RecordTableReading } from "../model/observation.js";
import type { History, HistoryState, Migration } from "../model/report.js";
import { migrationState } from "./prisma/states.js";

/**
 * One history for each application that has migrations, in the contract's order. Required migrations come first, in the
 * order in which they are required; then whatever else the table holds, by start. A history that could not be read is
 * `unreadable` and lists nothing: its migrations are neither applied nor pending.
 */
export function buildHistories(contract: Contract, readings: readonly RecordTableReading[]): History[] {
  return contract.applications
    .filter(({ migrations }) => migrations !== null)
    .map((application) =>
      buildHistory(
        application,
        readings.find((reading) => reading.application === application.name),
      ),
    );
}

function buildHistory(application: Application, reading: RecordTableReading | undefined): History {
  const table = reading?.table ? displayName(reading.table) : null;
  const base = { application: application.name, tool: "prisma" as const, table };
  if (reading === undefined || !reading.rows.known) return { ...base, state: "unreadable", migrations: [] };
  const migrations = listMigrations([...new Set(application.migrations?.required ?? [])], reading.rows.value ?? []);
  const state = reading.rows.value === null ? "none" : historyState(migrations);
  return { ...base, state, migrations };
}

function listMigrations(required: readonly string[], records: readonly PrismaRecord[]): Migration[] {
  const byName = new Map<string, PrismaRecord[]>();
  for (const record of records) {
    byName.set(record.migrationName, [...(byName.get(record.migrationName) ?? []), record]);
  }
  const listed = required.map((name) => ({ name, ...migrationState(byName.get(name) ?? []), required: true }));
  const others = [...byName.keys()]
    .filter((name) => !required.includes(name))
    .map((name) => ({ name, ...migrationState(byName.get(name) ?? []), required: false }))
    .sort((a, b) => compareText(a.startedAt ?? "", b.startedAt ?? "") || compareText(a.name, b.name));
  return [...listed, ...others];
}

/** `ahead` and `diverged` would need the whole directory of migrations, which a check file does not have. */
function historyState(migrations: readonly Migration[]): HistoryState {
  const isBehind = migrations.some(
    (migration) => blocksDeploy(migration) || (migration.required && !isRecordedAsDone(migration)),
  );
  return isBehind ? "behind" : "up-to-date";
}
