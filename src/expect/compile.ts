/** Check files -> contract: each file is built in a database of its own, read back, and compared with the others. */
import type { Application, Contract } from "../model/contract.js";
import type { ScratchServer } from "../scratch/index.js";
import { type BuiltFile, disagreements } from "./agree.js";
import { buildApplication } from "./build/application.js";
import { contractId } from "./contract-id.js";
import { checkFileError, type LoadedChecks, type LoadOptions, surroundingsOf } from "./load/load.js";
import type { PlacedProblem } from "./load/place.js";
import { mergeApplications } from "./merge.js";
import type { KnownSchema } from "./names.js";

export interface CompileInput {
  readonly checks: LoadedChecks;
  readonly scratch: ScratchServer;
  /** Schema of a file that names none: that of the connection URL, else public. */
  readonly defaultSchema: string;
  /** The schema from another source that the files were loaded with. */
  readonly known?: KnownSchema;
  /** Where an application differs from that; the same as the files were loaded with. */
  readonly of?: LoadOptions["of"];
}

/**
 * Compiles loaded check files into the contract. The same files give the same contract, whatever they are called.
 * @throws SchemareadyError CHECK_FILE_SQL with everything that PostgreSQL refuses, CHECK_FILE when files contradict
 *   each other about one application; SCRATCH_UNAVAILABLE when there is no database to build in
 */
export async function compileContract({ checks, scratch, ...around }: CompileInput): Promise<Contract> {
  const built: BuiltFile[] = [];
  const problems: PlacedProblem[] = [];
  for (const file of checks.files) {
    const connection = await scratch.connect();
    try {
      const { defaultSchema = "public", known } = surroundingsOf(file.content.application, around);
      const result = await buildApplication(file, connection, { defaultSchema, known });
      problems.push(...result.problems);
      if (result.application !== null) built.push({ file, application: result.application });
    } finally {
      await connection.close();
    }
  }
  if (problems.length > 0) throw checkFileError("CHECK_FILE_SQL", problems, checks.files);
  const conflicts = disagreements(built);
  if (conflicts.length > 0) throw checkFileError("CHECK_FILE", conflicts, checks.files);
  return contractOf(built.map(({ application }) => application));
}

function contractOf(applications: readonly Application[]): Contract {
  const merged = mergeApplications(applications);
  const content = { source: "check-files", applications: merged, provenance: [] } as const;
  return { id: contractId(content), ...content };
}
