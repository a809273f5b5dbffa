/** How far a smoke run has come, from its events: what somebody who waits for it asks. Pure. */
import type { SmokeEvent } from "../model/smoke-event.js";
import { failsTheRun } from "../model/verdict.js";

export interface SmokeProgress {
  /** Steps of the plan. */
  readonly total: number;
  /** Steps that have an outcome. */
  readonly done: number;
  /** Of them, those that fail the run. */
  readonly failed: number;
  /** What is going on, as `flow.step`; null between steps. */
  readonly step: string | null;
  readonly isCleaningUp: boolean;
}

export const NOT_BEGUN: SmokeProgress = { total: 0, done: 0, failed: 0, step: null, isCleaningUp: false };

export function advance(progress: SmokeProgress, event: SmokeEvent): SmokeProgress {
  switch (event.kind) {
    case "run-start":
      return { ...NOT_BEGUN, total: event.plan.reduce((sum, { steps }) => sum + steps, 0) };
    case "step-start":
      return { ...progress, step: `${event.flow}.${event.step}` };
    case "step-end":
      return {
        ...progress,
        done: progress.done + 1,
        failed: progress.failed + (failsTheRun(event.result) ? 1 : 0),
        step: null,
      };
    case "cleanup-start":
      return { ...progress, step: null, isCleaningUp: true };
    default:
      return progress;
  }
}
