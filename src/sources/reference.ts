/** A reference database: its schema is what is expected. Read in the same READ ONLY transaction as a target. */
import { readCatalog, readObjectDefinitions, wholeSchemas } from "../catalog/index.js";
import { type ConnectionSettings, displayConnection } from "../config/index.js";
import { describeDatabaseError, isServerError, type SessionLimits, withReadSession } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import { contractFromModel } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import type { ObjectDefinition } from "../model/definitions.js";
import type { SchemaModel } from "../model/schema.js";
import type { SourceContext, SourceRequest } from "./source.js";

/**
 * Everything in some schemas of a reference database, by default in one.
 * @throws SchemareadyError as readReferenceSchemas
 */
export async function contractFromDatabase(
  { connection }: { readonly connection: ConnectionSettings },
  request: SourceRequest,
  { limits, progress, untilStopped }: SourceContext,
): Promise<Contract> {
  const schema = request.schema ?? connection.schema ?? "public";
  const wanted = request.schemas ?? [schema];
  progress(`reading schema ${wanted.join(", ")} of ${displayConnection(connection)}`);
  const { model, definitions } = await untilStopped(readReferenceSchemas(connection, wanted, limits));
  return contractFromModel({
    model,
    definitions,
    schema,
    name: connection.database,
    source: "database",
    migrations: null,
    provenance: [],
  });
}

/**
 * Reads everything in the schemas.
 * @throws SchemareadyError DATABASE_UNREACHABLE, DATABASE_REFUSED, DATABASE_UNSUPPORTED; SETTINGS for a schema with
 *   nothing in it; CONTRACT_SOURCE when a part of it could not be read
 */
async function readReferenceSchemas(
  connection: ConnectionSettings,
  schemas: readonly string[],
  limits: SessionLimits,
): Promise<Whole> {
  const { model, definitions } = await readWhole(connection, schemas, limits);
  if (model.unreadable.length > 0) {
    const problems = model.unreadable.map(({ subject, reason }) => {
      const place = [subject.schema, subject.name].filter((part, i, all) => part !== null && part !== all[i - 1]);
      return { place: place.join("."), message: reason };
    });
    const what = `${displayConnection(connection)} could not be read completely.`;
    throw new SchemareadyError("CONTRACT_SOURCE", what, { problems });
  }
  const missing = schemas.filter((schema) => !model.schemas.some(({ name }) => name === schema));
  if (missing.length > 0) throw nothingThere(connection, `there is no schema ${quoted(missing)}`);
  if (model.relations.length === 0) throw nothingThere(connection, `schema ${quoted(schemas)} has no relation`);
  return { model, definitions };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}

interface Whole {
  readonly model: SchemaModel;
  readonly definitions: readonly ObjectDefinition[];
}

async function readWhole(
  connection: ConnectionSettings,
  schemas: readonly string[],
  limits: SessionLimits,
): Promise<Whole> {
  try {
    return await withReadSession(connection, limits, async (session) => {
      const model = await readCatalog(session, wholeSchemas(schemas));
      // What could not be printed for the model cannot be printed here, and then there is no contract.
      const definitions = model.unreadable.length > 0 ? [] : await readObjectDefinitions(session, schemas);
      return { model, definitions };
    });
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
