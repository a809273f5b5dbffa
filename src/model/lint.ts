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
  "STATEMENT_FAILED",
] as const;
export type LintCode = (typeof LINT_CODES)[number];
