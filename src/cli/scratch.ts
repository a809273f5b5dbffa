import type { ScratchSettings } from "../config/index.js";
import type { ScratchOptions } from "../scratch/index.js";
import type { Progress } from "./progress.js";

/** What the settings say about the throwaway PostgreSQL. */
export function scratchOptions(settings: ScratchSettings, onProgress: Progress): ScratchOptions {
  const { scratchUrl: url, scratchVersion: version, scratchBinaries: binaries } = settings;
  return { url, version, binaries, onProgress };
}
