/** One flow: its steps in order, each skipped when what it needs is not there. */

import type { Redactor } from "../config/index.js";
import type { Step } from "../model/flow.js";
import type { FlowResult, Json } from "../model/report.js";
import { isSuccess } from "./assertions.js";
import { usedAfter, usedBefore } from "./check.js";
import type { FlowContext, RunContext, StepDone } from "./context.js";
import { STOPPED } from "./network-error.js";
import type { PlannedFlow } from "./planned.js";
import { present, type StepRecord, skipped, worstOutcome } from "./record.js";
import { runRequestStep } from "./request-step.js";
import { runSqlStep } from "./sql-step.js";

export interface FlowRun {
  readonly planned: PlannedFlow;
  readonly outcome: FlowResult["outcome"];
  readonly steps: readonly StepRecord[];
  /** What passed steps of this flow and of those it needs have captured. */
  readonly captures: ReadonlyMap<string, Json>;
}

/** Runs a flow. `done` holds the flows before it. */
export async function runFlow(
  planned: PlannedFlow,
  done: ReadonlyMap<PlannedFlow, FlowRun>,
  run: RunContext,
): Promise<FlowRun> {
  const { flow, application } = planned;
  run.emit({ kind: "flow-start", application, flow: flow.id, title: flow.title });
  const captures = new Map(planned.needs.flatMap((needed) => [...(done.get(needed)?.captures ?? [])]));
  const lookup = (name: string) => (captures.has(name) ? captures.get(name) : planned.values.lookup(name));
  const forCleanup = new Map<string, Json>();
  const context: FlowContext = { ...run, planned, lookup, captured: (name) => forCleanup.get(name) };
  const blocked = blockedBy(planned, done);
  const records = new Map<string, StepRecord>();
  // Why a name has no value: the step that should have captured it.
  const lost = new Map<string, StepRecord>();
  for (const step of flow.steps) {
    const reason = run.signal.aborted ? STOPPED : (blocked ?? skipReason(step, records, lost));
    const stepDone =
      reason === null ? await runStep(step, context) : { record: skipped(step, reason), captures: new Map() };
    const { record } = stepDone;
    records.set(step.id, record);
    for (const { name } of step.capture) remember(name, stepDone, captures, lost);
    // A clean-up may use what an answer gave although a claim about it was false: the login worked, but was too slow.
    if (record.outcome === "passed" || isSuccess(record.status)) {
      for (const [name, value] of stepDone.captures) forCleanup.set(name, value);
    }
    run.emit({ kind: "step-end", flow: flow.id, result: present(record, run.redactor) });
  }
  const steps = [...records.values()];
  const finished = { planned, outcome: worstOutcome(steps.map(({ outcome }) => outcome)), steps, captures };
  run.emit({ kind: "flow-end", result: presentFlow(finished, run.redactor) });
  return finished;
}

/** The flow as the report shows it. */
export function presentFlow({ planned, outcome, steps }: FlowRun, redactor: Redactor): FlowResult {
  const { application, flow } = planned;
  return { id: flow.id, application, title: flow.title, outcome, steps: steps.map((step) => present(step, redactor)) };
}

function runStep(step: Step, context: FlowContext): Promise<StepDone> {
  context.emit({ kind: "step-start", flow: context.planned.flow.id, step: step.id, title: step.title });
  return step.kind === "request" ? runRequestStep(step, context) : runSqlStep(step, context);
}

/** Captures count only when their step passed: a wrong answer must not feed the steps that follow. */
function remember(
  name: string,
  { record, captures: taken }: StepDone,
  captures: Map<string, Json>,
  lost: Map<string, StepRecord>,
): void {
  const value = taken.get(name);
  if (record.outcome === "passed" && value !== undefined) {
    captures.set(name, value);
    lost.delete(name);
  } else {
    captures.delete(name);
    lost.set(name, record);
  }
}

function blockedBy(planned: PlannedFlow, done: ReadonlyMap<PlannedFlow, FlowRun>): string | null {
  const needed = planned.needs.find((each) => done.get(each)?.outcome !== "passed");
  return needed === undefined ? null : `needs flow ${needed.flow.id}, which ${inPast(done.get(needed)?.outcome)}`;
}

function skipReason(
  step: Step,
  records: ReadonlyMap<string, StepRecord>,
  lost: ReadonlyMap<string, StepRecord>,
): string | null {
  const needed = step.needs.find((id) => records.get(id)?.outcome !== "passed");
  if (needed !== undefined) return `needs ${needed}, which ${inPast(records.get(needed)?.outcome)}`;
  const own = new Set(step.capture.map(({ name }) => name));
  for (const name of [...usedBefore(step), ...usedAfter(step).filter((each) => !own.has(each))]) {
    const source = lost.get(name);
    if (source !== undefined) return `uses {{${name}}} of ${source.id}, which ${inPast(source.outcome)}`;
  }
  return null;
}

function inPast(outcome: FlowResult["outcome"] | undefined): string {
  if (outcome === "errored") return "could not run";
  return outcome === "failed" ? "failed" : "was skipped";
}
