/** The smoke run on one screen: plan, run the flows, always clean up, present. */
import { randomUUID } from "node:crypto";
import type { ConnectionSettings } from "../config/index.js";
import { createRedactor, type Redactor } from "../config/index.js";
import type { SmokeSuite } from "../model/flow.js";
import type { CleanupResult, SmokeResult } from "../model/report.js";
import type { PlannedSummary, SmokeEvent } from "../model/smoke-event.js";
import { type CleanupRun, createCleanupStack, keepEverything, runCleanup, watchStop } from "./cleanup.js";
import type { RunContext } from "./context.js";
import { type FlowRun, presentFlow, runFlow } from "./flow.js";
import { createHttpClient } from "./http.js";
import { knownSecrets } from "./known-secrets.js";
import { createListener, type Listener } from "./listener.js";
import { planRun } from "./plan.js";
import type { PlannedFlow } from "./planned.js";
import { present, presentLine, runOutcome, type StepRecord } from "./record.js";
import { runAll } from "./schedule.js";

export interface SmokeInput {
  readonly suites: readonly SmokeSuite[];
  /** Address of the application; wins over that of the check file. */
  readonly baseUrl: string | null;
  /** For `{{env.X}}`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Database of the SQL steps; without one they are errored. */
  readonly connection: ConnectionSettings | null;
  /** What must not be printed besides what the run knows itself: secrets among the caller's settings. */
  readonly secrets?: readonly string[] | undefined;
  /** Ids of flows (also `application/flow`); the flows they need run as well. Absent: all. */
  readonly only?: readonly string[] | undefined;
  /** Only flows and steps with one of these tags (`!tag`: without it), and what they need. Absent: all. */
  readonly tags?: readonly string[] | undefined;
  /** How many flows may run side by side when neither needs the other. Absent: one. */
  readonly jobs?: number | undefined;
  /** After the first step that fails or cannot run no other step begins. */
  readonly failFast?: boolean | undefined;
  /** Nothing is cleaned up; the result lists what stays. */
  readonly keep?: boolean | undefined;
  /** Stops the run: no further step, clean-up within six seconds. The result says what happened. */
  readonly signal?: AbortSignal | undefined;
  /** Progress. What it throws ends the run after the clean-up. */
  readonly onEvent?: ((event: SmokeEvent) => void) | undefined;
  readonly now?: (() => Date) | undefined;
  readonly uuid?: (() => string) | undefined;
}

/**
 * Runs the flows, each once and after those it needs, and removes what they created, also when a step failed, the signal aborted or
 * something threw.
 * @throws SchemareadyError SMOKE_SETUP, before any request, with every problem of the flows and their values.
 */
export async function runSmoke(input: SmokeInput): Promise<SmokeResult> {
  const now = input.now ?? (() => new Date());
  const uuid = input.uuid ?? randomUUID;
  const startedAt = now().toISOString();
  const started = performance.now();
  const runId = uuid().replaceAll("-", "").slice(0, 12);
  const redactor = createRedactor();
  for (const secret of knownSecrets({ ...input, secrets: input.secrets ?? [] })) redactor.add(secret);
  const facts = { runId, env: input.env, now, uuid };
  const { suites, baseUrl: given, only = null, tags = null } = input;
  const plan = planRun({ suites, baseUrl: given, only, tags, facts }, redactor);
  const baseUrl = redactor.redact([...new Set(plan.map(({ base }) => displayBase(base)))].join(", "));
  const listener = createListener({ ...input, runId, now });
  listener.emit({ kind: "run-start", baseUrl, startedAt, plan: plan.map(summarize) });
  const performed = await perform(plan, { runId, redactor, connection: input.connection }, listener, input);
  const flows = performed.flows.map((flow) => presentFlow(flow, redactor));
  const result: SmokeResult = {
    ...{ runId, baseUrl, startedAt, durationMs: Math.round((performance.now() - started) * 10) / 10 },
    outcome: runOutcome(performed.flows),
    flows,
    cleanup: presentCleanup(performed.cleanup, redactor),
  };
  listener.emit({ kind: "run-end", result });
  listener.rethrow();
  return result;
}

/** Flows, then clean-up whatever happened in them. */
async function perform(
  plan: readonly PlannedFlow[],
  facts: Pick<RunContext, "runId" | "redactor" | "connection">,
  listener: Listener,
  { signal, jobs, keep }: SmokeInput,
): Promise<{ readonly flows: readonly FlowRun[]; readonly cleanup: CleanupRun }> {
  const client = await createHttpClient();
  const stop = watchStop(AbortSignal.any([listener.broken, ...(signal === undefined ? [] : [signal])]));
  const stack = createCleanupStack();
  const context = { ...facts, client, cleanup: stack, signal: stop.signal, ...listener };
  let flows: readonly FlowRun[] = [];
  let cleanup: CleanupRun = { steps: [], leftovers: [], kept: false };
  try {
    flows = await runAll(plan, jobs ?? 1, (planned, done) => runFlow(planned, done, context));
  } finally {
    const isNeeded = stack.size > 0;
    if (isNeeded && keep !== true) listener.emit({ kind: "cleanup-start", steps: stack.size });
    const onStep = (record: StepRecord) =>
      listener.emit({ kind: "cleanup-step", result: present(record, facts.redactor) });
    const cleaning = keep === true ? keepEverything(stack) : runCleanup(stack, client, stop, onStep);
    cleanup = await cleaning.finally(() => {
      stop.dispose();
      return client.close();
    });
    const { outcome, leftovers } = presentCleanup(cleanup, facts.redactor);
    if (isNeeded) listener.emit({ kind: "cleanup-end", outcome, leftovers });
  }
  return { flows, cleanup };
}

function summarize({ application, flow }: PlannedFlow): PlannedSummary {
  return { application, flow: flow.id, title: flow.title, steps: flow.steps.length };
}

function displayBase(base: URL): string {
  return base.href.replace(/\/+$/, "");
}

function presentCleanup({ steps, leftovers, kept }: CleanupRun, redactor: Redactor): CleanupResult {
  return {
    outcome: outcomeOf(steps.length, leftovers.length, kept),
    steps: steps.map((record) => present(record, redactor)),
    leftovers: leftovers.map((leftover) => presentLine(leftover, redactor)),
  };
}

function outcomeOf(steps: number, leftovers: number, kept: boolean): CleanupResult["outcome"] {
  if (kept && leftovers > 0) return "kept";
  if (steps === 0) return "nothing-to-do";
  return leftovers > 0 ? "failed" : "passed";
}
