/** What went wrong between us and PostgreSQL, told apart by SQLSTATE and errno, never by the text. */
import pg from "pg";
import { type ConnectionSettings, displayConnection } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";

/** True for an error that the server itself reported (it has a SQLSTATE); the connection may still be good. */
export function isServerError(error: unknown): error is pg.DatabaseError & { code: string } {
  return error instanceof pg.DatabaseError && typeof error.code === "string";
}

/** The SQLSTATE of an error, or null when the server did not speak. */
export function sqlstateOf(error: unknown): string | null {
  return isServerError(error) ? error.code : null;
}

/** Text for people: the server's own message, or what the operating system said. Holds no password. */
export function describeDatabaseError(error: unknown): string {
  if (isServerError(error)) return error.message;
  if (error instanceof AggregateError && error.errors.length > 0) {
    return [...new Set(error.errors.map((each: unknown) => describeDatabaseError(each)))].join("; ");
  }
  return error instanceof Error && error.message !== "" ? error.message : String(error);
}

/**
 * Turns a failure to connect or to go on talking into the error that users see.
 * 28xxx, 3D000, 53300, 42501 at connection time: the server is there and says no; everything else: not reachable.
 */
export function connectionError(error: unknown, connection: ConnectionSettings): SchemareadyError {
  if (error instanceof SchemareadyError) return error;
  const where = displayConnection(connection);
  const reason = describeDatabaseError(error);
  if (isServerError(error)) {
    const did = ENDED.includes(error.code) ? "ended the session" : "refused the connection";
    return new SchemareadyError("DATABASE_REFUSED", `${where} ${did}: ${reason} (SQLSTATE ${error.code}).`, {
      sqlstate: error.code,
      fix: REFUSAL_FIXES[error.code] ?? REFUSAL_FIX,
      cause: error,
    });
  }
  return new SchemareadyError("DATABASE_UNREACHABLE", `${where} cannot be reached: ${reason}.`, {
    fix: `Check that the server runs and that host and port are right: pg_isready -h ${connection.host} -p ${connection.port}`,
    cause: error,
  });
}

const REFUSAL_FIX = "Check user, password, database name and pg_hba.conf: psql \"$DATABASE_URL\" -c 'select 1'";
const ENDED = ["57P01", "57P02", "57P05", "25P03", "25P04", "40001"];
const TRY_AGAIN =
  "Try again: the server was restarted, somebody ended the session, or a standby had to go on replaying.";
const REFUSAL_FIXES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ENDED.map((sqlstate) => [sqlstate, TRY_AGAIN])),
  "28P01": "The password (or the user) is wrong: compare DATABASE_URL with what the application uses.",
  "28000": "The server does not let this user in from here: check the user name and pg_hba.conf.",
  "3D000":
    "The database does not exist on this server: check the name after the last / of DATABASE_URL; list them with psql -l.",
  "53300": "All connection slots are in use: look at pg_stat_activity, or raise max_connections.",
  "57P03": "The server is starting up or shutting down: try again in a moment (schemaready serve does so by itself).",
  "42501": "The role may not connect: GRANT CONNECT ON DATABASE ... TO ...;",
};
