/**
 * The repair plan: what to run, and in which order, so that the database is what the contract expects. schemaready prints
 * it, tries it on a copy, and never runs it on the target.
 */
import type { LockMode } from "./lint.js";
import type { QualifiedName } from "./names.js";
import type { WaitingMigration } from "./waiting-migration.js";

export interface Repair {
  /** What the application requires and the records do not have, in order; empty also where no plan was made. */
  readonly migrations: readonly WaitingMigration[];
  /** In the order in which to take them. */
  readonly steps: readonly RepairStep[];
  /** What the plan leaves to people: what could lose data, needs a value, or would be refused by the rows that are there. */
  readonly notDone: readonly NotDone[];
  readonly proof: Proof;
  /** `proof.kind` is `proved`. */
  readonly proved: boolean;
}

export type RepairStep = CommandStep | SqlStep;

interface StepBase {
  /** Stable between runs, unique in the plan. */
  readonly id: string;
  /** Ids of the gaps that it helps to close; empty for a step that only looks. */
  readonly gaps: readonly string[];
  readonly why: string;
}

/** A command of the migration tool, run where the application's repository is. */
export interface CommandStep extends StepBase {
  readonly kind: "command";
  readonly run: string;
  /** Whose repository it is run in; of applications that share a record table, one of them. Null: it does not matter. */
  readonly application: string | null;
  readonly effect: CommandEffect;
}

/** What a command does, for whoever tries it on a copy. Names of migrations as the tool records them, in order. */
export type CommandEffect =
  /** Runs what waits, and records it. */
  | { readonly kind: "deploy"; readonly migrations: readonly string[] }
  /** Records as done without running. */
  | { readonly kind: "mark-applied"; readonly migrations: readonly string[] }
  /** Changes or removes the record of a failure, so that the next deploy goes on. */
  | { readonly kind: "mark-rolled-back"; readonly migrations: readonly string[] }
  /** Changes nothing in the database: prints what a person has to see, or writes a file of the repository. */
  | { readonly kind: "look" };

/** One statement for the target. */
export interface SqlStep extends StepBase {
  readonly kind: "sql";
  /** With its semicolon, every name quoted and qualified. */
  readonly statement: string;
  /** False: it must run outside of a transaction block. */
  readonly transactional: boolean;
  /** Transactional statements of one group run in one transaction. Groups are numbered from 1, in order. */
  readonly group: number;
  /** `lock_timeout` while it runs, the same for a whole group; 0: none, because waiting blocks nobody (CONCURRENTLY). */
  readonly lockTimeoutMs: number;
  /** `statement_timeout` while it runs, the same for a whole group; 0: none, because it works without blocking anybody. */
  readonly statementTimeoutMs: number;
  readonly hazards: readonly Hazard[];
  /** The table it touches; null: none, or one that the plan makes. */
  readonly table: TableSize | null;
  /** What has to be so that the statement succeeds, with the target's answer. */
  readonly checks: readonly PreCheck[];
  /** The statement that takes it back; null: nothing has to be taken back, or nothing can. */
  readonly undo: string | null;
}

/** Kinds are added, never reused. docs/repair.md says what each means. */
export const HAZARD_KINDS = [
  "lock",
  "table-rewrite",
  "full-scan",
  "blocks-writes",
  "data-loss",
  "changes-rows",
  "not-transactional",
  "needs-a-value",
  "fails-with-rows",
  "breaks-running-code",
  "weakens-integrity",
  "needs-privilege",
  "partial-definition",
] as const;
export type HazardKind = (typeof HAZARD_KINDS)[number];

export interface Hazard {
  readonly kind: HazardKind;
  /** Of kind lock: its mode by PostgreSQL's name; null otherwise. */
  readonly lock: LockMode | null;
  /** What it happens to, for people: `public.users`, `index users_email_key`; null: nothing in particular. */
  readonly subject: string | null;
}

export interface TableSize extends QualifiedName {
  /** As the statistics estimate it; null: never analyzed, or not looked at. */
  readonly rows: number | null;
  /** Heap, indexes and TOAST; null: not looked at. */
  readonly bytes: number | null;
}

/** A question to the rows of the target, asked before the statement is: a read-only SELECT of one number. */
export interface PreCheck {
  /** What is counted: `rows of public.users with NULL in email`. */
  readonly counts: string;
  /** One SELECT that gives one bigint; read only; 0 means that the statement will not be refused. */
  readonly statement: string;
  readonly answer: CheckAnswer;
}

export type CheckAnswer =
  | { readonly kind: "count"; readonly count: number }
  /** Asked, and not answered: no right to look, or time over. */
  | { readonly kind: "unknown"; readonly reason: string }
  | { readonly kind: "not-asked" };

export interface NotDone {
  /** Ids of the gaps that stay. */
  readonly gaps: readonly string[];
  /** What would have to be done. */
  readonly what: string;
  /** Why the plan does not do it: `12 rows would violate this`. */
  readonly why: string;
  /** Statements for a person who has looked; empty when nobody can say which. */
  readonly statements: readonly string[];
  readonly hazards: readonly Hazard[];
  /** What to look at first. */
  readonly checks: readonly PreCheck[];
  /** The option that makes the plan do it: `--backfill 'public.users.name=VALUE'`; null: there is none. */
  readonly option: string | null;
}

export type Proof =
  /** Run on a copy of the target's schema and verified there: nothing that the plan covers is left. */
  | { readonly kind: "proved"; readonly where: string }
  /** Tried, and something was refused or is left. */
  | {
      readonly kind: "unproved";
      readonly where: string;
      readonly reason: string;
      /** Messages of the gaps that are left. */
      readonly remaining: readonly string[];
    }
  | { readonly kind: "not-tried"; readonly reason: string };

/** Where nothing was looked at, or nothing is wrong. */
export const NOTHING_TO_REPAIR: Repair = {
  migrations: [],
  steps: [],
  notDone: [],
  proof: { kind: "not-tried", reason: "there is nothing to try" },
  proved: false,
};
