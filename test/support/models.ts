/** Reading models of test databases, and contracts that demand exactly what a model holds. */
import type pg from "pg";
import { readCatalog, readObjectDefinitions, wholeSchemas } from "../../src/catalog/index.js";
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS, PRINTING_SETTINGS, type SqlConnection, withReadSession } from "../../src/db/index.js";
import type { Application, Contract, Feature } from "../../src/model/contract.js";
import type { ObjectDefinition } from "../../src/model/definitions.js";
import type { Observation } from "../../src/model/observation.js";
import type { SchemaModel } from "../../src/model/schema.js";

/** What schemaready sees of these schemas in a session of its own. */
export function readModel(url: string, schemas: readonly string[], role: string | null = null): Promise<SchemaModel> {
  return withReadSession(parseConnectionString(url), DEFAULT_LIMITS, (session) =>
    readCatalog(session, wholeSchemas(schemas, role)),
  );
}

/** The definitions of what the model says too little about, in a session of its own. */
export function readDefinitions(url: string, schemas: readonly string[]): Promise<ObjectDefinition[]> {
  return withReadSession(parseConnectionString(url), DEFAULT_LIMITS, (session) =>
    readObjectDefinitions(session, schemas),
  );
}

/** Applies statements, reads the model inside the same transaction, and rolls everything back. */
export async function readModelAfter(
  client: pg.Client,
  serverVersion: number,
  schemas: readonly string[],
  change: string,
): Promise<SchemaModel> {
  await client.query("begin");
  try {
    await client.query(change);
    await client.query(PRINTING_SETTINGS);
    return await readCatalog(asConnection(client, serverVersion), wholeSchemas(schemas));
  } finally {
    await client.query("rollback");
  }
}

export function asConnection(client: pg.Client, serverVersion: number): SqlConnection {
  return {
    serverVersion,
    query: async <R extends object>(text: string, params: readonly unknown[] = []) =>
      (await client.query<R & pg.QueryResultRow>(text, [...params])).rows as R[],
  };
}

/** A contract that demands all of the model, complete, with one feature that does everything to every relation. */
export function contractOf(model: SchemaModel, schema: string, options: Partial<Application> = {}): Contract {
  const application: Application = {
    name: "app",
    schema,
    role: null,
    relations: model.relations.map((relation) => ({
      schema: relation.schema,
      name: relation.name,
      kind: relation.kind,
      complete: true,
      columns: relation.columns,
      constraints: relation.constraints,
      indexes: relation.indexes,
      triggers: relation.triggers.map(({ name }) => name),
      introducedBy: null,
      columnIntroducedBy: {},
    })),
    enums: model.enums.map((type) => ({ ...type, ordered: true })),
    domains: model.domains,
    sequences: model.sequences.filter(({ ownedBy }) => ownedBy === null),
    functions: model.functions,
    extensions: model.extensions.map(({ name }) => name),
    migrations: null,
    features: [featureOnEverything(model)],
    ...options,
  };
  return { id: "sha256:test", source: "database", applications: [application], provenance: [] };
}

function featureOnEverything(model: SchemaModel): Feature {
  return {
    id: "everything",
    title: "Everything",
    application: "app",
    endpoints: [],
    uses: model.relations.map((relation) => {
      const columns = relation.columns.map(({ name }) => name);
      const isTable = relation.kind.endsWith("table");
      return {
        relation: { schema: relation.schema, name: relation.name },
        select: columns,
        insert: isTable ? columns : null,
        update: isTable ? columns : [],
        delete: isTable,
      };
    }),
    rows: [],
    migrations: [],
  };
}

/** An observation of this model alone. */
export function observationOf(model: SchemaModel, user = "postgres"): Observation {
  const target = {
    host: "h",
    port: 5432,
    database: "d",
    user,
    server: "18",
    schema: "app",
    searchPath: [],
    inRecovery: false,
  };
  return { target, models: [model], rows: [], recordTables: [] };
}
