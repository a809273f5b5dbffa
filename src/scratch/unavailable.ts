import { describeDatabaseError, sqlstateOf } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";

const USE_SERVER = "Give a server to build in: --scratch-url postgresql://USER:PASSWORD@HOST/DATABASE.";

/** SCRATCH_UNAVAILABLE because our own PostgreSQL cannot be had here. `what` is a whole sentence. */
export function noEmbedded(what: string, options: { fix?: string; cause?: unknown } = {}): SchemareadyError {
  return new SchemareadyError("SCRATCH_UNAVAILABLE", what, { fix: USE_SERVER, ...options });
}

/** SCRATCH_UNAVAILABLE because the server answered with an error, or not at all. */
export function serverTrouble(what: string, error: unknown, fix?: string): SchemareadyError {
  if (error instanceof SchemareadyError) return error;
  return new SchemareadyError("SCRATCH_UNAVAILABLE", `${what}: ${describeDatabaseError(error)}.`, {
    sqlstate: sqlstateOf(error),
    cause: error,
    ...(fix === undefined ? {} : { fix }),
  });
}
