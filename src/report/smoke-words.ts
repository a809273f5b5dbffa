/** What became of a smoke run, in one sentence of counts: it names nothing, so everybody may read it. */
import type { SmokeResult, StepResult } from "../model/report.js";
import { failsTheRun } from "../model/verdict.js";
import { plural } from "./display.js";
import type { Style } from "./text/page.js";
import { VERDICTS } from "./wording.js";

export interface SmokeWords {
  readonly word: string;
  readonly style: Style;
  /** `2 of 4 steps failed, 1 skipped, 1 thing left behind` */
  readonly sentence: string;
}

export function smokeWords({ outcome, flows, cleanup }: SmokeResult): SmokeWords {
  const steps = flows.flatMap((flow) => flow.steps);
  const left = cleanup.leftovers.length;
  const isKept = cleanup.outcome === "kept";
  const clean = outcome === "passed" && (left === 0 || isKept);
  const passed = steps.filter((step) => step.outcome === "passed").length;
  const skipped = steps.filter((step) => step.outcome === "skipped").length;
  const warned = steps.filter(warns).length;
  const sentence = [
    outcome === "failed" ? whatFailed(steps) : `${plural(passed, "step")} passed`,
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
    ...(warned === 0 ? [] : [plural(warned, "warning")]),
    ...(left === 0 ? [] : [`${plural(left, "thing")} ${isKept ? "kept" : "left behind"}`]),
  ].join(", ");
  return { ...VERDICTS[outcome === "failed" ? "fail" : clean ? "pass" : "warn"], sentence };
}

/** Of the steps that fail the run. What could not run was not refuted: when nothing was, nothing is said to have failed. */
function whatFailed(steps: readonly StepResult[]): string {
  const bad = steps.filter(failsTheRun);
  const isRefuted = bad.some(({ outcome }) => outcome === "failed");
  return `${bad.length} of ${plural(steps.length, "step")} ${isRefuted ? "failed" : "could not run"}`;
}

function warns({ outcome, severity, warnings = [] }: StepResult): boolean {
  return warnings.length > 0 || (severity === "warning" && (outcome === "failed" || outcome === "errored"));
}
