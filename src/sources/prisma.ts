/** A Prisma schema as the source of a contract. */
import { buildPrismaSchema, contractFromModel, readPrismaSchema } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import type { SourceContext, SourcePath, SourceRequest } from "./source.js";

/** No migration made it, and the application has the name that check files give it. */
const ORIGIN = { name: "application", source: "prisma-schema", migrations: null, provenance: [] } as const;

/**
 * Builds the schema in the throwaway PostgreSQL. What the schema cannot say is told.
 * @throws SchemareadyError PRISMA_SCHEMA, PRISMA_ENGINE_UNAVAILABLE, SCRATCH_UNAVAILABLE
 */
export async function contractFromPrisma(
  { schema: { shown, directory } }: { readonly schema: SourcePath },
  request: SourceRequest,
  { scratch, progress, warn, untilStopped }: SourceContext,
): Promise<Contract> {
  progress(`reading ${shown} with Prisma's schema engine`);
  // Before the server is started: what is wrong with a schema is said at once.
  const read = await untilStopped(readPrismaSchema({ path: shown, directory, schema: request.schema }));
  const server = await scratch();
  const { model, definitions, schema, views, notes } = await untilStopped(buildPrismaSchema(read, server));
  for (const note of [...server.notes, ...notes]) warn(`note: ${note}`);
  return contractFromModel({ ...ORIGIN, model, definitions, schema, views });
}
