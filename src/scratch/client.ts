import type { Socket } from "node:net";
import pg from "pg";
import type { ConnectionSettings } from "../config/index.js";
import { sslOptions } from "../db/index.js";
import { DEFAULT_LIMITS } from "./limits.js";

const CONNECT_TIMEOUT_MS = 10_000;
const NO_SSL = "The server does not support SSL connections";

export interface ClientOptions {
  /** `statement_timeout` of the session. */
  readonly statementMs?: number;
  /** Makes the socket of an unencrypted connection. */
  readonly socket?: () => Socket;
}

/**
 * Opens a connection on which anything may be executed. What the user's PG* variables say about sessions stays out.
 * @throws what pg throws: DatabaseError from the server, or the socket's error
 */
export async function openClient(connection: ConnectionSettings, options: ClientOptions = {}): Promise<pg.Client> {
  try {
    return await open(connection, connection.ssl.mode !== "disable", options);
  } catch (error) {
    const mayRetry = connection.ssl.mode === "prefer" && error instanceof Error && error.message === NO_SSL;
    if (!mayRetry) throw error;
    return open(connection, false, options);
  }
}

async function open(connection: ConnectionSettings, encrypted: boolean, options: ClientOptions): Promise<pg.Client> {
  const { statementMs = DEFAULT_LIMITS.statementMs, socket } = options;
  const client = new pg.Client({
    host: connection.host,
    port: connection.port,
    database: connection.database,
    user: connection.user,
    ...(connection.password === null ? {} : { password: connection.password }),
    ssl: encrypted ? sslOptions(connection) : false,
    sslnegotiation: "postgres",
    application_name: connection.applicationName,
    client_encoding: "UTF8",
    // pg would take PGOPTIONS from the environment if this were empty.
    options: `-c statement_timeout=${statementMs}`,
    ...(socket === undefined || encrypted ? {} : { stream: socket }),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A connection that breaks while idle reports it here; without a listener Node would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await closeClient(client);
    throw error;
  }
}

/** Ends the connection; one that is broken already is no error. */
export async function closeClient(client: pg.Client): Promise<void> {
  await client.end().catch(() => {});
}
