/**
 * Keeps the current verdict: one verification at a time, in the background, so that no probe ever waits for PostgreSQL.
 * Rules of damping, age and back-off are in src/http/verdict.ts; this file has the clock, the timer and the single flight.
 */
import { SchemareadyError } from "../errors/index.js";
import type { Report, Verdict } from "../model/report.js";
import { describeAttempt, verdictLogLine } from "./describe.js";
import type { EventLogger } from "./log.js";
import { countRun, NO_RUNS, type RunCounts } from "./run-counts.js";
import {
  type Attempt,
  type CurrentVerdict,
  delayBeforeNext,
  type Failure,
  type Freshness,
  NOTHING_YET,
  remember,
  type TimedAttempt,
  type VerdictMemory,
  verdictAt,
  verdictOf,
} from "./verdict.js";

/** Calls back once after so many milliseconds; the returned function cancels. */
export type SetTimer = (callback: () => void, delayMs: number) => () => void;

export interface RefresherOptions {
  /** Verifies once. `signal` is aborted when the run's deadline has passed or the service stops. */
  readonly verify: (signal: AbortSignal) => Promise<Report>;
  /** Between the end of one verification and the start of the next, before jitter and back-off. */
  readonly intervalMs: number;
  /** A verdict older than this is expired. */
  readonly maxStaleMs: number;
  /** For one verification. */
  readonly deadlineMs?: number;
  readonly logger: EventLogger;
  /** A clock in milliseconds that never goes back; a stepped wall clock must not make an old verdict young. */
  readonly now?: () => number;
  /** From 0 to 1, for jitter. */
  readonly random?: () => number;
  readonly setTimer?: SetTimer;
}

export interface VerdictChange {
  readonly from: Verdict | null;
  readonly to: Verdict;
  readonly current: CurrentVerdict;
}

export interface Refresher {
  /** Begins: the first verification at once, then one an interval. */
  start(): void;
  /** Ends: no new verification; resolves when the running one has let go. */
  stop(): Promise<void>;
  /** What holds now, from memory. */
  current(): CurrentVerdict;
  /** A verification that begins after this call; callers who wait for the same one share it. Never rejects. */
  refresh(): Promise<Attempt>;
  /** What has happened since the start. */
  counts(): RunCounts;
  /** Calls back when the verdict changed (not on each verification); returns the way to unsubscribe. */
  onChange(listener: (change: VerdictChange) => void): () => void;
}

export const DEFAULT_DEADLINE_MS = 30_000;

/** Makes a refresher; it does nothing before `start()` or `refresh()`. */
export function createRefresher(options: RefresherOptions): Refresher {
  return new VerdictRefresher(options);
}

class VerdictRefresher implements Refresher {
  readonly #options: Required<RefresherOptions>;
  readonly #freshness: Freshness;
  readonly #listeners = new Set<(change: VerdictChange) => void>();
  #stopped = false;
  #memory: VerdictMemory = NOTHING_YET;
  #counts: RunCounts = NO_RUNS;
  #cancelTimer: () => void = () => {};
  /** The run under way, up to its end or its deadline. */
  #running: Promise<Attempt> | null = null;
  /** The run that those who ask now will get; it has not begun. */
  #next: Promise<Attempt> | null = null;
  /** The verification itself, which may outlive its deadline; another one must not begin before it has let go. */
  #unfinished: Promise<unknown> | null = null;
  #giveUp: (failure: Failure) => void = () => {};
  #expiryLogged = false;

  constructor(options: RefresherOptions) {
    const defaults = { deadlineMs: DEFAULT_DEADLINE_MS, now: monotonicNow, random: Math.random, setTimer };
    this.#options = { ...defaults, ...options };
    this.#freshness = { intervalMs: options.intervalMs, maxStaleMs: options.maxStaleMs };
  }

  start(): void {
    void this.refresh();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    this.#giveUp(STOPPED);
    await this.#unfinished;
  }

  current(): CurrentVerdict {
    const current = verdictAt(this.#memory, this.#options.now(), this.#freshness);
    if (current.state === "expired" && !this.#expiryLogged) {
      this.#expiryLogged = true;
      const ageMs = Math.round(current.ageMs ?? 0);
      this.#options.logger.error({ event: "verdict-expired", ageMs }, "the verdict has expired: nothing verifies");
    }
    return current;
  }

  refresh(): Promise<Attempt> {
    this.#next ??= this.#runAfterTheCurrentOne();
    return this.#next;
  }

  counts(): RunCounts {
    return this.#counts;
  }

  onChange(listener: (change: VerdictChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A run that began before the question may have read before the fix that the caller wants to see. */
  async #runAfterTheCurrentOne(): Promise<Attempt> {
    await this.#running;
    this.#next = null;
    this.#running = this.#run();
    return this.#running;
  }

  async #run(): Promise<Attempt> {
    if (this.#stopped) return STOPPED;
    this.#cancelTimer();
    const startedMs = this.#options.now();
    const attempt = this.#unfinished === null ? await this.#attempt() : STILL_RUNNING;
    this.#running = null;
    if (this.#stopped) return attempt;
    this.#record({ attempt, startedMs, durationMs: this.#options.now() - startedMs });
    const delayMs = delayBeforeNext(this.#memory.failures, this.#freshness, this.#options.random());
    this.#cancelTimer = this.#options.setTimer(() => void this.refresh(), delayMs);
    return attempt;
  }

  /** One verification, given up when its deadline passes. */
  async #attempt(): Promise<Attempt> {
    const { deadlineMs } = this.#options;
    const controller = new AbortController();
    const givenUp = new Promise<Failure>((resolve) => {
      this.#giveUp = (failure) => {
        controller.abort();
        resolve(failure);
      };
    });
    const verified = this.#verify(controller.signal);
    this.#unfinished = verified.finally(() => {
      this.#unfinished = null;
    });
    const message = `it did not finish within ${deadlineMs} ms`;
    const passed: Failure = { kind: "failure", reason: "deadline", message };
    const cancelDeadline = this.#options.setTimer(() => this.#giveUp(passed), deadlineMs);
    const attempt = await Promise.race([verified, givenUp]);
    cancelDeadline();
    return attempt;
  }

  async #verify(signal: AbortSignal): Promise<Attempt> {
    try {
      return { kind: "report", report: await this.#options.verify(signal) };
    } catch (error) {
      // Trouble with the database is a report. What is thrown is a bug: told to the log, not to callers.
      if (!signal.aborted) this.#options.logger.error({ event: "verify-error", err: error }, "verification broke");
      const message = error instanceof SchemareadyError ? error.message : "schemaready failed; its log says how";
      return { kind: "failure", reason: "error", message };
    }
  }

  #record(latest: TimedAttempt): void {
    const before = this.#memory;
    this.#memory = remember(before, latest);
    this.#counts = countRun(this.#counts, latest);
    this.#expiryLogged = false;
    this.#logFailures(before, latest.attempt);
    const held = this.#memory.held?.attempt;
    if (held === undefined || fingerprint(held) === fingerprint(before.held?.attempt)) return;
    const from = before.held === null ? null : verdictOf(before.held.attempt);
    const change: VerdictChange = { from, to: verdictOf(held), current: this.current() };
    const { level, fields, message } = verdictLogLine(from, held);
    this.#options.logger[level](fields, message);
    this.#counts = { ...this.#counts, changes: this.#counts.changes + 1 };
    for (const listener of this.#listeners) this.#tell(listener, change);
  }

  /** One that breaks must neither keep the others from hearing nor end the verifications. */
  #tell(listener: (change: VerdictChange) => void, change: VerdictChange): void {
    try {
      listener(change);
    } catch (error) {
      this.#options.logger.error({ event: "listener-error", err: error }, "telling a change broke");
    }
  }

  /** The first failure that is damped and the end of it; what changes the verdict is logged as the change. */
  #logFailures(before: VerdictMemory, attempt: Attempt): void {
    const isDamped = this.#memory.held !== this.#memory.latest;
    const failure = describeAttempt(attempt);
    if (isDamped && before.failures === 0) {
      this.#options.logger.warn({ event: "verify-failed", failure }, "verification failed; the last verdict stands");
    }
    if (this.#memory.failures === 0 && before.held !== before.latest) {
      this.#options.logger.info({ event: "verify-recovered", failures: before.failures }, "verification works again");
    }
  }
}

const STOPPED: Failure = { kind: "failure", reason: "stopped", message: "the service is shutting down" };
const STILL_RUNNING: Failure = {
  kind: "failure",
  reason: "deadline",
  message: "an earlier verification has passed its deadline and still runs",
};

/** Equal for two attempts that a person would call the same news. */
function fingerprint(attempt: Attempt | undefined): string | null {
  if (attempt === undefined) return null;
  if (attempt.kind === "failure") return attempt.reason;
  return JSON.stringify([attempt.report.verdict, attempt.report.gaps.map(({ id }) => id)]);
}

function monotonicNow(): number {
  return performance.now();
}

function setTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  // The listening socket keeps the process alive, not the next verification.
  timer.unref();
  return () => clearTimeout(timer);
}
