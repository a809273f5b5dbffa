/** The last changes of the verdict, newest first: what somebody who comes late wants to know. */
import type { Verdict } from "../model/report.js";
import { summarize } from "../report/index.js";
import { describeAttempt } from "./describe.js";
import type { Refresher, VerdictChange } from "./refresher.js";

export interface ChangeRecord {
  /** ISO 8601, UTC: when the verification began that saw it. */
  readonly at: string;
  readonly from: Verdict | null;
  readonly to: Verdict;
  /** Counts, or why nobody could look; null when everything passes. */
  readonly summary: string | null;
}

export interface ChangeLog {
  readonly changes: readonly ChangeRecord[];
  /** All since the start, those that were dropped from the list too. */
  readonly total: number;
}

const KEPT = 100;

/** Listens to the refresher from now on. */
export function keepChanges(refresher: Refresher): ChangeLog {
  const changes: ChangeRecord[] = [];
  let total = 0;
  refresher.onChange((change) => {
    total += 1;
    changes.unshift(recordOf(change));
    changes.length = Math.min(changes.length, KEPT);
  });
  return {
    changes,
    get total() {
      return total;
    },
  };
}

export function recordOf({ from, to, current: { report, failure } }: VerdictChange): ChangeRecord {
  const at = report?.checkedAt ?? new Date().toISOString();
  const summary = report === null ? (failure === null ? null : describeAttempt(failure)) : summarize(report);
  return { at, from, to, summary };
}
