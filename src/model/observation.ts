/** What one verification saw of the target: the input of the pure stages, together with the contract. */
import type { QualifiedName } from "./names.js";
import type { Target } from "./report.js";
import type { SchemaModel } from "./schema.js";

export interface Observation {
  readonly target: Target;
  /** One model for each application of the contract, in its order: what that application's role sees. */
  readonly models: readonly SchemaModel[];
  readonly rows: readonly RowsReading[];
  readonly recordTables: readonly RecordTableReading[];
}

/** Something that was looked for, or the reason why we could not look. */
export type Observed<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly reason: string; readonly sqlstate: string | null };

/** How many rows satisfy a RowsExpectation; counting stops just above what the expectation needs to know. */
export interface RowsReading {
  readonly expectationId: string;
  readonly count: Observed<number>;
}

/** The migration-record table of one application. `value: null` means: looked, and there is none. */
export interface RecordTableReading {
  readonly application: string;
  readonly tool: "prisma";
  readonly table: QualifiedName | null;
  readonly rows: Observed<readonly PrismaRecord[] | null>;
}

/** One row of `_prisma_migrations`, times in ISO 8601 UTC with microseconds as PostgreSQL keeps them. */
export interface PrismaRecord {
  readonly id: string;
  readonly checksum: string;
  readonly finishedAt: string | null;
  readonly migrationName: string;
  readonly logs: string | null;
  readonly rolledBackAt: string | null;
  readonly startedAt: string;
  readonly appliedStepsCount: number | null;
}
