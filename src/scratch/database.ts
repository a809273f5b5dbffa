/** One throwaway database: created by a short connection of its own, and dropped the same way. */
import { randomBytes } from "node:crypto";
import type pg from "pg";
import { type ConnectionSettings, displayConnection, parseConnectionString } from "../config/index.js";
import { quoteIdentifier } from "../model/names.js";
import { closeClient, openClient } from "./client.js";
import { createRestrictedExtension } from "./extensions.js";
import type { ScratchLimits } from "./limits.js";
import { LEFT_ROLES, SCRIPT_ROLE, type ScriptRole, scriptRoleScript } from "./roles.js";
import { openSession, type Session } from "./session.js";
import type { ScratchConnection } from "./types.js";
import { serverTrouble } from "./unavailable.js";

/** The server on which databases are made, and the role that makes them. */
export interface Workshop {
  /** PostgreSQL URI with its password. */
  readonly url: string;
  /** `server_version_num` */
  readonly serverVersion: number;
  readonly limits: ScratchLimits;
  /** How scripts connect to a server of our own; null: as the role of `url`. */
  readonly confined: Confined | null;
}

export interface Confined {
  readonly role: ScriptRole;
  /** Names of the databases that are open at the moment. */
  readonly databases: Set<string>;
  urlFor(database: string): string;
}

/**
 * Creates a database with a random name and connects to it.
 * @throws SchemareadyError SCRATCH_UNAVAILABLE
 */
export async function createDatabase(workshop: Workshop): Promise<ScratchConnection> {
  const { confined, limits, url: adminUrl } = workshop;
  const database = `schemaready_scratch_${randomBytes(8).toString("hex")}`;
  await onServer(adminUrl, "A throwaway database could not be created", async (admin) => {
    if (confined !== null) await admin.query(scriptRoleScript(confined.role));
    await admin.query(createStatement(workshop, database));
  });
  confined?.databases.add(database);
  const url = confined === null ? urlOfDatabase(adminUrl, database) : confined.urlFor(database);
  try {
    return connectionTo(workshop, database, url, await openSession({ url, database, adminUrl, limits }));
  } catch (error) {
    await dropDatabase(workshop, database);
    throw serverTrouble("The throwaway database was created, but cannot be connected to", error);
  }
}

function createStatement({ confined, serverVersion }: Workshop, database: string): string {
  const name = quoteIdentifier(database);
  // template1 is prepared for scripts (roles.ts), in encoding and locale too.
  if (confined !== null) return `create database ${name} owner ${quoteIdentifier(SCRIPT_ROLE)} template template1`;
  // A template0 made with ICU or the builtin provider would give its own collation to LC_COLLATE 'C'.
  const provider = serverVersion >= 150_000 ? " locale_provider libc" : "";
  return `create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'${provider}`;
}

function connectionTo(workshop: Workshop, database: string, url: string, session: Session): ScratchConnection {
  const { serverVersion, limits, confined } = workshop;
  let closing: Promise<void> | null = null;
  return {
    url,
    serverVersion,
    limits,
    isConfined: confined !== null,
    query: <R extends object>(text: string, params: readonly unknown[] = []) => session.query<R>(text, params),
    execute: (script, milliseconds = limits.scriptMs) => session.execute(script, milliseconds),
    createExtension: async (name, schema) => {
      if (confined === null) return false;
      const what = `Extension ${name} could not be created`;
      return onServer(urlOfDatabase(workshop.url, database), what, (admin) =>
        createRestrictedExtension(admin, name, schema),
      );
    },
    abandon: () => {
      closing ??= session.end();
      return closing;
    },
    close: () => {
      closing ??= session.end().then(() => dropDatabase(workshop, database));
      return closing;
    },
  };
}

async function dropDatabase(workshop: Workshop, name: string): Promise<void> {
  const { confined, url } = workshop;
  await onServer(url, `The throwaway database ${name} could not be dropped`, async (admin) => {
    await admin.query(`drop database if exists ${quoteIdentifier(name)} with (force)`);
    confined?.databases.delete(name);
    // As long as another one is open, the roles may be its own.
    if (confined?.databases.size === 0) await dropLeftRoles(admin);
  });
}

/** The next database finds the server as this one did. */
async function dropLeftRoles(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(LEFT_ROLES);
  for (const { name } of rows) await admin.query(`drop role if exists ${quoteIdentifier(name)}`);
}

/** Runs work on a connection to the database of the URL. */
export async function onServer<T>(url: string, what: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const connection = parseConnectionString(url);
  const admin = await openAdmin(connection);
  try {
    return await work(admin);
  } catch (error) {
    throw serverTrouble(`${what} on ${displayConnection(connection)}`, error);
  } finally {
    await closeClient(admin);
  }
}

async function openAdmin(connection: ConnectionSettings): Promise<pg.Client> {
  try {
    return await openClient(connection);
  } catch (error) {
    throw serverTrouble(
      `The server for throwaway databases, ${displayConnection(connection)}, cannot be used`,
      error,
      "Check the address, the user and the password given with --scratch-url, or leave it out to start a server here.",
    );
  }
}

/** The same URL for another database; Prisma's `schema` names one of the old database. */
function urlOfDatabase(url: string, name: string): string {
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  copy.searchParams.delete("schema");
  return copy.href;
}
