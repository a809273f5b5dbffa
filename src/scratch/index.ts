/**
 * The throwaway PostgreSQL: expectations become comparable by being executed in it and read back.
 * Started from embedded binaries, or, with `url`, databases of random names on a server that the user gives.
 */
import { displayConnection, parseConnectionString } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import { createDatabase, onServer, type Workshop } from "./database.js";
import { type Postmaster, startPostmaster } from "./postmaster.js";
import type { ScratchConnection, ScratchOptions, ScratchServer } from "./types.js";

export type { Postmaster } from "./postmaster.js";
export { startPostmaster } from "./postmaster.js";
export type { ScratchConnection, ScratchOptions, ScratchServer } from "./types.js";

const OLDEST = 130_000;

/**
 * Makes a throwaway PostgreSQL ready for use. Whoever starts it closes it; a program that ends without close() leaves
 * nothing behind either, except databases on a server given by `url` (their names begin with schemaready_scratch_).
 * @throws SchemareadyError SCRATCH_UNAVAILABLE, or CONNECTION_STRING when `url` is not one
 */
export async function startScratch(options: ScratchOptions = {}): Promise<ScratchServer> {
  const { url = null, binaries = null, onProgress = () => {} } = options;
  return url === null ? startEmbedded(binaries, onProgress) : useServer(url, onProgress);
}

async function startEmbedded(binaries: string | null, onProgress: (message: string) => void): Promise<ScratchServer> {
  onProgress("starting a throwaway PostgreSQL");
  const postmaster = await startPostmaster(binaries);
  try {
    const { name, serverVersion } = await askServer(postmaster.url);
    onProgress(`throwaway PostgreSQL ${name} is running`);
    return serverOn({ url: postmaster.url, serverVersion }, `embedded PostgreSQL ${name}`, postmaster);
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
}

async function useServer(url: string, onProgress: (message: string) => void): Promise<ScratchServer> {
  const connection = readUrl(url);
  const where = displayConnection(connection);
  onProgress(`building in throwaway databases on ${where}`);
  const { name, serverVersion, mayCreate } = await askServer(url);
  if (serverVersion < OLDEST) {
    throw new SchemareadyError("SCRATCH_UNAVAILABLE", `${where} runs PostgreSQL ${name}; 13 or newer is needed.`);
  }
  if (!mayCreate) {
    throw new SchemareadyError("SCRATCH_UNAVAILABLE", `The role of ${where} may not create databases.`, {
      fix: `ALTER ROLE "${connection.user.replaceAll('"', '""')}" CREATEDB; or give another role with --scratch-url.`,
    });
  }
  return serverOn({ url, serverVersion }, `PostgreSQL ${name} at ${where}`, null);
}

function readUrl(url: string) {
  try {
    return parseConnectionString(url);
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    throw new SchemareadyError("CONNECTION_STRING", "The URL given with --scratch-url cannot be used.", {
      problems: error.problems,
    });
  }
}

/** @param postmaster null: the server is not ours; its databases are dropped one by one, and it stays */
function serverOn(workshop: Workshop, description: string, postmaster: Postmaster | null): ScratchServer {
  const opened = new Set<Promise<ScratchConnection>>();
  let closing: Promise<void> | null = null;
  const connect = async () => {
    if (closing !== null) throw new SchemareadyError("SCRATCH_UNAVAILABLE", `The ${description} has been closed.`);
    const pending = createDatabase(workshop);
    opened.add(pending);
    try {
      return await pending;
    } catch (error) {
      opened.delete(pending);
      throw error;
    }
  };
  const close = async () => {
    const results = await Promise.allSettled(opened);
    const connections = results.filter((result) => result.status === "fulfilled").map(({ value }) => value);
    try {
      // One after the other: each drop forces a checkpoint of the whole server.
      for (const connection of connections) await connection.close();
    } finally {
      await postmaster?.stop();
    }
  };
  return {
    description,
    serverVersion: workshop.serverVersion,
    connect,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function askServer(url: string): Promise<{ name: string; serverVersion: number; mayCreate: boolean }> {
  return onServer(url, "The server's version could not be read", async (admin) => {
    const { rows } = await admin.query<{ name: string; version: number; may_create: boolean }>(
      `select current_setting('server_version') as name, current_setting('server_version_num')::int as version,
         (select rolsuper or rolcreatedb from pg_catalog.pg_roles where rolname = current_user) as may_create`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error("no answer");
    return { name: row.name, serverVersion: row.version, mayCreate: row.may_create };
  });
}
