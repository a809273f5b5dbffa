/** What the command half of the planner is given, and what it gives. */
import type { Contract } from "../model/contract.js";
import type { NotDone, RepairStep } from "../model/repair.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { Cause, Gap, History } from "../model/report.js";
import type { Trial } from "../model/trial.js";

export interface CommandSituation {
  readonly contract: Contract;
  readonly gaps: readonly Gap[];
  readonly causes: readonly Cause[];
  readonly histories: readonly History[];
  /** One for each record table whose deploy was tried; a record table without one: not tried. */
  readonly deploys: readonly DeployTrial[];
  /** What the scripts do that nobody can see in a schema, by name of the migration; one that is not here was not read. */
  readonly scripts: ReadonlyMap<string, ScriptDeeds>;
  /** Migrations of which it is known that not every object is, or will be, there, with what is missing: never marked. */
  readonly unseen: ReadonlyMap<string, string>;
}

/** What running the migrations that wait showed on a copy. */
export interface DeployTrial extends Trial {
  /** Ids of gaps that the copy still had after they ran; null: they did not run, or nobody looked. */
  readonly left: ReadonlySet<string> | null;
  /** What was refused in later rounds, when the plan itself was tried: these cannot be run either. */
  readonly refusals: readonly ReplayFailure[];
}

/** Statements of one migration that leave nothing in the schema by which one could tell that they ran. */
export interface ScriptDeeds {
  /** INSERT, UPDATE, DELETE, DO, SELECT of functions, grants: shortened for people. */
  readonly unseen: readonly string[];
}

export interface CommandPlan {
  /** Before the SQL. */
  readonly first: readonly RepairStep[];
  /** After the SQL, in order. */
  readonly last: readonly RepairStep[];
  /** Ids of the gaps that these commands close: no SQL is planned for them, nor for those of `notDone`. */
  readonly brings: ReadonlySet<string>;
  readonly notDone: readonly NotDone[];
  /** What has to be seen before the steps that mark it as applied may stay in the plan. */
  readonly toSee: readonly ToSee[];
}

/** A migration that a command records as applied although it does not run. */
export interface ToSee {
  readonly application: string;
  readonly migration: string;
  /** Id of the step that marks it. */
  readonly step: string;
  /** Ids of the gaps that have to be closed first. */
  readonly gaps: readonly string[];
}
