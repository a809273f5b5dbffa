/** What the record tables and the required migrations say together. */
import type { Application, Contract, ExpectedMigrations } from "../model/contract.js";
import { isUndone } from "../model/history.js";
import type { RecordTool } from "../model/migrations.js";
import { displayName } from "../model/names.js";
import type { RecordTableReading } from "../model/observation.js";
import type { History, HistoryState, Migration } from "../model/report.js";
import { keepsRecords } from "./expected.js";
import { isDrizzleRecord, keyOf, keyOfRecord } from "./identity.js";
import { type Listing, listMigrations } from "./list.js";
import { type Recorded, recordedMigrations } from "./recorded.js";
import { withActivity } from "./running.js";
import { undecidable } from "./undecidable.js";

/**
 * One history for each application whose tool keeps records, in the contract's order. Required migrations come first, in
 * the order in which they are required; then whatever else the table holds. A history that could not be read is
 * `unreadable` and lists nothing: its migrations are neither applied nor pending.
 */
export function buildHistories(contract: Contract, readings: readonly RecordTableReading[]): History[] {
  return contract.applications.filter(keepsRecords).flatMap((application) => {
    const reading = readings.find((each) => each.application === application.name);
    const tool = application.migrations?.tool;
    if (application.migrations === null || tool === undefined || tool === "sql") return [];
    const expected = { ...application.migrations, tool };
    return buildHistory(application, expected, reading, ofBuild(contract, readings, reading, expected));
  });
}

function buildHistory(
  { name, schema }: Application,
  expected: ExpectedMigrations & { readonly tool: RecordTool },
  reading: RecordTableReading | undefined,
  isOfBuild: (record: Recorded) => boolean,
): History {
  const table = reading?.table ? displayName(reading.table) : null;
  const base = { application: name, tool: expected.tool, table };
  const isReadable = reading?.rows.known === true && undecidable(expected, reading) === null;
  if (reading === undefined || !isReadable) return { ...base, state: "unreadable", migrations: [] };
  const listing = listMigrations(expected, recordedMigrations(reading, schema), isOfBuild);
  const migrations = withActivity(listing.migrations, reading);
  const isNone = reading.rows.known && reading.rows.value === null;
  return { ...base, state: isNone ? "none" : historyState(migrations, listing), migrations };
}

/**
 * Whether a recorded name is one of the build's. Every application that shares the record table must know its whole
 * directory; a check file that lists a few migrations says nothing of the others.
 */
function ofBuild(
  contract: Contract,
  readings: readonly RecordTableReading[],
  reading: RecordTableReading | undefined,
  { tool }: ExpectedMigrations,
): (record: Recorded) => boolean {
  const sharing = readings
    .filter(({ table }) => table !== null && reading?.table && displayName(table) === displayName(reading.table))
    .flatMap(({ application }) => contract.applications.find(({ name }) => name === application)?.migrations ?? []);
  if (sharing.length === 0 || sharing.some(({ scripts, incomplete }) => scripts === undefined || incomplete))
    return () => true;
  const names = new Set(sharing.flatMap(({ required }) => required).map((name) => keyOf(tool, name)));
  const isMark = ({ coversOlder, status }: Recorded) => coversOlder && status === "recorded-without-running";
  const isDrizzles = (record: Recorded) =>
    sharing.some(({ scripts = [] }) => scripts.some((script) => isDrizzleRecord(record, script.name, script)));
  return (record) => isMark(record) || (tool === "drizzle" ? isDrizzles(record) : names.has(keyOfRecord(tool, record)));
}

function historyState(migrations: readonly Migration[], { isAhead }: Pick<Listing, "isAhead">): HistoryState {
  const isBehind = migrations.some((migration) => migration.blocks || (migration.required && isUndone(migration)));
  if (isBehind) return isAhead ? "diverged" : "behind";
  return isAhead ? "ahead" : "up-to-date";
}
