/** The newest smoke run explained by the newest verification, for everything that shows the two together. */
import type { Report, SmokeResult, StepResult } from "../model/report.js";
import { judgeGate } from "../model/verdict.js";
import { attribute } from "../smoke/index.js";

/** The report with the newest smoke run in it, made once for both; without a run, the report itself. */
export function joinSmoke(newest: () => SmokeResult | null): (report: Report | null) => Report | null {
  let kept: { readonly report: Report; readonly smoke: SmokeResult; readonly joined: Report } | null = null;
  return (report) => {
    const smoke = newest();
    if (report === null || smoke === null) return report;
    if (kept?.report === report && kept.smoke === smoke) return kept.joined;
    const explained = explainNow(smoke, report);
    kept = { report, smoke, joined: { ...report, smoke: explained, gate: judgeGate(report.verdict, explained) } };
    return kept.joined;
  };
}

/** With the causes that the newest verification knows; where it knows none any more, with those known during the run. */
function explainNow(smoke: SmokeResult, report: Report): SmokeResult {
  const now = attribute(smoke, report);
  const steps = (after: readonly StepResult[], before: readonly StepResult[]) =>
    after.map((step, at) => keepingCause(step, before[at]));
  return {
    ...now,
    flows: now.flows.map((flow, at) => ({ ...flow, steps: steps(flow.steps, smoke.flows[at]?.steps ?? []) })),
    cleanup: { ...now.cleanup, steps: steps(now.cleanup.steps, smoke.cleanup.steps) },
  };
}

/** A repair does not make what it repaired no cause of an older failure. The gaps it named are in no report any more. */
function keepingCause(now: StepResult, before: StepResult | undefined): StepResult {
  const known = before?.attribution ?? null;
  if (now.attribution?.kind !== "none" || known === null || known.kind === "none") return now;
  const message = `${known.message} (as the schema was during the run)`;
  return { ...now, attribution: { kind: known.kind, gaps: [], message } };
}
