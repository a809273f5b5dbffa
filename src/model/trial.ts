/** What happened when the migrations that wait were run on a copy of the target's schema. */
import type { ReplayFailure } from "./replay-failure.js";

export interface Trial {
  /** The application whose migrations they are; of several that share a record table, one of them. */
  readonly application: string;
  /** In the order in which they were run, or would have been. */
  readonly tried: readonly string[];
  /** For people: `embedded PostgreSQL 18.4`. */
  readonly where: string;
  readonly result:
    | { readonly kind: "ran" }
    | { readonly kind: "failed"; readonly failure: ReplayFailure }
    /** There was no copy, or its answer may differ from the target's. */
    | { readonly kind: "unknown"; readonly reason: string };
}
