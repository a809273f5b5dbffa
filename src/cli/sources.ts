/** What reading sources needs, made of settings and process: a throwaway server, a limit, a way to tell people. */
import type { ScratchSettings } from "../config/index.js";
import { displaySafe } from "../report/index.js";
import { type ScratchServer, startScratch } from "../scratch/index.js";
import type { SourceContext } from "../sources/index.js";
import type { CliIo } from "./io.js";
import { limitsFor } from "./limits.js";
import type { Progress } from "./progress.js";
import { scratchOptions } from "./scratch.js";
import { abortable, startingUp } from "./stop.js";

export interface SourceSettings extends ScratchSettings {
  readonly timeoutMs: number;
  readonly quiet: boolean;
}

/**
 * Does the work; the throwaway PostgreSQL that it may have asked for is gone when this returns or throws.
 * @throws StoppedEarly when the user stops the run; what the work throws
 */
export function inSources<T>(
  settings: SourceSettings,
  progress: Progress,
  io: CliIo,
  work: (context: SourceContext) => Promise<T>,
): Promise<T> {
  return startingUp(withScratch(settings, progress, io, work), io.signal);
}

async function withScratch<T>(
  settings: SourceSettings,
  progress: Progress,
  io: CliIo,
  work: (context: SourceContext) => Promise<T>,
): Promise<T> {
  const said = new Set<string>();
  let started: Promise<ScratchServer> | null = null;
  const context: SourceContext = {
    scratch: () => {
      started ??= startScratch(scratchOptions(settings, progress));
      return started;
    },
    limits: limitsFor(settings.timeoutMs),
    progress,
    warn: (message) => {
      // Two sources may have the same thing to say about the one server.
      if (settings.quiet || said.has(message)) return;
      said.add(message);
      io.stderr.write(`${displaySafe(message)}\n`);
    },
    untilStopped: (promise) => abortable(promise, io.signal),
  };
  try {
    return await work(context);
  } finally {
    await closeIfStarted(started);
  }
}

/** A server that could not be started has failed the work already. */
async function closeIfStarted(started: Promise<ScratchServer> | null): Promise<void> {
  const scratch = await started?.catch(() => null);
  await scratch?.close();
}
