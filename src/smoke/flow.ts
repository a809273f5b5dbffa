/** One flow: its steps in order, each skipped when what it needs is not there. */

import type { Redactor } from "../config/index.js";
import type { Step } from "../model/flow.js";
import type { FlowResult, Json } from "../model/report.js";
import { isSuccess } from "./assertions.js";
import { usedAfter, usedBefore } from "./check.js";
import type { FlowContext, RunContext, StepDone } from "./context.js";
import { type Cookie, createCookieJar } from "./cookie-jar.js";
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
  /** Names that have no value, each with the step that should have captured it. */
  readonly lost: ReadonlyMap<string, StepRecord>;
  readonly cookies: readonly Cookie[];
}

/** Runs a flow. `done` holds the flows before it. */
export async function runFlow(
  planned: PlannedFlow,
  done: ReadonlyMap<PlannedFlow, FlowRun>,
  run: RunContext,
): Promise<FlowRun> {
  const { flow, application } = planned;
  run.emit({ kind: "flow-start", application, flow: flow.id, title: flow.title });
  const before = planned.needs.flatMap((needed) => done.get(needed) ?? []);
  const state = startState(before);
  const context = contextOf(planned, state, before, run);
  const blocked = blockedBy(planned, done);
  for (const step of flow.steps) {
    const halted = run.halted();
    const stop = run.signal.aborted ? { reason: STOPPED } : halted !== null ? { reason: halted } : blocked;
    const skip: Skip | null = stop ?? skipReason(step, state);
    const stepDone =
      skip === null
        ? await runStep(step, context)
        : { record: skipped(step, skip.reason, skip.blocker), captures: new Map<string, Json>() };
    keep(step, stepDone, state);
    run.emit({ kind: "step-end", application, flow: flow.id, result: present(stepDone.record, run.redactor) });
  }
  const steps = [...state.records.values()];
  const { captures, lost } = state;
  const cookies = context.jar?.cookies ?? [];
  const outcome = worstOutcome(steps);
  run.emit({ kind: "flow-end", application, flow: flow.id, title: flow.title, outcome });
  return { planned, outcome, steps, captures, lost, cookies };
}

/** What a flow knows while it runs. */
interface FlowState {
  readonly records: Map<string, StepRecord>;
  readonly captures: Map<string, Json>;
  /** Why a name has no value: the step that should have captured it. */
  readonly lost: Map<string, StepRecord>;
  readonly forCleanup: Map<string, Json>;
}

/** Captures of needed flows, and what is missing there because a step failed that need not pass. */
function startState(before: readonly FlowRun[]): FlowState {
  const captures = new Map(before.flatMap((run) => [...run.captures]));
  const lost = new Map(before.flatMap((run) => [...run.lost]).filter(([name]) => !captures.has(name)));
  return { records: new Map(), captures, lost, forCleanup: new Map() };
}

function contextOf(
  planned: PlannedFlow,
  { captures, forCleanup }: FlowState,
  before: readonly FlowRun[],
  run: RunContext,
): FlowContext {
  return {
    ...run,
    planned,
    lookup: (name) => (captures.has(name) ? captures.get(name) : planned.values.lookup(name)),
    captured: (name) => forCleanup.get(name),
    jar: planned.cookies ? createCookieJar(before.flatMap(({ cookies }) => cookies)) : null,
  };
}

function keep(step: Step, done: StepDone, { records, captures, lost, forCleanup }: FlowState): void {
  const { record } = done;
  records.set(step.id, record);
  for (const { name } of step.capture) remember(name, done, captures, lost);
  // A clean-up may use what an answer gave although a claim about it was false: the login worked, but was too slow.
  if (record.outcome === "passed" || isSuccess(record.status)) {
    for (const [name, value] of done.captures) forCleanup.set(name, value);
  }
}

/** The flow as the report shows it. */
export function presentFlow({ planned, outcome, steps }: FlowRun, redactor: Redactor): FlowResult {
  const { application, flow } = planned;
  return { id: flow.id, application, title: flow.title, outcome, steps: steps.map((step) => present(step, redactor)) };
}

function runStep(step: Step, context: FlowContext): Promise<StepDone> {
  const { application, flow } = context.planned;
  context.emit({ kind: "step-start", application, flow: flow.id, step: step.id, title: step.title });
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

interface Skip {
  readonly reason: string;
  /** The step of this flow, or of one that it needs, that did not pass. */
  readonly blocker?: StepRecord | null;
}

function blockedBy(planned: PlannedFlow, done: ReadonlyMap<PlannedFlow, FlowRun>): Skip | null {
  const needed = planned.needs.find((each) => done.get(each)?.outcome !== "passed");
  if (needed === undefined) return null;
  return { reason: `needs flow ${needed.flow.id}, which ${inPast(done.get(needed)?.outcome)}` };
}

function skipReason(step: Step, { records, lost }: FlowState): Skip | null {
  const needed = step.needs.find((id) => records.get(id)?.outcome !== "passed");
  if (needed !== undefined) {
    const blocker = records.get(needed) ?? null;
    return { reason: `needs ${needed}, which ${inPast(blocker?.outcome)}`, blocker };
  }
  const own = new Set(step.capture.map(({ name }) => name));
  for (const name of [...usedBefore(step), ...usedAfter(step).filter((each) => !own.has(each))]) {
    const blocker = lost.get(name);
    if (blocker !== undefined)
      return { reason: `uses {{${name}}} of ${blocker.id}, which ${inPast(blocker.outcome)}`, blocker };
  }
  return null;
}

function inPast(outcome: FlowResult["outcome"] | undefined): string {
  if (outcome === "errored") return "could not run";
  return outcome === "failed" ? "failed" : "was skipped";
}
