/** Runs scripts on a copy, and tells whether a refusal there proves anything about the target. */
import { replay } from "../expect/index.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { Trial } from "../model/trial.js";
import type { ScratchServer } from "../scratch/index.js";
import type { SchemaCopy } from "./copy.js";
import { doubtOf } from "./doubts.js";
import { elsewhere } from "./elsewhere.js";
import { printable } from "./printable.js";

export interface ScriptsInput {
  readonly directory: MigrationDirectory;
  /** Names of those to run; the database has all the others. */
  readonly names: readonly string[];
  /** Names of migrations that wait as well, and have no script. */
  readonly withoutScript: readonly string[];
  /** Schemas of the applications, the one for unqualified names first. */
  readonly schemas: readonly string[];
  readonly scratch: ScratchServer;
}

export async function runScripts(copy: SchemaCopy, input: ScriptsInput): Promise<Trial["result"]> {
  const { directory, names, withoutScript, schemas, scratch } = input;
  const { connection, leftOut, serverVersion } = copy;
  const { failures, missingExtensions } = await replay({
    directory,
    connection,
    schemas: [...new Set([...schemas, ...copy.schemas])],
    ran: new Set(directory.scripts.map(({ name }) => name).filter((name) => !names.includes(name))),
    provenance: false,
    keepGoing: false,
  });
  const [first] = failures;
  if (first === undefined) return { kind: "ran" };
  const failure = { ...first, statement: first.statement === null ? null : printable(first.statement) };
  const sameMajor = Math.trunc(serverVersion / 10_000) === Math.trunc(scratch.serverVersion / 10_000);
  const where = await elsewhere(connection, schemas[0] ?? "public", first);
  const about = { failure: first, leftOut, missingExtensions, sameMajor, directory, withoutScript };
  const doubt = doubtOf({ ...about, elsewhere: where });
  return doubt === null ? { kind: "failed", failure } : { kind: "unknown", reason: doubt };
}
