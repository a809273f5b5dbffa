/** Findings about a directory of migrations: the codes of `schemaready lint`, and the shape of a finding. */
import type { MigrationTool, MigrationWarningCode } from "./migrations.js";

/** Why a migration does not replay. Codes are added, never reused. */
export const LINT_CODES = [
  "NO_MIGRATION_CREATES_IT",
  "DEPENDENCY_ORDER",
  "ORDER_DIFFERS",
  "DUPLICATE_OBJECT",
  "NEEDS_ROLE",
  "NEEDS_EXTENSION",
  "NEEDS_SCHEMA",
  "NOT_IN_TRANSACTION",
  "NEEDS_SUPERUSER",
  "RESOURCE_LIMIT",
  "STATEMENT_FAILED",
] as const;
export type LintCode = (typeof LINT_CODES)[number];

/** What is dangerous about a statement, or would not be read at all. Codes are added, never reused. */
export const STATEMENT_CODES = [
  "ADD_CHECK_SCANS",
  "ADD_COLUMN_NOT_NULL",
  "ADD_COLUMN_REWRITES",
  "ADD_FOREIGN_KEY_SCANS",
  "ADD_UNIQUE_BUILDS_INDEX",
  "ALTER_TYPE_REWRITES",
  "ATTACH_PARTITION_SCANS",
  "CREATE_INDEX_BLOCKS_WRITES",
  "DELETE_ALL_ROWS",
  "DROP_COLUMN",
  "DROP_INDEX_LOCKS",
  "DROP_SCHEMA",
  "DROP_TABLE",
  "DROP_TYPE",
  "DROP_VIEW",
  "ENUM_VALUE_IN_TRANSACTION",
  "IF_NOT_EXISTS",
  "LOCK_TABLE",
  "NOT_GUARDED",
  "NO_LOCK_TIMEOUT",
  "REFRESH_BLOCKS_READS",
  "REINDEX_BLOCKS_WRITES",
  "RENAME_COLUMN",
  "RENAME_ENUM_LABEL",
  "RENAME_TABLE",
  "REWRITES_TABLE",
  "SET_NOT_NULL_SCANS",
  "SYNTAX_ERROR",
  "TRUNCATE_TABLE",
  "UPDATE_ALL_ROWS",
  "VALIDATE_UNDER_LOCK",
] as const;
export type StatementCode = (typeof STATEMENT_CODES)[number];

/** What is odd about the files, besides what reading the directory warns of. Codes are added, never reused. */
export const DIRECTORY_CODES = ["DUPLICATE_VERSION", "LINE_ENDS_DIFFER", "ODD_NAME", "OUT_OF_ORDER"] as const;
export type DirectoryCode = (typeof DIRECTORY_CODES)[number];

export type FindingCode = LintCode | StatementCode | DirectoryCode | MigrationWarningCode;

/** error: it fails, or the tool refuses it. warning: it can hurt. note: worth knowing, shown on demand. */
export const FINDING_SEVERITIES = ["error", "warning", "note"] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** Modes of table locks by PostgreSQL's names, the weakest first (https://www.postgresql.org/docs/current/explicit-locking.html). */
export const LOCK_MODES = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
] as const;
export type LockMode = (typeof LOCK_MODES)[number];

export const LINT_HAZARD_KINDS = [
  "lock",
  "table-rewrite",
  "full-scan",
  "data-loss",
  "breaks-running-code",
  "fails-with-rows",
  "not-transactional",
  "not-guarded",
  "skipped-when-present",
] as const;
export type LintHazardKind = (typeof LINT_HAZARD_KINDS)[number];

export interface LintHazard {
  readonly kind: LintHazardKind;
  /** Of kind lock: the mode; null otherwise. */
  readonly lock: LockMode | null;
  /** What it happens to, as the statement writes it; null: nothing in particular. */
  readonly subject: string | null;
}

export interface LintFinding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** Null: about the directory as a whole, or about a file that is no migration. */
  readonly migration: string | null;
  /** Relative to the directory, with `/`. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
  /** Begin of the statement, on one line. */
  readonly statement: string | null;
  /** Only where PostgreSQL refused the statement. */
  readonly sqlstate: string | null;
  /** What is wrong. */
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly hazards: readonly LintHazard[];
}

export const LINT_FORMAT_VERSION = 1;

/** All that `schemaready lint` says. */
export interface LintResult {
  readonly formatVersion: typeof LINT_FORMAT_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  /** As it was given. */
  readonly directory: string;
  readonly migrationTool: MigrationTool;
  readonly migrations: number;
  /** How many of them are not in the contract compiled before; null: none was given, so all are looked at. */
  readonly newMigrations: number | null;
  /** Whether they were replayed in a throwaway PostgreSQL. */
  readonly replayed: boolean;
  readonly summary: { readonly errors: number; readonly warnings: number; readonly notes: number };
  /** By migration in the order in which they run, then by line; what belongs to no migration stands first. */
  readonly findings: readonly LintFinding[];
  /** What was arranged so that the replay could run. */
  readonly arrangements: readonly string[];
}
