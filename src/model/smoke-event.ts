/**
 * What happens during a smoke run, as it happens. Every output of a run is made from these events and from nothing
 * else; text in them is redacted already. The JSON Schema is generated from src/report/schema-events.ts.
 */
import type { CleanupOutcome, SmokeResult, StepOutcome, StepResult } from "./report.js";

export const SMOKE_EVENTS_FORMAT_VERSION = 1;

/** Stands at every event, so that each line can be read alone. */
export interface EventStamp {
  readonly formatVersion: typeof SMOKE_EVENTS_FORMAT_VERSION;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly time: string;
}

interface StepName {
  readonly application: string;
  /** Id of the flow. */
  readonly flow: string;
}

export interface RunStart {
  readonly kind: "run-start";
  readonly baseUrl: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The flows that will run, in the order of the result. */
  readonly plan: readonly PlannedSummary[];
}

export interface PlannedSummary extends StepName {
  readonly title: string;
  readonly steps: number;
}

export interface FlowStart extends StepName {
  readonly kind: "flow-start";
  readonly title: string;
}

export interface StepStart extends StepName {
  readonly kind: "step-start";
  readonly step: string;
  readonly title: string;
}

/** A poll goes into its next round after `waitMs`. */
export interface PollRoundEvent extends StepName {
  readonly kind: "poll";
  readonly step: string;
  readonly title: string;
  readonly attempt: number;
  readonly waitMs: number;
  /** What is not yet so. */
  readonly pending: string;
}

export interface StepEnd extends StepName {
  readonly kind: "step-end";
  readonly result: StepResult;
}

export interface FlowEnd extends StepName {
  readonly kind: "flow-end";
  readonly title: string;
  readonly outcome: StepOutcome;
}

export interface CleanupStart {
  readonly kind: "cleanup-start";
  readonly steps: number;
}

export interface CleanupStep {
  readonly kind: "cleanup-step";
  readonly result: StepResult;
}

export interface CleanupEnd {
  readonly kind: "cleanup-end";
  readonly outcome: CleanupOutcome;
  readonly leftovers: readonly string[];
}

/**
 * The whole result once more: a value may turn out to be a secret after the step that showed it, and here it is gone.
 */
export interface RunEnd {
  readonly kind: "run-end";
  readonly result: SmokeResult;
}

export type SmokeHappening =
  | RunStart
  | FlowStart
  | StepStart
  | PollRoundEvent
  | StepEnd
  | FlowEnd
  | CleanupStart
  | CleanupStep
  | CleanupEnd
  | RunEnd;

/** One line of the event stream. */
export type SmokeEvent = EventStamp & SmokeHappening;
