/** A migration script that PostgreSQL refused in the throwaway server, and why: what compile, lint and trials tell of it. */
import type { LintCode } from "./lint.js";

export interface ReplayFailure {
  readonly migration: string;
  /** Relative to the directory of the migrations. */
  readonly file: string;
  /** 1-based line of the file; null when the statement could not be told. */
  readonly line: number | null;
  /** The statement as written, cut when long; in a trial without its literals. */
  readonly statement: string | null;
  readonly sqlstate: string;
  /** As PostgreSQL says it. */
  readonly message: string;
  readonly code: LintCode;
  /** Why, and what to do, in whole sentences; for a database that was empty before the first script. */
  readonly diagnosis: string;
}
