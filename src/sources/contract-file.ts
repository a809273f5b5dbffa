/** A contract that was compiled before. */
import { SchemareadyError } from "../errors/index.js";
import { parseContract } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import { readFileWithin, UnreadableFile } from "./read-file.js";
import type { SourcePath } from "./source.js";

/** That of a thousand tables with their provenance has 25 MB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** @throws SchemareadyError CONTRACT_FILE, also for a file that cannot be read */
export async function readContractFile({ path, shown }: SourcePath): Promise<Contract> {
  return parseContract(await readText(path, shown), shown);
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    return (await readFileWithin(path, MAX_BYTES)).toString("utf8");
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new SchemareadyError("CONTRACT_FILE", `${shown} cannot be read: ${error.message}.`, { cause: error });
  }
}
