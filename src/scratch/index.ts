/**
 * The throwaway PostgreSQL: expectations become comparable by being executed in it and read back.
 * Started from embedded binaries, or, with `url`, databases of random names on a server that the user gives.
 */
import { displayConnection, parseConnectionString } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import { createDatabase, onServer, type Workshop } from "./database.js";
import { DEFAULT_LIMITS, type ScratchLimits } from "./limits.js";
import { type Postmaster, startPostmaster } from "./postmaster.js";
import { clusterScript, randomPassword, randomSuperuser, SCRIPT_ROLE } from "./roles.js";
import type { ScratchConnection, ScratchOptions, ScratchServer } from "./types.js";
import { type Choice, chooseBinaries } from "./versions.js";

export { statementsCompleted } from "./discard.js";
export { DEFAULT_LIMITS, type ScratchLimits, ScriptStopped, type StopReason } from "./limits.js";
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
  const { url = null, binaries = null, version = null, mayCreateDatabases = false, onProgress = () => {} } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  if (url !== null) return useServer(url, limits, onProgress);
  return startEmbedded(await chooseBinaries(binaries, version), { limits, mayCreateDatabases, onProgress });
}

interface Starting {
  readonly limits: ScratchLimits;
  readonly mayCreateDatabases: boolean;
  readonly onProgress: (message: string) => void;
}

async function startEmbedded({ folder, note }: Choice, starting: Starting): Promise<ScratchServer> {
  const { limits, mayCreateDatabases, onProgress } = starting;
  onProgress("starting a throwaway PostgreSQL");
  const postmaster = await startPostmaster(folder, { superuser: randomSuperuser() });
  try {
    const { name, serverVersion } = await askServer(postmaster.url);
    await prepareCluster(postmaster, serverVersion);
    onProgress(`throwaway PostgreSQL ${name} is running`);
    const password = randomPassword();
    const urlFor = (database: string) => postmaster.urlFor(SCRIPT_ROLE, password, database);
    const role = { password, mayCreateDatabases };
    const confined = { role, urlFor, databases: new Set<string>() };
    const workshop = { url: postmaster.url, serverVersion, limits, confined };
    return serverOn(
      workshop,
      { description: `embedded PostgreSQL ${name}`, notes: note === null ? [] : [note] },
      postmaster,
    );
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
}

/** In the database that every other is made from. */
async function prepareCluster(postmaster: Postmaster, serverVersion: number): Promise<void> {
  const template = new URL(postmaster.url);
  template.pathname = "/template1";
  await onServer(template.href, "The throwaway PostgreSQL could not be prepared", (admin) =>
    admin.query(clusterScript(serverVersion)),
  );
}

async function useServer(
  url: string,
  limits: ScratchLimits,
  onProgress: (message: string) => void,
): Promise<ScratchServer> {
  const connection = readUrl(url);
  const where = displayConnection(connection);
  onProgress(`building in throwaway databases on ${where}`);
  const { name, serverVersion, isSuperuser, mayCreate } = await askServer(url);
  if (serverVersion < OLDEST) {
    throw new SchemareadyError("SCRATCH_UNAVAILABLE", `${where} runs PostgreSQL ${name}; 13 or newer is needed.`);
  }
  if (!mayCreate) {
    throw new SchemareadyError("SCRATCH_UNAVAILABLE", `The role of ${where} may not create databases.`, {
      fix: `ALTER ROLE "${connection.user.replaceAll('"', '""')}" CREATEDB; or give another role with --scratch-url.`,
    });
  }
  const notes = isSuperuser ? [SUPERUSER_NOTE] : [];
  return serverOn(
    { url, serverVersion, limits, confined: null },
    { description: `PostgreSQL ${name} at ${where}`, notes },
    null,
  );
}

const SUPERUSER_NOTE =
  "the role of --scratch-url is a superuser, and so are the migrations: they can reach the files and programs of that machine. For migrations that you do not trust, leave --scratch-url out (docs/throwaway-server.md)";

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

interface ForPeople {
  readonly description: string;
  readonly notes: readonly string[];
}

/** @param postmaster null: the server is not ours; its databases are dropped one by one, and it stays */
function serverOn(workshop: Workshop, people: ForPeople, postmaster: Postmaster | null): ScratchServer {
  const opened = new Set<Promise<ScratchConnection>>();
  let closing: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const connect = async () => {
    if (closing !== null)
      throw new SchemareadyError("SCRATCH_UNAVAILABLE", `The ${people.description} has been closed.`);
    // One after the other: each sets the role of the scripts up anew, and two at once are refused (XX000).
    const pending = last.then(() => createDatabase(workshop));
    last = pending.catch(() => {});
    opened.add(pending);
    try {
      return await pending;
    } catch (error) {
      opened.delete(pending);
      throw error;
    }
  };
  return {
    ...people,
    serverVersion: workshop.serverVersion,
    connect,
    close: () => {
      closing ??= postmaster === null ? dropAll(opened) : stopServer(opened, postmaster);
      return closing;
    },
  };
}

async function dropAll(opened: ReadonlySet<Promise<ScratchConnection>>): Promise<void> {
  // One after the other: each drop forces a checkpoint of the whole server.
  for (const connection of await connectionsOf(opened)) await connection.close();
}

/** The databases go with the server. A script that still runs must not hold up its end. */
async function stopServer(opened: ReadonlySet<Promise<ScratchConnection>>, postmaster: Postmaster): Promise<void> {
  try {
    await Promise.all((await connectionsOf(opened)).map((connection) => connection.abandon()));
  } finally {
    await postmaster.stop();
  }
}

async function connectionsOf(opened: ReadonlySet<Promise<ScratchConnection>>): Promise<ScratchConnection[]> {
  const results = await Promise.allSettled(opened);
  return results.filter((result) => result.status === "fulfilled").map(({ value }) => value);
}

interface ServerFacts {
  readonly name: string;
  readonly serverVersion: number;
  readonly isSuperuser: boolean;
  readonly mayCreate: boolean;
}

async function askServer(url: string): Promise<ServerFacts> {
  return onServer(url, "The server's version could not be read", async (admin) => {
    const { rows } = await admin.query<{ name: string; version: number; super: boolean; may_create: boolean }>(
      `select current_setting('server_version') as name, current_setting('server_version_num')::int as version,
         rolsuper as super, rolsuper or rolcreatedb as may_create
       from pg_catalog.pg_roles where rolname = current_user`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error("no answer");
    return { name: row.name, serverVersion: row.version, isSuperuser: row.super, mayCreate: row.may_create };
  });
}
