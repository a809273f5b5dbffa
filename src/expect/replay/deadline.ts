/** How long scripts may still take: each of them, and all of them. */
import type { ScratchLimits } from "../../scratch/index.js";

export interface Deadline {
  /** From now on it is the next script's time. */
  beginScript(): void;
  /** Milliseconds that the script has left; not positive when there are none. */
  left(): number;
  /** All scripts together have had their time. */
  isOver(): boolean;
  /** What to say when it has passed. */
  message(): string;
}

export function createDeadline({ scriptMs, replayMs }: ScratchLimits): Deadline {
  const end = performance.now() + replayMs;
  let scriptEnd = end;
  const isOver = () => performance.now() >= end;
  return {
    beginScript: () => {
      scriptEnd = performance.now() + scriptMs;
    },
    left: () => Math.min(scriptEnd, end) - performance.now(),
    isOver,
    message: () =>
      isOver()
        ? `all scripts together took longer than ${replayMs / 1000} seconds`
        : `the script took longer than ${scriptMs / 1000} seconds`,
  };
}
