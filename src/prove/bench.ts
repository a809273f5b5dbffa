/** Where a plan is tried: on copies of the target's schema in a throwaway server. */
import type { ConnectionSettings } from "../config/index.js";
import { type OnRan, tryAllPending, unseenDeeds } from "../copy/index.js";
import type { SessionLimits } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Application, Contract } from "../model/contract.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { Observation } from "../model/observation.js";
import type { NotDone, RepairStep } from "../model/repair.js";
import type { Report, Target } from "../model/report.js";
import type { DeployTrial, ScriptDeeds } from "../repair/index.js";
import type { ScratchServer } from "../scratch/index.js";
import type { SeenMigrations } from "../verify.js";
import { commandRunner } from "./commands.js";
import { UNSEEN_ON_A_COPY, unseenOf } from "./left.js";
import { type PlanTrial, prove } from "./prove.js";
import { examineCopy } from "./verify-copy.js";

/** What can be tried, and where. */
export interface Bench {
  /** Runs what a deploy would run on a copy, and says what is left there. */
  readonly deploy: (seen: SeenMigrations) => Promise<readonly DeployTrial[]>;
  /** What the scripts do that nobody can see in a schema, by name of the migration. */
  readonly scripts: () => Promise<ReadonlyMap<string, ScriptDeeds>>;
  readonly prove: (plan: Tried) => Promise<PlanTrial>;
}

/** A plan that is to be tried, and the state that it starts from. */
export interface Tried {
  readonly steps: readonly RepairStep[];
  readonly notDone: readonly NotDone[];
  readonly report: Report;
  /** Ids of gaps that the plan has nothing to do with. */
  readonly ignored: readonly string[];
  /** Null: the target was not looked at. */
  readonly observation: Observation | null;
}

/** The scripts of an application; null: they are not at hand. */
export type DirectoryOf = (application: Application) => MigrationDirectory | null;

export interface BenchOptions {
  readonly contract: Contract;
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
  /** Read when they are wanted. @throws SchemareadyError MIGRATIONS, and whatever keeps them from being read */
  readonly directories: () => Promise<DirectoryOf>;
  /** Started when there is something to try. */
  readonly scratch: (target: Target) => Promise<ScratchServer>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
  /** Told when the migrations cannot be tried; the plan goes on without. */
  readonly onProblem?: (message: string) => void;
}

export function createBench(options: BenchOptions): Bench {
  const directories = once(() => directoriesOrNone(options));
  return {
    deploy: (seen) => deploy(options, directories, seen),
    scripts: () => deedsOf(options, directories),
    prove: async ({ observation, ...plan }) => {
      const { contract, limits } = options;
      const recordTables = observation?.recordTables ?? [];
      const runCommand = commandRunner({
        ...{ contract, recordTables, histories: plan.report.history, directoryOf: await directories() },
        verifyCopy: async (wanted, copy) => (await examineCopy(wanted, copy, limits)).report,
      });
      return prove({
        ...options,
        ...plan,
        recordTables: recordTables.flatMap(({ table }) => table ?? []),
        runCommand,
      });
    },
  };
}

/** Nothing is tried. @param reason for people */
export function withoutBench(reason: string): Bench {
  return {
    deploy: async () => [],
    scripts: async () => new Map(),
    prove: async () => ({ proof: { kind: "not-tried", reason }, refused: null, after: null }),
  };
}

const NONE: DirectoryOf = () => null;

/** Directories that cannot be read are told, and count as not at hand. */
async function directoriesOrNone({ directories, onProblem = () => {} }: BenchOptions): Promise<DirectoryOf> {
  try {
    return await directories();
  } catch (error) {
    onProblem(`the migrations were not tried out: ${reasonOf(error)}`);
    return NONE;
  }
}

async function deploy(
  options: BenchOptions,
  directories: () => Promise<DirectoryOf>,
  { target, gaps, ...seen }: SeenMigrations,
): Promise<readonly DeployTrial[]> {
  const { contract, connection, limits, onProblem = () => {} } = options;
  const unseen = gaps.filter(({ code }) => UNSEEN_ON_A_COPY.includes(code));
  const left = new Map<string, ReadonlySet<string>>();
  const onRan: OnRan = async ({ connection: copy }, applications) => {
    const { report } = await examineCopy(contract, copy, limits);
    if (unseenOf(report, { unverified: [] }) !== null) return;
    const ids = new Set([...unseen, ...report.gaps].map(({ id }) => id));
    for (const application of applications) left.set(application, ids);
  };
  const { signal, onProgress } = options;
  try {
    const trials = await tryAllPending({
      ...{ contract, connection, limits, onRan, ...seen },
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
      directoryOf: await directories(),
      scratch: () => options.scratch(target),
    });
    return trials.map((trial) => ({ ...trial, left: left.get(trial.application) ?? null, refusals: [] }));
  } catch (error) {
    onProblem(`the migrations were not tried out: ${reasonOf(error)}`);
    return [];
  }
}

/** Without the parser nobody knows what the scripts do, and none of them is marked as applied. */
async function deedsOf(
  { contract, onProblem = () => {} }: BenchOptions,
  directories: () => Promise<DirectoryOf>,
): Promise<ReadonlyMap<string, ScriptDeeds>> {
  const directoryOf = await directories();
  const known = new Set(contract.applications.flatMap((application) => directoryOf(application) ?? []));
  try {
    const deeds = await Promise.all([...known].map(unseenDeeds));
    return new Map(deeds.flatMap((each) => [...each]));
  } catch (error) {
    onProblem(`what the migrations do besides the schema is not known: ${reasonOf(error)}`);
    return new Map();
  }
}

/** @throws what is a bug */
function reasonOf(error: unknown): string {
  if (error instanceof SchemareadyError && error.code !== "INTERNAL") return error.message;
  throw error;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
