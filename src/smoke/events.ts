/** Events of a run as lines for a person who watches. */
import type { SmokeResult, StepResult } from "../model/report.js";
import type { PlannedSummary, SmokeHappening } from "../model/smoke-event.js";

/** One line of progress, without colour and without a newline. */
export function describeSmokeEvent(event: SmokeHappening & { readonly runId: string }): string {
  switch (event.kind) {
    case "run-start":
      return `smoke run ${event.runId}: ${counts(event.plan)} against ${event.baseUrl}`;
    case "flow-start":
      return `${event.application} / ${event.title}`;
    case "step-start":
      return `  ${event.title} ...`;
    case "poll":
      return `  ${event.title}: try ${event.attempt}, next in ${seconds(event.waitMs)} (${event.pending})`;
    case "step-end":
      return `  ${describeStep(event.result)}`;
    case "flow-end":
      return `${event.application} / ${event.title}: ${event.outcome}`;
    case "cleanup-start":
      return `clean-up: ${count(event.steps, "step")}`;
    case "cleanup-step":
      return `  ${describeStep(event.result)}`;
    case "cleanup-end":
      return event.leftovers.length === 0 ? `clean-up: ${event.outcome}` : `left behind: ${event.leftovers.join(", ")}`;
    case "run-end":
      return describeEnd(event.result);
  }
}

/** The whole URL of a request that did not pass: which address was asked is the first thing that people doubt. */
function describeStep({ outcome, title, durationMs, failures, request }: StepResult): string {
  const [first, ...rest] = failures;
  const more = rest.length === 0 ? "" : ` (and ${rest.length} more)`;
  const asked = request === null || outcome === "passed" ? "" : ` (${request})`;
  const why = first === undefined || outcome === "passed" ? "" : `${asked}: ${first.replace(/^skipped: /, "")}${more}`;
  return outcome === "skipped" ? `skipped ${title}${why}` : `${outcome} ${title} in ${seconds(durationMs)}${why}`;
}

function describeEnd({ outcome, durationMs, flows, cleanup }: SmokeResult): string {
  const steps = flows.flatMap((flow) => flow.steps);
  const counts = (["passed", "failed", "errored", "skipped"] as const)
    .map((each) => [each, steps.filter((step) => step.outcome === each).length] as const)
    .filter(([, number]) => number > 0)
    .map(([each, number]) => `${number} ${each}`);
  const left = cleanup.leftovers.length === 0 ? "" : `; left behind: ${cleanup.leftovers.join(", ")}`;
  return `smoke run ${outcome} in ${seconds(durationMs)}: ${counts.join(", ")}${left}`;
}

function counts(plan: readonly PlannedSummary[]): string {
  const steps = plan.reduce((sum, flow) => sum + flow.steps, 0);
  return `${count(plan.length, "flow")}, ${count(steps, "step")}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
