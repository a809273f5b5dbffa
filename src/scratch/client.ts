import pg from "pg";
import type { ConnectionSettings } from "../config/index.js";
import { sslOptions } from "../db/index.js";

const CONNECT_TIMEOUT_MS = 10_000;
const NO_SSL = "The server does not support SSL connections";

/** A migration that takes longer than this on empty tables hangs. */
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * Opens a connection on which anything may be executed. What the user's PG* variables say about sessions stays out.
 * @throws what pg throws: DatabaseError from the server, or the socket's error
 */
export async function openClient(connection: ConnectionSettings): Promise<pg.Client> {
  try {
    return await open(connection, connection.ssl.mode !== "disable");
  } catch (error) {
    const mayRetry = connection.ssl.mode === "prefer" && error instanceof Error && error.message === NO_SSL;
    if (!mayRetry) throw error;
    return open(connection, false);
  }
}

async function open(connection: ConnectionSettings, encrypted: boolean): Promise<pg.Client> {
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
    options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
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
