/**
 * The second look: what stands around the gaps. At most nine queries, whatever the database holds, and only for
 * what is asked; nothing that it reads waits for a lock.
 */
import type { ReadSession, SqlConnection } from "../db/index.js";
import { compareText, type QualifiedName, qualifiedKey } from "../model/names.js";
import { shownApplication } from "../model/secret-names.js";
import type {
  HeldLock,
  IndexBuild,
  NearbyObject,
  NearbyRelation,
  Questions,
  SeenSession,
  Surroundings,
  TouchedRelation,
  WantedRelation,
} from "../model/surroundings.js";
import {
  BUILDS,
  type BuildRow,
  DATABASE,
  type DatabaseRow,
  NEARBY_BY_COLUMNS,
  NEARBY_BY_NAME,
  NEARBY_OBJECTS,
  type NearbyObjectRow,
  type NearbyRow,
  RELATION_LOCKS,
  type RelationLockRow,
  SESSIONS,
  type SessionRow,
  TOUCHED_RELATIONS,
  type TouchedRow,
} from "./queries/surroundings.js";
import { shownQuery } from "./query-text.js";

/** So many names are looked for; when more are missing, the first ones tell the story. */
const MOST_WANTED = 100;
const MOST_TOUCHED = 500;
/** By their columns; nobody renames more tables at once. */
const MOST_COMPARED = 20;
/** The verdict stands already: what it comes from is not worth a long wait. */
const TIMEOUT_MS = 2_000;

/** @throws whatever the connection throws */
export async function readSurroundings(session: ReadSession, questions: Questions): Promise<Surroundings> {
  await session.query("select pg_catalog.set_config('statement_timeout', $1, true)", [String(TIMEOUT_MS)]);
  const touched = await readTouched(session, questions.touched.slice(0, MOST_TOUCHED));
  const locks = await readLocks(session, touched);
  // Counting what a database holds reads all of pg_class: only a database that lacks tables is asked.
  const [database] = questions.relations.length === 0 ? [] : await session.query<DatabaseRow>(DATABASE);
  return {
    nearby: await readNearby(session, questions.relations.slice(0, MOST_WANTED), questions.known),
    objects: await readObjects(session, questions.objects.slice(0, MOST_WANTED)),
    touched: touched.map(({ oid: _, ...relation }): TouchedRelation => relation),
    locks,
    sessions: await readSessions(session, locks),
    builds: touched.length === 0 ? [] : (await session.query<BuildRow>(BUILDS)).map(toBuild),
    database: database ?? { schemas: [], databases: [] },
  };
}

async function readNearby(
  session: ReadSession,
  wanted: readonly WantedRelation[],
  known: readonly QualifiedName[],
): Promise<NearbyRelation[]> {
  if (wanted.length === 0) return [];
  const named = await session.query<NearbyRow>(NEARBY_BY_NAME, namesOf(wanted));
  const some = wanted.slice(0, MOST_COMPARED);
  const columns = some.map((relation) => JSON.stringify(relation.columns));
  const names = [some.map(({ schema }) => schema), some.map(({ name }) => name)];
  const params = [...names, columns, some.map(tellingColumn), ...namesOf(known)];
  // The only query that grows with the database: what is known without it is worth telling.
  const alike = await session.attempt(() => session.query<NearbyRow>(NEARBY_BY_COLUMNS, params));
  return [...named, ...(alike.known ? alike.value : [])].map(toNearby);
}

/** A long name is rarely found elsewhere; every table has an `id`. */
function tellingColumn({ columns }: WantedRelation): string {
  const [longest = ""] = [...columns].sort((a, b) => b.length - a.length || compareText(a, b));
  return longest;
}

function toNearby({ wantedSchema, wantedName, schema, name, match, columns }: NearbyRow): NearbyRelation {
  return { wanted: { schema: wantedSchema, name: wantedName }, schema, name, match, columns: columns ?? [] };
}

async function readObjects(connection: SqlConnection, wanted: readonly QualifiedName[]): Promise<NearbyObject[]> {
  return wanted.length === 0 ? [] : connection.query<NearbyObjectRow>(NEARBY_OBJECTS, namesOf(wanted));
}

async function readTouched(connection: SqlConnection, touched: readonly QualifiedName[]): Promise<TouchedRow[]> {
  return touched.length === 0 ? [] : connection.query<TouchedRow>(TOUCHED_RELATIONS, namesOf(touched));
}

async function readLocks(connection: SqlConnection, touched: readonly TouchedRow[]): Promise<HeldLock[]> {
  if (touched.length === 0) return [];
  const byOid = new Map(touched.map((relation) => [relation.oid, relation]));
  const rows = await connection.query<RelationLockRow>(RELATION_LOCKS, [[...byOid.keys()]]);
  return rows.flatMap(({ oid, ...lock }): HeldLock[] => {
    const relation = byOid.get(oid);
    return relation === undefined ? [] : [{ schema: relation.schema, name: relation.name, ...lock }];
  });
}

async function readSessions(connection: SqlConnection, locks: readonly HeldLock[]): Promise<SeenSession[]> {
  const pids = new Set(locks.flatMap(({ pid, blockedBy }) => [...(pid === null ? [] : [pid]), ...blockedBy]));
  if (pids.size === 0) return [];
  const rows = await connection.query<SessionRow>(SESSIONS, [[...pids]]);
  return rows.map((row) => ({
    ...row,
    application: shownApplication(row.application),
    query: row.query === null ? null : shownQuery(row.query),
  }));
}

function toBuild({ schema, name, ...build }: BuildRow): IndexBuild {
  return { ...build, relation: schema === null || name === null ? null : { schema, name } };
}

/** Schemas and names in parallel arrays, each name once. */
function namesOf(names: readonly QualifiedName[]): [string[], string[]] {
  const distinct = [...new Map(names.map((name) => [qualifiedKey(name), name])).values()];
  return [distinct.map(({ schema }) => schema), distinct.map(({ name }) => name)];
}
