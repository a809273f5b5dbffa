import { readCatalog, wholeSchemas } from "../../catalog/index.js";
import type { SchemaModel } from "../../model/schema.js";
import type { ScratchConnection } from "../../scratch/index.js";

/** Reads whole schemas of the build, in a transaction as on a target: the reader uses savepoints. */
export async function readBuilt(connection: ScratchConnection, schemas: readonly string[]): Promise<SchemaModel> {
  await connection.execute("begin");
  try {
    return await readCatalog(connection, wholeSchemas(schemas));
  } finally {
    await connection.execute("rollback");
  }
}
