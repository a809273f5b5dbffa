/** The result of a run from its events: also of a run that was killed, as far as its events go. */
import type { FlowResult, SmokeResult, StepResult } from "../model/report.js";
import type { SmokeEvent } from "../model/smoke-event.js";
import { runOutcome, worstOutcome } from "./record.js";

/**
 * Pure. Of a whole stream it gives what runSmoke returned. Without its end, flows that had not begun are skipped ones
 * without steps, and the duration is the time between the first and the last event.
 * @returns null when the stream does not begin with `run-start`
 */
export function foldSmokeEvents(events: Iterable<SmokeEvent>): SmokeResult | null {
  let result: SmokeResult | null = null;
  for (const event of events) result = next(result, event);
  return result;
}

function next(result: SmokeResult | null, event: SmokeEvent): SmokeResult | null {
  if (event.kind === "run-start") return begin(event);
  if (event.kind === "run-end") return event.result;
  if (result === null) return null;
  const changed = apply(result, event);
  return {
    ...changed,
    durationMs: Math.max(0, Date.parse(event.time) - Date.parse(result.startedAt)),
    outcome: runOutcome(changed.flows),
  };
}

function begin(event: SmokeEvent & { readonly kind: "run-start" }): SmokeResult {
  const { runId, baseUrl, startedAt, plan } = event;
  return {
    ...{ runId, baseUrl, startedAt, durationMs: 0, outcome: "failed" },
    flows: plan.map(({ application, flow, title }) => ({
      id: flow,
      application,
      title,
      outcome: "skipped",
      steps: [],
    })),
    cleanup: { outcome: "nothing-to-do", steps: [], leftovers: [] },
  };
}

function apply(result: SmokeResult, event: SmokeEvent): SmokeResult {
  const { flows, cleanup } = result;
  switch (event.kind) {
    case "step-end":
      return { ...result, flows: flows.map((flow) => (isOf(flow, event) ? withStep(flow, event.result) : flow)) };
    case "flow-end":
      return {
        ...result,
        flows: flows.map((flow) => (isOf(flow, event) ? { ...flow, outcome: event.outcome } : flow)),
      };
    case "cleanup-step":
      return { ...result, cleanup: { ...cleanup, steps: [...cleanup.steps, event.result] } };
    case "cleanup-end":
      return { ...result, cleanup: { ...cleanup, outcome: event.outcome, leftovers: event.leftovers } };
    default:
      return result;
  }
}

function isOf(flow: FlowResult, event: { readonly application: string; readonly flow: string }): boolean {
  return flow.id === event.flow && flow.application === event.application;
}

function withStep(flow: FlowResult, step: StepResult): FlowResult {
  const steps = [...flow.steps, step];
  return { ...flow, steps, outcome: worstOutcome(steps) };
}
