/** One state for each migration: what the build requires beside what the record table says. */
import type { ExpectedMigrations, ExpectedScript } from "../model/contract.js";
import type { RecordTool } from "../model/migrations.js";
import type { Migration } from "../model/report.js";
import { toolWords } from "../model/tools.js";
import { isEdited } from "./edited.js";
import { isCovered, isDrizzleRecord, isRepeatable, keyOf, keyOfRecord } from "./identity.js";
import type { Recorded } from "./recorded.js";

export interface Listing {
  /** Required migrations in the order in which they are required, then whatever else is recorded, oldest first. */
  readonly migrations: readonly Migration[];
  /** Recorded after everything that this build has: a later build was here. */
  readonly isAhead: boolean;
}

/** `isWhole`: the build's migrations are all known, so a record of another name is not of this build. */
export function listMigrations(
  expected: ExpectedMigrations & { readonly tool: RecordTool },
  recorded: readonly Recorded[],
  isOfBuild: (record: Recorded) => boolean,
): Listing {
  const { tool } = expected;
  const scripts = new Map((expected.scripts ?? []).map((script) => [script.name, script]));
  const required = [...new Set(expected.required)];
  const matches = matcher(tool, recorded, scripts);
  const found = required.map((name) => ({ name, record: matches(name), script: scripts.get(name) }));
  const listed = found.map((each, at) => requiredState(tool, each, recorded, required.slice(at + 1)));
  const matched = new Set(found.map(({ record }) => record));
  const late = tool === "drizzle" ? markPassedOver(listed, recorded, scripts) : markLate(tool, listed);
  const others = recorded.filter((record) => !matched.has(record)).map((record) => otherState(record, isOfBuild));
  const lastKnown = recorded.findLastIndex((record) => matched.has(record) || isOfBuild(record));
  const isAhead = recorded.some((record, at) => at > lastKnown && !matched.has(record) && isUnknown(record, isOfBuild));
  return { migrations: [...onlyFirstEdit(tool, late), ...others], isAhead };
}

interface Pair {
  readonly name: string;
  readonly record: Recorded | undefined;
  readonly script: ExpectedScript | undefined;
}

function matcher(tool: RecordTool, recorded: readonly Recorded[], scripts: ReadonlyMap<string, ExpectedScript>) {
  const byKey = new Map(recorded.map((record) => [keyOfRecord(tool, record), record]));
  if (tool !== "drizzle") return (name: string) => byKey.get(keyOf(tool, name));
  return (name: string) =>
    byKey.get(name) ?? recorded.find((record) => isDrizzleRecord(record, name, scripts.get(name)));
}

function requiredState(
  tool: RecordTool,
  { name, record, script }: Pair,
  recorded: readonly Recorded[],
  later: readonly string[],
): Migration {
  const base = { name, required: true };
  if (record === undefined) return { ...base, ...absentState(tool, name, script, recorded, later) };
  const { status, blocks, startedAt, finishedAt, note } = record;
  const state = { ...base, status, blocks, startedAt, finishedAt, note };
  if (!isEdited(tool, record, script)) return state;
  if (isRepeatable(tool, name)) {
    return { ...state, status: "pending", note: "changed since it ran, so Flyway runs it again" };
  }
  const { edited } = toolWords(tool);
  const change = "the file is another one now than when it ran";
  const parts = [note, edited === null ? change : `${change}; ${edited}`].filter((part) => part !== null);
  return { ...state, status: "edited", note: parts.join("; ") };
}

/** Not recorded under its name: covered by a record that stands for all before it, passed over, or not applied. */
function absentState(
  tool: RecordTool,
  name: string,
  script: ExpectedScript | undefined,
  recorded: readonly Recorded[],
  later: readonly string[],
): Omit<Migration, "name" | "required"> {
  const state = { blocks: false, startedAt: null, finishedAt: null, note: null };
  const cover = recorded.find((record) => record.coversOlder && isCovered(tool, name, record));
  if (cover !== undefined) {
    const isMark = cover.status === "recorded-without-running";
    const note = isMark
      ? `older than the baseline ${cover.recordedAs ?? cover.name}`
      : `older than the current version ${cover.name}`;
    return { ...state, status: isMark ? "recorded-without-running" : "applied", note };
  }
  // Alembic keeps the current heads only: what comes before one that is current was applied.
  if (tool === "alembic" && later.some((each) => recorded.some((record) => record.name === each))) {
    return { ...state, status: "applied", note: "older than the current head" };
  }
  if (script?.startsHistory && recorded.some((record) => record.status !== "rolled-back")) {
    return { ...state, status: "applied", note: "passed over: it is for empty databases, and this one is older" };
  }
  return { ...state, status: "pending" };
}

/** Pending, although a later one is applied, and the tool would not simply run it. */
function markLate(tool: RecordTool, listed: readonly Migration[]): readonly Migration[] {
  const { late } = toolWords(tool);
  if (late === null) return listed;
  return listed.map((migration, at) => {
    if (migration.status !== "pending" || isRepeatable(tool, migration.name)) return migration;
    const newer = listed.slice(at + 1).findLast((each) => hasRun(each) && !isRepeatable(tool, each.name));
    if (newer === undefined) return migration;
    return { ...migration, status: "out-of-order", note: `older than ${newer.name}, which is applied: ${late}` };
  });
}

/** Drizzle runs what the journal dates later than the latest record, and nothing else; from 1.0 on it goes by name. */
function markPassedOver(
  listed: readonly Migration[],
  recorded: readonly Recorded[],
  scripts: ReadonlyMap<string, ExpectedScript>,
): readonly Migration[] {
  if (recorded.some(({ name, checksum }) => name !== checksum)) return listed;
  const latest = recorded.reduce((last, { recordedAs }) => Math.max(last, Number(recordedAs ?? 0)), 0);
  return listed.map((migration) => {
    const when = scripts.get(migration.name)?.recordedAs;
    if (migration.status !== "pending" || when === undefined || Number(when) > latest) return migration;
    const note = `the journal dates it before what is applied: ${toolWords("drizzle").late}`;
    return { ...migration, status: "out-of-order", note };
  });
}

function hasRun({ status }: Migration): boolean {
  return status === "applied" || status === "edited";
}

/** A hash of Atlas covers all files up to its own, so everything after the edited file differs as well. */
function onlyFirstEdit(tool: RecordTool, listed: readonly Migration[]): readonly Migration[] {
  if (tool !== "atlas") return listed;
  const first = listed.findIndex(({ status }) => status === "edited");
  return listed.map((migration, at) =>
    migration.status === "edited" && at > first ? { ...migration, status: "applied", note: null } : migration,
  );
}

function otherState(record: Recorded, isOfBuild: (record: Recorded) => boolean): Migration {
  const { name, status, blocks, startedAt, finishedAt, note } = record;
  const state = { name, status, required: false, blocks, startedAt, finishedAt, note };
  return isUnknown(record, isOfBuild) ? { ...state, status: "unknown" } : state;
}

/** What failed, runs or was rolled back is told as such, whoever's it is. */
function isUnknown(record: Recorded, isOfBuild: (record: Recorded) => boolean): boolean {
  return ["applied", "recorded-without-running", "forged"].includes(record.status) && !isOfBuild(record);
}
