/** Finds what a command of a migration tool needs on a copy: scripts, record table, schemas. */
import { applyCommand, type SchemaCopy, unseenMigrations } from "../copy/index.js";
import type { Application, Contract } from "../model/contract.js";
import { isUndone, type SharedHistory, shareHistories } from "../model/history.js";
import type { MigrationDirectory } from "../model/migrations.js";
import { displayName } from "../model/names.js";
import type { RecordTableReading } from "../model/observation.js";
import type { CommandStep } from "../model/repair.js";
import type { History, Report } from "../model/report.js";
import type { ScratchConnection, ScratchServer } from "../scratch/index.js";
import type { PlanRun } from "./run-plan.js";

export interface CommandSource {
  readonly contract: Contract;
  /** Of the target, before the plan. */
  readonly histories: readonly History[];
  readonly recordTables: readonly RecordTableReading[];
  /** The scripts of an application; null: they are not at hand. */
  readonly directoryOf: (application: Application) => MigrationDirectory | null;
  /** The verification of a copy. */
  readonly verifyCopy: (contract: Contract, copy: ScratchConnection) => Promise<Pick<Report, "gaps">>;
}

/** Runs the commands of one plan, one after the other; each knows what those before it have recorded. */
export function commandRunner(source: CommandSource) {
  const recorded: string[] = [];
  return async (copy: SchemaCopy, step: CommandStep, scratch: ScratchServer): Promise<PlanRun> => {
    const run = await runCommand(source, { copy, step, scratch, recorded });
    if (run.kind === "ran" && "migrations" in step.effect) recorded.push(...step.effect.migrations);
    return run;
  };
}

interface Running {
  readonly copy: SchemaCopy;
  readonly step: CommandStep;
  readonly scratch: ScratchServer;
  /** What earlier commands of the plan ran or marked. */
  readonly recorded: readonly string[];
}

/** Does on the copy what the command does on the target; without the scripts nobody knows what that is. */
async function runCommand(source: CommandSource, { copy, step, scratch, recorded }: Running): Promise<PlanRun> {
  if (step.effect.kind === "look") return { kind: "ran" };
  const history = historyOf(source.histories, step.application);
  if (history === null) return unknown(step, "no record of migrations was read");
  const applications = source.contract.applications.filter(({ name }) => history.applications.includes(name));
  const directory = applications.map(source.directoryOf).find((each) => each !== null);
  if (directory === undefined) return unknown(step, "the scripts of the migrations are not at hand (--migrations)");
  const schemas = [...new Set(applications.flatMap(schemasOf))];
  if (step.effect.kind === "mark-applied") {
    // A check file may require a few of the directory only: as for a deploy, what does not wait counts as done.
    const undone = new Set(history.migrations.filter(isUndone).map(({ name }) => name));
    const done = directory.scripts.map(({ name }) => name).filter((name) => !undone.has(name));
    const { connection } = copy;
    const unseen = await unseenMigrations({
      ...{ connection, directory, schemas, scratch },
      applied: [...done, ...recorded],
      migrations: step.effect.migrations,
      gapsOn: async (contract) => (await source.verifyCopy(contract, connection)).gaps,
    });
    if (unseen.size > 0) return notSeen(step, unseen);
  }
  const reading = source.recordTables.find(({ table }) => table !== null && displayName(table) === history.table);
  const recordTable = reading?.table ?? null;
  const result = await applyCommand({ copy, step, history, recordTable, directory, schemas, scratch });
  if (result.kind === "done") return { kind: "ran" };
  if (result.kind === "unknown") return unknown(step, result.reason);
  const { migration, message, sqlstate } = result.failure;
  const reason = `${step.run} fails: ${migration} is refused with: ${message} (${sqlstate})`;
  return { kind: "refused", reason, failure: result.failure, unseen: NOTHING };
}

const NOTHING: ReadonlyMap<string, string> = new Map();

function notSeen({ run }: CommandStep, unseen: ReadonlyMap<string, string>): PlanRun {
  const lacking = [...unseen].map(([name, missing]) => `${name}: ${missing}`).join("; ");
  return { kind: "refused", reason: `${run} would record what is not there: ${lacking}`, failure: null, unseen };
}

function historyOf(histories: readonly History[], application: string | null): SharedHistory | null {
  const shared = shareHistories(histories);
  const own = shared.find(({ applications }) => application !== null && applications.includes(application));
  return own ?? (application === null ? (shared[0] ?? null) : null);
}

function schemasOf({ schema, relations }: Application): string[] {
  return [schema, ...relations.map((relation) => relation.schema)];
}

function unknown({ run }: CommandStep, reason: string): PlanRun {
  return { kind: "unknown", reason: `${run}: ${reason}` };
}
