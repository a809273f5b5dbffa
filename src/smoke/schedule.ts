/** In which order flows run, and which of them side by side. */
import type { FlowRun } from "./flow.js";
import type { PlannedFlow } from "./planned.js";

export type RunOne = (planned: PlannedFlow, done: ReadonlyMap<PlannedFlow, FlowRun>) => Promise<FlowRun>;

/**
 * Runs each flow once, when all that it needs have ended: two flows that need the same login share it. At most `jobs`
 * at the same time, those that stand first in the plan first.
 * @param plan needed flows before those that need them
 * @returns in the order of the plan
 * @throws the first error of `runOne`, once every flow that had begun has ended
 */
export async function runAll(plan: readonly PlannedFlow[], jobs: number, runOne: RunOne): Promise<readonly FlowRun[]> {
  const done = new Map<PlannedFlow, FlowRun>();
  const errors: unknown[] = [];
  const running = new Set<Promise<void>>();
  const waiting = new Set(plan);
  const begin = (planned: PlannedFlow) => {
    waiting.delete(planned);
    const one: Promise<void> = runOne(planned, done)
      .then((run) => void done.set(planned, run))
      .catch((error: unknown) => void errors.push(error))
      .finally(() => running.delete(one));
    running.add(one);
  };
  for (;;) {
    const ready = errors.length > 0 ? [] : [...waiting].filter(({ needs }) => needs.every((each) => done.has(each)));
    for (const planned of ready.slice(0, Math.max(0, jobs - running.size))) begin(planned);
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (errors.length > 0) throw errors[0];
  return plan.flatMap((planned) => done.get(planned) ?? []);
}
