/** One throwaway database: created by a short connection of its own, and dropped the same way. */
import { randomBytes } from "node:crypto";
import type pg from "pg";
import { type ConnectionSettings, displayConnection, parseConnectionString } from "../config/index.js";
import { closeClient, openClient } from "./client.js";
import type { ScratchConnection } from "./types.js";
import { serverTrouble } from "./unavailable.js";

/** The server on which databases are made, and the database to be connected to for that. */
export interface Workshop {
  /** PostgreSQL URI with its password. */
  readonly url: string;
  /** `server_version_num` */
  readonly serverVersion: number;
}

/**
 * Creates a database with a random name and connects to it.
 * @throws SchemareadyError SCRATCH_UNAVAILABLE
 */
export async function createDatabase(workshop: Workshop): Promise<ScratchConnection> {
  const name = `schemaready_scratch_${randomBytes(8).toString("hex")}`;
  // A template0 made with ICU or the builtin provider would give its own collation to LC_COLLATE 'C'.
  const provider = workshop.serverVersion >= 150_000 ? " locale_provider libc" : "";
  await onServer(workshop.url, "A throwaway database could not be created", (admin) =>
    admin.query(`create database "${name}" template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'${provider}`),
  );
  const url = urlOfDatabase(workshop.url, name);
  try {
    return connectionTo(workshop, name, url, await openClient(parseConnectionString(url)));
  } catch (error) {
    await dropDatabase(workshop, name);
    throw serverTrouble("The throwaway database was created, but cannot be connected to", error);
  }
}

/** Exactly one statement, also without parameters; `queryMode` is part of pg (8.12) that its type definitions do not name. */
function extended(text: string, params: readonly unknown[]): pg.QueryConfig & { readonly queryMode: "extended" } {
  return { text, values: [...params], queryMode: "extended" };
}

function connectionTo(workshop: Workshop, name: string, url: string, client: pg.Client): ScratchConnection {
  let closing: Promise<void> | null = null;
  return {
    url,
    serverVersion: workshop.serverVersion,
    query: async <R extends object>(text: string, params: readonly unknown[] = []) =>
      (await client.query<R & pg.QueryResultRow>(extended(text, params))).rows as R[],
    execute: async (script) => {
      await client.query(script);
    },
    close: () => {
      closing ??= closeClient(client).then(() => dropDatabase(workshop, name));
      return closing;
    },
  };
}

async function dropDatabase(workshop: Workshop, name: string): Promise<void> {
  await onServer(workshop.url, `The throwaway database ${name} could not be dropped`, (admin) =>
    admin.query(`drop database if exists "${name}" with (force)`),
  );
}

/** Runs work on a connection to the workshop's own database. */
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
