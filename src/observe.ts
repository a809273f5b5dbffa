/** Everything that one verification reads from the target, in one READ ONLY transaction. */
import { type CatalogRequest, countRows, readCatalog } from "./catalog/index.js";
import type { ConnectionSettings } from "./config/index.js";
import {
  describeDatabaseError,
  isServerError,
  type ReadSession,
  type SessionLimits,
  withReadSession,
} from "./db/index.js";
import { SchemareadyError } from "./errors/index.js";
import { readRecordTables } from "./history/index.js";
import type { Application, Contract } from "./model/contract.js";
import type { Observation, Observed } from "./model/observation.js";
import type { Target } from "./model/report.js";
import type { SchemaModel } from "./model/schema.js";

/**
 * Reads what the contract names, and nothing else. A database that is not reachable, refuses or fails a statement is
 * `known: false` with its reason and SQLSTATE; only a bug throws.
 */
export async function observe(
  contract: Contract,
  connection: ConnectionSettings,
  limits: SessionLimits,
): Promise<Observed<Observation>> {
  try {
    return { known: true, value: await read(contract, connection, limits) };
  } catch (error) {
    if (error instanceof SchemareadyError && error.code !== "INTERNAL") {
      return { known: false, reason: `${error.message} ${error.fix}`, sqlstate: error.sqlstate };
    }
    if (isServerError(error)) return { known: false, reason: describeDatabaseError(error), sqlstate: error.code };
    throw error;
  }
}

async function read(contract: Contract, connection: ConnectionSettings, limits: SessionLimits): Promise<Observation> {
  return withReadSession(connection, limits, async (session) => {
    const models = await readModels(session, contract);
    const recordTables = await readRecordTables(session, contract);
    const rows = await countRows(session, contract);
    const schema = contract.applications[0]?.schema ?? session.target.schema;
    return { target: { ...session.target, schema }, models, rows, recordTables };
  });
}

/** Applications that connect as the same role share one reading. */
async function readModels(session: ReadSession, contract: Contract): Promise<SchemaModel[]> {
  const byRole = new Map<string | null, SchemaModel>();
  for (const role of new Set(contract.applications.map(roleOf))) {
    const applications = contract.applications.filter((application) => roleOf(application) === role);
    byRole.set(role, await readCatalog(session, requestFor(applications, role)));
  }
  return contract.applications.flatMap((application) => byRole.get(roleOf(application)) ?? []);
}

function roleOf({ role }: Application): string | null {
  return role === false ? null : role;
}

function requestFor(applications: readonly Application[], role: string | null): CatalogRequest {
  const relations = applications.flatMap((application) => application.relations);
  return {
    schemas: [...new Set([...applications.map(({ schema }) => schema), ...relations.map(({ schema }) => schema)])],
    relations: relations.map(({ schema, name }) => ({ schema, name })),
    enums: applications.flatMap(({ enums }) => enums),
    domains: applications.flatMap(({ domains }) => domains),
    sequences: applications.flatMap(({ sequences }) => sequences),
    functions: applications.flatMap(({ functions }) => functions),
    role,
  };
}

/** The target as far as it is known without having been asked. */
export function unseenTarget(contract: Contract, connection: ConnectionSettings): Target {
  const { host, port, database, user } = connection;
  const schema = contract.applications[0]?.schema ?? connection.schema ?? "public";
  return { host, port, database, user, server: null, schema, searchPath: null, inRecovery: null };
}
