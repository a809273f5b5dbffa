/** Migration history: what is not applied, and a count of the rest. */
import type { History, Migration, Report } from "../../model/report.js";
import { plural } from "../display.js";
import { HISTORY_STATES, MIGRATION_STYLES } from "../wording.js";
import { labelled, line, paragraph, type Row } from "./page.js";

const STATUS_WIDTH = "recorded-without-running".length + 2;

export function historySection({ history, unverified }: Report): Row[] {
  // To a role without USAGE a record table looks as if it did not exist.
  const isBlind = unverified.some(({ subject, sqlstate }) => subject.kind === "schema" && sqlstate === "42501");
  return history.flatMap((each, at) => [
    ...(at === 0 ? [] : [line(0, "")]),
    ...(isBlind && each.state === "none" ? unseenRows(each) : historyRows(each)),
  ]);
}

function unseenRows({ application, tool }: History): Row[] {
  return [line(0, `Migrations of ${application} (${tool}): not known, a schema could not be looked into`, "bold")];
}

function historyRows(history: History): Row[] {
  const where = history.table === null ? history.tool : `${history.tool}, ${history.table}`;
  const applied = history.migrations.filter(({ status }) => status === "applied");
  const unknown = history.migrations.filter(({ status }) => status === "unknown");
  const others = history.migrations.filter((each) => !applied.includes(each) && !unknown.includes(each));
  const width = Math.min(STATUS_WIDTH, Math.max(0, ...others.map(({ status }) => status.length + 2)));
  const count = applied.length > 0 ? [line(2, `${plural(applied.length, "migration")} applied`, "dim")] : [];
  const foreign = unknown.length > 0 ? [line(2, unknownSentence(unknown), "dim")] : [];
  return [
    line(0, `Migrations of ${history.application} (${where}): ${HISTORY_STATES[history.state]}`, "bold"),
    ...(history.state === "none" ? pendingRows(others) : others.flatMap((each) => migrationRows(each, width))),
    ...count,
    ...foreign,
  ];
}

/** A squashed history has hundreds of them; the last one says what there is to know. */
function unknownSentence(unknown: readonly Migration[]): string {
  const last = unknown.at(-1)?.name ?? "";
  const names = unknown.length === 1 ? last : `the last one is ${last}`;
  return `${plural(unknown.length, "recorded migration")} that this build does not have: ${names}`;
}

/** Without a record table all are alike. */
function pendingRows(migrations: readonly Migration[]): Row[] {
  if (migrations.length === 0) return [];
  const names = migrations.map(({ name }, at) => (at === migrations.length - 1 ? name : `${name},`));
  return [paragraph(2, "pending", names, { label: MIGRATION_STYLES.pending })];
}

function migrationRows(migration: Migration, width: number): Row[] {
  const required = migration.required ? "" : " (not required)";
  return [
    labelled(2, migration.status, width, `${migration.name}${required}`, { label: MIGRATION_STYLES[migration.status] }),
    ...(migration.note === null ? [] : [line(2 + width, migration.note, "dim")]),
  ];
}
