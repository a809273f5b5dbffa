/** Who migrates now: the locks that migration tools hold while they work, and who holds them. */
import type { ReadSession } from "../db/index.js";
import type { Contract } from "../model/contract.js";
import type { RecordTool } from "../model/migrations.js";
import { quoteQualified } from "../model/names.js";
import type { MigrationActivity, Observed, RecordTableReading } from "../model/observation.js";
import type { History } from "../model/report.js";
import { shownApplication } from "../model/secret-names.js";
import type { CandidateRow } from "./candidates.js";
import { buildHistories } from "./histories.js";
import { advisoryKeys } from "./lock-keys.js";
import { isoUtc } from "./records/record-table.js";

/** A reading with the table that it is of. */
export interface Located {
  readonly reading: RecordTableReading;
  readonly table: CandidateRow | null;
}

interface HolderRow {
  pid: number;
  holder: string | null;
  since: string | null;
  key: string | null;
  mode: string;
  idleSeconds: number | null;
}

const WRITING = ["RowExclusiveLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"];
/** Ecto's way to be alone; elsewhere it would be somebody's VACUUM. */
const ECTO = "ShareUpdateExclusiveLock";

/**
 * Session-level advisory locks on a single bigint, and locks on the record table that only a writer takes. Every role
 * sees pg_locks; of another role's session pg_stat_activity shows little without pg_monitor, and then since is null.
 * Autovacuum has no user and is nobody's migration. $1: the table's oid, $2: modes.
 */
const HOLDERS = `/* schemaready:who-migrates */
select l.pid, coalesce(nullif(a.application_name, ''), a.usename::text) as "holder", ${isoUtc("coalesce(a.xact_start, a.query_start)")} as "since",
  case when l.locktype = 'advisory' then ((l.classid::bigint << 32) | l.objid::bigint)::text end as "key", l.mode,
  case when a.state = 'idle' then extract(epoch from pg_catalog.clock_timestamp() - a.state_change)::int end as "idleSeconds"
from pg_catalog.pg_locks l
left join pg_catalog.pg_stat_activity a on a.pid = l.pid
where l.granted and l.pid <> pg_catalog.pg_backend_pid()
  and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
  and ((l.locktype = 'advisory' and l.objsubid = 1 and l.mode = 'ExclusiveLock')
    or (l.locktype = 'relation' and l.relation = $1::oid
      and l.mode = any($2::text[]) and a.usesysid is not null))
order by l.pid, l.mode
limit 1000`;

/**
 * The readings, those of unfinished histories with who migrates. A standby does not know the locks of its primary, so
 * nothing is said of it.
 */
export async function readActivity(
  session: ReadSession,
  contract: Contract,
  located: readonly Located[],
): Promise<RecordTableReading[]> {
  const readings = located.map(({ reading }) => reading);
  if (session.target.inRecovery === true) return readings;
  const histories = buildHistories(contract, readings);
  const seen = new Map<string, Observed<readonly MigrationActivity[]>>();
  const completed: RecordTableReading[] = [];
  for (const { reading, table } of located) {
    const history = histories.find(({ application }) => application === reading.application);
    if (history === undefined || !isUnfinished(history)) {
      completed.push(reading);
      continue;
    }
    const key = JSON.stringify([reading.tool, table?.oid ?? null]);
    const activity = seen.get(key) ?? (await lookForActivity(session, reading, table));
    seen.set(key, activity);
    completed.push({ ...reading, activity });
  }
  return completed;
}

function isUnfinished({ state, migrations }: History): boolean {
  return state === "behind" || state === "diverged" || (state === "none" && migrations.length > 0);
}

async function lookForActivity(
  session: ReadSession,
  reading: RecordTableReading,
  table: CandidateRow | null,
): Promise<Observed<readonly MigrationActivity[]>> {
  const keys = advisoryKeys(reading.tool, session.target.database, table);
  const modes = [table?.oid ?? "0", modesOf(reading.tool)];
  const rows = await session.attempt(() => session.query<HolderRow>(HOLDERS, modes));
  if (!rows.known) return rows;
  const holding = rows.value.filter(({ key }) => key === null || keys(BigInt(key)));
  const held = holding.map(
    ({ pid, holder, since, key, mode, idleSeconds }): MigrationActivity => ({
      pid,
      holder: shownApplication(holder),
      since,
      idleSeconds,
      lock: key === null ? `${mode} on the record table` : `advisory lock ${key}`,
    }),
  );
  const flagged = await readLockTable(session, reading.tool, table);
  const byPid = new Map([...held, ...flagged].map((each) => [each.pid, each]));
  return { known: true, value: [...byPid.values()] };
}

/** Prisma commits each change of its record by itself, so whoever keeps a lock on the table is somebody else. */
function modesOf(tool: RecordTool): readonly string[] {
  if (tool === "prisma") return [];
  return tool === "ecto" ? [...WRITING, ECTO] : WRITING;
}

/** Knex and Liquibase lock with a row of a table beside the record table. It stays when the process is killed. */
const LOCK_TABLES: Readonly<Partial<Record<RecordTool, { readonly name: string; readonly select: string }>>> = {
  knex: {
    name: "knex_migrations_lock",
    select: `select null::text as "holder", null::text as "since" from TABLE where is_locked = 1 limit 1`,
  },
  liquibase: {
    name: "databasechangeloglock",
    select: `select lockedby::text as "holder", ${isoUtc("lockgranted")} as "since" from TABLE where locked limit 1`,
  },
};

/** What cannot be read here (no such table, no privilege) is simply not known: the lock is no more than a hint. */
async function readLockTable(
  session: ReadSession,
  tool: RecordTool,
  table: CandidateRow | null,
): Promise<MigrationActivity[]> {
  const lock = LOCK_TABLES[tool];
  if (lock === undefined || table === null) return [];
  const name = { schema: table.schema, name: lock.name };
  const statement = lock.select.replace("TABLE", quoteQualified(name));
  const rows = await session.attempt(() => session.query<Pick<HolderRow, "holder" | "since">>(statement));
  return rows.known
    ? rows.value.map((row) => ({ pid: null, idleSeconds: null, ...row, lock: `row in ${lock.name}` }))
    : [];
}
