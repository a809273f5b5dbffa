/** Everything from the target that a copy needs: definitions, the model to compare with, rows of record tables. */
import { readCatalog, readDependencies, wholeSchemas } from "../catalog/index.js";
import type { ReadSession } from "../db/index.js";
import type { QualifiedName } from "../model/names.js";
import type { SchemaModel } from "../model/schema.js";
import { DEFINITIONS, type DefinedObject, SCHEMA_NAMES, UNCOPIED, type UncopiedRow } from "./definitions/index.js";
import { inOrder, type Ranked } from "./order.js";
import { type RecordRows, readRecordRows } from "./rows.js";

export interface Definitions {
  /** In the order in which they can be made. */
  readonly objects: readonly DefinedObject[];
  /** Kinds of objects that are not copied. */
  readonly uncopied: readonly UncopiedRow[];
  readonly model: SchemaModel;
  readonly rows: readonly RecordRows[];
}

/**
 * Reads the definitions of everything that somebody made in the database, in a fixed number of round trips. Definitions
 * wait behind ACCESS EXCLUSIVE, as long as the session's lock_timeout lets them.
 * @param recordTables tables whose rows are read, too; no other row is
 * @throws what the session throws; 55P03 when somebody holds a lock
 */
export async function readDefinitions(
  session: ReadSession,
  recordTables: readonly QualifiedName[],
): Promise<Definitions> {
  // The copy may be made in a newer server, which reserves more words.
  await session.query("set local quote_all_identifiers = on");
  const ranked: Ranked[] = [];
  for (const { rank, text } of DEFINITIONS) {
    const objects = await session.query<DefinedObject>(text(session.serverVersion));
    ranked.push(...objects.map((object) => ({ object, rank })));
  }
  await session.query("set local quote_all_identifiers = off");
  const { edges, standsFor } = await readDependencies(session);
  const uncopied = await session.query<UncopiedRow>(UNCOPIED);
  const schemas = await session.query<{ name: string }>(SCHEMA_NAMES);
  return {
    objects: inOrder(ranked, edges, standsFor),
    uncopied,
    rows: await readRecordRows(session, recordTables),
    // Last: what somebody changes while definitions are read shows as a difference.
    model: await readCatalog(session, wholeSchemas(schemas.map(({ name }) => name))),
  };
}
