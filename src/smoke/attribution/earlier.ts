/** What the failed steps of a flow say about one that fails after them. */
import type { Gap, Report, StepResult } from "../../model/report.js";
import { because } from "./wording.js";

/** A failed step before this one that has gaps behind it. */
export interface Earlier {
  readonly id: string;
  readonly gaps: readonly Gap[];
  /** `column users.role is missing (MISSING_COLUMN)` */
  readonly because: string;
}

/**
 * The step that was refused before with the same status, and why. Applications look up who is asking before they do
 * anything: when that cannot be read, every request is a 401, also those of features that need nothing of it.
 */
export function refusedBefore(step: StepResult, before: readonly StepResult[], report: Report): Earlier | null {
  if (step.status !== 401 && step.status !== 403) return null;
  return latest(before, ({ status }) => status === step.status, report);
}

/** The write that failed before, and why: what it should have made is not there for the steps after it. */
export function failedWriteBefore(step: StepResult, before: readonly StepResult[], report: Report): Earlier | null {
  if (step.status === null || step.status < 400) return null;
  return latest(before, ({ request }) => request !== null && !/^(?:GET|HEAD|OPTIONS) /.test(request), report);
}

function latest(before: readonly StepResult[], isMeant: (step: StepResult) => boolean, report: Report): Earlier | null {
  const found = before.findLast((step) => isMeant(step) && (step.attribution?.gaps.length ?? 0) > 0);
  if (found === undefined) return null;
  const gaps = report.gaps.filter(({ id }) => found.attribution?.gaps.includes(id));
  return { id: found.id, gaps, because: because(gaps, report.target.schema) };
}
