/** What reading sources needs, in tests: databases of the run's server, no progress, warnings kept. */
import { afterAll } from "vitest";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import { type ScratchServer, startScratch } from "../../src/scratch/index.js";
import type { SourceContext } from "../../src/sources/index.js";
import { serverUrl } from "./postgres.js";

export interface TestContext extends SourceContext {
  /** Every warning so far. */
  readonly warnings: string[];
  /** How often the throwaway server was asked for. */
  readonly asked: () => number;
}

/** For the tests of one file; closes what it started. */
export function useSources(): () => TestContext {
  const started: Promise<ScratchServer>[] = [];
  afterAll(async () => {
    for (const each of started) await (await each).close();
  });
  return () => {
    const warnings: string[] = [];
    let asked = 0;
    return {
      warnings,
      asked: () => asked,
      scratch: () => {
        asked += 1;
        const server = startScratch({ url: serverUrl() });
        started.push(server);
        return server;
      },
      limits: DEFAULT_LIMITS,
      progress: () => {},
      warn: (message) => void warnings.push(message),
      untilStopped: (work) => work,
    };
  };
}
