/** The session of a throwaway database: watched while it works, and opened anew when a script brought it down. */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { parseConnectionString } from "../config/index.js";
import { describeDatabaseError, isServerError } from "../db/index.js";
import { closeClient, openClient } from "./client.js";
import { DiscardingQuery, recordCompleted } from "./discard.js";
import { type ScratchLimits, ScriptStopped } from "./limits.js";
import { ScriptSocket } from "./script-socket.js";
import { watchWork } from "./watch.js";

export interface SessionOptions {
  /** PostgreSQL URI of the database. */
  readonly url: string;
  readonly database: string;
  /** PostgreSQL URI of a role that may end the session's statements. */
  readonly adminUrl: string;
  readonly limits: ScratchLimits;
}

export interface Session {
  query<R extends object>(text: string, params: readonly unknown[]): Promise<R[]>;
  execute(script: string, milliseconds: number): Promise<void>;
  end(): Promise<void>;
}

interface Open {
  readonly client: pg.Client;
  readonly socket: ScriptSocket;
  isOver: boolean;
}

const CANNOT_CONNECT_NOW = "57P03";
const PATIENCE_MS = 10_000;

/** @throws what pg throws when the first connection cannot be opened */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { limits, database, adminUrl } = options;
  let current: Open | null = await open(options);
  let ended = false;

  const usable = async (): Promise<Open> => {
    if (ended) throw new Error("the throwaway database has been closed");
    if (current?.isOver === true) {
      // What the session held is gone (an open transaction, temporary tables): whoever counts on it must hear of it.
      current = null;
      throw lost("the server ended the connection");
    }
    current ??= await open(options);
    return current;
  };

  const run = async <T>(work: (session: Open) => Promise<T>, milliseconds: number): Promise<T> => {
    const session = await usable();
    const { client } = session;
    const pid = (client as unknown as { readonly processID: number }).processID;
    const abandon = () => session.socket.destroy();
    try {
      return await watchWork(work(session), { adminUrl, database, pid, limits, milliseconds, abandon });
    } catch (error) {
      if (session.isOver || isFatal(error)) {
        session.isOver = true;
        if (current === session) current = null;
        await closeClient(client);
        if (!(error instanceof ScriptStopped)) throw lost(describeDatabaseError(error), error);
      }
      throw error;
    }
  };

  return {
    query: async <R extends object>(text: string, params: readonly unknown[]) =>
      run(
        async ({ client }) => (await client.query<R & pg.QueryResultRow>(extended(text, params))).rows as R[],
        limits.scriptMs,
      ),
    execute: async (script, milliseconds) => {
      let query: DiscardingQuery | null = null;
      try {
        await run(({ client, socket }) => {
          query = new DiscardingQuery(script, socket.messages);
          client.query(query);
          return query.done;
        }, milliseconds);
      } catch (error) {
        if (query !== null) recordCompleted(error, query);
        throw error;
      }
    },
    end: async () => {
      ended = true;
      if (current !== null) await closeClient(current.client);
    },
  };
}

/** After a crash the server needs a moment. */
async function open({ url, limits }: SessionOptions): Promise<Open> {
  const patience = performance.now() + PATIENCE_MS;
  for (;;) {
    const socket = new ScriptSocket();
    try {
      const client = await openClient(parseConnectionString(url), {
        statementMs: limits.statementMs,
        socket: () => socket,
      });
      const session = { client, socket, isOver: false };
      client.once("end", () => {
        session.isOver = true;
      });
      return session;
    } catch (error) {
      const isStarting = isServerError(error) && error.code === CANNOT_CONNECT_NOW;
      if (!isStarting || performance.now() > patience) throw error;
      await sleep(100);
    }
  }
}

/** The server says so before it ends a connection; what is no answer of the server says that there is none any more. */
function isFatal(error: unknown): boolean {
  if (error instanceof ScriptStopped) return error.cause !== undefined && isFatal(error.cause);
  return !(error instanceof pg.DatabaseError) || error.severity === "FATAL" || error.severity === "PANIC";
}

function lost(reason: string, cause?: unknown): ScriptStopped {
  return new ScriptStopped("lost", `the connection to the throwaway server was lost: ${reason}`, { cause });
}

/** Exactly one statement, also without parameters; `queryMode` is part of pg (8.12) that its type definitions do not name. */
function extended(text: string, params: readonly unknown[]): pg.QueryConfig & { readonly queryMode: "extended" } {
  return { text, values: [...params], queryMode: "extended" };
}
