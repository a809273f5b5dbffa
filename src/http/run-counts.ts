/** What the refresher has done since the start, for the metrics. */
import { isDefinite, type TimedAttempt } from "./verdict.js";

export interface RunCounts {
  /** Verifications that have ended, whatever they gave. */
  readonly runs: number;
  /** Those of them that could not look. */
  readonly failures: number;
  /** Time that all of them took. */
  readonly seconds: number;
  /** For each of DURATION_BOUNDS, the verifications that took at most so long. */
  readonly within: readonly number[];
  /** Changes of the verdict. */
  readonly changes: number;
  /** Whether the newest one could look. */
  readonly reached: boolean;
  /** When the newest one that could look began, ISO 8601; null: none could. */
  readonly succeededAt: string | null;
}

/** Seconds: from "nothing has changed" over a usual contract to one that waits for locks until the deadline. */
export const DURATION_BOUNDS: readonly number[] = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 30];

export const NO_RUNS: RunCounts = {
  ...{ runs: 0, failures: 0, seconds: 0, within: DURATION_BOUNDS.map(() => 0) },
  ...{ changes: 0, reached: false, succeededAt: null },
};

/** The counts with one more verification. */
export function countRun(counts: RunCounts, { attempt, durationMs }: TimedAttempt): RunCounts {
  const reached = isDefinite(attempt);
  const seconds = durationMs / 1000;
  return {
    ...{ changes: counts.changes, reached, runs: counts.runs + 1 },
    failures: counts.failures + (reached ? 0 : 1),
    seconds: counts.seconds + seconds,
    within: counts.within.map((count, i) => count + (seconds <= (DURATION_BOUNDS[i] ?? 0) ? 1 : 0)),
    succeededAt: reached && attempt.kind === "report" ? attempt.report.checkedAt : counts.succeededAt,
  };
}
