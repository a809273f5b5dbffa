/** Migrations that wait are tried on a copy of the target's schema, when their scripts are at hand. */
import type { ConnectionSettings, ContractSettings, TrialSettings } from "../config/index.js";
import { tryAllPending } from "../copy/index.js";
import type { SessionLimits } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Application, Contract } from "../model/contract.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { Target } from "../model/report.js";
import { displaySafe } from "../report/index.js";
import { type ScratchServer, startScratch } from "../scratch/index.js";
import { expectedDirectories, readMigrations, sourcePath } from "../sources/index.js";
import type { TryOut } from "../verify.js";
import type { CliIo } from "./io.js";
import type { Progress } from "./progress.js";
import { scratchOptions } from "./scratch.js";

export interface TrialRequest {
  readonly settings: TrialSettings & ContractSettings;
  readonly contract: Contract;
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
}

/** The scripts of an application; null: they are not at hand. */
type DirectoryOf = (application: Application) => MigrationDirectory | null;

/**
 * Does the work with what tries migrations out, if their scripts are at hand. The throwaway server is started when there
 * is something to try, and gone when this returns or throws.
 * @throws SchemareadyError SETTINGS, MIGRATIONS when a directory that was given cannot be read; what the work throws
 */
export async function withTrials<T>(
  request: TrialRequest,
  progress: Progress,
  io: CliIo,
  work: (tryOut: { readonly tryOut?: TryOut }) => Promise<T>,
): Promise<T> {
  const directories = await scriptsAtHand(request, io);
  if (directories === null) return work({});
  const servers: Promise<ScratchServer>[] = [];
  const scratch = (version: number | null) => {
    const options = scratchOptions(request.settings, progress);
    const server = servers[0] ?? startScratch({ ...options, version: options.version ?? version });
    if (servers.length === 0) servers.push(server);
    return server;
  };
  try {
    return await work({ tryOut: tryOutWith(request, directories, scratch, progress, io) });
  } finally {
    for (const server of servers) await (await server.catch(() => null))?.close();
  }
}

/** Those of the directory that was given; else those that check files name, which are read when they are wanted. */
async function scriptsAtHand(
  { settings, connection }: TrialRequest,
  io: CliIo,
): Promise<(() => Promise<DirectoryOf>) | null> {
  const { migrations, tool, contract, checks } = settings;
  if (migrations !== null) {
    const directory = await readMigrations({ directory: sourcePath(migrations, io.directory), tool });
    return async () => (application) => (isOf(application, directory) ? directory : null);
  }
  if (contract !== null) return null;
  const request = { checks, defaultSchema: connection.schema, environment: io.environment };
  return async () => {
    const found = await expectedDirectories(request);
    return ({ name }) => found.get(name) ?? null;
  };
}

/** Without a throwaway server nothing is tried: that is said, and the verification goes on. */
function tryOutWith(
  { settings, contract, connection, limits }: TrialRequest,
  directories: () => Promise<DirectoryOf>,
  scratch: (version: number | null) => Promise<ScratchServer>,
  progress: Progress,
  io: CliIo,
): TryOut {
  const rest = { contract, connection, limits, signal: io.signal, onProgress: progress };
  return async ({ target, ...seen }) => {
    try {
      const directoryOf = await directories();
      return await tryAllPending({ ...rest, ...seen, directoryOf, scratch: () => scratch(majorOf(target)) });
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
