/** Smoke runs that do what the test says: no application, no requests. */
import { setTimeout as sleep } from "node:timers/promises";
import type { SmokeCaller, SmokeRun, SmokeRuns, StartSmoke } from "../../src/http/index.js";
import type { SmokeResult } from "../../src/model/report.js";
import { SMOKE_EVENTS_FORMAT_VERSION, type SmokeHappening } from "../../src/model/smoke-event.js";
import { smokeReport } from "./report-fixtures.js";

export const CALLER: SmokeCaller = {
  address: "10.0.0.7",
  userAgent: "deploy-job/3",
  idempotencyKey: null,
};

export interface ScriptedSmoke {
  readonly start: StartSmoke;
  /** What the next run gives; an error breaks it after its first event. */
  next: SmokeResult | Error;
  /** The next run waits, after so many steps of its first flow, until `release`. */
  pauseAfter: number | null;
  release(): void;
}

/** The result of the fixtures: one step failed because of a gap, one without a cause, one skipped, one thing left. */
export function failedSmoke(): SmokeResult {
  const { smoke } = smokeReport();
  if (smoke === null) throw new Error("the fixture has a smoke run");
  return smoke;
}

/** Everything passed. */
export function passedSmoke(): SmokeResult {
  const failed = failedSmoke();
  const flows = failed.flows.map((flow) => ({
    ...flow,
    outcome: "passed" as const,
    steps: flow.steps.map((step) => ({
      ...step,
      ...{ outcome: "passed" as const, failures: [], body: null, curl: null, attribution: null },
    })),
  }));
  return { ...failed, outcome: "passed", flows, cleanup: { outcome: "passed", steps: [], leftovers: [] } };
}

export function scriptedSmoke(next: SmokeResult | Error = failedSmoke()): ScriptedSmoke {
  let release = () => {};
  const script: ScriptedSmoke = {
    next,
    pauseAfter: null,
    release: () => release(),
    start: async ({ onEvent }) => {
      const { next: result, pauseAfter } = script;
      const emit = (happening: SmokeHappening) =>
        onEvent({
          ...{ formatVersion: SMOKE_EVENTS_FORMAT_VERSION, runId: "run-1", time: "2026-11-20T10:00:01.000Z" },
          ...happening,
        });
      const { baseUrl, startedAt, flows } = result instanceof Error ? failedSmoke() : result;
      const plan = flows.map(({ application, id, title, steps }) => ({
        ...{ application, flow: id, title, steps: steps.length },
      }));
      emit({ kind: "run-start", baseUrl, startedAt, plan });
      if (result instanceof Error) throw result;
      if (pauseAfter === null) return result;
      const [flow] = flows;
      for (const [at, step] of (flow?.steps ?? []).entries()) {
        const name = { application: flow?.application ?? "", flow: flow?.id ?? "" };
        emit({ kind: "step-start", ...name, step: step.id, title: step.title });
        if (at >= pauseAfter) break;
        emit({ kind: "step-end", ...name, result: step });
      }
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return result;
    },
  };
  return script;
}

/** Begins a run and waits until it has ended. */
export async function runSmokeOnce(runs: SmokeRuns | null, caller: SmokeCaller = CALLER): Promise<SmokeRun> {
  const begun = await runs?.begin({}, caller);
  return endOf(runs, begun?.run?.id ?? "");
}

export async function endOf(runs: SmokeRuns | null, id: string): Promise<SmokeRun> {
  for (;;) {
    const run = runs?.get(id) ?? null;
    if (run === null) throw new Error("there is no such run");
    if (run.state === "ended" || run.state === "broken") return run;
    await sleep(1);
  }
}
