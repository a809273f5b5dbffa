/** What a command of a migration tool does, done on a copy: scripts run, and the record table says so afterwards. */
import { describeDatabaseError, isServerError } from "../db/index.js";
import type { SharedHistory } from "../model/history.js";
import type { MigrationDirectory, MigrationScript } from "../model/migrations.js";
import type { QualifiedName } from "../model/names.js";
import { failureRemoved, type HowRecorded, recordStatements, type ToRecord } from "../model/record-rows.js";
import type { CommandStep } from "../model/repair.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import { toolWords } from "../model/tools.js";
import { type ScratchServer, ScriptStopped } from "../scratch/index.js";
import type { SchemaCopy } from "./copy.js";
import { makeRecordTable, writeRecords } from "./record-table.js";
import { runScripts } from "./run-scripts.js";

export interface CommandTrialInput {
  readonly copy: SchemaCopy;
  readonly step: CommandStep;
  /** Of the step's application, as the target was before the plan. */
  readonly history: SharedHistory;
  /** Null: there is none yet, and the first command makes it, in the first of `schemas`. */
  readonly recordTable: QualifiedName | null;
  /** The scripts of the step's application, all of them. */
  readonly directory: MigrationDirectory;
  /** Schemas of the applications, the one for unqualified names first. */
  readonly schemas: readonly string[];
  readonly scratch: ScratchServer;
}

export type CommandResult =
  | { readonly kind: "done" }
  /** PostgreSQL refused a statement, and would refuse it on the target. */
  | { readonly kind: "refused"; readonly failure: ReplayFailure }
  /** It cannot be tried here, or its answer may differ from the target's. */
  | { readonly kind: "unknown"; readonly reason: string };

const DONE: CommandResult = { kind: "done" };

/**
 * Afterwards the copy's record table says what the tool's would. Only the copy is touched.
 * @throws only what is a bug
 */
export async function applyCommand(input: CommandTrialInput): Promise<CommandResult> {
  const { effect } = input.step;
  switch (effect.kind) {
    case "look":
      return DONE;
    case "deploy":
      return deploy(input, effect.migrations);
    case "mark-applied":
      return record(input, effect.migrations, "marked");
    case "mark-rolled-back":
      return takeBack(input, effect.migrations);
  }
}

async function deploy(input: CommandTrialInput, names: readonly string[]): Promise<CommandResult> {
  const { copy, directory, history } = input;
  const scripts = new Set(directory.scripts.map(({ name }) => name));
  const absent = names.filter((name) => !scripts.has(name));
  const [first] = absent;
  if (first !== undefined) return unknown(`of ${first} there is no script here`);
  const withoutScript = history.migrations
    .filter(({ name, status, required }) => required && status === "pending" && !scripts.has(name))
    .map(({ name }) => name);
  const result = await runScripts(copy, { ...input, names, withoutScript });
  if (result.kind === "failed") return { kind: "refused", failure: result.failure };
  if (result.kind === "unknown") return unknown(result.reason);
  // As the tool runs them, which is the order of the directory.
  const inOrder = [...new Set(directory.scripts.map(({ name }) => name))].filter((name) => names.includes(name));
  return record(input, inOrder, "ran");
}

/** One after the other, because some rows are numbered by those before them. */
async function record(input: CommandTrialInput, names: readonly string[], how: HowRecorded): Promise<CommandResult> {
  const { history, directory } = input;
  return write(input, names, (table) =>
    names.map((name) => recordStatements(history.tool, table, toRecord(directory, name), how)),
  );
}

function takeBack(input: CommandTrialInput, names: readonly string[]): Promise<CommandResult> {
  const { tool, migrations } = input.history;
  const before = (failed: string) => {
    const at = migrations.findIndex(({ name }) => name === failed);
    return migrations.slice(0, at).findLast(({ required }) => required)?.name ?? null;
  };
  return write(input, names, (table) => names.map((name) => failureRemoved(tool, table, name, before(name))));
}

async function write(
  { copy, history, recordTable, schemas }: CommandTrialInput,
  names: readonly string[],
  statementsFor: (table: QualifiedName) => readonly (readonly string[] | null)[],
): Promise<CommandResult> {
  const { connection } = copy;
  const { title } = toolWords(history.tool);
  try {
    const table = recordTable ?? (await makeRecordTable(connection, history.tool, schemas[0] ?? "public"));
    if (table === null) return unknown(`the record table that ${title} makes is not known here`);
    const statements = statementsFor(table);
    const unwritable = names[statements.indexOf(null)];
    if (unwritable !== undefined) return unknown(`the row that ${title} writes for ${unwritable} is not known here`);
    await writeRecords(
      connection,
      table,
      statements.flatMap((each) => each ?? []),
    );
    return DONE;
  } catch (error) {
    if (!isServerError(error) && !(error instanceof ScriptStopped)) throw error;
    return unknown(`what ${title} records could not be written on the copy: ${describeDatabaseError(error)}`);
  }
}

function toRecord({ scripts }: MigrationDirectory, name: string): ToRecord {
  const script = scripts.find((each) => each.name === name);
  return { name, script: script === undefined ? null : recorded(script) };
}

function unknown(reason: string): CommandResult {
  return { kind: "unknown", reason };
}

/** Tools that record no checksum are given none. */
function recorded({ file, checksum, recordedAs }: MigrationScript): NonNullable<ToRecord["script"]> {
  return { file, checksum: checksum ?? "", ...(recordedAs ? { recordedAs } : {}) };
}
