/** Ends from outside what a script does not end itself: it may lift statement_timeout, and it may catch a cancellation. */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { type ConnectionSettings, parseConnectionString } from "../config/index.js";
import { closeClient, openClient } from "./client.js";
import { type ScratchLimits, ScriptStopped } from "./limits.js";

/** A statement under way, and who may end it. */
export interface Watched {
  /** PostgreSQL URI of a role that may end it. */
  readonly adminUrl: string;
  readonly database: string;
  /** Process of the server that runs it. */
  readonly pid: number;
  readonly limits: ScratchLimits;
  /** How long it may take. */
  readonly milliseconds: number;
  /** Closes the connection at our end: the last resort. */
  abandon(): void;
}

/**
 * The result of work, or ScriptStopped when it took too long or filled the database. Work that ends soon costs nothing
 * but a timer.
 */
export async function watchWork<T>(work: Promise<T>, watched: Watched): Promise<T> {
  const { milliseconds, limits } = watched;
  const state: State = { ended: false, watching: null };
  const began = performance.now();
  const timer = setTimeout(
    () => {
      state.watching = watch(watched, work, state, began);
    },
    Math.min(limits.watchMs, Math.max(milliseconds, 0)),
  );
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  state.ended = true;
  clearTimeout(timer);
  const stopped = await state.watching;
  if ("value" in outcome && stopped === null) return outcome.value;
  const error = "error" in outcome ? outcome.error : undefined;
  throw stopped === null ? error : new ScriptStopped(stopped.reason, stopped.message, { cause: error });
}

interface State {
  ended: boolean;
  watching: Promise<ScriptStopped | null> | null;
}

async function watch(
  watched: Watched,
  work: Promise<unknown>,
  state: State,
  began: number,
): Promise<ScriptStopped | null> {
  const { limits, milliseconds, adminUrl } = watched;
  const settled = work.then(
    () => {},
    () => {},
  );
  const admin = await openAdmin(adminUrl);
  try {
    for (;;) {
      const reason = state.ended ? null : await reasonToStop(watched, admin, performance.now() - began);
      if (state.ended) return null;
      if (reason !== null) {
        await end(watched, admin, settled, state);
        return reason;
      }
      const left = milliseconds - (performance.now() - began);
      await Promise.race([settled, pause(Math.max(Math.min(limits.watchMs, left), 0))]);
    }
  } finally {
    if (admin !== null) await closeClient(admin);
  }
}

/** Does not keep a program alive that is done otherwise. */
function pause(milliseconds: number): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false });
}

async function openAdmin(url: string): Promise<pg.Client | null> {
  const settings: ConnectionSettings = parseConnectionString(url);
  // A server that takes no more connections: then only our own end can be closed.
  return openClient(settings).catch(() => null);
}

async function reasonToStop(
  { limits, milliseconds, database }: Watched,
  admin: pg.Client | null,
  elapsed: number,
): Promise<ScriptStopped | null> {
  if (elapsed >= milliseconds) {
    return new ScriptStopped("time", `the script took longer than ${seconds(limits.scriptMs)} and was ended`);
  }
  const bytes = admin === null ? 0 : await sizeOf(admin, database);
  if (bytes <= limits.databaseBytes) return null;
  const most = Math.round(limits.databaseBytes / 1024 / 1024);
  return new ScriptStopped("size", `the script filled the database with more than ${most} MiB and was ended`);
}

/** 0 when the server will not say. */
async function sizeOf(admin: pg.Client, database: string): Promise<number> {
  try {
    const { rows } = await admin.query<{ bytes: string }>("select pg_catalog.pg_database_size($1::name) as bytes", [
      database,
    ]);
    return Number(rows[0]?.bytes ?? 0);
  } catch {
    return 0;
  }
}

/** A script may catch the cancellation, and code that is not PostgreSQL's own may not notice even its end. */
async function end(
  { pid, limits, abandon }: Watched,
  admin: pg.Client | null,
  settled: Promise<void>,
  state: State,
): Promise<void> {
  for (const call of ["pg_cancel_backend", "pg_terminate_backend"]) {
    if (admin === null || state.ended) break;
    await admin.query(`select pg_catalog.${call}($1)`, [pid]).catch(() => {});
    await Promise.race([settled, pause(limits.graceMs)]);
  }
  if (state.ended) return;
  abandon();
  await settled;
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} seconds`;
}
