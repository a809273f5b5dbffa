/** What a smoke run found out; a part of the Report (src/model/report.ts). */
export type StepOutcome = "passed" | "failed" | "errored" | "skipped";

export interface SmokeResult {
  readonly runId: string;
  readonly baseUrl: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** warning: nothing failed but steps that only warn, or a step was slow. */
  readonly outcome: "passed" | "warning" | "failed";
  readonly flows: readonly FlowResult[];
  readonly cleanup: CleanupResult;
}

export interface FlowResult {
  readonly id: string;
  readonly application: string;
  readonly title: string;
  readonly outcome: StepOutcome;
  readonly steps: readonly StepResult[];
}

export interface StepResult {
  readonly id: string;
  readonly title: string;
  readonly feature: string | null;
  readonly outcome: StepOutcome;
  readonly durationMs: number;
  /** `POST http://host/path`, secrets replaced; null for SQL steps. */
  readonly request: string | null;
  readonly status: number | null;
  readonly failures: readonly string[];
  /** What a failure of this step means; absent: it fails the run. `info`: it is told and nothing more. */
  readonly severity?: "warning" | "info";
  /** What was not as it should be and fails nothing: a step that was slow. Absent: nothing. */
  readonly warnings?: readonly string[];
  /** Objects of the schema that the step needs besides those of its feature, as the check file says; absent: none. */
  readonly requires?: readonly RequiredObject[];
  /** Excerpt of the answer, redacted, at most 2,000 characters; only for steps that did not pass. */
  readonly body: string | null;
  /** The request as a command line for a POSIX shell, secrets as variables; only for requests that did not pass. */
  readonly curl: string | null;
  /** Where the step stands in its check file; null when it comes from none. */
  readonly place: StepPlace | null;
  readonly attribution: Attribution | null;
}

/** An object of the schema, as the database calls it. */
export interface RequiredObject {
  readonly schema: string;
  /** Null: the object itself is the relation, type, sequence or function. */
  readonly relation: string | null;
  readonly name: string;
}

export interface StepPlace {
  /** Path of the check file. */
  readonly file: string;
  /** As editors count, from 1. */
  readonly line: number;
}

/** Why a step failed, as far as the database can tell. */
export interface Attribution {
  /** proved: the error names the object; declared: the feature needs it; none: no schema cause. */
  readonly kind: "proved" | "declared" | "none";
  readonly gaps: readonly string[];
  readonly message: string;
}

/** kept: the caller wanted everything to stay, and nothing was tried. */
export type CleanupOutcome = "passed" | "failed" | "nothing-to-do" | "kept";

export interface CleanupResult {
  readonly outcome: CleanupOutcome;
  readonly steps: readonly StepResult[];
  /** What the run created and could not, or was not to, remove. */
  readonly leftovers: readonly string[];
}
