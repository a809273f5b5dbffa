/** The contract that verify, serve and smoke start from: a file, or the check files compiled now. */
import type { ConnectionSettings, ContractSettings } from "../config/index.js";
import type { Contract } from "../model/contract.js";
import { displaySafe } from "../report/index.js";
import { readContractFile, sourcePath } from "../sources/index.js";
import type { CliIo } from "./io.js";
import { checkNamedSchema } from "./named-schema.js";
import type { Progress } from "./progress.js";

/**
 * The contract of the settings. From a file it is only read: no throwaway server is started.
 * @throws SchemareadyError CONTRACT_FILE; SETTINGS for a --schema that counts for nothing; as compileSources; StoppedEarly when the user stops the run
 */
export async function obtainContract(
  settings: ContractSettings & { readonly timeoutMs: number },
  connection: Pick<ConnectionSettings, "schema">,
  progress: Progress,
  io: CliIo,
): Promise<Contract> {
  const contract =
    settings.contract === null
      ? await compileNow(settings, connection, progress, io)
      : await readContract(settings.contract, io);
  checkNamedSchema(contract, settings.namedSchema, settings.contract, (message) => {
    if (!settings.quiet) io.stderr.write(`${displaySafe(message)}\n`);
  });
  return contract;
}

/** What compiles is loaded here: with a contract nobody needs it. */
async function compileNow(
  settings: ContractSettings & { readonly timeoutMs: number },
  connection: Pick<ConnectionSettings, "schema">,
  progress: Progress,
  io: CliIo,
): Promise<Contract> {
  const request = {
    named: null,
    checks: settings.checks,
    defaultSchema: connection.schema,
    environment: io.environment,
  };
  const [{ inSources }, { compileSources }] = await Promise.all([
    import("./sources.js"),
    import("../sources/index.js"),
  ]);
  return inSources(settings, progress, io, (context) => compileSources(request, context));
}

/** @throws SchemareadyError CONTRACT_FILE, also for a file that cannot be read */
export function readContract(path: string, { directory }: Pick<CliIo, "directory">): Promise<Contract> {
  return readContractFile(sourcePath(path, directory));
}
