/** A step that reads the target database: does the row exist, did the balance fall? In a READ ONLY transaction. */
import type { ConnectionSettings } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { SqlStep } from "../model/flow.js";
import { quoteIdentifier } from "../model/names.js";
import type { Observed } from "../model/observation.js";
import type { Json } from "../model/report.js";
import type { FlowContext, StepDone } from "./context.js";
import { STOPPED } from "./network-error.js";
import { judgePredicate, renderPredicate } from "./predicate.js";
import { NO_DATABASE } from "./reasons.js";
import { factsOf, type StepRecord, unasked } from "./record.js";
import { type Lookup, renderJson, textOf } from "./template.js";

const CONNECT_TIMEOUT_MS = 5_000;
/** A step looks at a few rows; whoever needs to know about more writes count(*). */
export const MAX_ROWS = 10_000;

type Rows = readonly Readonly<Record<string, unknown>>[];

export async function runSqlStep(step: SqlStep, context: FlowContext): Promise<StepDone> {
  const started = performance.now();
  const done = (outcome: StepRecord["outcome"], failures: readonly string[], captures = new Map<string, Json>()) => ({
    record: { ...unasked(factsOf(step), outcome, failures), durationMs: performance.now() - started },
    captures,
  });
  if (context.connection === null) {
    return done("errored", [NO_DATABASE]);
  }
  const rows = await orStopped(context.signal, readRows(step, context.connection, context));
  if (!rows.known) return done("errored", [explain(rows, step)]);
  const { values, failures: missing } = takeColumns(step, rows.value);
  for (const { name, secret } of step.capture) {
    const value = values.get(name);
    if (secret && value !== undefined) context.redactor.add(textOf(value));
  }
  const lookup: Lookup = (name) => (values.has(name) ? values.get(name) : context.lookup(name));
  const failures = [...(missing.length > 0 ? [] : judgeRows(step, rows.value, lookup)), ...missing];
  return done(failures.length > 0 ? "failed" : "passed", failures, values);
}

/** The rows, or why there are none to judge. */
async function readRows(step: SqlStep, connection: ConnectionSettings, context: FlowContext): Promise<Observed<Rows>> {
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
    if (error instanceof SchemareadyError) return { known: false, reason: error.message, sqlstate: null };
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
  return sqlstate === null ? reason : `${reason} (SQLSTATE ${sqlstate})`;
}

function takeColumns(step: SqlStep, rows: Rows): { values: Map<string, Json>; failures: string[] } {
  const values = new Map<string, Json>();
  const failures: string[] = [];
  for (const { name, column } of step.capture) {
    const cell = cellOf(rows, column);
    if (typeof cell === "object" && cell !== null && "problem" in cell)
      failures.push(`capture ${name}: ${cell.problem}`);
    else values.set(name, cell.value);
  }
  return { values, failures };
}

type Cell = { readonly value: Json } | { readonly problem: string };

function cellOf(rows: Rows, column: string): Cell {
  const [first] = rows;
  if (first === undefined) return { problem: "the query returned no rows" };
  if (!Object.hasOwn(first, column)) {
    return { problem: `the query has no column ${column}; columns: ${Object.keys(first).join(", ")}` };
  }
  return { value: toJson(first[column]) };
}

/** As JSON would hold it; bigint and numeric stay text, as pg delivers them, because a JSON number cannot hold them. */
function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return value.toString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  return JSON.parse(JSON.stringify(value)) as Json;
}

function judgeRows(step: SqlStep, rows: Rows, lookup: Lookup): string[] {
  const { rows: count, values } = step.assert;
  const tooMany =
    count !== null && rows.length >= MAX_ROWS ? [`rows: ${MAX_ROWS} or more; use count(*) in the query`] : [];
  const counted = { subject: "rows", actual: rows.length, missing: "is not known", loose: false };
  return [
    ...tooMany,
    ...(count === null || tooMany.length > 0 ? [] : judgePredicate(counted, renderPredicate(count, lookup))),
    ...values.flatMap(({ column, predicate }) => {
      const cell = cellOf(rows, column);
      if ("problem" in cell && predicate.exists !== false) return [`column ${column}: ${cell.problem}`];
      const actual = "problem" in cell ? undefined : cell.value;
      const judged = { subject: `column ${column}`, actual, missing: "has no value", loose: true };
      return judgePredicate(judged, renderPredicate(predicate, lookup));
    }),
  ];
}
