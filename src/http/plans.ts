/** Repair plans, made when somebody asks: one at a time, kept for a while, given up when they take too long. */
import { SchemareadyError } from "../errors/index.js";
import type { Report } from "../model/report.js";
import type { EventLogger } from "./log.js";
import type { Attempt, Failure } from "./verdict.js";

export interface PlansOptions {
  /** The report with the plan for its gaps. Trouble with the database is part of the plan; what is thrown is a bug. */
  readonly plan: (report: Report, signal: AbortSignal) => Promise<Report>;
  readonly logger: EventLogger;
  /** How long making one may take. */
  readonly deadlineMs?: number;
  /** How long a plan counts while its gaps stay the same: its rows may not. */
  readonly keepMs?: number;
  readonly now?: () => number;
}

export interface Plans {
  /** The plan for the gaps of this report. Callers who ask for the same at the same time share one. */
  of(report: Report): Promise<Attempt>;
  /** Gives up what is being made; nothing is made any more. */
  stop(): Promise<void>;
}

/** Shorter than a connection may be silent. */
const DEADLINE_MS = 150_000;
const KEEP_MS = 60_000;

export function createPlans(options: PlansOptions): Plans {
  return new KeptPlans(options);
}

interface Kept {
  readonly key: string;
  readonly attempt: Promise<Attempt>;
  madeMs: number | null;
}

class KeptPlans implements Plans {
  readonly #options: Required<PlansOptions>;
  readonly #stopping = new AbortController();
  #kept: Kept | null = null;
  /** Settled when everything that was begun is over, given up or not. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: PlansOptions) {
    this.#options = { deadlineMs: DEADLINE_MS, keepMs: KEEP_MS, now: () => performance.now(), ...options };
  }

  async of(report: Report): Promise<Attempt> {
    if (report.gaps.length === 0) return { kind: "report", report };
    const key = keyOf(report);
    const kept = this.#kept;
    if (kept?.key === key && this.#counts(kept)) return kept.attempt;
    const entry: Kept = { key, attempt: this.#make(report), madeMs: null };
    this.#kept = entry;
    const attempt = await entry.attempt;
    entry.madeMs = this.#options.now();
    // A failure is told to those who waited for it; who comes later tries again.
    if (attempt.kind === "failure" && this.#kept === entry) this.#kept = null;
    return attempt;
  }

  async stop(): Promise<void> {
    this.#stopping.abort(STOPPING);
    await this.#work;
  }

  #counts({ madeMs }: Kept): boolean {
    return madeMs === null || this.#options.now() - madeMs <= this.#options.keepMs;
  }

  /** After what was begun before: two at once would be two copies of the schema. */
  async #make(report: Report): Promise<Attempt> {
    const { deadlineMs } = this.#options;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), deadlineMs);
    const signal = AbortSignal.any([this.#stopping.signal, late.signal]);
    const planned = this.#work.then(() => this.#plan(report, signal));
    this.#work = planned;
    try {
      return await Promise.race([planned, aborted(signal)]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Never rejects. */
  async #plan(report: Report, signal: AbortSignal): Promise<Attempt> {
    try {
      signal.throwIfAborted();
      return { kind: "report", report: await this.#options.plan(report, signal) };
    } catch (error) {
      if (!signal.aborted) this.#options.logger.error({ event: "plan-error", err: error }, "planning the repair broke");
      const message = error instanceof SchemareadyError ? error.message : "schemaready failed; its log says how";
      return { kind: "failure", reason: "error", message };
    }
  }
}

/** What is told when a plan is given up: the service stops, or it takes too long. */
function aborted(signal: AbortSignal): Promise<Failure> {
  const failure = (): Failure =>
    signal.reason === STOPPING
      ? { kind: "failure", reason: "stopped", message: "the service is shutting down" }
      : { kind: "failure", reason: "deadline", message: "it was not made in time" };
  if (signal.aborted) return Promise.resolve(failure());
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(failure()), { once: true }));
}

const STOPPING = new Error("the service is shutting down");

/** Reports about the same state differ in their times only. */
function keyOf({ gaps, causes, history, contract }: Report): string {
  return JSON.stringify([contract.id, gaps, causes, history]);
}
