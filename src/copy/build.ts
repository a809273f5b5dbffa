/** Makes the objects in the throwaway database, and tells which of them it refused. */
import { isServerError } from "../db/index.js";
import type { ScratchConnection } from "../scratch/index.js";
import type { DefinedObject } from "./definitions/index.js";

/** Locks are held until the end of a batch; the server keeps 64 for each connection and a bit. */
const BATCH = 40;
const MOST_ROUNDS = 5;

/** Bodies may name what comes later, and names are written with their schema, as they were printed. */
const SETTINGS = `set check_function_bodies = off;
set search_path = '';
set client_min_messages = error`;

export interface Refused {
  readonly object: DefinedObject;
  readonly sqlstate: string;
  /** As PostgreSQL says it. */
  readonly message: string;
}

/**
 * Runs the statements of each object, in order. What is refused is tried again when the others are there, as long as
 * that helps.
 * @throws what is not an answer of PostgreSQL
 */
export async function build(
  connection: ScratchConnection,
  objects: readonly DefinedObject[],
  signal?: AbortSignal,
): Promise<Refused[]> {
  await connection.execute(SETTINGS);
  let refused: Refused[] = [];
  let left = objects;
  for (let round = 0; round < MOST_ROUNDS && left.length > 0; round++) {
    refused = await buildRound(connection, left, signal);
    if (refused.length === left.length) break;
    left = refused.map(({ object }) => object);
  }
  await connection.execute("reset all");
  return refused;
}

async function buildRound(
  connection: ScratchConnection,
  objects: readonly DefinedObject[],
  signal: AbortSignal | undefined,
): Promise<Refused[]> {
  const refused: Refused[] = [];
  for (let from = 0; from < objects.length; from += BATCH) {
    signal?.throwIfAborted();
    const batch = objects.slice(from, from + BATCH);
    // One simple query is one transaction: either the whole batch is there, or nothing of it.
    if ((await attempt(connection, batch)) === null) continue;
    for (const object of batch) {
      const error = await attempt(connection, [object]);
      if (error !== null) refused.push({ object, ...error });
    }
  }
  return refused;
}

async function attempt(
  connection: ScratchConnection,
  objects: readonly DefinedObject[],
): Promise<Pick<Refused, "sqlstate" | "message"> | null> {
  try {
    await connection.execute(objects.flatMap(({ statements }) => statements).join(";\n"));
    return null;
  } catch (error) {
    if (!isServerError(error)) throw error;
    const [first] = objects;
    if (objects.length === 1 && first !== undefined && (await isBroughtAlong(connection, first))) return null;
    return { sqlstate: error.code, message: error.message };
  }
}

/** Some extensions are made by superusers only, which the role that scripts run as is not. */
async function isBroughtAlong(connection: ScratchConnection, { kind, name, schema }: DefinedObject): Promise<boolean> {
  return kind === "extension" && connection.isConfined && connection.createExtension(name, schema ?? "public");
}
