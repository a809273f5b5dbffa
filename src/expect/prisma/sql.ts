/** Prisma schema -> the SQL that Prisma would run on an empty database. */
import { type Problem, SchemareadyError } from "../../errors/index.js";
import { complaintsOf } from "./complaints.js";
import { EngineComplaint, sqlFromEngine } from "./engine.js";
import type { PrismaFile } from "./files.js";
import { datasourcesOf, handOver, otherDatabases } from "./hand-over.js";

/**
 * @param schema where names without a schema go
 * @throws SchemareadyError PRISMA_SCHEMA with every complaint of the engine; PRISMA_ENGINE_UNAVAILABLE
 */
export async function prismaSql(files: readonly PrismaFile[], schema: string): Promise<string> {
  const problems = otherDatabases(datasourcesOf(files));
  if (problems.length > 0) throw refused("The Prisma schema is for another database.", problems);
  try {
    return await sqlFromEngine(handOver(files), schema);
  } catch (error) {
    if (!(error instanceof EngineComplaint)) throw error;
    throw refused("Prisma's engine refuses the schema (P1012).", complaintsOf(error.message), error);
  }
}

function refused(what: string, problems: readonly Problem[], cause?: unknown): SchemareadyError {
  return new SchemareadyError("PRISMA_SCHEMA", what, { problems, cause });
}
