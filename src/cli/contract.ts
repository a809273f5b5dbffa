/** From check files to a contract: what verify, serve and smoke have in common before they look at anything. */
import type { ConnectionSettings, ContractSettings } from "../config/index.js";
import { compileContract, type LoadedChecks, loadCheckFiles } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import { startScratch } from "../scratch/index.js";
import type { Progress } from "./progress.js";
import { abortable, StoppedEarly } from "./stop.js";

export interface Compiled {
  readonly checks: LoadedChecks;
  readonly contract: Contract;
}

/**
 * Loads the check files and compiles them in a throwaway PostgreSQL, which is gone when this returns or throws.
 * @throws SchemareadyError CHECK_FILE, CHECK_FILE_SQL, SCRATCH_UNAVAILABLE; StoppedEarly when the signal is aborted
 */
export async function compileChecks(
  settings: ContractSettings,
  connection: ConnectionSettings,
  progress: Progress,
  signal: AbortSignal,
): Promise<Compiled> {
  try {
    return await compile(settings, connection, progress, signal);
  } catch (error) {
    // Also what failed because of the stop, such as a server that got the same Ctrl-C.
    if (signal.aborted) throw new StoppedEarly("stopped before anything was looked at", { cause: error });
    throw error;
  }
}

async function compile(
  settings: ContractSettings,
  connection: ConnectionSettings,
  progress: Progress,
  signal: AbortSignal,
): Promise<Compiled> {
  progress("reading the check files");
  const defaultSchema = connection.schema ?? "public";
  const checks = await loadCheckFiles(settings.checks, { defaultSchema });
  signal.throwIfAborted();
  const scratch = await startScratch({ url: settings.scratchUrl, onProgress: progress });
  try {
    signal.throwIfAborted();
    progress(`building what the check files expect in ${scratch.description}`);
    return { checks, contract: await abortable(compileContract({ checks, scratch, defaultSchema }), signal) };
  } finally {
    await scratch.close();
  }
}
