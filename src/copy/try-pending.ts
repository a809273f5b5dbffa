/** Runs what a deploy would run on a copy of the target's schema, and tells the first statement that is refused. */
import type { ConnectionSettings } from "../config/index.js";
import type { SessionLimits } from "../db/index.js";
import type { SharedHistory } from "../model/history.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { QualifiedName } from "../model/names.js";
import type { Migration } from "../model/report.js";
import type { Trial } from "../model/trial.js";
import type { ScratchServer } from "../scratch/index.js";
import { copySchema, type SchemaCopy } from "./copy.js";
import { within } from "./deadline.js";
import { runScripts } from "./run-scripts.js";

export interface TrialInput {
  readonly history: SharedHistory;
  /** The scripts of its applications, all of them. */
  readonly directory: MigrationDirectory;
  readonly recordTable: QualifiedName | null;
  /** Schemas of the applications, the one for unqualified names first. */
  readonly schemas: readonly string[];
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
  readonly scratch: ScratchServer;
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
  /** Called with the copy when all of them ran there. */
  readonly onRan?: OnRan;
}

/** @param applications whose migrations they are */
export type OnRan = (copy: SchemaCopy, applications: readonly string[]) => Promise<void>;

/** A copy and its trial that take longer are given up. */
const LONGEST_MS = 90_000;

/**
 * Never touches the target but for reading its definitions. Whatever prevents the trial is its result `unknown`.
 * @returns null: there is nothing to try
 * @throws only what is a bug, or the reason of an aborted signal
 */
export async function tryPending(input: TrialInput): Promise<Trial | null> {
  const { history, directory, scratch } = input;
  const tried = waiting(history, directory);
  if (tried.length === 0) return null;
  const result = await within(LONGEST_MS, run(input, tried));
  const application = history.applications[0] ?? "";
  return { application, tried, where: scratch.description, result };
}

const WAITING: readonly Migration["status"][] = ["pending", "rolled-back", "failed"];

/**
 * Names of the migrations that the next deploy runs, once nothing holds it up, in the order of the directory. What is out
 * of order is refused or passed over by the tool; while somebody migrates, nobody knows what will be left.
 */
export function waiting({ state, migrations }: SharedHistory, { scripts }: MigrationDirectory): string[] {
  const isMoving = migrations.some(({ status }) => status === "running");
  if (isMoving || (state !== "behind" && state !== "diverged")) return [];
  const names = new Set(migrations.filter(isWaiting).map(({ name }) => name));
  return [...new Set(scripts.map(({ name }) => name))].filter((name) => names.has(name));
}

function isWaiting({ status, required }: Migration): boolean {
  return required && WAITING.includes(status);
}

async function run(input: TrialInput, tried: readonly string[]): Promise<Trial["result"]> {
  const { recordTable, schemas, connection, limits, scratch, signal, onProgress = () => {} } = input;
  onProgress("copying the definitions of the database into the throwaway PostgreSQL");
  const copy = await copySchema({
    connection,
    limits,
    scratch,
    schemas,
    recordTables: recordTable === null ? [] : [recordTable],
    ...(signal === undefined ? {} : { signal }),
  });
  if (!copy.known) return { kind: "unknown", reason: `no copy of the schema could be made: ${copy.reason}` };
  try {
    onProgress(`running ${tried.length} pending ${tried.length === 1 ? "migration" : "migrations"} on the copy`);
    return await runOn(copy.value, input, tried);
  } finally {
    await copy.value.connection.close();
  }
}

async function runOn(copy: SchemaCopy, input: TrialInput, tried: readonly string[]): Promise<Trial["result"]> {
  const { directory, schemas, scratch, history } = input;
  const withoutScript = history.migrations
    .filter(isWaiting)
    .flatMap(({ name }) => (tried.includes(name) ? [] : [name]));
  const result = await runScripts(copy, { directory, names: tried, withoutScript, schemas, scratch });
  if (result.kind === "ran") await input.onRan?.(copy, history.applications);
  return result;
}
