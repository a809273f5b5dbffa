/**
 * Work whose length an answer decides: a pattern that backtracks, a JSON path that multiplies. While it runs, no timer
 * and no signal is heard; V8 can be told to break it off, also in the middle of a regular expression.
 */
import { createContext, Script } from "node:vm";

export const WORK_LIMIT_MS = 1_000;

const script = new Script("work()");
const slot: { work: () => unknown } = { work: () => undefined };
const context = createContext(slot);

export type Bounded<T> = { readonly inTime: true; readonly value: T } | { readonly inTime: false };

/** What the work returns, or that it was broken off after a second. The work must not leave anything half done. */
export function withinLimit<T>(work: () => T): Bounded<T> {
  let done: { readonly value: T } | null = null as { readonly value: T } | null;
  slot.work = () => {
    done = { value: work() };
  };
  try {
    script.runInContext(context, { timeout: WORK_LIMIT_MS });
  } catch (error) {
    if (!isTimeout(error)) throw error;
  }
  return done === null ? { inTime: false } : { inTime: true, value: done.value };
}

/** Not by its class: the error may be one of the context, which has classes of its own. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}
