/** A smoke run as test suites: `failure` is a claim that was false, `error` a step that could not run. */
import type { CleanupResult, FlowResult, SmokeResult, StepResult } from "../../model/report.js";
import type { Suite, TestCase } from "./test-case.js";

export function smokeSuites(smoke: SmokeResult): Suite[] {
  const flows = smoke.flows.map((flow) => flowSuite(flow, smoke.startedAt));
  return [...flows, ...cleanupSuite(smoke.cleanup, smoke.startedAt)];
}

/** The path of the flow, never a URL: test histories must survive another host name. */
function flowSuite(flow: FlowResult, timestamp: string): Suite {
  const name = `${flow.application}.${flow.id}`;
  const cases = flow.steps.map((step) => stepCase(step, name));
  return { name, cases, timestamp, durationMs: duration(flow.steps) };
}

function cleanupSuite({ outcome, steps, leftovers }: CleanupResult, timestamp: string): Suite[] {
  if (outcome === "nothing-to-do" || outcome === "kept") return [];
  const left = leftovers.map(
    (message): TestCase => ({
      classname: "cleanup",
      name: `left behind: ${message}`,
      durationMs: 0,
      place: null,
      result: { kind: "failure", type: "LEFT_BEHIND", message: `left behind: ${message}`, text: message },
      output: "",
    }),
  );
  const cases = [...steps.map((step) => stepCase(step, "cleanup")), ...left];
  return [{ name: "cleanup", cases, timestamp, durationMs: duration(steps) }];
}

function duration(steps: readonly StepResult[]): number {
  return steps.reduce((total, { durationMs }) => total + durationMs, 0);
}

function stepCase(step: StepResult, classname: string): TestCase {
  const output = (step.warnings ?? []).map((warning) => `warning: ${warning}`).join("\n");
  const base = { classname, name: step.id, durationMs: step.durationMs, place: step.place, output };
  switch (step.outcome) {
    case "passed":
      return { ...base, result: { kind: "passed" } };
    case "skipped":
      return { ...base, result: { kind: "skipped", message: skipMessage(step) } };
    case "failed":
    case "errored":
      return { ...base, result: step.severity === undefined ? badResult(step) : excused(step) };
  }
}

/** JUnit knows no warning; a failure there would say that the run failed, and the exit code says that it did not. */
function excused(step: StepResult): TestCase["result"] {
  const what = step.severity === "warning" ? "only warns" : "is optional";
  const reason = step.attribution === null ? [] : [step.attribution.message];
  return {
    kind: "skipped",
    message: [`this step ${what}, and ${step.outcome}`, ...step.failures, ...reason].join("; "),
  };
}

/** `blocked by login: needs login, which failed` */
function skipMessage({ failures }: StepResult): string {
  const reason = failures.join("; ").replace(/^skipped: /, "");
  const [, needed, source] = /^(?:needs (?:flow )?(\S+),|uses \{\{[^}]*\}\} of (\S+),) which /.exec(reason) ?? [];
  const blocker = needed ?? source;
  return blocker === undefined ? reason || "skipped" : `blocked by ${blocker}: ${reason}`;
}

function badResult(step: StepResult): TestCase["result"] {
  const reason = step.attribution?.message ?? null;
  const lines = [
    ...(step.request === null ? [] : [`${step.request}${step.status === null ? "" : ` -> ${step.status}`}`]),
    ...(reason === null ? [] : [reason]),
    ...step.failures,
    ...(step.curl === null ? [] : [`to send it again: ${step.curl}`]),
    ...(step.body === null ? [] : [step.body]),
  ];
  return {
    kind: step.outcome === "failed" ? "failure" : "error",
    type: step.outcome === "failed" ? "ASSERTION" : "NOT_RUN",
    message: [...(reason === null ? [] : [reason]), ...step.failures].join("; "),
    text: lines.join("\n"),
  };
}
