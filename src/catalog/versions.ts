/** Whether any catalog row has changed, for a fraction of the price of reading what a contract names. */
import type { ReadSession } from "../db/index.js";
import { ANY_TEMPORARY, CATALOG_BYTES, HASHED_CATALOGS, type VersionsRow, versionsQuery } from "./queries/versions.js";

/**
 * Hashing costs the server 1 ms for each megabyte of the catalogs (2 while there are temporary relations), reading and
 * comparing costs both processors 0.65 ms for each relation and 15 ms besides (docs/benchmarks.md). Where hashing saves
 * less than half, a plain reading is better: it can say what has changed.
 */
const LEAST_BYTES = 8 * 2 ** 20;
const BYTES_FOR_EACH_RELATION = 2 ** 20 / 3;

/** Whether readVersions is much cheaper here than to read this many relations. False as well: it may not be looked at. */
export async function areVersionsCheap(session: ReadSession, relations: number): Promise<boolean> {
  const size = await session.attempt(() => session.query<{ bytes: number }>(CATALOG_BYTES, [HASHED_CATALOGS]));
  const bytes = size.known ? size.value[0]?.bytes : undefined;
  return bytes !== undefined && bytes <= LEAST_BYTES + relations * BYTES_FOR_EACH_RELATION;
}

/**
 * The versions of all catalog rows in one text. Two that are equal, of whatever connections: the catalogs were the same at
 * these two moments; what may have come and gone in between they do not tell. Null: the server did not answer the question.
 */
export async function readVersions(session: ReadSession): Promise<string | null> {
  const versions = await session.attempt(async () => {
    const [temporary] = await session.query<{ found: boolean }>(ANY_TEMPORARY);
    // One that is made just now is hashed with the rest: then the catalog is read once for nothing.
    return session.query<VersionsRow>(versionsQuery(session.serverVersion, temporary?.found ?? true));
  });
  if (!versions.known) return null;
  return versions.value.map(({ source, rows, hash }) => `${source} ${rows} ${hash}`).join("\n");
}
