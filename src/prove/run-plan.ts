/** Runs a plan on a copy, as psql with ON_ERROR_STOP and a person at a shell would run it on the target. */
import { describeDatabaseError, isServerError, sqlstateOf } from "../db/index.js";
import { type ScriptPart, scriptOf, statementsOf } from "../model/plan-script.js";
import type { CommandStep, RepairStep } from "../model/repair.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import { type ScratchConnection, ScriptStopped } from "../scratch/index.js";

/** How far a plan came. */
export type PlanRun =
  | { readonly kind: "ran" }
  | Refused
  /** Something could not be tried here, or its answer may differ from the target's. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Something was refused, and would be on the target; nothing after it was run. */
export interface Refused {
  readonly kind: "refused";
  readonly reason: string;
  /** Of a migration: where it stopped. */
  readonly failure: ReplayFailure | null;
  /** Migrations that were to be marked as applied, with what is missing of them. */
  readonly unseen: ReadonlyMap<string, string>;
}

export type RunCommand = (step: CommandStep) => Promise<PlanRun>;

const RAN: PlanRun = { kind: "ran" };

/** @throws what is no answer of PostgreSQL; the reason of an aborted signal */
export async function runPlan(
  connection: ScratchConnection,
  steps: readonly RepairStep[],
  runCommand: RunCommand,
  signal?: AbortSignal,
): Promise<PlanRun> {
  for (const part of scriptOf(steps)) {
    signal?.throwIfAborted();
    const result = part.kind === "command" ? await runCommand(part.step) : await runPart(connection, part);
    if (result.kind !== "ran") return result;
  }
  return RAN;
}

async function runPart(connection: ScratchConnection, part: ScriptPart): Promise<PlanRun> {
  for (const statement of statementsOf(part)) {
    const failure = await attempt(connection, statement);
    if (failure === null) continue;
    // What the transaction did is undone by the end of it; without one this is a warning and nothing else.
    await connection.execute("rollback");
    return failure;
  }
  // Timeouts of a statement outside of a transaction are the session's.
  if (part.kind === "statement") await connection.execute("reset all");
  return RAN;
}

/** Of an extension whose files are not on this server: whether they are on the target's is not known. */
const NOT_INSTALLED = ["58P01", "0A000", "42501"];

async function attempt(connection: ScratchConnection, statement: string): Promise<PlanRun | null> {
  try {
    await connection.execute(statement);
    return null;
  } catch (error) {
    if (!isServerError(error) && !(error instanceof ScriptStopped)) throw error;
    const reason = `${oneLine(statement)} was refused: ${describeDatabaseError(error)} (${sqlstateOf(error) ?? "stopped"})`;
    if (error instanceof ScriptStopped) return { kind: "unknown", reason };
    const isAbsent = /^\s*create extension\s/i.test(statement) && NOT_INSTALLED.includes(error.code);
    return isAbsent ? { kind: "unknown", reason } : { kind: "refused", reason, failure: null, unseen: new Map() };
  }
}

const LONGEST = 160;

function oneLine(statement: string): string {
  const text = statement.replace(/\s+/g, " ").trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
