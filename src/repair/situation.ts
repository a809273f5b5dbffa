/** What the planner knows. */
import type { Contract } from "../model/contract.js";
import type { Cause, Gap, History } from "../model/report.js";
import type { SchemaModel } from "../model/schema.js";

export interface Situation {
  readonly contract: Contract;
  /** Those to be closed. */
  readonly gaps: readonly Gap[];
  readonly causes: readonly Cause[];
  readonly histories: readonly History[];
  /** For each application of the contract, in its order, what was seen of the target; null: only the gaps are known. */
  readonly models: readonly SchemaModel[] | null;
  /** By `displayName` of the table; a table that is not here was not looked at. */
  readonly tables: ReadonlyMap<string, TableFacts>;
  /** Values that somebody gave for rows that have none: `schema.table.column` -> SQL expression. */
  readonly backfill: ReadonlyMap<string, string>;
}

/** What was read from the target beside its catalog model. */
export interface TableFacts {
  /** Estimate of the statistics; null: never analyzed. */
  readonly rows: number | null;
  readonly bytes: number;
  /** Null: could not be looked at. */
  readonly empty: boolean | null;
}
