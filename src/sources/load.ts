/** One line for each kind of source. */
import type { Contract } from "../model/contract.js";
import { readContractFile } from "./contract-file.js";
import { contractFromMigrations } from "./migrations.js";
import { contractFromPrisma } from "./prisma.js";
import { contractFromDatabase } from "./reference.js";
import type { Source, SourceContext, SourceRequest } from "./source.js";
import { contractFromSqlFile } from "./sql-file.js";

type Loader<Kind extends Source["kind"]> = (
  source: Extract<Source, { readonly kind: Kind }>,
  request: SourceRequest,
  context: SourceContext,
) => Promise<Contract>;

const LOADERS: { readonly [Kind in Source["kind"]]: Loader<Kind> } = {
  migrations: contractFromMigrations,
  prisma: contractFromPrisma,
  sql: contractFromSqlFile,
  database: contractFromDatabase,
  contract: ({ file }) => readContractFile(file),
};

/**
 * The contract that a source gives by itself: without features, unless the source is a contract that has some.
 * @throws SchemareadyError by the kind of the source
 */
export function loadSource(request: SourceRequest, context: SourceContext): Promise<Contract> {
  const load = LOADERS[request.source.kind] as Loader<Source["kind"]>;
  return load(request.source, request, context);
}
