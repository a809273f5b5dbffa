/** One trial for each record table that lacks migrations whose scripts are at hand. */

import type { Application, Contract } from "../model/contract.js";
import { shareHistories } from "../model/history.js";
import type { MigrationDirectory } from "../model/migrations.js";
import { displayName } from "../model/names.js";
import type { RecordTableReading } from "../model/observation.js";
import type { History } from "../model/report.js";
import type { Trial } from "../model/trial.js";
import type { ScratchServer } from "../scratch/index.js";
import { type TrialInput, tryPending, waiting } from "./try-pending.js";

export interface TrialsInput extends Pick<TrialInput, "connection" | "limits" | "signal" | "onProgress" | "onRan"> {
  readonly contract: Contract;
  readonly histories: readonly History[];
  readonly recordTables: readonly RecordTableReading[];
  /** The scripts of an application; null: they are not at hand. */
  readonly directoryOf: (application: Application) => MigrationDirectory | null;
  /** Started when there is something to try. */
  readonly scratch: () => Promise<ScratchServer>;
}

/** @throws SchemareadyError SCRATCH_UNAVAILABLE; else as tryPending */
export async function tryAllPending(input: TrialsInput): Promise<Trial[]> {
  const { contract, histories, recordTables, directoryOf, scratch, ...rest } = input;
  const trials: Trial[] = [];
  for (const history of shareHistories(histories)) {
    const applications = contract.applications.filter(({ name }) => history.applications.includes(name));
    const directory = applications.map(directoryOf).find((each) => each !== null);
    if (directory === undefined || waiting(history, directory).length === 0) continue;
    const reading = recordTables.find(({ table }) => table !== null && displayName(table) === history.table);
    const trial = await tryPending({
      ...rest,
      history,
      directory,
      recordTable: reading?.table ?? null,
      schemas: [...new Set(applications.flatMap(schemasOf))],
      scratch: await scratch(),
    });
    if (trial !== null) trials.push(trial);
  }
  return trials;
}

function schemasOf({ schema, relations }: Application): string[] {
  return [schema, ...relations.map((relation) => relation.schema)];
}
