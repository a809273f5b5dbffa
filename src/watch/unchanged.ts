/**
 * Whether anything can have changed in a database since it was looked at: whoever looks once a second need not read and
 * compare its catalog each time. Two questions, the cheap one first. Both are about what is true, not about what could be
 * read: a lock that a migration holds changes nothing.
 */
import { readVersions } from "../catalog/index.js";
import type { ReadSession } from "../db/index.js";
import type { Contract } from "../model/contract.js";
import { qualifiedKey } from "../model/names.js";
import type { Observation } from "../model/observation.js";
import { type DataObserved, readData } from "../observe.js";

/**
 * What a transaction sees depends on its snapshot alone: with the same one it sees the same rows of catalogs and tables.
 * Every change gets a transaction id, and either that id or its end changes the snapshot. (Statistics and the position of
 * the write-ahead log are no substitutes: statistics are up to ten seconds late, and a commit is in the log before others
 * see it.) A standby keeps running transactions out of its snapshots, so there nothing is known; nor until PostgreSQL 13,
 * where dropping an index concurrently makes it invalid in place, without a transaction id.
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
  if (session.serverVersion < 140_000) return null;
  const [row] = await session.query<MarkRow>(MARK);
  return row === undefined || row.standby ? null : JSON.stringify([row.started, row.snapshot]);
}

/** All that decided a report. */
export interface Grounds {
  /** Of the catalogs, the same before and after the observation was made. Null: not looked at, or not worth it. */
  readonly versions: string | null;
  /** Everything else that was read. */
  readonly data: string;
  /** The data is the same as long as the snapshot is. */
  readonly isFixed: boolean;
}

export function groundsOf(versions: string | null, contract: Contract, observation: Observation): Grounds {
  return { versions, data: textOf(observation), isFixed: isFixed(contract, observation) };
}

/** A function (or anything else in parentheses), or a word or literal that is read as the time: `< current_date`, `> 'now'`. */
const MAY_ASK = /\(|\b(?:current_\w+|localtime\w*|now|today|tomorrow|yesterday)\b/i;

/** A condition may ask what time it is, and so may a view; what is foreign (a partition, too) changes without a trace here. */
function isFixed({ applications }: Contract, { models }: Observation): boolean {
  const tables = models.flatMap(({ relations }) => relations).filter(({ kind }) => kind === "table");
  const names = new Set(tables.map(qualifiedKey));
  return applications
    .flatMap(({ features }) => features.flatMap(({ rows }) => rows))
    .every(({ where, relation }) => !MAY_ASK.test(where ?? "") && names.has(qualifiedKey(relation)));
}

/** Whether the catalogs are the same, on a server where something is written all the time. */
export async function haveSameVersions(session: ReadSession, { versions }: Grounds): Promise<boolean> {
  return versions !== null && (await readVersions(session)) === versions;
}

/** Whether everything else that a verification reads is the same. */
export async function isSameData(session: ReadSession, contract: Contract, { data }: Grounds): Promise<boolean> {
  return textOf(await readData(session, contract)) === data;
}

function textOf({ target, rows, recordTables }: DataObserved): string {
  return JSON.stringify([target, rows, recordTables]);
}
