/**
 * Removing what the run created: last-in first-out, always, every task tried, within a time of its own. What could not
 * be removed is listed, because a person has to remove it.
 */
import type { Cleanup } from "../model/flow.js";
import { isSuccess } from "./assertions.js";
import type { CookieJar } from "./cookie-jar.js";
import type { Exchange, HttpClient } from "./http.js";
import { bodyOf, standardHeaders } from "./http.js";
import { NOT_TRIED } from "./reasons.js";
import { type StepFacts, type StepRecord, unasked } from "./record.js";
import {
  describeWith,
  displayRequest,
  type PreparedRequest,
  prepareRequest,
  RequestRefused,
  withCookies,
} from "./request.js";
import { type Lookup, templateNames } from "./template.js";
import { abortLater } from "./wait.js";

/** For the whole clean-up. */
export const CLEANUP_BUDGET_MS = 30_000;
/**
 * From the moment the caller asked the run to stop. Jobs are killed soon after they were asked to end; six seconds for
 * everything leave half a second for closing connections and printing.
 */
export const CLEANUP_BUDGET_AFTER_STOP_MS = 5_500;

export interface CleanupTask {
  /** Id of the step that created it. */
  readonly id: string;
  /** What stays behind if this fails. */
  readonly describes: string;
  readonly accepted: readonly number[];
  /** A task without a request is a leftover from the start; `reason` says why nothing can be sent. */
  readonly action: { readonly request: PreparedRequest } | { readonly reason: string };
  /** Called when it is gone. */
  readonly onRemoved?: (() => Promise<void>) | undefined;
}

export interface CleanupStack {
  /** A function: made when the clean-up runs, because it needs what later steps capture. */
  register(task: CleanupTask | (() => CleanupTask)): void;
  /** Takes the task that was registered last. */
  take(): CleanupTask | undefined;
  readonly size: number;
}

export function createCleanupStack(): CleanupStack {
  const tasks: (CleanupTask | (() => CleanupTask))[] = [];
  return {
    register: (task) => void tasks.push(task),
    take: () => {
      const task = tasks.pop();
      return typeof task === "function" ? task() : task;
    },
    get size() {
      return tasks.length;
    },
  };
}

/** What a clean-up is made from. */
export interface CleanupFacts {
  readonly id: string;
  readonly cleanup: Cleanup;
  readonly base: URL;
  readonly origins: readonly string[];
  readonly lookup: Lookup;
  readonly runId: string;
  /** Where values that are missing should have come from: `from the answer`, `by step login`. */
  readonly source: string;
}

/** The task that removes what a step has created; all its values are taken now. */
export function cleanupTask({ id, cleanup, base, origins, lookup, runId, source }: CleanupFacts): CleanupTask {
  const missing = templateNames(cleanup.request).filter((name) => lookup(name) === undefined);
  const task = { id, describes: describeWith(cleanup.describes, lookup), accepted: cleanup.status };
  if (missing.length > 0)
    return { ...task, action: { reason: `${missing.join(", ")} could not be captured ${source}` } };
  try {
    const request = prepareRequest(cleanup.request, base, lookup, standardHeaders(runId), origins);
    return { ...task, action: { request } };
  } catch (error) {
    if (error instanceof RequestRefused) return { ...task, action: { reason: error.message } };
    throw error;
  }
}

/** The task with the cookies of a session. */
export function withSession(task: CleanupTask, jar: CookieJar): CleanupTask {
  return "request" in task.action ? { ...task, action: { request: withCookies(task.action.request, jar) } } : task;
}

/** For a creating request that was sent and never answered: it may have created something, and nobody knows what. */
export function unknownOutcome(id: string, cleanup: Cleanup, lookup: Lookup): CleanupTask {
  return {
    id,
    describes: `perhaps ${describeWith(cleanup.describes, lookup)}`,
    accepted: [],
    action: { reason: "the creating request was not answered, so it is not known whether it created anything" },
  };
}

export interface CleanupRun {
  readonly steps: readonly StepRecord[];
  readonly leftovers: readonly string[];
  /** Nothing was tried, because everything was to stay. */
  readonly kept: boolean;
}

/** Sends nothing, and lists what stays. */
export async function keepEverything(stack: CleanupStack): Promise<CleanupRun> {
  const leftovers: string[] = [];
  for (let task = stack.take(); task !== undefined; task = stack.take()) leftovers.push(task.describes);
  return { steps: [], leftovers, kept: true };
}

/** Runs every task. `stop` may abort before or while this runs: then six seconds are left from that moment. */
export async function runCleanup(
  stack: CleanupStack,
  client: HttpClient,
  stop: StopWatch,
  onStep: (record: StepRecord) => void,
): Promise<CleanupRun> {
  const started = performance.now();
  const steps: StepRecord[] = [];
  const leftovers: string[] = [];
  for (let task = stack.take(); task !== undefined; task = stack.take()) {
    const remaining = stop.remainingMs(started);
    // An equal share for each: one that hangs must not use up the time of the others.
    const record = await runTask(task, client, stop.signal, { remaining, tasks: stack.size + 1 });
    steps.push(record);
    if (record.outcome === "passed") await task.onRemoved?.();
    else leftovers.push(task.describes);
    onStep(record);
  }
  return { steps, leftovers, kept: false };
}

interface Share {
  readonly remaining: number;
  readonly tasks: number;
}

async function runTask(task: CleanupTask, client: HttpClient, stop: AbortSignal, share: Share): Promise<StepRecord> {
  const started = performance.now();
  const facts: StepFacts = {
    id: task.id,
    title: `remove ${task.describes}`,
    feature: null,
    severity: "error",
    requires: [],
  };
  if ("reason" in task.action) return unasked(facts, "errored", [NOT_TRIED + task.action.reason]);
  if (share.remaining <= 0) return unasked(facts, "errored", [`${NOT_TRIED}the time for clean-up was over`]);
  const timeoutMs = Math.max(1, Math.floor(Math.min(task.action.request.timeoutMs, share.remaining / share.tasks)));
  const request = { ...task.action.request, timeoutMs };
  // Asked to stop in the middle of a task: it and each of the others get an equal share of the six seconds.
  const limit = abortLater(stop, CLEANUP_BUDGET_AFTER_STOP_MS / share.tasks);
  const exchange = await client.send(request, limit.signal).finally(limit.dispose);
  return {
    ...facts,
    ...judgeTask(task, exchange),
    warnings: [],
    durationMs: performance.now() - started,
    request: displayRequest(request),
    sent: request,
  };
}

function judgeTask(
  { accepted }: CleanupTask,
  exchange: Exchange,
): Pick<StepRecord, "outcome" | "status" | "failures" | "body"> {
  const { status } = exchange;
  const gone = isSuccess(status) || status === 404 || status === 410;
  const body = bodyOf(exchange);
  // The status is enough: a body that breaks off does not bring back what was deleted.
  if (status !== null && (accepted.length === 0 ? gone : accepted.includes(status))) {
    return { outcome: "passed", status, failures: [], body: null };
  }
  if (status === null) return { outcome: "errored", status, failures: [exchange.failure ?? "no answer"], body: null };
  const expected = accepted.length === 0 ? "2xx, 404 or 410" : accepted.join(" or ");
  return { outcome: "failed", status, failures: [`status: expected ${expected}, got ${status}`], body };
}

export interface StopWatch {
  readonly signal: AbortSignal;
  /** Milliseconds left for a clean-up that began at `started` (performance.now). */
  remainingMs(started: number): number;
  dispose(): void;
}

/** Remembers when the caller asked to stop, from the beginning of the run. */
export function watchStop(signal: AbortSignal): StopWatch {
  let stoppedAt = signal.aborted ? performance.now() : Number.POSITIVE_INFINITY;
  const note = () => {
    stoppedAt = performance.now();
  };
  signal.addEventListener("abort", note, { once: true });
  return {
    signal,
    remainingMs: (started) =>
      Math.min(started + CLEANUP_BUDGET_MS, stoppedAt + CLEANUP_BUDGET_AFTER_STOP_MS) - performance.now(),
    dispose: () => signal.removeEventListener("abort", note),
  };
}
