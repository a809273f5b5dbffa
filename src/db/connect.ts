import { readFileSync } from "node:fs";
import pg from "pg";
import type { ConnectionSettings } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import { connectionError } from "./error.js";

/** Bounds for talking to a server that may be slow, frozen or gone; all in milliseconds. */
export interface SessionLimits {
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  /** For the session as a whole, connecting included. */
  readonly totalTimeoutMs: number;
}

export const DEFAULT_LIMITS: SessionLimits = {
  connectTimeoutMs: 5_000,
  statementTimeoutMs: 5_000,
  lockTimeoutMs: 250,
  totalTimeoutMs: 15_000,
};

/** The client gives the server this long to enforce its own statement_timeout before it gives up by itself. */
const CLIENT_GRACE_MS = 1_000;
const NO_SSL = "The server does not support SSL connections";

/**
 * Opens one connection. With sslmode `prefer` an encrypted connection is tried first, as libpq does.
 * @throws SchemareadyError DATABASE_UNREACHABLE or DATABASE_REFUSED.
 */
export async function connect(connection: ConnectionSettings, limits: SessionLimits): Promise<pg.Client> {
  try {
    return await open(connection, limits, sslOptions(connection));
  } catch (error) {
    const mayRetry = connection.ssl.mode === "prefer" && error instanceof Error && error.message === NO_SSL;
    if (!mayRetry) throw connectionError(error, connection);
  }
  try {
    return await open(connection, limits, false);
  } catch (error) {
    throw connectionError(error, connection);
  }
}

async function open(
  connection: ConnectionSettings,
  limits: SessionLimits,
  ssl: pg.ClientConfig["ssl"] & (boolean | object),
): Promise<pg.Client> {
  const client = new pg.Client({
    host: connection.host,
    port: connection.port,
    database: connection.database,
    user: connection.user,
    ...(connection.password === null ? {} : { password: connection.password }),
    ssl: connection.host.startsWith("/") ? false : ssl,
    application_name: connection.applicationName,
    // Else pg takes PGCLIENT_ENCODING from the environment, and names would come back in another encoding.
    client_encoding: "UTF8",
    connectionTimeoutMillis: Math.min(connection.connectTimeoutMs, limits.connectTimeoutMs),
    query_timeout: limits.statementTimeoutMs + CLIENT_GRACE_MS,
    keepAlive: true,
  });
  // A connection that breaks while idle reports it here; without a listener Node would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    destroy(client);
    throw error;
  }
  return client;
}

/** Closes politely when the server listens, and at once when it does not: a frozen server never answers Terminate. */
export async function close(client: pg.Client): Promise<void> {
  const timer = setTimeout(() => destroy(client), CLIENT_GRACE_MS);
  try {
    await client.end();
  } catch {
    // The connection was broken already: there is nothing left to close.
  } finally {
    clearTimeout(timer);
  }
}

/** Cuts the connection without a word to the server. */
export function destroy(client: pg.Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

/**
 * What pg and Node's tls need for a connection whose sslmode is not `disable`.
 * @throws SchemareadyError CONNECTION_STRING when a certificate file cannot be read
 */
export function sslOptions({ ssl, host }: ConnectionSettings): pg.ClientConfig["ssl"] & (boolean | object) {
  if (ssl.mode === "disable") return false;
  const verify = ssl.mode === "verify-ca" || ssl.mode === "verify-full";
  return {
    rejectUnauthorized: verify,
    ...(ssl.rootCertificate === null ? {} : { ca: readPem(ssl.rootCertificate) }),
    ...(ssl.certificate === null ? {} : { cert: readPem(ssl.certificate) }),
    ...(ssl.key === null ? {} : { key: readPem(ssl.key) }),
    // verify-ca trusts the chain but not the name; verify-full checks both (libpq, table 32.1).
    ...(ssl.mode === "verify-ca" ? { checkServerIdentity: () => undefined } : {}),
    ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
  };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SchemareadyError(
      "CONNECTION_STRING",
      `A certificate file of the database URL cannot be read: ${reason}.`,
    );
  }
}
