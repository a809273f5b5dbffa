/** Events whose failed steps say why, as soon as they have failed. */
import type { Report, StepResult } from "../../model/report.js";
import type { SmokeEvent } from "../../model/smoke-event.js";
import { attribute, doubtingAddress, withAttribution } from "./attribute.js";

/** What to put between a run and whoever listens. Folding its events gives what `attribute` makes of the result. */
export function explainEvents(report: Report): (event: SmokeEvent) => SmokeEvent {
  let asked = false;
  // Flows may run side by side; the steps of one end in their order.
  const ended = new Map<string, StepResult[]>();
  const before = (application: string, flow: string) => {
    const key = JSON.stringify([application, flow]);
    const steps = ended.get(key) ?? [];
    ended.set(key, steps);
    return steps;
  };
  return (event) => {
    switch (event.kind) {
      case "step-end": {
        const steps = before(event.application, event.flow);
        const result = withAttribution(event.result, report, event.application, steps);
        steps.push(result);
        const isFirst = !asked && result.request !== null;
        asked ||= isFirst;
        return { ...event, result: isFirst ? doubtingAddress(result) : result };
      }
      case "cleanup-step":
        return { ...event, result: withAttribution(event.result, report, null, []) };
      case "run-end":
        return { ...event, result: attribute(event.result, report) };
      default:
        return event;
    }
  };
}
