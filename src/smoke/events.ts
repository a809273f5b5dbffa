/** What happens during a run, as it happens. Everything in an event is redacted already. */
import type { FlowResult, SmokeResult, StepResult } from "../model/report.js";

export type SmokeEvent =
  | {
      readonly kind: "run-start";
      readonly runId: string;
      readonly baseUrl: string;
      readonly flows: number;
      readonly steps: number;
    }
  | { readonly kind: "flow-start"; readonly application: string; readonly flow: string; readonly title: string }
  | { readonly kind: "step-start"; readonly flow: string; readonly step: string; readonly title: string }
  /** A poll goes into its next round after `waitMs`. */
  | {
      readonly kind: "poll";
      readonly flow: string;
      readonly step: string;
      readonly title: string;
      readonly attempt: number;
      readonly waitMs: number;
      /** What is not yet so. */
      readonly pending: string;
    }
  | { readonly kind: "step-end"; readonly flow: string; readonly result: StepResult }
  | { readonly kind: "flow-end"; readonly result: FlowResult }
  | { readonly kind: "cleanup-start"; readonly steps: number }
  | { readonly kind: "cleanup-step"; readonly result: StepResult }
  | { readonly kind: "run-end"; readonly result: SmokeResult };

/** One line of progress, without colour and without a newline. */
export function describeSmokeEvent(event: SmokeEvent): string {
  switch (event.kind) {
    case "run-start":
      return `smoke run ${event.runId}: ${count(event.flows, "flow")}, ${count(event.steps, "step")} against ${event.baseUrl}`;
    case "flow-start":
      return `${event.application} / ${event.title}`;
    case "step-start":
      return `  ${event.title} ...`;
    case "poll":
      return `  ${event.title}: try ${event.attempt}, next in ${seconds(event.waitMs)} (${event.pending})`;
    case "step-end":
      return `  ${describeStep(event.result)}`;
    case "flow-end":
      return `${event.result.application} / ${event.result.title}: ${event.result.outcome}`;
    case "cleanup-start":
      return `clean-up: ${count(event.steps, "step")}`;
    case "cleanup-step":
      return `  ${describeStep(event.result)}`;
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

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
