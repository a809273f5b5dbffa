/** A migration that the application needs and the database has not had: what it does, and whether it runs there. */
import type { FindingCode, FindingSeverity, LintHazard } from "./lint.js";
import type { ReplayFailure } from "./replay-failure.js";

/** Its state is in the history of the report. */
export interface WaitingMigration {
  /** As the tool records it. */
  readonly name: string;
  /** Whose migration it is; several applications may share a record table. */
  readonly applications: readonly string[];
  readonly safety: MigrationSafety;
  readonly applies: MigrationApplies;
}

export type MigrationSafety =
  /** Its script was read; no risk means that none of the rules of `lint` has anything to say beyond notes. */
  | { readonly kind: "read"; readonly risks: readonly MigrationRisk[] }
  | { readonly kind: "unknown"; readonly reason: string };

/** What `schemaready lint` says of a statement, without its text: literals of migrations can be secrets. */
export interface MigrationRisk {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
  readonly message: string;
  readonly hazards: readonly LintHazard[];
}

/** Whether it runs on this database, as a copy of its schema without rows says. */
export type MigrationApplies =
  | { readonly kind: "yes"; readonly where: string }
  | { readonly kind: "no"; readonly where: string; readonly failure: RefusedStatement }
  | { readonly kind: "unknown"; readonly reason: string };

export type RefusedStatement = Pick<ReplayFailure, "file" | "line" | "statement" | "sqlstate" | "message">;
