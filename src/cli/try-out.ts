/** Migrations that wait are tried on a copy of the target's schema, when their scripts are at hand. */
import type { ConnectionSettings, ScratchSettings, TrialSettings } from "../config/index.js";
import { tryAllPending } from "../copy/index.js";
import type { SessionLimits } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Application, Contract } from "../model/contract.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { Target } from "../model/report.js";
import { displaySafe } from "../report/index.js";
import { type ScratchServer, startScratch } from "../scratch/index.js";
import type { TryOut } from "../verify.js";
import type { CliIo } from "./io.js";
import { readDirectory } from "./migration-directory.js";
import type { Progress } from "./progress.js";
import { scratchOptions } from "./scratch.js";

export interface TrialRequest {
  readonly settings: TrialSettings & ScratchSettings & { readonly quiet: boolean };
  readonly contract: Contract;
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
}

/**
 * Does the work with what tries migrations out, if a directory was given. The throwaway server is started when there is
 * something to try, and gone when this returns or throws.
 * @throws SchemareadyError SETTINGS, MIGRATIONS when the directory cannot be read; what the work throws
 */
export async function withTrials<T>(
  request: TrialRequest,
  progress: Progress,
  io: CliIo,
  work: (tryOut: { readonly tryOut?: TryOut }) => Promise<T>,
): Promise<T> {
  const { migrations, tool } = request.settings;
  if (migrations === null) return work({});
  const directory = await readDirectory({ directory: migrations, tool }, io);
  let started: Promise<ScratchServer> | null = null;
  const scratch = (version: number | null) => {
    const options = scratchOptions(request.settings, progress);
    started ??= startScratch({ ...options, version: options.version ?? version });
    return started;
  };
  try {
    return await work({ tryOut: tryOutWith(request, directory, scratch, progress, io) });
  } finally {
    const server = await (started as Promise<ScratchServer> | null)?.catch(() => null);
    await server?.close();
  }
}

/** Without a throwaway server nothing is tried: that is said, and the verification goes on. */
function tryOutWith(
  { settings, contract, connection, limits }: TrialRequest,
  directory: MigrationDirectory,
  scratch: (version: number | null) => Promise<ScratchServer>,
  progress: Progress,
  io: CliIo,
): TryOut {
  const directoryOf = (application: Application) => (isOf(application, directory) ? directory : null);
  const rest = { contract, connection, limits, directoryOf, signal: io.signal, onProgress: progress };
  return async ({ target, ...seen }) => {
    try {
      return await tryAllPending({ ...rest, ...seen, scratch: () => scratch(majorOf(target)) });
    } catch (error) {
      if (!(error instanceof SchemareadyError)) throw error;
      if (!settings.quiet) io.stderr.write(`${displaySafe(`the migrations were not tried out: ${error.message}`)}\n`);
      return [];
    }
  };
}

/** Of several applications, those that require what the directory holds. */
function isOf({ migrations }: Application, { scripts }: MigrationDirectory): boolean {
  const names = new Set(scripts.map(({ name }) => name));
  return migrations?.required.some((name) => names.has(name)) ?? false;
}

/** The copy is most like its original on a server of the same version; a newer one is the next best. */
function majorOf({ server }: Target): number | null {
  const major = Number.parseInt(server ?? "", 10);
  return Number.isNaN(major) ? null : major;
}
