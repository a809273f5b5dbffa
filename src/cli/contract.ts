/** The contract that verify, serve and smoke start from: a file, or the check files compiled now. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ConnectionSettings, ContractSettings, ScratchSettings } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import { compileContract, type KnownSchema, loadCheckFiles, NOTHING_KNOWN, parseContract } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import { startScratch } from "../scratch/index.js";
import type { CliIo } from "./io.js";
import type { Progress } from "./progress.js";
import { scratchOptions } from "./scratch.js";
import { abortable, startingUp } from "./stop.js";

/**
 * The contract of the settings. From a file it is only read: no throwaway server is started.
 * @throws SchemareadyError CONTRACT_FILE; as compileChecks
 */
export async function obtainContract(
  settings: ContractSettings,
  connection: ConnectionSettings,
  progress: Progress,
  io: CliIo,
): Promise<Contract> {
  if (settings.contract !== null) return readContract(settings.contract, io);
  return compileChecks(settings, connection.schema ?? "public", progress, io.signal);
}

/** @throws SchemareadyError CONTRACT_FILE, also for a file that cannot be read */
export async function readContract(path: string, { directory }: Pick<CliIo, "directory">): Promise<Contract> {
  let text: string;
  try {
    text = await readFile(resolve(directory, path), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new SchemareadyError("CONTRACT_FILE", `${path} cannot be read (${code}).`, { cause: error });
  }
  return parseContract(text, path);
}

/**
 * Loads the check files and compiles them in a throwaway PostgreSQL, which is gone when this returns or throws.
 * @param known the schema from another source that features may name relations of
 * @throws SchemareadyError CHECK_FILE, CHECK_FILE_SQL, SCRATCH_UNAVAILABLE; StoppedEarly when the signal is aborted
 */
export async function compileChecks(
  settings: Pick<ContractSettings, "checks"> & ScratchSettings,
  defaultSchema: string,
  progress: Progress,
  signal: AbortSignal,
  known: KnownSchema = NOTHING_KNOWN,
): Promise<Contract> {
  return startingUp(compile(settings, { defaultSchema, known }, progress, signal), signal);
}

async function compile(
  settings: Pick<ContractSettings, "checks"> & ScratchSettings,
  { defaultSchema, known }: { readonly defaultSchema: string; readonly known: KnownSchema },
  progress: Progress,
  signal: AbortSignal,
): Promise<Contract> {
  progress("reading the check files");
  const checks = await loadCheckFiles(settings.checks, { defaultSchema, known });
  signal.throwIfAborted();
  const scratch = await startScratch(scratchOptions(settings, progress));
  try {
    signal.throwIfAborted();
    for (const note of scratch.notes) progress(note);
    progress(`building what the check files expect in ${scratch.description}`);
    return await abortable(compileContract({ checks, scratch, defaultSchema, known }), signal);
  } finally {
    await scratch.close();
  }
}

/** All that the applications of a contract have: what check files that are joined with it may name. */
export function schemaOf({ applications }: Contract): KnownSchema {
  return {
    relations: applications.flatMap(({ relations }) => relations),
    domains: applications.flatMap(({ domains }) => domains),
    migrations: applications.flatMap(({ migrations }) => migrations?.required ?? []),
  };
}
