/** Who needs whom: unknown names, steps that come later, circles. */

import { didYouMean } from "../../model/suggest.js";
import type { FileCheck } from "../check-file.js";
import type { FlowSection } from "../schema/check-file.js";

type Flows = ReadonlyMap<string, FlowSection>;

/** Checks the needs of every flow and step. */
export function checkNeeds(check: FileCheck, flows: Flows): void {
  for (const [id, flow] of flows) {
    for (const [i, needed] of (flow.needs ?? []).entries()) {
      const path = ["smoke", "flows", id, "needs", i];
      if (!flows.has(needed)) {
        const hint = didYouMean(needed, flows.keys());
        check.report(path, `there is no flow ${JSON.stringify(needed)}${hint}`);
      }
    }
    checkStepNeeds(check, id, flow);
  }
  reportCircles(check, flows);
}

function checkStepNeeds(check: FileCheck, id: string, flow: FlowSection): void {
  const earlier = new Set<string>();
  for (const [stepId, step] of flow.steps) {
    for (const [i, needed] of (step.needs ?? []).entries()) {
      if (earlier.has(needed)) continue;
      const later = flow.steps.has(needed);
      const message = later
        ? `step ${JSON.stringify(needed)} does not come before this one`
        : `this flow has no step ${JSON.stringify(needed)}${didYouMean(needed, flow.steps.keys())}`;
      check.report(["smoke", "flows", id, "steps", stepId, "needs", i], message);
    }
    earlier.add(stepId);
  }
}

/** Each circle is reported once, at the need that closes it. */
function reportCircles(check: FileCheck, flows: Flows): void {
  const done = new Set<string>();
  const visit = (id: string, trail: readonly string[]) => {
    for (const [i, needed] of (flows.get(id)?.needs ?? []).entries()) {
      const start = trail.indexOf(needed);
      if (start >= 0) {
        const circle = [...trail.slice(start), needed].map((flow) => JSON.stringify(flow)).join(" needs ");
        check.report(["smoke", "flows", id, "needs", i], `flows need each other in a circle: ${circle}`);
      } else if (!done.has(needed)) visit(needed, [...trail, needed]);
    }
    done.add(id);
  };
  for (const id of flows.keys()) {
    if (!done.has(id)) visit(id, [id]);
  }
}
