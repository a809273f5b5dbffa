/** Asking again until something is so: work that a worker finishes, a row that a queue writes. */
import type { Poll, ResponseAssertions } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { judge, parseBody } from "./assertions.js";
import { leaves } from "./difference.js";
import type { Exchange } from "./http.js";
import { select } from "./json-path.js";
import { STOPPED } from "./network-error.js";
import { showOf } from "./predicate.js";
import { type Lookup, renderJson } from "./template.js";
import { sleep } from "./wait.js";

/** Even `everyMs: 0` must not become a flood. */
const MIN_INTERVAL_MS = 10;
/** Of a JSON claim that came true. */
const MOST_FACTS = 5;
/** What `backoff` makes of an interval in the end. */
const MAX_INTERVAL_MS = 30_000;

export interface Polled {
  /** The last answer. */
  readonly exchange: Exchange;
  /** Empty when the condition came true. */
  readonly failures: readonly string[];
}

export interface PollRound {
  readonly attempt: number;
  readonly waitMs: number;
  readonly pending: string;
}

/**
 * Sends until `until` holds, `failWhen` holds, the tries are used up or the time is over; the last round begins when it
 * is over at the latest. Rounds that are not answered count as "not yet". Between rounds it waits `everyMs`, each time
 * `backoff` times longer, and longer still when the application asks for it (Retry-After).
 */
export async function pollUntil(
  poll: Poll,
  send: () => Promise<Exchange>,
  lookup: Lookup,
  signal: AbortSignal,
  onRound: (round: PollRound) => void,
): Promise<Polled> {
  const started = performance.now();
  let lastAnswer: string | null = null;
  for (let attempt = 1, last = false; ; attempt++) {
    const exchange = await send();
    const failures = exchange.failure === null ? judge(poll.until, exchange, lookup).failures : [exchange.failure];
    if (failures.length === 0) return { exchange, failures };
    if (exchange.failure === null) lastAnswer = `the last answer was ${exchange.status}: ${failures.join("; ")}`;
    if (signal.aborted) return stoppedIn(exchange, lastAnswer);
    const tries = `${attempt} ${attempt === 1 ? "try" : "tries"}`;
    const stopped = exchange.failure === null ? failReason(poll.failWhen, exchange, lookup) : null;
    if (stopped !== null) return { exchange, failures: [`stopped after ${tries}: ${stopped}`, ...failures] };
    if (last) return { exchange, failures: withFirst(failures, `not so after ${poll.timeoutMs} ms and ${tries}: `) };
    if (attempt === poll.max) return { exchange, failures: withFirst(failures, `not so after ${tries}: `) };
    const remaining = started + poll.timeoutMs - performance.now();
    const wanted = Math.max(intervalMs(poll, attempt), retryAfterMs(exchange.headers), MIN_INTERVAL_MS);
    last = wanted >= remaining;
    const waitMs = Math.max(0, Math.min(wanted, remaining));
    onRound({ attempt, waitMs, pending: failures[0] ?? "" });
    await sleep(waitMs, signal);
    if (signal.aborted) return stoppedIn(exchange, lastAnswer);
  }
}

/** Stopped by the caller; what the application said last is what a person wants to know then. */
function stoppedIn(exchange: Exchange, lastAnswer: string | null): Polled {
  const failures = lastAnswer === null ? [STOPPED] : [STOPPED, lastAnswer];
  return { exchange: { ...exchange, failure: STOPPED }, failures };
}

function withFirst([first, ...rest]: readonly string[], prefix: string): string[] {
  return [`${prefix}${first}`, ...rest];
}

/** The wait after a round. Never shorter than `everyMs`, whatever the limit of growing intervals is. */
export function intervalMs({ everyMs, backoff = 1 }: Poll, attempt: number): number {
  return Math.max(everyMs, Math.min(everyMs * backoff ** (attempt - 1), MAX_INTERVAL_MS));
}

/**
 * How long the application asks to wait (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3): seconds, or a date,
 * which is taken by the application's own clock when it tells the time. 0: it does not ask.
 */
export function retryAfterMs(headers: Exchange["headers"], now = Date.now()): number {
  const value = headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  // Only the form that RFC 9110 asks for: Date.parse reads much more, such as "5 apples".
  if (!/^[A-Z][a-z]{2,8}, /.test(value)) return 0;
  const at = Date.parse(value);
  const clock = Date.parse(headers["date"] ?? "");
  return Number.isNaN(at) ? 0 : Math.max(0, at - (Number.isNaN(clock) ? now : clock));
}

/** What made `failWhen` true, or null when it is not. A `failWhen` without any claim is never true. */
function failReason(failWhen: ResponseAssertions | null, exchange: Exchange, lookup: Lookup): string | null {
  if (failWhen === null) return null;
  const { status, headers, jsonPath, body, json, maxDurationMs } = failWhen;
  const lists = status.length + headers.length + jsonPath.length + body.length;
  const claims = lists + (json === undefined ? 0 : 1) + (maxDurationMs === null ? 0 : 1);
  if (claims === 0 || judge(failWhen, exchange, lookup, true).failures.length > 0) return null;
  const parsed = parseBody(exchange);
  const facts = [
    ...(status.length > 0 ? [`status is ${exchange.status}`] : []),
    ...headers.map(
      ({ header }) => `header ${header} is ${showOf(header, exchange.headers[header.toLowerCase()] ?? null)}`,
    ),
    ...(json === undefined ? [] : leaves(renderJson(json, lookup), "$").slice(0, MOST_FACTS)).map(
      ({ path, value }) => `${path} is ${showOf(path, value)}`,
    ),
    ...(parsed.problem === null ? jsonPath.map(({ path }) => `${path} is ${valueAt(path, parsed.value)}`) : []),
  ];
  return facts.length === 0 ? "failWhen holds" : facts.join(", ");
}

function valueAt(path: string, body: Json): string {
  const value = select(path, body).values[0];
  return value === undefined ? "absent" : showOf(path, value);
}
