/** The smoke run on one screen: plan, run the flows, always clean up, present. */
import { randomUUID } from "node:crypto";
import type { ConnectionSettings } from "../config/index.js";
import { createRedactor, type Redactor } from "../config/index.js";
import type { SmokeSuite } from "../model/flow.js";
import type { CleanupResult, SmokeResult } from "../model/report.js";
import type { PlannedSummary, SmokeEvent } from "../model/smoke-event.js";
import { type CleanupRun, createCleanupStack, keepEverything, runCleanup, watchStop } from "./cleanup.js";
import type { ConnectionOptions } from "./client/connect.js";
import type { RunContext } from "./context.js";
import { type FlowRun, presentFlow, runFlow } from "./flow.js";
import { createHttpClient } from "./http.js";
import { knownSecrets } from "./known-secrets.js";
import { createListener, type Listener } from "./listener.js";
import { planRun } from "./plan.js";
import type { PlannedFlow } from "./planned.js";
import { present, presentLine, runOutcome, type StepRecord } from "./record.js";
import type { RunHeader } from "./run-file/format.js";
import { createJournal, type Journal, type JournalTarget, NO_JOURNAL } from "./run-file/journal.js";
import { runVariables } from "./run-file/keep.js";
import { runAll } from "./schedule.js";
import { conceal } from "./secret-fields.js";
import type { CommandLine } from "./setup-fix.js";
import type { RunFacts } from "./values.js";

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
  /** The only origins that requests may go to; absent or empty: those of the check files. */
  readonly allowOrigins?: readonly string[] | undefined;
  /** How connections are made. */
  readonly http?: ConnectionOptions | undefined;
  /** For what to do when the run cannot start; absent: it was not begun by a command. */
  readonly command?: CommandLine | undefined;
  /** Where to remember what is created, for a run that is killed; absent: nowhere. */
  readonly runFile?: JournalTarget | undefined;
}

/**
 * Runs the flows, each once and after those it needs, and removes what they created, also when a step failed, the signal aborted or
 * something threw.
 * @throws SchemareadyError SMOKE_SETUP, before any request, with every problem of the flows and their values.
 */
export async function runSmoke(input: SmokeInput): Promise<SmokeResult> {
  const { runId, redactor, facts, timing } = beginRun(input);
  const { suites, baseUrl: given, only = null, tags = null, allowOrigins, command } = input;
  const plan = planRun({ suites, baseUrl: given, only, tags, facts, allowOrigins, command }, redactor);
  const baseUrl = displayBases(plan, redactor);
  const { startedAt } = timing();
  const listener = createListener({ ...input, runId, now: facts.now });
  listener.emit({ kind: "run-start", baseUrl, startedAt, plan: plan.map(summarize) });
  const journal = journalOf(input, plan, { runId, redactor, startedAt });
  const performed = await perform(plan, { runId, redactor, connection: input.connection, journal }, listener, input);
  const flows = performed.flows.map((flow) => presentFlow(flow, redactor));
  const result: SmokeResult = {
    ...{ runId, baseUrl, ...timing() },
    outcome: runOutcome(performed.flows),
    flows,
    cleanup: presentCleanup(performed.cleanup, redactor),
  };
  listener.emit({ kind: "run-end", result });
  listener.rethrow();
  return result;
}

/** What every run begins with; an earlier run goes on under its own id, with the variables that it had. */
export function beginRun(input: Omit<SmokeInput, "runFile">, earlierId?: string, kept?: RunFacts["kept"]): Begun {
  const now = input.now ?? (() => new Date());
  const uuid = input.uuid ?? randomUUID;
  const startedAt = now().toISOString();
  const started = performance.now();
  const runId = earlierId ?? uuid().replaceAll("-", "").slice(0, 12);
  const redactor = createRedactor();
  for (const secret of knownSecrets({ ...input, secrets: input.secrets ?? [] })) redactor.add(secret);
  const timing = () => ({ startedAt, durationMs: Math.round((performance.now() - started) * 10) / 10 });
  return { runId, redactor, facts: { runId, env: input.env, now, uuid, kept }, timing };
}

export interface Begun {
  readonly runId: string;
  readonly redactor: Redactor;
  readonly facts: RunFacts;
  readonly timing: () => Pick<SmokeResult, "startedAt" | "durationMs">;
}

/** The run file, when one is wanted: its first line says what a later clean-up cannot compute again. */
function journalOf(
  { runFile, suites }: SmokeInput,
  plan: readonly PlannedFlow[],
  { redactor, ...run }: Pick<RunHeader, "runId" | "startedAt"> & { readonly redactor: Redactor },
): Journal {
  if (runFile === undefined) return NO_JOURNAL;
  const planned = new Map(plan.map((each) => [each.application, each]));
  const variables = suites.flatMap((suite): [string, Record<string, string | null>][] => {
    const values = planned.get(suite.application)?.values;
    return values === undefined ? [] : [[suite.application, runVariables(suite, values, redactor)]];
  });
  const baseUrls = [...planned.values()].map(({ application, base: { href } }): [string, string | null] => {
    return [application, conceal(href, redactor) === href ? href : null];
  });
  const header = { ...run, baseUrls: Object.fromEntries(baseUrls), variables: Object.fromEntries(variables) };
  const onProblem = (message: string) => runFile.onProblem(redactor.redact(message));
  return createJournal({ ...runFile, onProblem }, { kind: "run", version: 1, ...header });
}

/** Flows, then clean-up whatever happened in them. */
async function perform(
  plan: readonly PlannedFlow[],
  facts: Pick<RunContext, "runId" | "redactor" | "connection" | "journal">,
  listener: Listener,
  { signal, http, jobs, keep }: SmokeInput,
): Promise<{ readonly flows: readonly FlowRun[]; readonly cleanup: CleanupRun }> {
  const client = await createHttpClient(http);
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
    cleanup = await cleaning.finally(async () => {
      stop.dispose();
      await Promise.all([client.close(), facts.journal.close()]);
    });
    const { outcome, leftovers } = presentCleanup(cleanup, facts.redactor);
    if (isNeeded) listener.emit({ kind: "cleanup-end", outcome, leftovers });
  }
  return { flows, cleanup };
}

export function summarize({ application, flow }: PlannedFlow): PlannedSummary {
  return { application, flow: flow.id, title: flow.title, steps: flow.steps.length };
}

/** Where the requests of a plan go, for people. */
export function displayBases(plan: readonly PlannedFlow[], redactor: Redactor): string {
  const bases = new Set(plan.map(({ base }) => base.href.replace(/\/+$/, "")));
  return redactor.redact([...bases].join(", "));
}

export function presentCleanup({ steps, leftovers, kept }: CleanupRun, redactor: Redactor): CleanupResult {
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
