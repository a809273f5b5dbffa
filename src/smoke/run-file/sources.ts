/** Which steps can be run again for a value. */
import type { Step } from "../../model/flow.js";
import type { PlannedFlow } from "../planned.js";
import { isSafe } from "../request.js";

export interface Source {
  readonly planned: PlannedFlow;
  readonly step: Step;
}

/** Steps that capture a name and change nothing, or give a secret. The nearest first: earlier steps of the flow, needed flows, later steps of the flow. */
export function sourcesOf(name: string, { planned, step }: Source): Source[] {
  const { steps } = planned.flow;
  const at = steps.indexOf(step);
  const own = [...steps.slice(0, at).reverse()].map((each) => ({ planned, step: each }));
  const later = [...steps.slice(at + 1).reverse()].map((each) => ({ planned, step: each }));
  return [...own, ...neededSteps(planned), ...later].filter((source) => canGive(source.step, name));
}

function neededSteps(planned: PlannedFlow): Source[] {
  return [...planned.needs]
    .reverse()
    .flatMap((needed) => [
      ...[...needed.flow.steps].reverse().map((step) => ({ planned: needed, step })),
      ...neededSteps(needed),
    ]);
}

function canGive(step: Step, name: string): boolean {
  const capture = step.capture.find((each) => each.name === name);
  if (capture === undefined) return false;
  if (step.kind === "sql") return true;
  return step.cleanup.length === 0 && (isSafe(step.request) || capture.secret);
}
