/** A step that reads the target database: does the row exist, did the balance fall, is the job done? */
import type { ConnectionSettings } from "../config/index.js";
import type { SqlStep } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { learnSecrets } from "./capture.js";
import type { FlowContext, StepDone } from "./context.js";
import { pollUntil, type Round } from "./poll.js";
import { NO_DATABASE } from "./reasons.js";
import { factsOf, type StepRecord, unasked } from "./record.js";
import { factsOfRows, judgeRows, takeColumns } from "./sql-claims.js";
import { type Rows, type RowsRead, readRows } from "./sql-rows.js";
import { tellRound } from "./tell-round.js";
import type { Lookup } from "./template.js";

/** Reads once, or until `poll` ends, and judges the rows that were there at last. */
export async function runSqlStep(step: SqlStep, context: FlowContext): Promise<StepDone> {
  const started = performance.now();
  const done = (outcome: StepRecord["outcome"], failures: readonly string[], captures = new Map<string, Json>()) => ({
    record: { ...unasked(factsOf(step), outcome, failures), durationMs: performance.now() - started },
    captures,
  });
  if (context.connection === null) return done("errored", [NO_DATABASE]);
  const { rows, failures: notRead } = await look(step, context.connection, context);
  if (rows === null) return done("errored", notRead);
  const { values, failures: missing } = takeColumns(step, rows);
  if (notRead.length > 0) return done("failed", notRead, values);
  const lookup: Lookup = (name) => (values.has(name) ? values.get(name) : context.lookup(name));
  const failures = [...(missing.length > 0 ? [] : judgeRows(step.assert, rows, lookup)), ...missing];
  return done(failures.length > 0 ? "failed" : "passed", failures, values);
}

interface Looked {
  /** Null: there are none to judge. */
  readonly rows: Rows | null;
  /** Why there are no rows, or what `until` still wants. */
  readonly failures: readonly string[];
}

async function look(step: SqlStep, connection: ConnectionSettings, context: FlowContext): Promise<Looked> {
  const { poll } = step;
  const read = async () => {
    const found = await readRows(step, connection, context);
    if (found.rows !== null) learnSecrets(step.capture, takeColumns(step, found.rows).values, context.redactor);
    return found;
  };
  if (poll === undefined) {
    const once = await read();
    return { rows: once.rows, failures: once.rows === null ? [once.problem] : [] };
  }
  const ask = async () => rowsRound(poll, await read(), context.lookup);
  const { result, failures, stopped } = await pollUntil(poll, ask, context.signal, tellRound(step, context));
  return { rows: stopped ? null : result.rows, failures };
}

/** What the rows say about the poll. A statement that the database refuses is refused in the next round as well. */
function rowsRound({ until, failWhen }: SqlPoll, read: RowsRead, lookup: Lookup): Round<RowsRead> {
  const round = { result: read, retryAfterMs: 0 };
  if (read.rows === null) {
    return { ...round, pending: [read.problem], said: null, failed: null, final: !read.passing };
  }
  const pending = judgeRows(until, read.rows, lookup);
  const failed = failWhen === null ? null : factsOfRows(failWhen, read.rows, lookup);
  return { ...round, pending, said: pending.join("; "), failed, final: false };
}

type SqlPoll = NonNullable<SqlStep["poll"]>;
