/** Facts about one application, as the rules get them. */
import { buildLedgers } from "../../../../src/diagnose/ledger.js";
import type { Facts } from "../../../../src/diagnose/rule.js";
import type { Application, Contract } from "../../../../src/model/contract.js";
import type { Gap, History, Target } from "../../../../src/model/report.js";
import type { Column, Relation, SchemaModel } from "../../../../src/model/schema.js";
import type { Surroundings } from "../../../../src/model/surroundings.js";
import { contractOf, gap, history, migrated, relation, subject } from "../../../support/builders.js";

export const CONTRACT = contractOf(
  migrated([], { relations: [relation("avatars", []), relation("avatar_generations", [])] }),
);

export function factsOf(
  histories: readonly History[],
  gaps: readonly Gap[],
  contract: Contract = CONTRACT,
  seen: Partial<Facts> = {},
): Facts {
  const ledgers = buildLedgers(contract, histories, gaps);
  return {
    gaps,
    contract,
    ledgers,
    unverified: [],
    target: TARGET,
    models: [],
    surroundings: null,
    lookFailed: null,
    ...seen,
  };
}

const TARGET: Target = {
  host: "db.internal",
  port: 5432,
  database: "app",
  user: "app_user",
  server: "18.4",
  schema: "public",
  searchPath: ["public"],
  inRecovery: false,
};

/** What stands around the gaps: nothing, but for what a test says. */
export function around(parts: Partial<Surroundings> = {}): Surroundings {
  const database = { schemas: [], databases: [] };
  return { nearby: [], objects: [], touched: [], locks: [], sessions: [], builds: [], database, ...parts };
}

/** What the target has, in the eyes of the application. */
export function modelOf(...relations: readonly Relation[]): SchemaModel {
  return {
    serverVersion: 180004,
    schemas: [{ name: "public", usage: true }],
    relations,
    enums: [],
    domains: [],
    sequences: [],
    functions: [],
    extensions: [],
    role: null,
    unreadable: [],
  };
}

/** A table as the catalog has it; columns in their places. */
export function table(name: string, columns: readonly Column[], fields: Partial<Relation> = {}): Relation {
  return {
    schema: "public",
    name,
    kind: "table",
    partitionOf: null,
    columns: columns.map((each, at) => ({ ...each, position: at + 1 })),
    constraints: [],
    indexes: [],
    triggers: [],
    definition: null,
    rowSecurity: { enabled: false, forced: false, appliesToRole: false, allows: [] },
    privileges: { select: true, insert: true, update: true, delete: true },
    ...fields,
  };
}

export function missingTable(id: string, name: string, introducedBy: string | null = null): Gap {
  return gap({ id, code: "MISSING_TABLE", subject: subject("table", name), introducedBy });
}

export function missingColumn(id: string, relationName: string, name: string, introducedBy: string | null = null): Gap {
  return gap({ id, code: "MISSING_COLUMN", subject: subject("column", name, relationName), introducedBy });
}

/** What migrationGaps() says of a migration, in the record table of `history()`. */
export function notApplied(name: string): Gap {
  return gap({
    id: `g-${name}`,
    code: "MIGRATION_NOT_APPLIED",
    severity: "warning",
    subject: subject("migration", name),
    introducedBy: name,
    operations: [],
  });
}

export function withRelations(...relations: Application["relations"]): Contract {
  return contractOf(migrated([], { relations }));
}

export { gap, history, relation, subject };
