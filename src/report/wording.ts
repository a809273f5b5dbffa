/** What a report adds to the findings in its own words: one table for each kind of thing that needs explaining. */
import type {
  Cause,
  CauseCode,
  FeatureStatus,
  Gap,
  GapCode,
  HistoryState,
  MigrationStatus,
  StepOutcome,
  StepResult,
  Unverified,
  Verdict,
} from "../model/report.js";
import type { Style } from "./text/page.js";

/** Words and colours of the verdicts, the same in every reporter. */
export const VERDICTS: Readonly<Record<Verdict, { readonly word: string; readonly style: Style }>> = {
  pass: { word: "PASS", style: "green" },
  warn: { word: "WARN", style: "yellow" },
  fail: { word: "FAIL", style: "red" },
  unverified: { word: "UNVERIFIED", style: "cyan" },
};

export const STATUSES: Readonly<Record<FeatureStatus, { readonly word: string; readonly style: Style }>> = {
  broken: { word: "BROKEN", style: "red" },
  unverified: { word: "unverified", style: "cyan" },
  degraded: { word: "degraded", style: "yellow" },
  working: { word: "ok", style: "green" },
};

export const OUTCOMES: Readonly<Record<StepOutcome, { readonly word: string; readonly style: Style }>> = {
  passed: { word: "ok", style: "green" },
  failed: { word: "FAILED", style: "red" },
  errored: { word: "ERRORED", style: "red" },
  skipped: { word: "skipped", style: "dim" },
};

export const HISTORY_STATES: Readonly<Record<HistoryState, string>> = {
  "up-to-date": "up to date",
  behind: "behind this build",
  ahead: "ahead of this build",
  diverged: "diverged from this build",
  none: "no record table was found",
  unreadable: "the record table could not be read",
};

export const MIGRATION_STYLES: Readonly<Record<MigrationStatus, Style>> = {
  applied: "green",
  pending: "yellow",
  running: "cyan",
  failed: "red",
  "rolled-back": "yellow",
  "recorded-without-running": "red",
  forged: "red",
  edited: "yellow",
  unknown: "dim",
  "out-of-order": "red",
};

/** The word for a step: a failure that does not fail the run is told apart from one that does. */
export function stepWording({ outcome, severity }: StepResult): { readonly word: string; readonly style: Style } {
  if (severity === undefined || outcome === "passed" || outcome === "skipped") return OUTCOMES[outcome];
  return severity === "warning" ? { word: "WARNING", style: "yellow" } : { word: "optional", style: "dim" };
}

/** What to do about a cause; the exact commands stand in the next steps. */
export const CAUSE_ADVICE: Readonly<Record<CauseCode, string>> = {
  WRONG_DATABASE: "look at host and database above, and compare them with the DATABASE_URL of the deployment",
  WRONG_SCHEMA:
    "name the right schema: ?schema= in DATABASE_URL, the role's search_path, or schema: in the check file; do not create the tables again",
  MIGRATION_PENDING: "deploy the migration; the command is in the next steps",
  MIGRATION_RUNNING: "wait until it has finished, then verify again; the next steps show who is migrating",
  MIGRATION_FAILED:
    "remove the reason of the stored error, resolve the record, deploy again; the commands are in the next steps",
  MIGRATION_ROLLED_BACK: "correct the migration and deploy again: a rolled-back migration is tried anew",
  MIGRATION_CANNOT_APPLY:
    "correct the migration, or what stands in its way, before you deploy: as it is, the deploy fails there",
  RECORDED_WITHOUT_RUNNING:
    "deploying again does nothing, because the record says applied: bring in what the migration holds; see the next steps",
  RECORD_FORGED:
    "deploying again does nothing, because the record says applied: bring in what the migration holds, and find out who writes the record table",
  MIGRATION_EDITED:
    "deploying again does nothing: put what was added into a new migration, and leave applied migrations as they are",
  ORDER_DIFFERS:
    "write a migration that brings it to what the application expects, and keep every machine on one version of the migration tool",
  APPLIED_THEN_LOST:
    "bring back what is gone with a new migration or from a backup, and find out who removed it: deploying again does nothing",
  NO_HISTORY: "make a migration baseline once, then deploy the rest; until then no tool knows what is applied here",
  DATABASE_AHEAD: "deploy the build that belongs to this database, or keep what older builds need until they are gone",
  SKIPPED_BY_IF_NOT_EXISTS:
    "running the migration again skips it again: write a migration that alters what is there, without IF NOT EXISTS on the table",
  NO_MIGRATION_CREATES_IT:
    "write a migration that creates it, and mark it as applied only where the object exists already",
  NAME_CASE:
    "rename it with the statement above, or write the name without upper case letters in the application; then quote names in DDL",
  RENAMED:
    "deploy the version of the application that uses the name in the database, or rename it with the statement above",
  PERMISSION_DENIED:
    "let the owner of the object, or an administrator, grant the privilege; the statement is above or in the next steps",
  ROW_SECURITY:
    "verify as the owner of the table or as a role with BYPASSRLS; for the application, make a policy that lets its role through",
  BLOCKED_BY_LOCK:
    "wait until that session is done, or end it if it is idle: SELECT pg_terminate_backend(pid); then verify again",
  CONCURRENT_BUILD_RUNNING: "wait until the build is done, then verify again",
  CONCURRENT_BUILD_FAILED:
    "build the index again with the statement above; if it is unique and fails again, remove the duplicates that its error names first",
  UNKNOWN:
    "compare how this database was made with the migrations of the build: it was changed by hand, or it is another database than you think",
};

/** As CAUSE_ADVICE; rows that are missing, and nothing else, are a seed script's. */
export function causeAdvice({ code, explains }: Cause, gaps: readonly Gap[]): string {
  const codes = gaps.filter(({ id }) => explains.includes(id)).map((gap) => gap.code);
  const isSeed = code === "UNKNOWN" && codes.length > 0 && codes.every((each) => each === "MISSING_ROWS");
  return isSeed ? SEED_ADVICE : CAUSE_ADVICE[code];
}

const SEED_ADVICE =
  "run the application's seed script against this database, then verify again; the schema needs no change";

/** PostgreSQL's condition names (https://www.postgresql.org/docs/current/errcodes-appendix.html) of what features meet. */
const CONDITIONS: Readonly<Record<string, string>> = {
  "0A000": "feature_not_supported",
  "22001": "string_data_right_truncation",
  "22P02": "invalid_text_representation",
  "22003": "numeric_value_out_of_range",
  "23001": "restrict_violation",
  "23502": "not_null_violation",
  "23503": "foreign_key_violation",
  "23505": "unique_violation",
  "23514": "check_violation",
  "23P01": "exclusion_violation",
  "3F000": "invalid_schema_name",
  "428C9": "generated_always",
  "42501": "insufficient_privilege",
  "42703": "undefined_column",
  "42704": "undefined_object",
  "42804": "datatype_mismatch",
  "42883": "undefined_function",
  "42P01": "undefined_table",
  "42P10": "invalid_column_reference",
  "55000": "object_not_in_prerequisite_state",
};

/** `42703 (undefined_column)` */
export function sqlstateWords(sqlstate: string): string {
  const condition = Object.hasOwn(CONDITIONS, sqlstate) ? CONDITIONS[sqlstate] : undefined;
  return condition === undefined ? `SQLSTATE ${sqlstate}` : `${sqlstate} (${condition})`;
}

/** Gaps of a code on some relations, before the names of these: `indexes are missing on users, credits`. */
export const KIND_WORDS: Readonly<Record<GapCode, string>> = {
  MISSING_TABLE: "there is no",
  MISSING_VIEW: "there is no",
  MISSING_COLUMN: "columns are missing on",
  MISSING_INDEX: "indexes are missing on",
  INVALID_INDEX: "indexes are invalid on",
  MISSING_CONSTRAINT: "constraints are missing on",
  UNVALIDATED_CONSTRAINT: "constraints are not validated on",
  MISSING_ENUM: "there is no",
  MISSING_ENUM_LABEL: "labels are missing in",
  MISSING_DOMAIN: "there is no",
  MISSING_SEQUENCE: "there is no",
  MISSING_EXTENSION: "there is no",
  MISSING_FUNCTION: "there is no",
  MISSING_TRIGGER: "triggers are missing or disabled on",
  COLUMN_TYPE: "types differ on",
  COLUMN_NULLABILITY: "NOT NULL differs on",
  COLUMN_DEFAULT: "defaults differ on",
  COLUMN_IDENTITY: "identity differs on",
  COLUMN_GENERATED: "generated columns differ on",
  COLUMN_COLLATION: "collations differ on",
  INDEX_DEFINITION: "indexes differ on",
  CONSTRAINT_DEFINITION: "constraints differ on",
  DOMAIN_DEFINITION: "there is another definition of",
  ENUM_ORDER: "labels stand in another order in",
  BLOCKING_EXTRA_COLUMN: "there are unknown NOT NULL columns on",
  BLOCKING_EXTRA_CONSTRAINT: "there are unknown constraints on",
  MISSING_PRIVILEGE: "privileges are missing on",
  ROW_SECURITY_HIDES_ROWS: "row security hides the rows of",
  MISSING_ROWS: "reference rows are missing in",
  MIGRATION_NOT_APPLIED: "migrations are not applied:",
};

const BY_SQLSTATE: readonly (readonly [prefix: string, advice: string])[] = [
  [
    "42501",
    "grant the role that looks USAGE on the schema and SELECT on the relation, or verify as the role of the application",
  ],
  ["28", "check user and password, and that pg_hba.conf lets this user in from here"],
  ["3D000", "check the name of the database: it is not on this server"],
  ["53300", "all connections are in use: look at pg_stat_activity, then verify again"],
  ["55P03", "another session holds a lock: look at pg_locks, or give --timeout more time"],
  ["57014", "the server was too slow: give --timeout more time, or look at pg_stat_activity"],
  ["57P", "the server is starting or stopping: try again in a moment"],
  ["08", "the connection broke: check the network path and the server's log"],
];

/** What would let us look, or null when the reason says it all; of an unreachable server it does. */
export function unverifiedAdvice({ sqlstate, subject }: Unverified): string | null {
  if (subject.kind === "server" || sqlstate === null) return null;
  const known = BY_SQLSTATE.find(([prefix]) => sqlstate.startsWith(prefix))?.[1] ?? null;
  const isCondition = subject.kind === "rows" && /^(?:22|42)/.test(sqlstate);
  return known ?? (isCondition ? CONDITION_ADVICE : null);
}

const CONDITION_ADVICE =
  "the condition does not fit the table as it is: look at the gaps of that table first, then at the check file";
