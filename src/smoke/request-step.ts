/** A step that sends a request: send (or poll), capture, judge, register the clean-up. */
import type { RequestStep } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { judge } from "./assertions.js";
import { type Captured, learnSecrets, takeCaptures } from "./capture.js";
import type { FlowContext, StepDone } from "./context.js";
import { bodyOf, type Exchange, type Session, standardHeaders } from "./http.js";
import { STOPPED } from "./network-error.js";
import { pollUntil } from "./poll.js";
import { answerRound } from "./poll-answer.js";
import { factsOf, type StepRecord, unasked } from "./record.js";
import { announce, registerCleanup } from "./register-cleanup.js";
import {
  displayRequest,
  longCookies,
  NOT_SENT,
  type PreparedRequest,
  prepareRequest,
  RequestRefused,
  sensitiveValues,
  withCookies,
} from "./request.js";
import { tellRound } from "./tell-round.js";
import { type Lookup, templateNames } from "./template.js";
import { abortLater } from "./wait.js";

/**
 * Asked to stop while a creating request is under way: its answer is awaited a little longer, because only the answer
 * says what has to be removed.
 */
const CREATING_GRACE_MS = 2_000;

export async function runRequestStep(step: RequestStep, context: FlowContext): Promise<StepDone> {
  const started = performance.now();
  const request = prepare(step, context);
  if (typeof request === "string") return refused(step, request);
  for (const secret of sensitiveValues(request.headers)) context.redactor.add(secret);
  const entries = await announce(step, context);
  if (typeof entries === "string") return refused(step, entries);
  const { exchange, failures: pollFailures } = await perform(step, request, context);
  const captured = takeCaptures(step.capture, exchange);
  const lookup = withCaptures(captured.values, context.lookup);
  const judged = judgeStep(step, exchange, captured, lookup);
  const failures = pollFailures.length > 0 ? pollFailures : judged.failures;
  const outcome = exchange.failure !== null ? "errored" : failures.length > 0 ? "failed" : "passed";
  await registerCleanup({ step, entries, exchange, passed: outcome === "passed", lookup }, context);
  const record: StepRecord = {
    ...factsOf(step),
    outcome,
    durationMs: performance.now() - started,
    request: displayRequest(request),
    sent: request,
    status: exchange.status,
    failures,
    warnings: judged.warnings,
    body: bodyOf(exchange),
  };
  return { record, captures: captured.values };
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
  return { record: unasked(factsOf(step), "errored", [NOT_SENT + reason]), captures: new Map() };
}

/** The last answer, and what the poll has to say about it. */
async function perform(
  step: RequestStep,
  request: PreparedRequest,
  context: FlowContext,
): Promise<{ readonly exchange: Exchange; readonly failures: readonly string[] }> {
  const grace = abortLater(context.signal, step.cleanup.length === 0 ? 0 : CREATING_GRACE_MS);
  const { jar } = context;
  const session: Session = {
    dress: (each) => withCookies(each, jar),
    receive: (setCookie, url) => {
      jar?.receive(setCookie, url);
      for (const cookie of longCookies(setCookie)) context.redactor.add(cookie);
    },
  };
  const send = async () => {
    const exchange = await context.client.send(request, grace.signal, session);
    learnSecrets(step.capture, takeCaptures(step.capture, exchange).values, context.redactor);
    return exchange;
  };
  try {
    const { poll } = step;
    if (poll === null) return { exchange: await send(), failures: [] };
    const ask = async () => answerRound(poll, await send(), context.lookup);
    const polled = await pollUntil(poll, ask, context.signal, tellRound(step, context));
    const { result, failures, stopped } = polled;
    return { exchange: stopped ? { ...result, failure: STOPPED } : result, failures };
  } finally {
    grace.dispose();
  }
}

function judgeStep(
  step: RequestStep,
  exchange: Exchange,
  captured: Captured,
  lookup: Lookup,
): { readonly failures: readonly string[]; readonly warnings: readonly string[] } {
  if (exchange.failure !== null) return { failures: [exchange.failure], warnings: [] };
  const complete = templateNames(step.assert).every((name) => lookup(name) !== undefined);
  // Claims about a capture that is not there say nothing new.
  const { json: _, ...rest } = step.assert;
  const claims = complete ? step.assert : { ...rest, headers: [], jsonPath: [], body: [] };
  const { failures, warnings, statusAccepted } = judge(claims, exchange, lookup);
  return { failures: statusAccepted ? [...failures, ...captured.failures] : failures, warnings };
}

function withCaptures(values: ReadonlyMap<string, Json>, outer: Lookup): Lookup {
  return (name) => (values.has(name) ? values.get(name) : outer(name));
}
