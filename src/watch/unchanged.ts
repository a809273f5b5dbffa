/**
 * Whether anything can have changed in a database since it was looked at: whoever looks once a second need not read and
 * compare its catalog each time. Two questions, the cheap one first. Both are about what is true, not about what could be
 * read: a lock that a migration holds changes nothing.
 */
import { readVersions } from "../catalog/index.js";
import type { ReadSession } from "../db/index.js";
import type { Contract } from "../model/contract.js";
import type { Observation } from "../model/observation.js";
import { type DataObserved, readData } from "../observe.js";

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

/** All that decided a report: the versions of the catalogs, and everything else that was read. */
export interface Grounds {
  readonly versions: string;
  readonly data: string;
}

/** @param versions of the catalogs, the same before and after the observation was made */
export function groundsOf(versions: string, observation: Observation): Grounds {
  return { versions, data: textOf(observation) };
}

/** Whether a verification now would find the same, on a server where something is written all the time. */
export async function stillHold(session: ReadSession, contract: Contract, grounds: Grounds): Promise<boolean> {
  if ((await readVersions(session)) !== grounds.versions) return false;
  return textOf(await readData(session, contract)) === grounds.data;
}

function textOf({ target, rows, recordTables }: DataObserved): string {
  return JSON.stringify([target, rows, recordTables]);
}
