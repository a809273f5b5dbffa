/** What has to be removed after a step: registered when its answer is there. */
import type { Cleanup, RequestStep } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { isSuccess } from "./assertions.js";
import { capturedAfter } from "./check.js";
import { type CleanupTask, cleanupTask, unknownOutcome } from "./cleanup.js";
import type { FlowContext } from "./context.js";
import { type Cookie, createCookieJar } from "./cookie-jar.js";
import type { Exchange } from "./http.js";
import { sensitiveValues, withCookies } from "./request.js";
import { type Lookup, templateNames } from "./template.js";
import { isReserved } from "./values.js";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS", "TRACE"];

/**
 * A 2xx has created something even when the step failed for another reason. A request that only reads has not: there
 * the clean-up is for what it found (the result of a worker), and nothing is left behind when it found nothing.
 */
export function registerCleanup(
  step: RequestStep,
  exchange: Exchange,
  passed: boolean,
  lookup: Lookup,
  context: FlowContext,
): void {
  const reads = SAFE_METHODS.includes(step.request.method.toUpperCase());
  // What is registered last runs first; a list runs in the order in which people wrote it.
  for (const cleanup of step.cleanup.toReversed()) {
    if (passed || isSuccess(exchange.status)) registerOne(step, cleanup, reads, lookup, context);
    else if (exchange.status === null && exchange.sent && !reads) {
      context.cleanup.register(unknownOutcome(step.id, cleanup, lookup));
    }
  }
}

function registerOne(step: RequestStep, cleanup: Cleanup, reads: boolean, lookup: Lookup, context: FlowContext): void {
  const cookies = context.jar?.cookies ?? [];
  const later = awaitedSteps(step, cleanup, lookup, context);
  if (later.size > 0) {
    const known = withLater(cleanup, lookup, later, context);
    const source = `by step ${[...new Set(later.values())].join(", ")}`;
    context.cleanup.register(() => withJar(makeTask(step.id, cleanup, known, source, context), cookies, context));
    return;
  }
  const task = makeTask(step.id, cleanup, lookup, "from the answer", context);
  if ("reason" in task.action && reads) return;
  context.cleanup.register(() => withJar(task, cookies, context));
}

/** The cookies of the moment, and those that were taken back since: a flow may end with its own logout. */
function withJar(task: CleanupTask, before: readonly Cookie[], { jar }: FlowContext): CleanupTask {
  if (jar === null || !("request" in task.action)) return task;
  const all = createCookieJar([...before, ...jar.cookies]);
  return { ...task, action: { request: withCookies(task.action.request, all) } };
}

function makeTask(id: string, cleanup: Cleanup, lookup: Lookup, source: string, context: FlowContext): CleanupTask {
  const { planned, runId, redactor } = context;
  const task = cleanupTask({ id, cleanup, base: planned.base, lookup, runId, source });
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
