/** A reference database: its schema is what is expected. Read in the same READ ONLY transaction as a target. */
import { readCatalog, wholeSchemas } from "../catalog/index.js";
import { type ConnectionSettings, displayConnection } from "../config/index.js";
import { describeDatabaseError, isServerError, type SessionLimits, withReadSession } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { SchemaModel } from "../model/schema.js";

/**
 * Reads everything in one schema.
 * @throws SchemareadyError DATABASE_UNREACHABLE, DATABASE_REFUSED, DATABASE_UNSUPPORTED; SETTINGS for a schema with
 *   nothing in it; CONTRACT_SOURCE when a part of it could not be read
 */
export async function readReferenceSchema(
  connection: ConnectionSettings,
  schema: string,
  limits: SessionLimits,
): Promise<SchemaModel> {
  const model = await readWhole(connection, schema, limits);
  if (model.unreadable.length > 0) {
    const problems = model.unreadable.map(({ subject, reason }) => {
      const place = [subject.schema, subject.name].filter((part, i, all) => part !== null && part !== all[i - 1]);
      return { place: place.join("."), message: reason };
    });
    const what = `${displayConnection(connection)} could not be read completely.`;
    throw new SchemareadyError("CONTRACT_SOURCE", what, { problems });
  }
  if (model.schemas.length === 0) throw nothingThere(connection, `there is no schema ${JSON.stringify(schema)}`);
  if (model.relations.length === 0) throw nothingThere(connection, `schema ${JSON.stringify(schema)} has no relation`);
  return model;
}

async function readWhole(connection: ConnectionSettings, schema: string, limits: SessionLimits): Promise<SchemaModel> {
  try {
    return await withReadSession(connection, limits, (session) => readCatalog(session, wholeSchemas([schema])));
  } catch (error) {
    if (!isServerError(error)) throw error;
    const what = `${displayConnection(connection)} refused to be read: ${describeDatabaseError(error)} (${error.code}).`;
    throw new SchemareadyError("CONTRACT_SOURCE", what, { sqlstate: error.code, cause: error });
  }
}

/** A contract that expects nothing would pass every database: nobody asks for that. */
function nothingThere(connection: ConnectionSettings, message: string): SchemareadyError {
  const place = "--schema";
  return new SchemareadyError("SETTINGS", `${displayConnection(connection)} is no reference.`, {
    problems: [{ place, message: `${message}, so nothing would be expected` }],
    fix: "Name the schema that holds the application's tables with --schema, or in ?schema= of the URL.",
  });
}
