import type { ObjectDefinition } from "../../model/definitions.js";
import type { MigrationDirectory } from "../../model/migrations.js";
import type { Provenance } from "../../model/provenance.js";
import type { ReplayFailure } from "../../model/replay-failure.js";
import type { SchemaModel } from "../../model/schema.js";
import type { ScratchConnection } from "../../scratch/index.js";

export interface ReplayInput {
  readonly directory: MigrationDirectory;
  /** A throwaway database that nobody else uses meanwhile: empty, or a copy of one where `ran` has run. */
  readonly connection: ScratchConnection;
  /** Schemas of the application: the first is where unqualified names go, and all are what the model holds. `all`: public, and every schema that is there. */
  readonly schemas: readonly string[] | "all";
  /** Where names without a schema go, when that is not the first of `schemas`, or public. */
  readonly schema?: string;
  /** False: nobody asks where objects come from, so it is not worked out. */
  readonly provenance?: boolean;
  /** True: what the model says too little about is read at the end, too. */
  readonly definitions?: boolean;
  /** Names of migrations that are not run, because the database has them; absent: none. */
  readonly ran?: ReadonlySet<string>;
  /** Go on after a script that fails. */
  readonly keepGoing: boolean;
  readonly onProgress?: (done: number, total: number, name: string) => void;
}

export interface ReplayResult {
  readonly model: SchemaModel;
  readonly provenance: readonly Provenance[];
  /** Empty unless they were asked for. */
  readonly definitions: readonly ObjectDefinition[];
  readonly failures: readonly ReplayFailure[];
  /** What was arranged so that scripts could run, for people: roles created, extensions left out, scripts sent in parts. */
  readonly notes: readonly string[];
  /** Extensions that scripts wanted and the throwaway server does not have. */
  readonly missingExtensions: readonly string[];
}
