/** A generated schema in a database, the contract made of it, and copies of the database to drift. */
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import { contractFromModel, parseContract, printContract } from "../../src/expect/index.js";
import type { Application, Contract } from "../../src/model/contract.js";
import type { Report } from "../../src/model/report.js";
import { verify } from "../../src/verify.js";
import { readDefinitions, readModel } from "../support/models.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../support/postgres.js";
import { grantsFor, rowsFor, script, statementsFor } from "./ddl.js";
import { q, type Spec } from "./spec.js";

export interface World {
  readonly spec: Spec;
  readonly serverVersion: number;
  /** Requires the whole schema, and that a role of its own may do everything with it. */
  readonly contract: Contract;
  readonly role: TestRole;
  /** The statements that made it, for messages. */
  readonly made: readonly string[];
  /** A database like it, of its own; whoever asks for it drops it. */
  copy(): Promise<TestDatabase>;
  drop(): Promise<void>;
}

/** @throws Error with the statements, when PostgreSQL refuses one of them */
export async function buildWorld(given: Spec): Promise<World> {
  const template = await createTestDatabase("world");
  const { serverVersion } = template;
  const spec = serverVersion < 150_000 ? withoutNullsNotDistinct(given) : given;
  const role = await template.createRole();
  const made = [...statementsFor(spec), ...rowsFor(spec), ...grantsFor(spec, q(role.name))];
  try {
    await runAll(template, made);
    await template.sql(
      spec.views
        .filter(({ materialized }) => materialized)
        .map((view) => `refresh materialized view ${q(view.schema)}.${q(view.name)}`)
        .join(";"),
    );
    const contract = await contractOf(template.url, spec, role.name);
    await template.disconnect();
    const copy = () => createTestDatabase("copy", { template: template.name });
    return { spec, serverVersion, contract, role, made, copy, drop: () => template.drop() };
  } catch (error) {
    await template.drop();
    throw error;
  }
}

/** Statement by statement, so that the message names the one that PostgreSQL refuses. */
export async function runAll(database: Pick<TestDatabase, "sql">, statements: readonly string[]): Promise<void> {
  for (const [i, statement] of statements.entries()) {
    await database.sql(statement).catch((error: Error) => {
      throw new Error(`${error.message}\nin: ${statement}\nafter:\n${script(statements.slice(0, i))}`, {
        cause: error,
      });
    });
  }
}

/** What `schemaready verify` says of the database, as its administrator sees it. */
export function verifyDatabase(world: Pick<World, "contract">, url: string): Promise<Report> {
  return verify({ contract: world.contract, connection: parseConnectionString(url), limits: DEFAULT_LIMITS });
}

/** As `schemaready compile --from-database`, through the contract file, with a feature that uses everything. */
async function contractOf(url: string, spec: Spec, role: string): Promise<Contract> {
  const model = await readModel(url, spec.schemas);
  const definitions = await readDefinitions(url, spec.schemas);
  const contract = contractFromModel({
    model,
    definitions,
    schema: "public",
    name: "app",
    source: "database",
    migrations: null,
    provenance: [],
  });
  const applications = contract.applications.map((application) => used({ ...application, role }, spec));
  return parseContract(printContract({ ...contract, applications }), "contract.json");
}

function used(application: Application, spec: Spec): Application {
  const uses = application.relations.map(({ schema, name, kind, columns }) => {
    const names = columns.map((column) => column.name);
    const isTable = kind === "table" || kind === "partitioned-table";
    return {
      relation: { schema, name },
      select: names,
      insert: isTable ? names : null,
      update: isTable ? names : [],
      delete: isTable,
    };
  });
  const isOrdered = (name: string) => spec.enums.some((each) => each.name === name && each.ordered);
  return {
    ...application,
    enums: application.enums.map((each) => ({ ...each, ordered: isOrdered(each.name) })),
    features: [
      { id: "all", title: "Everything", application: application.name, endpoints: [], uses, rows: [], migrations: [] },
    ],
  };
}

function withoutNullsNotDistinct(spec: Spec): Spec {
  const tables = spec.tables.map((table) => ({
    ...table,
    keys: table.keys.map((key) => ({ ...key, nullsNotDistinct: false })),
  }));
  return { ...spec, tables };
}
