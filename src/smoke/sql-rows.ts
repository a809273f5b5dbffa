/** Reads the target database once: the rows, or the sentence that says why there are none. */
import type { ConnectionSettings } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { SqlStep } from "../model/flow.js";
import { quoteIdentifier } from "../model/names.js";
import type { Observed } from "../model/observation.js";
import type { FlowContext } from "./context.js";
import { STOPPED } from "./network-error.js";
import { renderJson } from "./template.js";

const CONNECT_TIMEOUT_MS = 5_000;
/** A step looks at a few rows; whoever needs to know about more writes count(*). */
export const MAX_ROWS = 10_000;

export type Rows = readonly Readonly<Record<string, unknown>>[];

/** Without rows: why, and whether the same statement may have some a little later. */
export type RowsRead =
  | { readonly rows: Rows }
  | { readonly rows: null; readonly problem: string; readonly passing: boolean };

/** Runs the statement in a READ ONLY transaction of its own; a run that is stopped does not wait for it. */
export async function readRows(step: SqlStep, connection: ConnectionSettings, context: FlowContext): Promise<RowsRead> {
  const read = await orStopped(context.signal, attemptRead(step, connection, context));
  if (read.known) return { rows: read.value };
  return { rows: null, problem: explain(read, step), passing: isPassing(read.sqlstate) };
}

/**
 * Classes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) that say something about the
 * moment: connection, transaction rollback, resources, locks, an operator's intervention. Without one, nobody answered.
 */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(["08", "40", "53", "55", "57", "58"]);

function isPassing(sqlstate: string | null): boolean {
  return sqlstate === null || OF_THE_MOMENT.has(sqlstate.slice(0, 2));
}

async function attemptRead(
  step: SqlStep,
  connection: ConnectionSettings,
  context: FlowContext,
): Promise<Observed<Rows>> {
  const { describeDatabaseError, sqlstateOf, withReadSession } = await import("../db/index.js");
  const { timeoutMs } = step;
  const limits = {
    connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, timeoutMs),
    statementTimeoutMs: timeoutMs,
    lockTimeoutMs: timeoutMs,
    totalTimeoutMs: timeoutMs + CONNECT_TIMEOUT_MS,
  };
  const params = step.params.map((param) => renderJson(param, context.lookup));
  try {
    return await withReadSession(connection, limits, (session) =>
      session.attempt(async () => {
        // The session has an empty search_path; the step sees the application's schema, as the application does.
        await session.query("select pg_catalog.set_config('search_path', $1, true)", [
          quoteIdentifier(context.planned.schema),
        ]);
        return session.select(step.query, params, MAX_ROWS);
      }),
    );
  } catch (error) {
    if (error instanceof SchemareadyError) return { known: false, reason: error.message, sqlstate: error.sqlstate };
    const sqlstate = sqlstateOf(error);
    if (sqlstate === null) throw error;
    return { known: false, reason: describeDatabaseError(error), sqlstate };
  }
}

/** The session has no handle to stop it; it ends by its own timeouts, and nobody listens any more. */
async function orStopped<T>(signal: AbortSignal, work: Promise<Observed<T>>): Promise<Observed<T>> {
  const stopped: Observed<T> = { known: false, reason: STOPPED, sqlstate: null };
  if (signal.aborted) return stopped;
  let onAbort = () => {};
  const abort = new Promise<Observed<T>>((resolve) => {
    onAbort = () => resolve(stopped);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  work.catch(() => {});
  return Promise.race([work, abort]).finally(() => signal.removeEventListener("abort", onAbort));
}

const READ_ONLY = "SQL steps only read; a statement that writes is refused";

/** 25006: a write in the READ ONLY transaction. 0A000, 42601: the cursor takes nothing but a query. */
function explain({ reason, sqlstate }: { reason: string; sqlstate: string | null }, step: SqlStep): string {
  const isQuery = /^\s*(?:select|with|values|table|\()/i.test(step.query);
  const writes = sqlstate === "25006" || (sqlstate === "0A000" && /data-modifying/.test(reason));
  if (writes || (sqlstate === "42601" && !isQuery)) return `${READ_ONLY}: ${reason} (SQLSTATE ${sqlstate})`;
  if (sqlstate === "57014") return `the statement took longer than ${step.timeoutMs} ms (SQLSTATE 57014)`;
  const told = sqlstate === null || reason.includes(`SQLSTATE ${sqlstate}`);
  return told ? reason : `${reason} (SQLSTATE ${sqlstate})`;
}
