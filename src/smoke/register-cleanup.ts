/** What has to be removed after a step: announced before it is sent, registered when its answer is there. */
import type { Cleanup, RequestStep } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { isSuccess } from "./assertions.js";
import { capturedAfter } from "./check.js";
import { type CleanupTask, cleanupTask, unknownOutcome, withSession } from "./cleanup.js";
import type { FlowContext } from "./context.js";
import { type Cookie, createCookieJar } from "./cookie-jar.js";
import type { Exchange } from "./http.js";
import { isSafe, sensitiveValues } from "./request.js";
import type { Thing } from "./run-file/journal.js";
import { thingOf } from "./run-file/keep.js";
import { type Lookup, templateNames } from "./template.js";
import { isReserved } from "./values.js";

/** Numbers in the run file of what the clean-ups of a step are to remove. */
export type Entries = ReadonlyMap<Cleanup, number>;

/**
 * Writes into the run file that something is about to be created; why it could not be written, when it could not.
 * What is written last is removed first, so a list is written from its end: it is run as people wrote it.
 */
export async function announce(step: RequestStep, context: FlowContext): Promise<Entries | string> {
  const entries = new Map<Cleanup, number>();
  if (isSafe(step.request)) return entries;
  try {
    for (const cleanup of step.cleanup.toReversed()) {
      entries.set(cleanup, await context.journal.creating(describeThing(step, cleanup, context.lookup, context)));
    }
    return entries;
  } catch (error) {
    for (const entry of entries.values()) await context.journal.gone(entry);
    return error instanceof Error ? error.message : String(error);
  }
}

function describeThing(step: RequestStep, cleanup: Cleanup, lookup: Lookup, context: FlowContext): Thing {
  const { application, flow } = context.planned;
  const at = step.cleanup.indexOf(cleanup);
  const origin = { application, flow: flow.id, step: step.id, ...(at === 0 ? {} : { cleanup: at }) };
  return thingOf(origin, cleanup, lookup, context);
}

/** A creating step that has ended. */
export interface Ended {
  readonly step: RequestStep;
  readonly entries: Entries;
  readonly exchange: Exchange;
  readonly passed: boolean;
  readonly lookup: Lookup;
}

/**
 * A 2xx has created something even when the step failed for another reason. A request that only reads has not: there
 * the clean-up is for what it found (the result of a worker), and nothing is left behind when it found nothing.
 */
export async function registerCleanup(ended: Ended, context: FlowContext): Promise<void> {
  const { step, exchange, passed, lookup, entries } = ended;
  // What is registered last runs first; a list runs in the order in which people wrote it.
  for (const cleanup of step.cleanup.toReversed()) {
    const entry = entries.get(cleanup);
    if (passed || isSuccess(exchange.status)) await registerOne(ended, cleanup, context);
    else if (exchange.status === null && exchange.sent && !isSafe(step.request)) {
      context.cleanup.register(unknownOutcome(step.id, cleanup, lookup));
    } else if (entry !== undefined) await context.journal.gone(entry);
  }
}

async function registerOne({ step, entries, lookup }: Ended, cleanup: Cleanup, context: FlowContext): Promise<void> {
  const cookies = context.jar?.cookies ?? [];
  const later = awaitedSteps(step, cleanup, lookup, context);
  const known = later.size > 0 ? withLater(cleanup, lookup, later, context) : lookup;
  const source = later.size > 0 ? `by step ${[...new Set(later.values())].join(", ")}` : "from the answer";
  const early = later.size > 0 ? null : makeTask(step.id, cleanup, lookup, source, context);
  if (early !== null && "reason" in early.action && isSafe(step.request)) return;
  const thing = describeThing(step, cleanup, lookup, context);
  // What a request has found is not announced before it; a run file that cannot be written is no reason to leave it there.
  const entry = entries.get(cleanup) ?? (await context.journal.creating(thing).catch(() => 0));
  await context.journal.created(entry, thing);
  const onRemoved = () => context.journal.gone(entry);
  context.cleanup.register(() => {
    const task = early ?? makeTask(step.id, cleanup, known, source, context);
    return { ...withJar(task, cookies, context), onRemoved };
  });
}

/** The cookies of the moment, and those that were taken back since: a flow may end with its own logout. */
function withJar(task: CleanupTask, before: readonly Cookie[], { jar }: FlowContext): CleanupTask {
  return jar === null ? task : withSession(task, createCookieJar([...before, ...jar.cookies]));
}

function makeTask(id: string, cleanup: Cleanup, lookup: Lookup, source: string, context: FlowContext): CleanupTask {
  const { runId, redactor } = context;
  const { base, origins } = context.planned;
  const task = cleanupTask({ id, cleanup, base, origins, lookup, runId, source });
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
