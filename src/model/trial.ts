/** What happened when the migrations that wait were run on a copy of the target's schema. */
import type { LintCode } from "./lint.js";

export interface Trial {
  /** The application whose migrations they are; of several that share a record table, one of them. */
  readonly application: string;
  /** In the order in which they were run, or would have been. */
  readonly tried: readonly string[];
  /** For people: `embedded PostgreSQL 18.4`. */
  readonly where: string;
  readonly result:
    | { readonly kind: "ran" }
    | { readonly kind: "failed"; readonly failure: TrialFailure }
    /** There was no copy, or its answer may differ from the target's. */
    | { readonly kind: "unknown"; readonly reason: string };
}

/** The first statement that PostgreSQL refused. */
export interface TrialFailure {
  readonly migration: string;
  /** Relative to the directory of the migrations. */
  readonly file: string;
  /** 1-based; null when the statement could not be told. */
  readonly line: number | null;
  readonly statement: string | null;
  readonly sqlstate: string;
  /** As PostgreSQL says it. */
  readonly message: string;
  readonly code: LintCode;
  /** Why it would be refused on an empty database as well, in whole sentences. */
  readonly diagnosis: string;
}
