/**
 * The Report, format version 1. Everything that prints reads this object and nothing else.
 * Its JSON Schema is generated from src/report/schema.ts, which the compiler holds equal to these types.
 */
import type { RecordTool } from "./migrations.js";
import type { Repair } from "./repair.js";
import type { SmokeResult } from "./smoke-result.js";

export type {
  Attribution,
  CleanupOutcome,
  CleanupResult,
  FlowResult,
  RequiredObject,
  SmokeResult,
  StepOutcome,
  StepPlace,
  StepResult,
} from "./smoke-result.js";

export const REPORT_FORMAT_VERSION = 1;

/** One word list everywhere: report, health, exit codes, JUnit, colours. */
export type Verdict = "pass" | "warn" | "fail" | "unverified";
export type Severity = "error" | "warning";
export type FeatureStatus = "working" | "degraded" | "broken" | "unverified";
export type Operation = "select" | "insert" | "update" | "delete";
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const GAP_CODES = [
  "MISSING_TABLE",
  "MISSING_VIEW",
  "MISSING_COLUMN",
  "MISSING_INDEX",
  "INVALID_INDEX",
  "MISSING_CONSTRAINT",
  "UNVALIDATED_CONSTRAINT",
  "MISSING_ENUM",
  "MISSING_ENUM_LABEL",
  "MISSING_DOMAIN",
  "MISSING_SEQUENCE",
  "MISSING_EXTENSION",
  "MISSING_FUNCTION",
  "MISSING_TRIGGER",
  "COLUMN_TYPE",
  "COLUMN_NULLABILITY",
  "COLUMN_DEFAULT",
  "COLUMN_IDENTITY",
  "COLUMN_GENERATED",
  "COLUMN_COLLATION",
  "INDEX_DEFINITION",
  "CONSTRAINT_DEFINITION",
  "DOMAIN_DEFINITION",
  "ENUM_ORDER",
  "BLOCKING_EXTRA_COLUMN",
  "BLOCKING_EXTRA_CONSTRAINT",
  "MISSING_PRIVILEGE",
  "ROW_SECURITY_HIDES_ROWS",
  "MISSING_ROWS",
  "MIGRATION_NOT_APPLIED",
] as const;
export type GapCode = (typeof GAP_CODES)[number];

export const CAUSE_CODES = [
  "WRONG_DATABASE",
  "WRONG_SCHEMA",
  "MIGRATION_PENDING",
  "MIGRATION_RUNNING",
  "MIGRATION_FAILED",
  "MIGRATION_ROLLED_BACK",
  "MIGRATION_CANNOT_APPLY",
  "RECORDED_WITHOUT_RUNNING",
  "RECORD_FORGED",
  "MIGRATION_EDITED",
  "ORDER_DIFFERS",
  "APPLIED_THEN_LOST",
  "NO_HISTORY",
  "DATABASE_AHEAD",
  "SKIPPED_BY_IF_NOT_EXISTS",
  "NO_MIGRATION_CREATES_IT",
  "NAME_CASE",
  "RENAMED",
  "PERMISSION_DENIED",
  "ROW_SECURITY",
  "BLOCKED_BY_LOCK",
  "CONCURRENT_BUILD_RUNNING",
  "CONCURRENT_BUILD_FAILED",
  "UNKNOWN",
] as const;
export type CauseCode = (typeof CAUSE_CODES)[number];

/** What a finding can be about. */
export const SUBJECT_KINDS = [
  "server",
  "schema",
  "table",
  "view",
  "column",
  "index",
  "constraint",
  "enum",
  "domain",
  "sequence",
  "extension",
  "function",
  "trigger",
  "rows",
  "migration",
  "history",
  "privileges",
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** The object a finding is about. `relation` is set for what belongs to a relation; `name` is the object's own name. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly schema: string | null;
  readonly relation: string | null;
  readonly name: string;
}

export interface Report {
  readonly formatVersion: typeof REPORT_FORMAT_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  readonly verdict: Verdict;
  /** ISO 8601, UTC. */
  readonly checkedAt: string;
  readonly durationMs: number;
  readonly target: Target;
  readonly contract: { readonly id: string; readonly source: string; readonly objects: number };
  readonly summary: Summary;
  readonly features: readonly FeatureResult[];
  readonly gaps: readonly Gap[];
  readonly causes: readonly Cause[];
  readonly history: readonly History[];
  readonly repair: Repair;
  readonly extras: readonly Extra[];
  readonly unverified: readonly Unverified[];
  readonly smoke: SmokeResult | null;
  /** What a baseline accepts; absent: none was given. Accepted gaps stand in `gaps` as warnings. */
  readonly baseline?: BaselineComparison;
  /** Verdict of schema and smoke run together; only `gate` gives it. */
  readonly gate?: Verdict;
}

/** A report beside a baseline: the list of gaps that a team knows and accepts. */
export interface BaselineComparison {
  /** Gaps that the baseline accepts, with the severity that they have without it. */
  readonly accepted: readonly { readonly id: string; readonly severity: Severity }[];
  /** Entries of gaps that are not there any more. */
  readonly stale: readonly BaselineEntry[];
}

/** A gap that was accepted. */
export interface BaselineEntry {
  /** The gap's id: by it the gap is known again, whatever its message says. */
  readonly id: string;
  readonly code: GapCode;
  readonly severity: Severity;
  readonly subject: Subject;
  /** Why it is accepted, in the words of a person. */
  readonly note?: string;
}

/** Where we looked, as the server itself says. Fields are null when the server could not be asked. Never a password. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly server: string | null;
  readonly schema: string;
  readonly searchPath: readonly string[] | null;
  readonly inRecovery: boolean | null;
}

/** expectations = satisfied + gaps that stand for an expectation + implied + unverified; see docs/report.md. */
export interface Summary {
  readonly expectations: number;
  readonly satisfied: number;
  readonly gaps: number;
  /** Expectations that follow from a missing parent (the columns of a missing table): not repeated as gaps. */
  readonly implied: number;
  readonly unverified: number;
}

export interface Gap {
  readonly id: string;
  readonly code: GapCode;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly expected: Json;
  readonly actual: Json;
  /** Names of the applications whose contract has the expectation. */
  readonly applications: readonly string[];
  /** Migration that brings the object, when the contract knows it. */
  readonly introducedBy: string | null;
  /** Ids of causes that explain it. */
  readonly causes: readonly string[];
  /** Ids of features that it breaks or degrades. */
  readonly features: readonly string[];
  /** The statements that feel it. */
  readonly operations: readonly Operation[];
  readonly message: string;
}

export interface FeatureResult {
  readonly id: string;
  readonly application: string;
  readonly title: string;
  readonly status: FeatureStatus;
  readonly endpoints: readonly string[];
  readonly gaps: readonly string[];
  readonly symptoms: readonly Symptom[];
}

/** What users of the feature will see. `prisma` is the Prisma client's code for this SQLSTATE (knowledge: P2021, P2022, ...). */
export interface Symptom {
  readonly sqlstate: string;
  readonly prisma: string | null;
  readonly operation: Operation;
}

export type Confidence = "certain" | "likely" | "possible";

export interface Cause {
  readonly id: string;
  readonly code: CauseCode;
  readonly confidence: Confidence;
  /** Ids of gaps. */
  readonly explains: readonly string[];
  /** What could not be looked at because of it. */
  readonly unverified: readonly Subject[];
  readonly message: string;
  readonly evidence: readonly { readonly fact: string; readonly source: string }[];
}

export type HistoryState = "up-to-date" | "behind" | "ahead" | "diverged" | "none" | "unreadable";

/**
 * Of a migration that is recorded as done: applied, edited (the file is another one now), recorded-without-running,
 * forged (the tool did not write this row). Not done: pending, running, failed, rolled-back, out-of-order (older than
 * what is applied, so the tool refuses it or passes it over). unknown: recorded, and this build does not have it.
 */
export const MIGRATION_STATUSES = [
  "applied",
  "pending",
  "running",
  "failed",
  "rolled-back",
  "recorded-without-running",
  "forged",
  "edited",
  "unknown",
  "out-of-order",
] as const;
export type MigrationStatus = (typeof MIGRATION_STATUSES)[number];

export interface History {
  readonly application: string;
  readonly tool: RecordTool;
  /** `schema.table`; null when no record table was found. */
  readonly table: string | null;
  readonly state: HistoryState;
  readonly migrations: readonly Migration[];
}

export interface Migration {
  readonly name: string;
  readonly status: MigrationStatus;
  readonly required: boolean;
  /** Whether the tool refuses to run anything as long as its row stands as it is. */
  readonly blocks: boolean;
  /** Null when the tool does not record it. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** What a person should know about this row, for example the first line of the stored error. */
  readonly note: string | null;
}

export interface Extra {
  readonly subject: Subject;
  readonly message: string;
}

/** Something that could not be looked at: neither fine nor a gap. */
export interface Unverified {
  readonly subject: Subject;
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly features: readonly string[];
}
