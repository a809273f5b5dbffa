/**
 * The state of one migration from its rows in `_prisma_migrations`; several rows of one name are normal.
 * The rules are Prisma's own (knowledge: prisma-semantics 2.1): a row with rolled_back_at counts for nothing, a row with
 * finished_at is applied, any other live row makes `migrate deploy` refuse with P3009.
 */
import { NOT_SEEN_RUNNING } from "../../model/history.js";
import type { PrismaRecord } from "../../model/observation.js";
import { displayTime } from "../../model/time.js";
import { storedError } from "./log.js";

export interface MigrationState {
  readonly status: "applied" | "failed" | "running" | "rolled-back" | "recorded-without-running" | "forged";
  /** Whether `migrate deploy` refuses with P3009. */
  readonly blocks: boolean;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Of the row that decides. */
  readonly checksum: string;
  readonly note: string | null;
}

/**
 * Takes all rows of one migration, at least one, and gives its state. Live rows decide over rolled-back ones, and an
 * unfinished live row over a finished one, because it blocks every later deploy. `applied` that blocks means: the script
 * ran to its end and Prisma was stopped before it wrote finished_at.
 */
export function migrationState(rows: readonly [PrismaRecord, ...PrismaRecord[]]): MigrationState {
  const live = rows.filter((row) => row.rolledBackAt === null);
  const unfinished = latest(live.filter((row) => row.finishedAt === null));
  if (unfinished !== null) return withNotes(unfinishedState(unfinished), finishedToo(live));
  const genuine = latest(live.filter((row) => !isRecordedWithoutRunning(row) && forgeries(row).length === 0));
  if (genuine !== null) return appliedState(genuine, rows.length - live.length);
  const recorded = latest(live.filter(isRecordedWithoutRunning));
  if (recorded !== null) return recordedState(recorded, lastError(rows));
  const forged = latest(live);
  return forged === null ? rolledBackState(latest(rows) ?? rows[0]) : forgedState(forged);
}

/**
 * What `prisma migrate resolve --applied` writes, and a real run never does: it starts and finishes in the same
 * microsecond, with no step and with logs that are empty instead of NULL.
 */
export function isRecordedWithoutRunning(row: PrismaRecord): boolean {
  return row.finishedAt !== null && row.finishedAt === row.startedAt && row.appliedStepsCount === 0 && row.logs === "";
}

function unfinishedState(row: PrismaRecord): MigrationState {
  const base = { ...common(row), finishedAt: null };
  const error = errorText(row);
  const steps = row.appliedStepsCount ?? 0;
  if (error !== null) return { ...base, status: "failed", blocks: true, note: error };
  if (row.logs !== null) return { ...base, status: "failed", blocks: true, note: "failed without an error text" };
  if (steps > 0) {
    return {
      ...base,
      status: "applied",
      blocks: true,
      note: "stopped between the two updates of its row: the script itself had run to its end, but Prisma counts it as failed (P3009)",
    };
  }
  return {
    ...base,
    status: "running",
    note: NOT_SEEN_RUNNING,
  };
}

function appliedState(row: PrismaRecord, rolledBackAttempts: number): MigrationState {
  const attempts =
    rolledBackAttempts === 0
      ? []
      : [`after ${rolledBackAttempts} attempt${rolledBackAttempts === 1 ? "" : "s"} rolled back`];
  const note = [`applied ${displayTime(row.finishedAt ?? row.startedAt)}`, ...attempts].join(" ");
  return withNotes({ ...common(row), status: "applied", note }, oddities(row));
}

function forgedState(row: PrismaRecord): MigrationState {
  const note = `says applied ${displayTime(row.finishedAt ?? row.startedAt)}, but Prisma did not write this row`;
  return withNotes({ ...common(row), status: "forged", note }, [...forgeries(row), ...oddities(row)]);
}

function recordedState(row: PrismaRecord, error: string | null): MigrationState {
  const note = `marked as applied ${displayTime(row.startedAt)} without being run (prisma migrate resolve --applied)`;
  const before = error === null ? [] : [`the attempt before it failed: ${error}`];
  return withNotes({ ...common(row), status: "recorded-without-running", note }, before);
}

function rolledBackState(row: PrismaRecord): MigrationState {
  const error = errorText(row);
  const when = row.rolledBackAt === null ? "" : ` ${displayTime(row.rolledBackAt)}`;
  return {
    ...common(row),
    status: "rolled-back",
    note: `marked as rolled back${when}${error === null ? "" : ` after: ${error}`}`,
  };
}

/**
 * What a finished row holds that no run of Prisma leaves. Each checksum is SHA-256 in hex (before 2.21 without the leading
 * zeros of its bytes); the two times are taken before and after the script; success is recorded together with a step, and
 * an error never together with success.
 */
function forgeries(row: PrismaRecord): string[] {
  const found: string[] = [];
  if (!/^[0-9a-f]{40,64}$/.test(row.checksum)) found.push("its checksum is not one that Prisma writes");
  if (row.finishedAt === row.startedAt && !isRounded(row.startedAt))
    found.push("started and finished in the same instant, which a real run does not");
  else if (row.appliedStepsCount === 0) found.push("finished without a step, which a real run counts");
  const error = errorText(row);
  if (error !== null) found.push(`finished_at is set although an error is stored: ${error}`);
  return found;
}

/** A copy that keeps whole seconds makes one instant of two; so does a clock of milliseconds, as JavaScript's is. */
function isRounded(time: string): boolean {
  return time.endsWith("000Z");
}

/** What Prisma does not write and third-party tools do: said, not judged. */
function oddities(row: PrismaRecord): string[] {
  return row.appliedStepsCount === null ? ["applied_steps_count is NULL, which Prisma cannot read"] : [];
}

function common({ startedAt, finishedAt, checksum }: PrismaRecord) {
  return { startedAt, finishedAt, checksum, blocks: false };
}

function finishedToo(live: readonly PrismaRecord[]): string[] {
  const finished = latest(live.filter((row) => row.finishedAt !== null));
  return finished?.finishedAt ? [`another row of this name says finished ${displayTime(finished.finishedAt)}`] : [];
}

function lastError(rows: readonly PrismaRecord[]): string | null {
  const failed = latest(rows.filter((row) => errorText(row) !== null));
  return failed === null ? null : errorText(failed);
}

function errorText(row: PrismaRecord): string | null {
  const error = storedError(row.logs);
  if (error === null) return null;
  return error.sqlstate === null ? error.message : `${error.message} (SQLSTATE ${error.sqlstate})`;
}

function withNotes(state: MigrationState, notes: readonly string[]): MigrationState {
  return { ...state, note: [...(state.note === null ? [] : [state.note]), ...notes].join("; ") || null };
}

/** The row that started last; of two that started together, the one with the greater id, so that the answer is stable. */
function latest(rows: readonly PrismaRecord[]): PrismaRecord | null {
  return rows.reduce<PrismaRecord | null>((last, row) => (last === null || isLater(row, last) ? row : last), null);
}

function isLater(row: PrismaRecord, than: PrismaRecord): boolean {
  return row.startedAt === than.startedAt ? row.id > than.id : row.startedAt > than.startedAt;
}
