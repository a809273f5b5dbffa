/** Everything that one verification reads from the target, in one READ ONLY transaction. */
import { type CatalogRequest, countRows, readCatalog, readSurroundings } from "./catalog/index.js";
import type { ConnectionSettings } from "./config/index.js";
import {
  describeDatabaseError,
  type InSession,
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
import type { Questions, Surroundings } from "./model/surroundings.js";

/** What the pure stages make of an observation, and what they would like to know besides; null: nothing is wrong. */
export interface Judged<Findings> {
  readonly findings: Findings;
  readonly questions: Questions | null;
}

export interface Seen<Findings> {
  readonly observation: Observation;
  readonly findings: Findings;
  /** Null: nothing was asked. */
  readonly surroundings: Observed<Surroundings> | null;
}

/**
 * Reads what the contract names, and nothing else; then, in the same transaction, what stands around the gaps, if `judge`
 * asks for that. A database that is not reachable, refuses or fails a statement is `known: false` with its reason and
 * SQLSTATE; only a bug throws.
 * @param inSession on which connection; else on one of its own
 */
export async function observe<Findings>(
  contract: Contract,
  connection: ConnectionSettings,
  limits: SessionLimits,
  judge: (observation: Observation) => Judged<Findings>,
  inSession: InSession = (within, work) => withReadSession(connection, within, work),
): Promise<Observed<Seen<Findings>>> {
  let judged: Seen<Findings> | null = null;
  try {
    const value = await inSession(limits, async (session): Promise<Seen<Findings>> => {
      const observation = await read(session, contract);
      const { findings, questions } = judge(observation);
      judged = { observation, findings, surroundings: null };
      if (questions === null) return judged;
      return { ...judged, surroundings: await session.attempt(() => readSurroundings(session, questions)) };
    });
    return { known: true, value };
  } catch (error) {
    const failure = asUnknown(error);
    // What was found stands, even when the connection was lost while we looked for the reasons.
    return withoutSurroundings(judged, failure) ?? failure;
  }
}

type Unknown = Extract<Observed<never>, { readonly known: false }>;

/** @throws what is no answer of a server and no trouble with the connection: a bug */
function asUnknown(error: unknown): Unknown {
  if (error instanceof SchemareadyError && error.code !== "INTERNAL") {
    return { known: false, reason: `${error.message} ${error.fix}`, sqlstate: error.sqlstate };
  }
  if (isServerError(error)) return { known: false, reason: describeDatabaseError(error), sqlstate: error.code };
  throw error;
}

function withoutSurroundings<Findings>(
  judged: Seen<Findings> | null,
  failure: Unknown,
): Observed<Seen<Findings>> | null {
  return judged === null ? null : { known: true, value: { ...judged, surroundings: failure } };
}

async function read(session: ReadSession, contract: Contract): Promise<Observation> {
  const models = await readModels(session, contract);
  return { models, ...(await readData(session, contract)) };
}

/** What an observation takes from anywhere but the catalogs. */
export type DataObserved = Pick<Observation, "target" | "rows" | "recordTables">;

/** The record tables and the rows that the contract requires. @throws whatever the connection throws */
export async function readData(session: ReadSession, contract: Contract): Promise<DataObserved> {
  const recordTables = await readRecordTables(session, contract);
  const rows = await countRows(session, contract);
  const schema = contract.applications[0]?.schema ?? session.target.schema;
  return { target: { ...session.target, schema }, rows, recordTables };
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
