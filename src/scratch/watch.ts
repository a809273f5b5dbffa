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
 * The result of work, or ScriptStopped when it took too long or filled the database. Work that ends within a second
 * costs nothing but a timer.
 */
export async function watchWork<T>(work: Promise<T>, watched: Watched): Promise<T> {
  const ended = { value: false };
  let failure: unknown;
  const settled = work.then(
    () => {
      ended.value = true;
    },
    (error: unknown) => {
      ended.value = true;
      failure = error;
    },
  );
  const controller = new AbortController();
  const watching = watch(watched, settled, ended, controller.signal);
  try {
    await settled;
    controller.abort();
    const stopped = await watching;
    if (stopped !== null) throw new ScriptStopped(stopped.reason, stopped.message, { cause: failure });
    return await work;
  } finally {
    controller.abort();
  }
}

async function watch(
  watched: Watched,
  settled: Promise<void>,
  ended: { readonly value: boolean },
  signal: AbortSignal,
): Promise<ScriptStopped | null> {
  const { watchMs } = watched.limits;
  const began = performance.now();
  let admin: pg.Client | null = null;
  try {
    for (;;) {
      const left = watched.milliseconds - (performance.now() - began);
      await sleep(Math.max(Math.min(watchMs, left), 0), undefined, { signal }).catch(() => {});
      if (ended.value || signal.aborted) return null;
      admin ??= await openAdmin(watched.adminUrl);
      const reason = await reasonToStop(watched, admin, performance.now() - began);
      if (ended.value) return null;
      if (reason === null) continue;
      await end(watched, admin, settled, ended);
      return reason;
    }
  } finally {
    if (admin !== null) await closeClient(admin);
  }
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
  ended: { readonly value: boolean },
): Promise<void> {
  for (const call of ["pg_cancel_backend", "pg_terminate_backend"]) {
    if (admin === null || ended.value) break;
    await admin.query(`select pg_catalog.${call}($1)`, [pid]).catch(() => {});
    await Promise.race([settled, sleep(limits.graceMs)]);
  }
  if (ended.value) return;
  abandon();
  await settled;
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} seconds`;
}
