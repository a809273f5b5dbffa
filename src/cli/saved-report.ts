/** `--report`: what a verification said before. */

import { type Problem, SchemareadyError } from "../errors/index.js";
import type { Contract } from "../model/contract.js";
import type { Report } from "../model/report.js";
import { reportSchema } from "../report/index.js";
import { readFileWithin, sourcePath, UnreadableFile } from "../sources/index.js";
import type { CliIo } from "./io.js";

const MAX_BYTES = 64 * 1024 * 1024;
const MOST_PROBLEMS = 10;

/**
 * @param given the path as it was given
 * @throws SchemareadyError REPORT_FILE
 */
export async function readReport(given: string, contract: Contract, io: Pick<CliIo, "directory">): Promise<Report> {
  const value = await readJson(given, io);
  refuseContract(value, given);
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues
      .slice(0, MOST_PROBLEMS)
      .map(({ path, message }): Problem => ({ place: `${given}: ${path.join(".")}`, message }));
    throw new SchemareadyError("REPORT_FILE", `${given} is not a report of schemaready.`, { problems });
  }
  const { id } = parsed.data.contract;
  if (id !== contract.id) {
    throw new SchemareadyError(
      "REPORT_FILE",
      `${given} was made with contract ${id}, and this one is ${contract.id}.`,
      {
        fix: "Give the contract that it was made with, or verify again: `schemaready verify --format json=report.json`.",
      },
    );
  }
  return parsed.data;
}

/** The two files are made beside each other, and both are given to `repair`. */
function refuseContract(value: unknown, given: string): void {
  const isContract = typeof value === "object" && value !== null && "applications" in value && !("verdict" in value);
  if (isContract) throw new SchemareadyError("REPORT_FILE", `${given} is a contract, not a report.`);
}

async function readJson(given: string, { directory }: Pick<CliIo, "directory">): Promise<unknown> {
  try {
    return JSON.parse((await readFileWithin(sourcePath(given, directory).path, MAX_BYTES)).toString("utf8"));
  } catch (error) {
    if (!(error instanceof UnreadableFile || error instanceof SyntaxError)) throw error;
    throw new SchemareadyError("REPORT_FILE", `${given} cannot be read: ${error.message}.`, { cause: error });
  }
}
