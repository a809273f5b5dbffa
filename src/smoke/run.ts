/** The smoke run on one screen: plan, run the flows, always clean up, present. */
import { randomUUID } from "node:crypto";
import type { ConnectionSettings } from "../config/index.js";
import { createRedactor, type Redactor } from "../config/index.js";
import type { SmokeSuite } from "../model/flow.js";
import type { CleanupResult, SmokeResult } from "../model/report.js";
import { type CleanupRun, createCleanupStack, runCleanup, watchStop } from "./cleanup.js";
import type { RunContext } from "./context.js";
import type { SmokeEvent } from "./events.js";
import { type FlowRun, presentFlow, runFlow } from "./flow.js";
import { createHttpClient } from "./http.js";
import { knownSecrets } from "./known-secrets.js";
import { planRun } from "./plan.js";
import type { PlannedFlow } from "./planned.js";
import { present, presentLine, warns } from "./record.js";

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
  /** Stops the run: no further step, clean-up within six seconds. The result says what happened. */
  readonly signal?: AbortSignal | undefined;
  /** Progress. What it throws ends the run after the clean-up. */
  readonly onEvent?: ((event: SmokeEvent) => void) | undefined;
  readonly now?: (() => Date) | undefined;
  readonly uuid?: (() => string) | undefined;
}

/**
 * Runs the flows one after the other and removes what they created, also when a step failed, the signal aborted or
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
  const listener = guardListener(input.onEvent);
  const steps = plan.flatMap(({ flow }) => flow.steps).length;
  listener.emit({ kind: "run-start", runId, baseUrl, flows: plan.length, steps });
  const performed = await perform(plan, { runId, redactor, connection: input.connection }, listener, input.signal);
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
  signal: AbortSignal | undefined,
): Promise<{ readonly flows: readonly FlowRun[]; readonly cleanup: CleanupRun }> {
  const client = await createHttpClient();
  const stop = watchStop(AbortSignal.any([listener.broken, ...(signal === undefined ? [] : [signal])]));
  const stack = createCleanupStack();
  const flows = new Map<PlannedFlow, FlowRun>();
  let cleanup: CleanupRun = { steps: [], leftovers: [] };
  try {
    const context = { ...facts, client, cleanup: stack, signal: stop.signal, emit: listener.emit };
    for (const planned of plan) flows.set(planned, await runFlow(planned, flows, context));
  } finally {
    if (stack.size > 0) listener.emit({ kind: "cleanup-start", steps: stack.size });
    cleanup = await runCleanup(stack, client, stop, (record) => {
      listener.emit({ kind: "cleanup-step", result: present(record, facts.redactor) });
    }).finally(() => {
      stop.dispose();
      return client.close();
    });
  }
  return { flows: [...flows.values()], cleanup };
}

function runOutcome(flows: readonly FlowRun[]): SmokeResult["outcome"] {
  if (!flows.every(({ outcome }) => outcome === "passed")) return "failed";
  return flows.some(({ steps }) => steps.some(warns)) ? "warning" : "passed";
}

function displayBase(base: URL): string {
  return base.href.replace(/\/+$/, "");
}

function presentCleanup({ steps, leftovers }: CleanupRun, redactor: Redactor): CleanupResult {
  return {
    outcome: steps.length === 0 ? "nothing-to-do" : leftovers.length > 0 ? "failed" : "passed",
    steps: steps.map((record) => present(record, redactor)),
    leftovers: leftovers.map((leftover) => presentLine(leftover, redactor)),
  };
}

interface Listener {
  readonly emit: (event: SmokeEvent) => void;
  /** Aborts when the caller's listener has thrown. */
  readonly broken: AbortSignal;
  rethrow(): void;
}

/** A listener that throws stops the run like a signal; its error reaches the caller after the clean-up. */
function guardListener(listener: SmokeInput["onEvent"]): Listener {
  const controller = new AbortController();
  const errors: unknown[] = [];
  return {
    broken: controller.signal,
    emit: (event) => {
      if (errors.length > 0) return;
      try {
        listener?.(event);
      } catch (error) {
        errors.push(error);
        controller.abort();
      }
    },
    rethrow: () => {
      if (errors.length > 0) throw errors[0];
    },
  };
}
