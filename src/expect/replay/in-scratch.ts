/** A replay in a database of its own, read back as sources are compared. */
import { PRINTING_SETTINGS } from "../../db/index.js";
import type { ScratchServer } from "../../scratch/index.js";
import { withRenderings } from "../build/renderings.js";
import { replay } from "./replay.js";
import type { ReplayInput, ReplayResult } from "./types.js";

/**
 * Replays in a database of the throwaway server, which is dropped again. When nothing failed, expressions have every
 * text that PostgreSQL prints for them after a dump and restore.
 */
export async function replayInScratch(
  scratch: ScratchServer,
  input: Omit<ReplayInput, "connection">,
): Promise<ReplayResult> {
  const connection = await scratch.connect();
  try {
    const result = await replay({ ...input, connection });
    if (result.failures.length > 0) return result;
    await connection.execute(`reset all;\n${PRINTING_SETTINGS.replaceAll("set local", "set")}`);
    return { ...result, model: await withRenderings(connection, result.model) };
  } finally {
    await connection.close();
  }
}
