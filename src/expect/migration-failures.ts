/** A directory of migrations -> every migration that PostgreSQL refuses, and why. */
import type { MigrationsInput } from "./from-migrations.js";
import { type ReplayResult, replay } from "./replay/index.js";

/** Replays all of them in a database of the throwaway server, which is dropped again; a refusal is an answer, no error. */
export async function migrationFailures(
  input: Omit<MigrationsInput, "keepGoing">,
): Promise<Pick<ReplayResult, "failures" | "notes">> {
  const { scratch, ...rest } = input;
  const connection = await scratch.connect();
  try {
    const { failures, notes } = await replay({ ...rest, connection, keepGoing: true, provenance: false });
    return { failures, notes };
  } finally {
    await connection.close();
  }
}
