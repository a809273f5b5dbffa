/** What a report says, as test cases: formats for test results differ only in how they write these. */
import type { StepPlace } from "../../model/report.js";

export interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly durationMs: number;
  readonly place: StepPlace | null;
  readonly result:
    | { readonly kind: "passed" }
    | { readonly kind: "skipped"; readonly message: string }
    | {
        readonly kind: "failure" | "error";
        readonly type: string;
        readonly message: string;
        readonly text: string;
      };
  /** What is worth reading although nothing failed; empty: nothing. */
  readonly output: string;
}

export interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
  /** ISO 8601 */
  readonly timestamp: string;
  readonly durationMs: number;
}
