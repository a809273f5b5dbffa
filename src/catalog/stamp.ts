/**
 * Whether what was read in several statements belongs together. DDL writes new rows into the catalogs: other versions of
 * the rows about these relations mean that the parts may be of two states.
 */
import type { SqlConnection } from "../db/index.js";
import { distinctNames, inChunks } from "./chunks.js";
import { RELATIONS_ALL, VERSIONS_NAMED } from "./queries/relations.js";
import { SNAPSHOT, STAMP } from "./queries/stamp.js";
import type { CatalogRequest } from "./request.js";
import { CatalogChanged } from "./savepoint.js";

interface Version {
  readonly oid: number;
  readonly version: string;
}

/** Null: on this server snapshots say nothing. */
export async function readSnapshot(connection: SqlConnection): Promise<string | null> {
  const [row] = await connection.query<{ snapshot: string | null }>(SNAPSHOT);
  return row?.snapshot ?? null;
}

export async function readStamp(connection: SqlConnection, relations: readonly Version[]): Promise<string> {
  const oids = relations.map(({ oid }) => oid);
  const stamps = await inChunks(oids, (chunk) => connection.query<{ stamp: string }>(STAMP, [chunk]));
  const versions = relations.map(({ oid, version }) => `${oid}/${version}`).sort();
  return [...versions, ...stamps.map(({ stamp }) => stamp)].join(" ");
}

/**
 * @param before what was seen before anything was read; with an equal snapshot nothing can have changed, and the catalogs
 * need not be looked at again
 * @throws CatalogChanged
 */
export async function refuseChanges(
  connection: SqlConnection,
  request: CatalogRequest,
  before: { readonly snapshot: string | null; readonly stamp: string },
): Promise<void> {
  if (before.snapshot !== null && before.snapshot === (await readSnapshot(connection))) return;
  const stamp = await readStamp(connection, await readVersions(connection, request));
  if (stamp !== before.stamp) throw new CatalogChanged("relations changed while they were read");
}

async function readVersions(connection: SqlConnection, request: CatalogRequest): Promise<Version[]> {
  if (request.relations === "all") return connection.query<Version>(RELATIONS_ALL, [null, request.schemas]);
  const relations = distinctNames(request.relations);
  if (relations.length === 0) return [];
  const params = [relations.map(({ schema }) => schema), relations.map(({ name }) => name)];
  return connection.query<Version>(VERSIONS_NAMED, params);
}
