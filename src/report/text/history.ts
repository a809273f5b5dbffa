/** Migration history: what is not applied, and a count of the rest. */
import type { History, HistoryState, Migration, MigrationStatus, Report } from "../../model/report.js";
import { plural } from "../display.js";
import { labelled, line, type Row, type Style } from "./page.js";

const STATES: Readonly<Record<HistoryState, string>> = {
  "up-to-date": "up to date",
  behind: "behind this build",
  ahead: "ahead of this build",
  diverged: "diverged from this build",
  none: "no record table was found",
  unreadable: "the record table could not be read",
};
const STYLES: Readonly<Record<MigrationStatus, Style>> = {
  applied: "green",
  pending: "yellow",
  running: "cyan",
  failed: "red",
  "rolled-back": "yellow",
  "recorded-without-running": "red",
};
const STATUS_WIDTH = "recorded-without-running".length + 2;

export function historySection({ history }: Report): Row[] {
  return history.flatMap((each, at) => [...(at === 0 ? [] : [line(0, "")]), ...historyRows(each)]);
}

function historyRows(history: History): Row[] {
  const where = history.table === null ? history.tool : `${history.tool}, ${history.table}`;
  const applied = history.migrations.filter(({ status }) => status === "applied");
  const others = history.migrations.filter(({ status }) => status !== "applied");
  const width = Math.min(STATUS_WIDTH, Math.max(0, ...others.map(({ status }) => status.length + 2)));
  const count = applied.length > 0 ? [line(2, `${plural(applied.length, "migration")} applied`, "dim")] : [];
  return [
    line(0, `Migrations of ${history.application} (${where}): ${STATES[history.state]}`, "bold"),
    ...others.flatMap((migration) => migrationRows(migration, width)),
    ...count,
  ];
}

function migrationRows(migration: Migration, width: number): Row[] {
  const required = migration.required ? "" : " (not required)";
  return [
    labelled(2, migration.status, width, `${migration.name}${required}`, { label: STYLES[migration.status] }),
    ...(migration.note === null ? [] : [line(2 + width, migration.note, "dim")]),
  ];
}
