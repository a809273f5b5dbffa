/** What scripts may use of a throwaway server. */
export interface ScratchLimits {
  /** One statement, unless the script lifts that itself. */
  readonly statementMs: number;
  /** One script, whatever it sets. */
  readonly scriptMs: number;
  /** All scripts of one replay. */
  readonly replayMs: number;
  /** Size of the database. */
  readonly databaseBytes: number;
  /** How often a running script is looked at. */
  readonly watchMs: number;
  /** How long a script that is told to end may take, before it is told so more firmly. */
  readonly graceMs: number;
}

/** A migration that takes longer than this on empty tables hangs; a schema without rows is small. */
export const DEFAULT_LIMITS: ScratchLimits = {
  statementMs: 30_000,
  scriptMs: 120_000,
  replayMs: 1_800_000,
  databaseBytes: 4 * 1024 ** 3,
  watchMs: 1_000,
  graceMs: 2_000,
};

/** Why a script was ended by us, or lost its connection. */
export type StopReason = "time" | "size" | "lost";

/** As PostgreSQL would call it: query_canceled, disk_full, connection_failure. */
const SQLSTATES: Readonly<Record<StopReason, string>> = { time: "57014", size: "53100", lost: "08006" };

/** A script went over a limit, or brought its connection down. The next statement finds a connection that works. */
export class ScriptStopped extends Error {
  override readonly name = "ScriptStopped";
  readonly code: string;

  constructor(
    readonly reason: StopReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = SQLSTATES[reason];
  }
}
