/** Copies the definitions of a database into a throwaway one, and proves that the copy is what the original is. */
import type { ConnectionSettings } from "../config/index.js";
import { describeDatabaseError, isServerError, type SessionLimits, sqlstateOf, withReadSession } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import { readSnapshot } from "../expect/index.js";
import type { QualifiedName } from "../model/names.js";
import type { Observed } from "../model/observation.js";
import { type ScratchConnection, type ScratchServer, ScriptStopped } from "../scratch/index.js";
import { build } from "./build.js";
import { differences } from "./compare.js";
import { displayLeftOut, isEssential, type LeftOut, leftOutOf } from "./left-out.js";
import { type Definitions, readDefinitions } from "./read.js";
import { writeRecordRows } from "./rows.js";

export interface CopyInput {
  /** The target. It is read in one READ ONLY transaction. */
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
  readonly scratch: ScratchServer;
  /** Schemas of the applications: a copy that lacks a table, a key or a type of theirs is of no use. */
  readonly schemas: readonly string[];
  /** Tables that are copied with their rows; of all others only the definition is read. */
  readonly recordTables: readonly QualifiedName[];
  readonly signal?: AbortSignal;
}

export interface SchemaCopy {
  /** The database of the copy. Whoever gets the copy closes it. */
  readonly connection: ScratchConnection;
  /** What the target has and the copy does not. */
  readonly leftOut: readonly LeftOut[];
  /** Names of the target's schemas. */
  readonly schemas: readonly string[];
  /** `server_version_num` of the target. */
  readonly serverVersion: number;
  /** For people. */
  readonly notes: readonly string[];
}

const MOST_REASONS = 3;

/**
 * Definitions only, but for the rows of record tables. `known: false`, with the reason, when the target could not be read,
 * when something essential could not be made, or when the copy differs from the original: then there is none.
 * @throws only what is a bug, or the reason of an aborted signal
 */
export async function copySchema(input: CopyInput): Promise<Observed<SchemaCopy>> {
  const read = await orReason(() =>
    withReadSession(input.connection, input.limits, (session) => readDefinitions(session, input.recordTables)),
  );
  if (!read.known) return read;
  input.signal?.throwIfAborted();
  const opened = await orReason(() => input.scratch.connect());
  if (!opened.known) return opened;
  const connection = opened.value;
  try {
    const made = await orReason(() => make(connection, read.value, input));
    const copy = made.known ? made.value : made;
    if (!copy.known) await connection.close();
    return copy;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function make(
  connection: ScratchConnection,
  { objects, uncopied, model, rows }: Definitions,
  { schemas, signal }: CopyInput,
): Promise<Observed<SchemaCopy>> {
  const locked = model.unreadable[0];
  if (locked !== undefined) return refused(`the target could not be read: ${locked.reason}`);
  const leftOut = leftOutOf(await build(connection, objects, signal), uncopied);
  const essential = leftOut.filter((left) => isEssential(left, schemas));
  if (essential.length > 0) {
    return refused(`it would lack ${listed(essential.map((left) => `${displayLeftOut(left)} (${left.reason})`))}`);
  }
  signal?.throwIfAborted();
  const { model: copy } = await readSnapshot(connection, "all");
  const invalid = objects.filter((object) => object.invalid === true);
  const found = await differences({ connection, original: model, copy, leftOut, invalid });
  if (found.length > 0) return refused(`it differs from the original: ${listed(found)}`);
  const notes = await writeRecordRows(connection, rows);
  const names = model.schemas.map(({ name }) => name);
  return {
    known: true,
    value: { connection, leftOut, schemas: names, serverVersion: model.serverVersion, notes },
  };
}

function refused(reason: string): Observed<never> {
  return { known: false, reason, sqlstate: null };
}

function listed(reasons: readonly string[]): string {
  const rest = reasons.length - MOST_REASONS;
  return `${reasons.slice(0, MOST_REASONS).join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`;
}

async function orReason<T>(work: () => Promise<T>): Promise<Observed<T>> {
  try {
    return { known: true, value: await work() };
  } catch (error) {
    const isRefusal = error instanceof SchemareadyError && error.code !== "INTERNAL";
    const isAnswer = isServerError(error) || error instanceof ScriptStopped || isRefusal;
    if (!isAnswer) throw error;
    return { known: false, reason: describeDatabaseError(error), sqlstate: sqlstateOf(error) };
  }
}
