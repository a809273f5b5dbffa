/** Runs a plan on a real database: statements as psql -v ON_ERROR_STOP=1 sends them, commands by what they do. */
import type pg from "pg";
import type { RepairStep } from "../../src/model/repair.js";
import { type CommandSource, commandRunner } from "../../src/prove/commands.js";
import { runPlan } from "../../src/prove/run-plan.js";
import { DEFAULT_LIMITS, type ScratchConnection, type ScratchServer } from "../../src/scratch/index.js";
import type { TestDatabase } from "./postgres.js";

export interface RepairRun {
  /** What was refused; null: everything ran. */
  readonly refused: string | null;
  /** Why a command could not be run here: its scripts are not at hand. Nothing behind it was run; null: everything was. */
  readonly stopped: string | null;
}

/** What runs on copies, run on the database itself, up to a command that cannot be run here. */
export async function runRepair(
  database: TestDatabase,
  steps: readonly RepairStep[],
  source: CommandSource,
  scratch: ScratchServer,
): Promise<RepairRun> {
  const client = await database.connect();
  const connection = asScratch(client, database);
  const schemas = source.contract.applications.map(({ schema }) => schema);
  const copy = { connection, leftOut: [], schemas, serverVersion: database.serverVersion, notes: [] };
  const runCommand = commandRunner(source);
  const result = await runPlan(connection, steps, (step) => runCommand(copy, step, scratch));
  return {
    refused: result.kind === "refused" ? result.reason : null,
    stopped: result.kind === "unknown" ? result.reason : null,
  };
}

function asScratch(client: pg.Client, database: TestDatabase): ScratchConnection {
  return {
    url: database.url,
    serverVersion: database.serverVersion,
    limits: DEFAULT_LIMITS,
    isConfined: false,
    query: async <R extends object>(text: string, params: readonly unknown[] = []) =>
      (await client.query<R & pg.QueryResultRow>(text, [...params])).rows as R[],
    execute: async (script) => {
      await client.query(script);
    },
    createExtension: async () => false,
    abandon: async () => {},
    close: async () => {},
  };
}
