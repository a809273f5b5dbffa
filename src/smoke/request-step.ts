/** A step that sends a request: send (or poll), capture, judge, register the clean-up. */
import type { Cleanup, RequestStep } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { isSuccess, judge } from "./assertions.js";
import { type Captured, takeCaptures } from "./capture.js";
import { capturedAfter } from "./check.js";
import { type CleanupTask, cleanupTask, unknownOutcome } from "./cleanup.js";
import type { FlowContext, StepDone } from "./context.js";
import { bodyOf, type Exchange, standardHeaders } from "./http.js";
import { pollUntil } from "./poll.js";
import { presentLine, type StepRecord } from "./record.js";
import {
  displayRequest,
  longCookies,
  NOT_SENT,
  type PreparedRequest,
  prepareRequest,
  RequestRefused,
  sensitiveValues,
} from "./request.js";
import { type Origin, thingOf } from "./run-file/keep.js";
import { type Lookup, templateNames, textOf } from "./template.js";
import { isReserved } from "./values.js";
import { abortLater } from "./wait.js";

/**
 * Asked to stop while a creating request is under way: its answer is awaited a little longer, because only the answer
 * says what has to be removed.
 */
const CREATING_GRACE_MS = 2_000;
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS", "TRACE"];

/** Whether a request only reads: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
export function isSafe(step: RequestStep): boolean {
  return SAFE_METHODS.includes(step.request.method.toUpperCase());
}

export async function runRequestStep(step: RequestStep, context: FlowContext): Promise<StepDone> {
  const started = performance.now();
  const request = prepare(step, context);
  if (typeof request === "string") return refused(step, request);
  for (const secret of sensitiveValues(request.headers)) context.redactor.add(secret);
  const entry = await announce(step, context);
  if (typeof entry === "string") return refused(step, entry);
  const { exchange, failures: pollFailures } = await perform(step, request, context);
  const captured = takeCaptures(step.capture, exchange);
  for (const { name, secret } of step.capture) {
    const value = captured.values.get(name);
    if (secret && value !== undefined) context.redactor.add(textOf(value));
  }
  const lookup = withCaptures(captured.values, context.lookup);
  const failures = pollFailures.length > 0 ? pollFailures : judgeStep(step, exchange, captured, lookup);
  const outcome = exchange.failure !== null ? "errored" : failures.length > 0 ? "failed" : "passed";
  await registerCleanup({ step, entry, exchange, passed: outcome === "passed", lookup }, context);
  const record: StepRecord = {
    id: step.id,
    title: step.title,
    feature: step.feature,
    outcome,
    durationMs: performance.now() - started,
    request: displayRequest(request),
    status: exchange.status,
    failures,
    body: bodyOf(exchange),
  };
  return { record, captures: captured.values };
}

/** Writes into the run file that something is about to be created; why it could not be written, when it could not. */
async function announce(step: RequestStep, context: FlowContext): Promise<number | null | string> {
  if (step.cleanup === null || isSafe(step)) return null;
  try {
    return await context.journal.creating(thingOf(originOf(step, context), step.cleanup, context.lookup, context));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function originOf(step: RequestStep, { planned: { application, flow } }: FlowContext): Origin {
  return { application, flow: flow.id, step: step.id };
}

function prepare(step: RequestStep, context: FlowContext): PreparedRequest | string {
  try {
    const { base, origins } = context.planned;
    return prepareRequest(step.request, base, context.lookup, standardHeaders(context.runId), origins);
  } catch (error) {
    if (error instanceof RequestRefused) return error.message;
    throw error;
  }
}

function refused(step: RequestStep, reason: string): StepDone {
  const { id, title, feature } = step;
  const failures = [NOT_SENT + reason];
  const record: StepRecord = {
    id,
    title,
    feature,
    outcome: "errored",
    durationMs: 0,
    request: null,
    status: null,
    failures,
    body: null,
  };
  return { record, captures: new Map() };
}

/** The last answer, and what the poll has to say about it. */
async function perform(
  step: RequestStep,
  request: PreparedRequest,
  context: FlowContext,
): Promise<{ readonly exchange: Exchange; readonly failures: readonly string[] }> {
  const grace = abortLater(context.signal, step.cleanup === null ? 0 : CREATING_GRACE_MS);
  const send = async () => {
    const exchange = await context.client.send(request, grace.signal);
    for (const cookie of longCookies(exchange.headers["set-cookie"] ?? "")) context.redactor.add(cookie);
    return exchange;
  };
  try {
    if (step.poll === null) return { exchange: await send(), failures: [] };
    return await pollUntil(step.poll, send, context.lookup, context.signal, ({ attempt, waitMs, pending }) => {
      const flow = context.planned.flow.id;
      const text = presentLine(pending, context.redactor);
      context.emit({ kind: "poll", flow, step: step.id, title: step.title, attempt, waitMs, pending: text });
    });
  } finally {
    grace.dispose();
  }
}

function judgeStep(step: RequestStep, exchange: Exchange, captured: Captured, lookup: Lookup): readonly string[] {
  if (exchange.failure !== null) return [exchange.failure];
  const complete = templateNames(step.assert).every((name) => lookup(name) !== undefined);
  // Claims about a capture that is not there say nothing new.
  const claims = complete ? step.assert : { ...step.assert, headers: [], jsonPath: [], body: [] };
  const { failures, statusAccepted } = judge(claims, exchange, lookup);
  return statusAccepted ? [...failures, ...captured.failures] : failures;
}

function withCaptures(values: ReadonlyMap<string, Json>, outer: Lookup): Lookup {
  return (name) => (values.has(name) ? values.get(name) : outer(name));
}

/** A creating step that has ended. */
interface Ended {
  readonly step: RequestStep;
  /** Its number in the run file; null: only what it found is to be removed. */
  readonly entry: number | null;
  readonly exchange: Exchange;
  readonly passed: boolean;
  readonly lookup: Lookup;
}

/**
 * A 2xx has created something even when the step failed for another reason. A request that only reads has not: there
 * the clean-up is for what it found (the result of a worker), and nothing is left behind when it found nothing.
 */
async function registerCleanup(ended: Ended, context: FlowContext): Promise<void> {
  const { step, exchange, lookup, entry } = ended;
  if (step.cleanup === null) return;
  if (ended.passed || isSuccess(exchange.status)) await registerRemoval(ended, step.cleanup, context);
  else if (exchange.status === null && exchange.sent && !isSafe(step)) {
    context.cleanup.register(unknownOutcome(step.id, step.cleanup, lookup));
  } else if (entry !== null) await context.journal.gone(entry);
}

async function registerRemoval({ step, entry, lookup }: Ended, cleanup: Cleanup, context: FlowContext): Promise<void> {
  const later = awaitedSteps(step, cleanup, lookup, context);
  const known = later.size > 0 ? withLater(cleanup, lookup, later, context) : lookup;
  const source = later.size > 0 ? `by step ${[...new Set(later.values())].join(", ")}` : "from the answer";
  const task = later.size > 0 ? null : makeTask(step.id, cleanup, lookup, source, context);
  if (task !== null && "reason" in task.action && isSafe(step)) return;
  const thing = thingOf(originOf(step, context), cleanup, lookup, context);
  // What a request has found is not announced before it; a run file that cannot be written is no reason to leave it there.
  const number = entry ?? (await context.journal.creating(thing).catch(() => 0));
  await context.journal.created(number, thing);
  const onRemoved = () => context.journal.gone(number);
  context.cleanup.register(
    task === null
      ? () => ({ ...makeTask(step.id, cleanup, known, source, context), onRemoved })
      : { ...task, onRemoved },
  );
}

function makeTask(id: string, cleanup: Cleanup, lookup: Lookup, source: string, context: FlowContext): CleanupTask {
  const { planned, runId, redactor } = context;
  const task = cleanupTask({ id, cleanup, base: planned.base, origins: planned.origins, lookup, runId, source });
  if ("request" in task.action) {
    for (const secret of sensitiveValues(task.action.request.headers)) redactor.add(secret);
  }
  return task;
}

/**
 * Names of a clean-up that only later steps of the flow capture (the token of the login after a registration), with
 * the step. Empty when this step should have captured something and did not: then nothing can be addressed anyway.
 */
function awaitedSteps(
  step: RequestStep,
  cleanup: Cleanup,
  lookup: Lookup,
  { planned }: FlowContext,
): ReadonlyMap<string, string> {
  const missing = templateNames(cleanup).filter((name) => lookup(name) === undefined);
  const own = new Set(step.capture.map(({ name }) => name));
  if (templateNames(cleanup.request).some((name) => own.has(name) && missing.includes(name))) return new Map();
  const later = capturedAfter(step, planned.flow);
  return new Map([...later].filter(([name]) => missing.includes(name) && !own.has(name)));
}

/** Values as they are now, those of later steps as they will be: a later step may reuse a name for another thing. */
function withLater(cleanup: Cleanup, lookup: Lookup, later: ReadonlyMap<string, string>, context: FlowContext): Lookup {
  const now = new Map<string, Json>();
  for (const name of templateNames(cleanup)) {
    const value = isReserved(name) ? undefined : lookup(name);
    if (value !== undefined) now.set(name, value);
  }
  return (name) => {
    if (isReserved(name)) return lookup(name);
    return later.has(name) ? context.captured(name) : now.get(name);
  };
}
