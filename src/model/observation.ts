/** What one verification saw of the target: the input of the pure stages, together with the contract. */
import type { RecordTool } from "./migrations.js";
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

/** The migration-record table of one application. `rows.value: null` means: looked, and there is none. */
export type RecordTableReading = PrismaReading | ToolReading;

interface Reading<Tool extends RecordTool, Record> {
  readonly application: string;
  readonly tool: Tool;
  readonly table: QualifiedName | null;
  readonly rows: Observed<readonly Record[] | null>;
  /** Who migrates now, as far as locks show it; absent: nothing gave a reason to look. */
  readonly activity?: Observed<readonly MigrationActivity[]>;
}

export type PrismaReading = Reading<"prisma", PrismaRecord>;
export type ToolReading = Reading<Exclude<RecordTool, "prisma">, ToolRecord>;

/** A session that holds the lock of a migration tool. */
export interface MigrationActivity {
  /** Null: the lock is a row in a table. */
  readonly pid: number | null;
  /** Name of the application or user that holds it, as far as the role may see. */
  readonly holder: string | null;
  /** Since when, ISO 8601 UTC; null when that cannot be seen. */
  readonly since: string | null;
  /** `advisory lock 72707369` */
  readonly lock: string;
  /** For how long the session has done nothing, outside a transaction; null: it does something, or that cannot be seen. */
  readonly idleSeconds: number | null;
}

/** What one row of any other record table says, or several rows of one migration together. */
export interface ToolRecord {
  /** As the tool records it. Of a tool without names (Drizzle up to 0.x) what it records instead. */
  readonly name: string;
  readonly status: "applied" | "failed" | "running" | "rolled-back" | "recorded-without-running" | "forged";
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly checksum: string | null;
  /** Whatever else identifies it: Drizzle's `created_at`. */
  readonly recordedAs: string | null;
  /** Every older migration counts as applied: one row for all (golang-migrate), or a baseline. */
  readonly coversOlder: boolean;
  /** Schema or application that the row is about, in tables that serve several; null: all. */
  readonly scope: string | null;
  readonly note: string | null;
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
