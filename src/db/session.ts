/**
 * The session on the target: one READ ONLY transaction whose settings make PostgreSQL print the same text everywhere.
 * Everything is SET LOCAL, so that a connection pooler gets its connection back as it was; statements are unnamed for
 * the same reason. Nothing in here can write.
 */
import type pg from "pg";
import type { ConnectionSettings } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Observed } from "../model/observation.js";
import type { Target } from "../model/report.js";
import { close, connect, destroy, type SessionLimits } from "./connect.js";
import { connectionError, describeDatabaseError, isServerError } from "./error.js";

export type Row = Record<string, unknown>;

/** The least that a reader of the catalog needs; the throwaway server offers it as well. */
export interface SqlConnection {
  readonly serverVersion: number;
  query<R extends object = Row>(text: string, params?: readonly unknown[]): Promise<R[]>;
}

export interface ReadSession extends SqlConnection {
  /** What the server says about itself, `schema` not yet filled in by the contract. */
  readonly target: Target;
  /**
   * Runs work inside a savepoint. An error that the server reports becomes `known: false` and the session goes on;
   * a broken connection is thrown. The lock timeout is waited for once: after that, locks are only tried.
   */
  attempt<T>(work: () => Promise<T>): Promise<Observed<T>>;
  /**
   * Runs a statement that a person wrote. It goes through a cursor, which takes nothing but a query: no COMMIT that
   * would leave the READ ONLY transaction, no data-modifying statement.
   */
  select<R extends object = Row>(text: string, params: readonly unknown[], maxRows: number): Promise<R[]>;
}

/** Everything that changes what PostgreSQL prints (knowledge: "Session GUCs change printed definitions"). */
export const PRINTING_SETTINGS = `set local search_path = '';
set local timezone = 'UTC';
set local datestyle = 'ISO, YMD';
set local intervalstyle = 'postgres';
set local bytea_output = 'hex';
set local quote_all_identifiers = off;
set local extra_float_digits = 1`;

const FACTS = `select current_setting('server_version') as server, current_setting('server_version_num')::int as version_num,
  pg_catalog.version() as banner, current_database() as database, current_user as role,
  pg_catalog.current_schemas(false)::text[] as search_path, pg_catalog.pg_is_in_recovery() as in_recovery`;

/** `queryMode` is part of pg's interface (8.12 and later) that its type definitions do not name. */
type ExtendedQuery = pg.QueryConfig & { readonly queryMode: "extended" };

interface Facts {
  server: string;
  version_num: number;
  banner: string;
  database: string;
  role: string;
  search_path: string[];
  in_recovery: boolean;
}

const OLDEST = 130_000;

/** Opens a session for one piece of work. */
export type InSession = <T>(limits: SessionLimits, work: (session: ReadSession) => Promise<T>) => Promise<T>;

/**
 * Opens a session, hands it to `work`, and ends it, whatever happens.
 * @throws SchemareadyError DATABASE_UNREACHABLE, DATABASE_REFUSED or DATABASE_UNSUPPORTED
 */
export async function withReadSession<T>(
  connection: ConnectionSettings,
  limits: SessionLimits,
  work: (session: ReadSession) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const client = await connect(connection, limits);
  try {
    return await sessionWith(client, connection, { limits, started }, work);
  } finally {
    await close(client);
  }
}

/** One session on a connection that is open; whatever is thrown leaves the connection in a state that nobody should use. */
export async function sessionWith<T>(
  client: pg.Client,
  connection: ConnectionSettings,
  { limits, started }: { readonly limits: SessionLimits; readonly started: number },
  work: (session: ReadSession) => Promise<T>,
): Promise<T> {
  const remaining = Math.max(1, limits.totalTimeoutMs - (performance.now() - started));
  let expired = false;
  const deadline = setTimeout(() => {
    expired = true;
    destroy(client);
  }, remaining);
  try {
    const session = await begin(client, connection, limits);
    const result = await work(session);
    await client.query("rollback");
    return result;
  } catch (error) {
    if (expired) throw timedOut(connection, limits);
    throw isServerError(error) && !endsConnection(error.code) ? error : asConnectionError(error, connection);
  } finally {
    clearTimeout(deadline);
  }
}

async function begin(client: pg.Client, connection: ConnectionSettings, limits: SessionLimits): Promise<ReadSession> {
  // One simple query, one round trip. The facts come before search_path is emptied.
  const results = (await client.query(`begin transaction isolation level read committed read only;
${FACTS};
${PRINTING_SETTINGS};
set local row_security = off;
set local jit = off;
set local plan_cache_mode = force_generic_plan;
set local lock_timeout = ${Math.trunc(limits.lockTimeoutMs)};
set local statement_timeout = ${Math.trunc(limits.statementTimeoutMs)};
set local idle_in_transaction_session_timeout = ${Math.trunc(limits.totalTimeoutMs)}`)) as unknown as pg.QueryResult[];
  const facts = results[1]?.rows[0] as Facts | undefined;
  if (facts === undefined) throw new SchemareadyError("INTERNAL", "The server did not answer the opening query.");
  refuseUnsupported(facts, connection);
  return sessionOn(client, facts, connection);
}

function sessionOn(client: pg.Client, facts: Facts, connection: ConnectionSettings): ReadSession {
  // Always the extended protocol, which takes exactly one statement: the simple one would run `select 1; commit; delete …`.
  const query = async <R extends object = Row>(text: string, params: readonly unknown[] = []) => {
    const statement: ExtendedQuery = { text, values: [...params], queryMode: "extended" };
    return (await client.query<R & Row>(statement)).rows as R[];
  };
  return {
    serverVersion: facts.version_num,
    target: {
      host: connection.host,
      port: connection.port,
      database: facts.database,
      user: facts.role,
      server: facts.server,
      schema: connection.schema ?? "public",
      searchPath: facts.search_path,
      inRecovery: facts.in_recovery,
    },
    query,
    attempt: (work) => attempt(client, work),
    select: async <R extends object = Row>(text: string, params: readonly unknown[], maxRows: number) => {
      await query(`declare schemaready_cursor no scroll cursor for ${text}`, params);
      const rows = await query<R>(`fetch ${Math.trunc(maxRows)} from schemaready_cursor`);
      await query("close schemaready_cursor");
      return rows;
    },
  };
}

const LOCK_NOT_AVAILABLE = "55P03";
/** A migration may hold ten tables; waiting the whole time for each of them would be waiting behind it after all. */
const IMPATIENT_MS = 20;

async function attempt<T>(client: pg.Client, work: () => Promise<T>): Promise<Observed<T>> {
  await client.query("savepoint schemaready");
  try {
    const value = await work();
    await client.query("release savepoint schemaready");
    return { known: true, value };
  } catch (error) {
    if (!isServerError(error) || endsConnection(error.code)) throw error;
    await client.query("rollback to savepoint schemaready; release savepoint schemaready");
    if (error.code === LOCK_NOT_AVAILABLE) await client.query(`set local lock_timeout = ${IMPATIENT_MS}`);
    return { known: false, reason: describeDatabaseError(error), sqlstate: error.code };
  }
}

/** 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now, 25P03 idle timeout, class 08: no session after these. */
function endsConnection(sqlstate: string): boolean {
  return sqlstate.startsWith("08") || ["57P01", "57P02", "57P03", "57P05", "25P03", "25P04"].includes(sqlstate);
}

function asConnectionError(error: unknown, connection: ConnectionSettings): unknown {
  if (error instanceof SchemareadyError) return error;
  // What is not a server's answer and not a failing socket is a bug of ours and must look like one.
  const isProgramError = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  return isProgramError ? error : connectionError(error, connection);
}

function timedOut(connection: ConnectionSettings, limits: SessionLimits): SchemareadyError {
  const where = `${connection.host}:${connection.port}/${connection.database}`;
  return new SchemareadyError("DATABASE_UNREACHABLE", `${where} did not answer within ${limits.totalTimeoutMs} ms.`, {
    fix: "The server is overloaded, frozen or behind a broken network path; give it longer with --timeout 60s, or look at pg_stat_activity.",
  });
}

function refuseUnsupported(facts: Facts, connection: ConnectionSettings): void {
  const isPostgres = facts.banner.startsWith("PostgreSQL ") || facts.banner.startsWith("EnterpriseDB ");
  if (isPostgres && facts.version_num >= OLDEST) return;
  const what = isPostgres ? `PostgreSQL ${facts.server}` : facts.banner;
  throw new SchemareadyError("DATABASE_UNSUPPORTED", `${connection.host}:${connection.port} runs ${what}.`);
}
