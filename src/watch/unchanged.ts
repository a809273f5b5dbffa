/**
 * Whether anything can have changed in a database since it was looked at, for the price of one query: whoever looks once
 * a second at a database that nobody writes to need not read its catalog each time.
 */
import type { ReadSession } from "../db/index.js";

/**
 * What a transaction sees depends on its snapshot alone: with the same one it sees the same rows of catalogs and tables.
 * Every change gets a transaction id, and either that id or its end changes the snapshot. (Statistics and the position of
 * the write-ahead log are no substitutes: statistics are up to ten seconds late, and a commit is in the log before others
 * see it.) A standby keeps running transactions out of its snapshots, so there nothing is known.
 * https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
 */
const MARK = `/* schemaready:mark */
select pg_catalog.pg_is_in_recovery() as standby, pg_catalog.pg_current_snapshot()::text as snapshot,
  pg_catalog.pg_postmaster_start_time()::text as started`;

interface MarkRow {
  readonly standby: boolean;
  readonly snapshot: string;
  readonly started: string;
}

/** Equal marks of one connection: nothing has changed in between. Null: that cannot be known here. */
export async function readMark(session: ReadSession): Promise<string | null> {
  const [row] = await session.query<MarkRow>(MARK);
  return row === undefined || row.standby ? null : JSON.stringify([row.started, row.snapshot]);
}
