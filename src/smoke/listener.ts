/** The caller's listener, as the run uses it: every event is stamped, and a listener that throws ends the run. */
import { SMOKE_EVENTS_FORMAT_VERSION, type SmokeEvent, type SmokeHappening } from "../model/smoke-event.js";
import { failsTheRun } from "../model/verdict.js";

export interface ListenerFacts {
  readonly onEvent?: ((event: SmokeEvent) => void) | undefined;
  readonly runId: string;
  readonly now: () => Date;
  readonly failFast?: boolean | undefined;
}

export interface Listener {
  readonly emit: (event: SmokeHappening) => void;
  /** With fail-fast: the step that ended the run, as the reason why no other begins. */
  readonly halted: () => string | null;
  /** Aborts when the caller's listener has thrown. */
  readonly broken: AbortSignal;
  rethrow(): void;
}

/** A listener that throws stops the run like a signal; its error reaches the caller after the clean-up. */
export function createListener({ onEvent, runId, now, failFast }: ListenerFacts): Listener {
  const controller = new AbortController();
  const errors: unknown[] = [];
  let halted: string | null = null;
  return {
    broken: controller.signal,
    halted: () => halted,
    emit: (event) => {
      if (failFast === true) halted ??= failureIn(event);
      if (errors.length > 0) return;
      try {
        onEvent?.({ formatVersion: SMOKE_EVENTS_FORMAT_VERSION, runId, time: now().toISOString(), ...event });
      } catch (error) {
        errors.push(error);
        controller.abort();
      }
    },
    rethrow: () => {
      if (errors.length > 0) throw errors[0];
    },
  };
}

function failureIn(event: SmokeHappening): string | null {
  if (event.kind !== "step-end") return null;
  const { id, outcome } = event.result;
  if (!failsTheRun(event.result)) return null;
  const what = outcome === "failed" ? "failed" : "could not run";
  return `the run ended at its first failure: step ${id} of flow ${event.flow} ${what}`;
}
