/** What a command of a migration tool does, done on a copy: scripts run, and the record table says so afterwards. */
import type { SharedHistory } from "../model/history.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { QualifiedName } from "../model/names.js";
import type { CommandStep } from "../model/repair.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { ScratchServer } from "../scratch/index.js";
import type { SchemaCopy } from "./copy.js";

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

export type ApplyCommand = (input: CommandTrialInput) => Promise<CommandResult>;
