/** Smoke runs of the service: one at a time, the last twenty kept, each with its events. Target and flows are configured. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SmokeResult } from "../model/report.js";
import type { SmokeEvent } from "../model/smoke-event.js";
import type { EventLogger } from "./log.js";
import { advance, NOT_BEGUN, type SmokeProgress } from "./smoke-progress.js";

/** What a caller may choose. */
export interface SmokeSelection {
  readonly only?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
}

export interface SmokeRunInput extends SmokeSelection {
  readonly signal: AbortSignal;
  readonly onEvent: (event: SmokeEvent) => void;
}

/** Runs the configured flows once. Rejects before its first event when they cannot start. */
export type StartSmoke = (input: SmokeRunInput) => Promise<SmokeResult>;

export type SmokeRunState = "running" | "stopping" | "ended" | "broken";

/** Who asked for a run, as far as a request tells: everybody has the same token. */
export interface SmokeCaller {
  /** Of the socket: behind a proxy, the proxy's. */
  readonly address: string | null;
  /** What the program calls itself, cut to a bounded length. */
  readonly userAgent: string | null;
  readonly idempotencyKey: string | null;
}

export interface SmokeRun {
  readonly id: string;
  readonly state: SmokeRunState;
  readonly begunBy: SmokeCaller;
  /** What the caller chose among the flows; empty: all of them. */
  readonly only: readonly string[];
  readonly tags: readonly string[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Null while it runs, and of one that broke. */
  readonly result: SmokeResult | null;
}

/** An event with its number in the run, from 1. */
export interface NumberedEvent {
  readonly number: number;
  readonly event: SmokeEvent;
}

export type Begun =
  | { readonly kind: "begun" | "known" | "busy"; readonly run: SmokeRun }
  | { readonly kind: "other-request" | "closed"; readonly run?: undefined };

export interface SmokeRuns {
  /**
   * Begins a run, unless one is going on.
   * @param caller the same idempotency key gives the same run
   * @throws what `start` rejects with before its first event
   */
  begin(selection: SmokeSelection, caller: SmokeCaller): Promise<Begun>;
  /** Newest first. */
  list(): readonly SmokeRun[];
  get(id: string): SmokeRun | null;
  /** Asks it to stop; its clean-up runs. Null: there is no such run. */
  abort(id: string): SmokeRun | null;
  /** Events after a number, as they come, until the run ends; null now and then while nothing happens. */
  follow(id: string, after: number): AsyncGenerator<NumberedEvent | null>;
  /** Of the newest run that has ended. */
  newest(): SmokeResult | null;
  /** Of the run that is going on; null when there is none. */
  progress(): SmokeProgress | null;
  /** Grows with everything that happens. */
  readonly version: number;
  /** Stops what is going on, with its clean-up, and begins nothing more. */
  stop(): Promise<void>;
}

export interface SmokeRunsOptions {
  readonly start: StartSmoke;
  readonly logger: EventLogger;
  readonly now?: () => Date;
  readonly heartbeatMs?: number;
  readonly longestMs?: number;
}

const MOST_RUNS = 20;
/** Of one run. The oldest go first; a follower who comes later misses them. */
const MOST_EVENTS = 5_000;
const HEARTBEAT_MS = 15_000;
const LONGEST_MS = 15 * 60_000;

interface Kept {
  run: SmokeRun;
  readonly selection: string;
  progress: SmokeProgress;
  readonly controller: AbortController;
  readonly events: NumberedEvent[];
  /** Resolved, and made anew, whenever something has happened. */
  changed: Deferred;
  ended: Promise<void>;
}

export function createSmokeRuns(options: SmokeRunsOptions): SmokeRuns {
  const { heartbeatMs = HEARTBEAT_MS } = options;
  const kept: Kept[] = [];
  let newest: SmokeResult | null = null;
  let version = 0;
  let isClosed = false;
  const onChange = (result: SmokeResult | null) => {
    version += 1;
    newest = result ?? newest;
  };
  const find = (id: string) => kept.find(({ run }) => run.id === id);
  const going = () => kept.find(({ run }) => run.state === "running" || run.state === "stopping");
  const abort = (one: Kept) => {
    if (one.run.state !== "running") return;
    one.run = { ...one.run, state: "stopping" };
    version += 1;
    one.controller.abort();
  };
  return {
    begin: async (selection, caller) => {
      const known = begunBefore(kept, selection, caller);
      if (known !== null) return known;
      if (isClosed) return { kind: "closed" };
      const busy = going();
      if (busy !== undefined) return { kind: "busy", run: busy.run };
      const one = newRun(caller, selection, options);
      kept.unshift(one);
      try {
        await execute(one, selection, options, onChange);
      } catch (error) {
        kept.splice(kept.indexOf(one), 1);
        throw error;
      }
      kept.splice(MOST_RUNS);
      return { kind: "begun", run: one.run };
    },
    list: () => kept.map(({ run }) => run),
    get: (id) => find(id)?.run ?? null,
    abort: (id) => {
      const one = find(id);
      if (one !== undefined) abort(one);
      return one?.run ?? null;
    },
    follow: (id, after) => follow(find(id), after, heartbeatMs),
    newest: () => newest,
    progress: () => going()?.progress ?? null,
    get version() {
      return version;
    },
    stop: async () => {
      isClosed = true;
      const one = going();
      if (one === undefined) return;
      abort(one);
      await one.ended;
    },
  };
}

/** What a caller gets who sends an idempotency key again. */
function begunBefore(kept: readonly Kept[], selection: SmokeSelection, { idempotencyKey }: SmokeCaller): Begun | null {
  const before = kept.find(({ run }) => idempotencyKey !== null && run.begunBy.idempotencyKey === idempotencyKey);
  if (before === undefined) return null;
  const isSame = before.selection === textOf(selection);
  return isSame ? { kind: "known", run: before.run } : { kind: "other-request" };
}

/** Equal for requests that choose the same. */
function textOf({ only = [], tags = [] }: SmokeSelection): string {
  return JSON.stringify([only, tags]);
}

function newRun(begunBy: SmokeCaller, selection: SmokeSelection, { now = () => new Date() }: SmokeRunsOptions): Kept {
  const startedAt = now().toISOString();
  const { only = [], tags = [] } = selection;
  const chosen = { begunBy, only, tags };
  return {
    ...{ selection: textOf(selection), progress: NOT_BEGUN, events: [] },
    ...{ controller: new AbortController(), changed: deferred() },
    run: { id: randomUUID(), state: "running", ...chosen, startedAt, endedAt: null, result: null },
    ended: Promise.resolve(),
  };
}

/** Resolves with the first event: what is wrong with the flows is known by then. */
async function execute(
  one: Kept,
  selection: SmokeSelection,
  { start, logger, now = () => new Date(), longestMs = LONGEST_MS }: SmokeRunsOptions,
  onChange: (result: SmokeResult | null) => void,
): Promise<void> {
  const begun = deferred();
  const notify = () => {
    onChange(one.run.result);
    one.changed.resolve();
    one.changed = deferred();
  };
  const onEvent = (event: SmokeEvent) => {
    one.events.push({ number: (one.events.at(-1)?.number ?? 0) + 1, event });
    if (one.events.length > MOST_EVENTS) one.events.shift();
    one.progress = advance(one.progress, event);
    begun.resolve();
    notify();
  };
  const end = (state: SmokeRunState, result: SmokeResult | null) => {
    one.run = { ...one.run, state, endedAt: now().toISOString(), result };
    notify();
  };
  const { id } = one.run;
  const signal = AbortSignal.any([one.controller.signal, AbortSignal.timeout(longestMs)]);
  const running = start({ ...selection, signal, onEvent });
  one.ended = running.then(
    (result) => {
      end("ended", result);
      const { outcome, cleanup } = result;
      logger.info(
        { event: "smoke", run: id, runId: result.runId, outcome, leftovers: cleanup.leftovers.length },
        "smoke run ended",
      );
      begun.resolve();
    },
    (error: unknown) => {
      end("broken", null);
      // Before the first event it is the caller's to hear, not the log's.
      if (one.events.length > 0) logger.error({ event: "smoke", run: id, err: error }, "a smoke run broke");
      begun.reject(error);
    },
  );
  await begun.promise;
}

async function* follow(
  one: Kept | undefined,
  after: number,
  heartbeatMs: number,
): AsyncGenerator<NumberedEvent | null> {
  if (one === undefined) return;
  for (let last = after; ; ) {
    const { changed } = one;
    const isOver = one.run.state === "ended" || one.run.state === "broken";
    const next = one.events.find(({ number }) => number > last);
    if (next !== undefined) {
      last = next.number;
      yield next;
    } else if (isOver) {
      return;
    } else if (!(await happens(changed.promise, heartbeatMs))) {
      yield null;
    }
  }
}

async function happens(promise: Promise<void>, withinMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(withinMs, false, { signal: timer.signal, ref: false }).catch(() => false);
  const isSo = await Promise.race([promise.then(() => true), late]);
  timer.abort();
  return isSo;
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function deferred(): Deferred {
  let [resolve, reject]: [() => void, (error: unknown) => void] = [() => {}, () => {}];
  const promise = new Promise<void>((onResolve, onReject) => {
    [resolve, reject] = [onResolve, onReject];
  });
  // Whoever waits hears it; when nobody does, it is no uncaught error.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
