/** Migrations that wait are tried on a copy of the target's schema, when their scripts are at hand. */
import type { ConnectionSettings, ContractSettings, ScratchSettings, TrialSettings } from "../config/index.js";
import { tryAllPending } from "../copy/index.js";
import type { SessionLimits } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Application, Contract } from "../model/contract.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { Target } from "../model/report.js";
import type { DirectoryOf } from "../prove/index.js";
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

/** What tries things out: a throwaway server that is started when it is wanted, and gone at the end. */
export type Scratch = (target: Target) => Promise<ScratchServer>;

/** Does the work; the throwaway server, if it was started, is gone when this returns or throws. */
export async function withScratch<T>(
  settings: ScratchSettings,
  progress: Progress,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  const servers: Promise<ScratchServer>[] = [];
  const scratch: Scratch = (target) => {
    const options = scratchOptions(settings, progress);
    const server = servers[0] ?? startScratch({ ...options, version: options.version ?? majorOf(target) });
    if (servers.length === 0) servers.push(server);
    return server;
  };
  try {
    return await work(scratch);
  } finally {
    for (const server of servers) await (await server.catch(() => null))?.close();
  }
}

/**
 * Does the work with what tries migrations out, if their scripts are at hand.
 * @throws SchemareadyError SETTINGS, MIGRATIONS when a directory that was given cannot be read; what the work throws
 */
export async function withTrials<T>(
  request: TrialRequest,
  progress: Progress,
  io: CliIo,
  work: (tryOut: { readonly tryOut?: TryOut }) => Promise<T>,
): Promise<T> {
  const directories = await scriptsAtHand(request.settings, request.connection, io);
  if (directories === null) return work({});
  return withScratch(request.settings, progress, (scratch) =>
    work({ tryOut: tryOutWith(request, directories, scratch, progress, io) }),
  );
}

/**
 * Those of the directory that was given; else those that check files name, which are read when they are wanted; null when
 * neither is there.
 * @throws SchemareadyError MIGRATIONS when a directory that was given cannot be read
 */
export async function scriptsAtHand(
  { migrations, tool, contract, checks }: TrialSettings & ContractSettings,
  { schema }: Pick<ConnectionSettings, "schema">,
  io: CliIo,
): Promise<(() => Promise<DirectoryOf>) | null> {
  if (migrations !== null) {
    const directory = await readMigrations({ directory: sourcePath(migrations, io.directory), tool });
    return async () => (application) => (isOf(application, directory) ? directory : null);
  }
  if (contract !== null) return null;
  const request = { checks, defaultSchema: schema, environment: io.environment };
  return async () => {
    const found = await expectedDirectories(request);
    return ({ name }) => found.get(name) ?? null;
  };
}

/** Without a throwaway server nothing is tried: that is said, and the verification goes on. */
function tryOutWith(
  { settings, contract, connection, limits }: TrialRequest,
  directories: () => Promise<DirectoryOf>,
  scratch: Scratch,
  progress: Progress,
  io: CliIo,
): TryOut {
  const rest = { contract, connection, limits, signal: io.signal, onProgress: progress };
  return async ({ target, ...seen }) => {
    try {
      const directoryOf = await directories();
      return await tryAllPending({ ...rest, ...seen, directoryOf, scratch: () => scratch(target) });
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
