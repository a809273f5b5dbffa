/** Events whose failed steps say why, as soon as they have failed. */
import type { Report } from "../../model/report.js";
import type { SmokeEvent } from "../../model/smoke-event.js";
import { attribute, doubtingAddress, withAttribution } from "./attribute.js";

/** What to put between a run and whoever listens. Folding its events gives what `attribute` makes of the result. */
export function explainEvents(report: Report): (event: SmokeEvent) => SmokeEvent {
  let asked = false;
  return (event) => {
    switch (event.kind) {
      case "step-end": {
        const result = withAttribution(event.result, report, event.application);
        const isFirst = !asked && result.request !== null;
        asked ||= isFirst;
        return { ...event, result: isFirst ? doubtingAddress(result) : result };
      }
      case "cleanup-step":
        return { ...event, result: withAttribution(event.result, report, null) };
      case "run-end":
        return { ...event, result: attribute(event.result, report) };
      default:
        return event;
    }
  };
}
