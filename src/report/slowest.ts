/** Which steps of a run took long: what a person looks for when nothing failed and the job still took a minute. */
import type { SmokeResult } from "../model/report.js";
import { displayDuration } from "./display.js";

/** A user notices this, and a test of the same request in the same house takes a tenth of it. */
export const SLOW_MS = 1_000;
const MOST = 3;

/** `slowest: avatars.generate 3.2 s, avatars.login 1.1 s`; null when no step was slow. */
export function slowestWords({ flows }: SmokeResult): string | null {
  const steps = flows.flatMap((flow) => flow.steps.map((step) => ({ flow, step })));
  const slow = steps
    .filter(({ step }) => step.durationMs >= SLOW_MS)
    .sort((a, b) => b.step.durationMs - a.step.durationMs)
    .slice(0, MOST)
    .map(({ flow, step }) => `${flow.id}.${step.id} ${displayDuration(step.durationMs)}`);
  return slow.length === 0 ? null : `slowest: ${slow.join(", ")}`;
}
