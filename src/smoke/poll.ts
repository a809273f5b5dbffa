/** Asking again until something is so: work that a worker finishes, a row that a queue writes. */
import type { Poll } from "../model/flow.js";
import { STOPPED } from "./network-error.js";
import { sleep } from "./wait.js";

/** Even `everyMs: 0` must not become a flood. */
const MIN_INTERVAL_MS = 10;
/** What `backoff` makes of an interval in the end. */
const MAX_INTERVAL_MS = 30_000;

/** One time of asking, and what it says about those that follow. */
export interface Round<T> {
  readonly result: T;
  /** What is not yet so; empty: `until` holds. Without an answer: why there is none. */
  readonly pending: readonly string[];
  /** What was there at last, for whoever stops the run; null: no answer. */
  readonly said: string | null;
  /** Why it can no longer become so (`failWhen`); null: it still may. */
  readonly failed: string | null;
  /** Asking again would give the same error. */
  readonly final: boolean;
  /** How long the other side asks to wait; 0: it does not ask. */
  readonly retryAfterMs: number;
}

export interface Polled<T> {
  /** Of the last round. */
  readonly result: T;
  /** Empty when the condition came true. */
  readonly failures: readonly string[];
  /** The caller asked the run to stop. */
  readonly stopped: boolean;
}

export interface PollRound {
  readonly attempt: number;
  readonly waitMs: number;
  readonly pending: string;
}

/** How often, and how long. */
export type Pace = Omit<Poll, "until" | "failWhen">;

/**
 * Asks until `until` holds, `failWhen` holds, the tries are used up or the time is over; the last round begins when it
 * is over at the latest. Rounds that are not answered count as "not yet". Between rounds it waits `everyMs`, each time
 * `backoff` times longer, and longer still when the other side asks for it.
 */
export async function pollUntil<T>(
  pace: Pace,
  ask: () => Promise<Round<T>>,
  signal: AbortSignal,
  onRound: (round: PollRound) => void,
): Promise<Polled<T>> {
  const started = performance.now();
  let lastAnswer: string | null = null;
  for (let attempt = 1, last = false; ; attempt++) {
    const { result, pending, said, failed, final, retryAfterMs } = await ask();
    const ended = (failures: readonly string[], stopped = false) => ({ result, failures, stopped });
    const stopped = () => ended(lastAnswer === null ? [STOPPED] : [STOPPED, lastAnswer], true);
    if (pending.length === 0) return ended([]);
    lastAnswer = said ?? lastAnswer;
    if (signal.aborted) return stopped();
    const tries = `${attempt} ${attempt === 1 ? "try" : "tries"}`;
    if (failed !== null) return ended([`stopped after ${tries}: ${failed}`, ...pending]);
    if (final) return ended(pending);
    if (last) return ended(withFirst(pending, `not so after ${pace.timeoutMs} ms and ${tries}: `));
    if (attempt === pace.max) return ended(withFirst(pending, `not so after ${tries}: `));
    const remaining = started + pace.timeoutMs - performance.now();
    const wanted = Math.max(intervalMs(pace, attempt), retryAfterMs, MIN_INTERVAL_MS);
    last = wanted >= remaining;
    const waitMs = Math.max(0, Math.min(wanted, remaining));
    onRound({ attempt, waitMs, pending: pending[0] ?? "" });
    await sleep(waitMs, signal);
    if (signal.aborted) return stopped();
  }
}

function withFirst([first, ...rest]: readonly string[], prefix: string): string[] {
  return [`${prefix}${first}`, ...rest];
}

/** The wait after a round. Never shorter than `everyMs`, whatever the limit of growing intervals is. */
export function intervalMs({ everyMs, backoff = 1 }: Pace, attempt: number): number {
  return Math.max(everyMs, Math.min(everyMs * backoff ** (attempt - 1), MAX_INTERVAL_MS));
}
