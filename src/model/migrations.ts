/** A directory of migrations, read: what would be sent to PostgreSQL, in which order and how. Times and databases play no part. */

/** `knex` is SQL up/down pairs as Knex projects keep them; `sql` is a directory of numbered scripts without any tool. */
export const MIGRATION_TOOLS = [
  "prisma",
  "drizzle",
  "knex",
  "node-pg-migrate",
  "flyway",
  "dbmate",
  "goose",
  "golang-migrate",
  "sqlx",
  "supabase",
  "atlas",
  "rails",
  "sql",
] as const;
export type MigrationTool = (typeof MIGRATION_TOOLS)[number];

/** Tools whose record table is read; `prisma-next` is Prisma 8 with its ledger. */
export const RECORD_TOOLS = [
  "prisma",
  "prisma-next",
  "drizzle",
  "knex",
  "typeorm",
  "sequelize",
  "mikro-orm",
  "node-pg-migrate",
  "flyway",
  "liquibase",
  "rails",
  "django",
  "alembic",
  "golang-migrate",
  "goose",
  "dbmate",
  "atlas",
  "sqlx",
  "diesel",
  "ecto",
  "supabase",
  "pgroll",
] as const;
export type RecordTool = (typeof RECORD_TOOLS)[number];

/**
 * script: sent whole, as one simple query, which PostgreSQL runs as one implicit transaction unless the text has its own;
 * transaction: BEGIN and COMMIT around it; none: statement by statement, each for itself.
 */
export type TransactionRule = "script" | "transaction" | "none";

/** The up part of one migration file. A dbmate file with several up parts gives several scripts of one name. */
export interface MigrationScript {
  /** As the tool records it: docs/migration-tools.md says for each tool what that is. */
  readonly name: string;
  /** Relative to the directory, with `/`. */
  readonly file: string;
  /** The up part only, without a byte order mark, line ends as in the file. */
  readonly sql: string;
  /** Line of the file, from 1, where `sql` begins. */
  readonly firstLine: number;
  readonly transaction: TransactionRule;
  /** By the tool's own rule and in the form in which it is recorded; null: the tool records none. */
  readonly checksum: string | null;
  /** What the record of the same text may hold instead: its checksum with other line ends. */
  readonly alike?: readonly string[];
  /** What the tool records beside or instead of the name: Drizzle's `when`. */
  readonly recordedAs?: string | null;
  /** Runs on an empty database only, in place of all that is older: Atlas' checkpoint, Flyway's baseline migration. */
  readonly startsHistory?: boolean;
}

/** Something about the directory that a person should know and that does not stop the replay. */
export interface MigrationWarning {
  readonly code: MigrationWarningCode;
  /** Relative to the directory; null: the directory as a whole. */
  readonly file: string | null;
  readonly message: string;
}

export const MIGRATION_WARNING_CODES = [
  "BYTE_ORDER_MARK",
  "DOWN_PART_RUNS",
  "EMPTY_MIGRATION",
  "EDITED_FILE",
  "MARKER_IN_TEXT",
  "MIGRATION_FILE_MISSING",
  "MIGRATION_LOCK_MISSING",
  "MIXED_NAMES",
  "NOT_READ",
  "ORDER_DIFFERS",
  "PLACEHOLDER",
  "SKIPPED_BY_TOOL",
  "TOOL_REFUSES",
] as const;
export type MigrationWarningCode = (typeof MIGRATION_WARNING_CODES)[number];

export interface MigrationDirectory {
  readonly tool: MigrationTool;
  /** In the order in which the tool runs them on an empty database. */
  readonly scripts: readonly MigrationScript[];
  /** The names in the other order in use (Prisma: byte order and localeCompare; sql: byte order), when it differs. */
  readonly otherOrder: readonly string[] | null;
  readonly warnings: readonly MigrationWarning[];
  /** What the tool records of the whole directory, where that is not the names of the scripts: Rails' versions. */
  readonly recorded?: readonly string[];
}
