/** A contract that was compiled before. */
import { readFile } from "node:fs/promises";
import { SchemareadyError } from "../errors/index.js";
import { parseContract } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import type { SourcePath } from "./source.js";

/** @throws SchemareadyError CONTRACT_FILE, also for a file that cannot be read */
export async function readContractFile({ path, shown }: SourcePath): Promise<Contract> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new SchemareadyError("CONTRACT_FILE", `${shown} cannot be read (${code}).`, { cause: error });
  }
  return parseContract(text, shown);
}
