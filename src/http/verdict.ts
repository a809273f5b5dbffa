/**
 * What the service believes between two verifications, as values: which attempt the answers are made from, how old it
 * is, and when it stops being believable. No clock and no timer in here; src/http/refresher.ts has both.
 */
import type { Report, Verdict } from "../model/report.js";

/** Consecutive failures to look before a definite verdict is given up: HAProxy's and Gatus' number. */
export const FALL = 3;
const MAX_BACK_OFF_DOUBLINGS = 3;
const JITTER = 0.2;

/** How one verification ended. A report may itself say `unverified`; a failure is a run that gave no report at all. */
export type Attempt = { readonly kind: "report"; readonly report: Report } | Failure;

export interface Failure {
  readonly kind: "failure";
  /** deadline: took too long. error: threw, which is a bug. stopped: the service is shutting down. */
  readonly reason: "deadline" | "error" | "stopped";
  /** For people with access to details; holds no secret. */
  readonly message: string;
}

/** An attempt with its times in milliseconds of a clock that never goes back. */
export interface TimedAttempt {
  readonly attempt: Attempt;
  readonly startedMs: number;
  readonly durationMs: number;
}

export interface VerdictMemory {
  /** What the answers are made from. */
  readonly held: TimedAttempt | null;
  /** The newest attempt; another one than `held` while failures are damped. */
  readonly latest: TimedAttempt | null;
  /** Attempts in a row, up to the newest, that could not look. */
  readonly failures: number;
  /** Grows with every attempt. */
  readonly version: number;
}

export const NOTHING_YET: VerdictMemory = { held: null, latest: null, failures: 0, version: 0 };

/**
 * starting: no attempt has finished. current: as it should be. damped: the newest attempt could not look, an older
 * definite verdict stands in. late: the next verification is overdue. expired: too old to say anything.
 */
export type VerdictState = "starting" | "current" | "damped" | "late" | "expired";

export interface CurrentVerdict {
  readonly state: VerdictState;
  /** Null only while starting. */
  readonly verdict: Verdict | null;
  /** Null while starting, and when the verdict stands on attempts that gave no report. */
  readonly report: Report | null;
  /** Set when the verdict stands on attempts that gave no report. */
  readonly failure: Failure | null;
  /** The newest attempt where it is another one than the verdict stands on: it could not look. */
  readonly unsettled: Attempt | null;
  /** Milliseconds since the verification behind the verdict began to look. */
  readonly ageMs: number | null;
  readonly version: number;
}

export interface Freshness {
  readonly intervalMs: number;
  readonly maxStaleMs: number;
}

/** The verdict that an attempt stands for; one without a report is `unverified`. */
export function verdictOf(attempt: Attempt): Verdict {
  return attempt.kind === "report" ? attempt.report.verdict : "unverified";
}

/**
 * Takes in one finished attempt. A definite verdict (pass, warn, fail) counts at once, whatever came before: a gap is a
 * fact, and damping would only hide it. Failures to look are damped: a definite verdict stays until the FALLth in a row.
 */
export function remember(memory: VerdictMemory, latest: TimedAttempt): VerdictMemory {
  const version = memory.version + 1;
  if (isDefinite(latest.attempt)) return { held: latest, latest, failures: 0, version };
  const failures = memory.failures + 1;
  const standsIn = memory.held !== null && isDefinite(memory.held.attempt) && failures < FALL;
  return { held: standsIn ? memory.held : latest, latest, failures, version };
}

const STARTING = {
  state: "starting",
  verdict: null,
  report: null,
  failure: null,
  unsettled: null,
  ageMs: null,
} as const;

/** What holds at `nowMs`, in milliseconds of the clock that timed the attempts. */
export function verdictAt(memory: VerdictMemory, nowMs: number, freshness: Freshness): CurrentVerdict {
  const { held, version } = memory;
  if (held === null) return { ...STARTING, version };
  const ageMs = nowMs - held.startedMs;
  return {
    state: stateAt(memory, held, ageMs, freshness),
    verdict: verdictOf(held.attempt),
    report: held.attempt.kind === "report" ? held.attempt.report : null,
    failure: held.attempt.kind === "failure" ? held.attempt : null,
    unsettled: memory.latest === null || memory.latest === held ? null : memory.latest.attempt,
    ageMs,
    version,
  };
}

function stateAt(memory: VerdictMemory, held: TimedAttempt, ageMs: number, freshness: Freshness): VerdictState {
  if (ageMs > freshness.maxStaleMs) return "expired";
  if (memory.latest !== held) return "damped";
  // Two periods (health+json practice), and the time that a verification of this database takes anyway.
  const lateMs = 2 * freshness.intervalMs + held.durationMs;
  return isDefinite(held.attempt) && ageMs > lateMs ? "late" : "current";
}

/**
 * Milliseconds until the next attempt: the interval with a jitter of 20 % either way, so that replicas do not ask in
 * step. Back-off (2, 4, 8 times) begins when the failure is established, not before: damping must not take longer
 * because of it. It stays below maxStale, so that waiting never turns a known failure into an expired verdict.
 *
 * @param random from 0 (inclusive) to 1
 */
export function delayBeforeNext(failures: number, { intervalMs, maxStaleMs }: Freshness, random: number): number {
  const doublings = Math.min(Math.max(0, failures - FALL + 1), MAX_BACK_OFF_DOUBLINGS);
  const backedOff = Math.min(intervalMs * 2 ** doublings, Math.max(intervalMs, maxStaleMs / 2));
  return backedOff * (1 - JITTER + 2 * JITTER * random);
}

/** True when the database was looked at and the answer is known. */
export function isDefinite(attempt: Attempt): boolean {
  return verdictOf(attempt) !== "unverified";
}
