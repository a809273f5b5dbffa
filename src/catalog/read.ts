/**
 * Catalog -> schema model. Raw columns first (they never wait), then the expressions; a relation that changed while
 * it was read makes the whole reading start again. Round trips depend on what is required, not on what else exists.
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SqlConnection } from "../db/index.js";
import { compareQualified, compareText, type QualifiedName } from "../model/names.js";
import type { Operation } from "../model/report.js";
import type {
  Constraint,
  Relation,
  RelationKind,
  RoleInfo,
  SchemaInfo,
  SchemaModel,
  Trigger,
  Unreadable,
} from "../model/schema.js";
import { distinctNames, groupBy, inChunks } from "./chunks.js";
import { buildColumns, type ColumnReading, readColumns } from "./columns.js";
import { buildConstraint, type ConstraintReading, readConstraints, unvalidatedNotNull } from "./constraints.js";
import { type Expressions, readExpressions } from "./expressions.js";
import { buildIndex, type ColumnsByPosition, type IndexReading, readIndexes } from "./indexes.js";
import { withNeutralRenderings } from "./neutral.js";
import { readDomains, readEnums, readExtensions, readFunctions, readSequences } from "./objects.js";
import { TRIGGERS, type TriggerRow } from "./queries/constraints.js";
import {
  PARTITION_PARENTS,
  type ParentRow,
  POLICIES,
  type PolicyRow,
  RELATIONS_ALL,
  RELATIONS_NAMED,
  type RelationRow,
  ROLE_FACTS,
  type RoleRow,
  SCHEMAS,
  type SchemaRow,
} from "./queries/relations.js";
import type { CatalogRequest } from "./request.js";
import { CatalogChanged } from "./savepoint.js";
import { readSnapshot, readStamp, refuseChanges } from "./stamp.js";

const KINDS: Readonly<Record<string, RelationKind>> = {
  r: "table",
  p: "partitioned-table",
  v: "view",
  m: "materialized-view",
  f: "foreign-table",
};
const ATTEMPTS = 4;
/** A migration's next statement is often only milliseconds away; its end rarely is much later. */
const PAUSE_MS = 100;

/**
 * Reads what the request names.
 * @throws whatever the connection throws; a role that does not exist and relations that are locked are told in `unreadable`.
 */
export async function readCatalog(connection: SqlConnection, request: CatalogRequest): Promise<SchemaModel> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(connection, request);
    } catch (error) {
      if (!(error instanceof CatalogChanged)) throw error;
      if (attempt === ATTEMPTS) return unstable(connection, request, error);
      await sleep(PAUSE_MS * attempt);
    }
  }
}

async function readOnce(connection: SqlConnection, request: CatalogRequest): Promise<SchemaModel> {
  const role = await readRole(connection, request.role);
  const schemas = await connection.query<SchemaRow>(SCHEMAS, [role.name, request.schemas]);
  const snapshot = request.alone === true ? null : await readSnapshot(connection);
  const rows = await readRelationRows(connection, request, role.name);
  const stamp = request.alone === true ? null : await readStamp(connection, rows);
  const relations = await readRelations(connection, rows, role);
  if (stamp !== null) await refuseChanges(connection, request, { snapshot, stamp });
  const forRole = { ...request, role: role.name };
  return withNeutralRenderings({
    serverVersion: connection.serverVersion,
    schemas: schemas
      .map(({ name, usage }): SchemaInfo => ({ name, usage }))
      .sort((a, b) => compareText(a.name, b.name)),
    relations: relations.model,
    enums: await readEnums(connection, forRole),
    domains: await readDomains(connection, forRole),
    sequences: await readSequences(connection, forRole),
    functions: await readFunctions(connection, forRole),
    extensions: await readExtensions(connection),
    role: role.info,
    unreadable: [...role.unreadable, ...relations.unreadable],
  });
}

interface Role {
  readonly name: string | null;
  readonly info: RoleInfo | null;
  readonly bypasses: boolean;
  readonly unreadable: readonly Unreadable[];
}

/** A role that does not exist cannot be judged; asking PostgreSQL about its privileges would be an error. */
async function readRole(connection: SqlConnection, name: string | null): Promise<Role> {
  const [row] = await connection.query<RoleRow>(ROLE_FACTS, [name]);
  if (row !== undefined) {
    const info = { name: row.name, canLogin: row.can_login, mayConnect: row.may_connect };
    return { name, info, bypasses: row.bypasses, unreadable: [] };
  }
  const reason = `role ${JSON.stringify(name)} does not exist on this server, so its privileges cannot be judged`;
  return {
    name: null,
    info: null,
    bypasses: true,
    unreadable: [{ subject: { kind: "role", schema: null, name }, reason, sqlstate: "42704" }],
  };
}

async function readRelationRows(
  connection: SqlConnection,
  request: CatalogRequest,
  role: string | null,
): Promise<RelationRow[]> {
  if (request.relations === "all") return connection.query<RelationRow>(RELATIONS_ALL, [role, request.schemas]);
  const relations = distinctNames(request.relations);
  if (relations.length === 0) return [];
  const params = [role, relations.map(({ schema }) => schema), relations.map(({ name }) => name)];
  return connection.query<RelationRow>(RELATIONS_NAMED, params);
}

interface Parts {
  readonly relations: ReadonlyMap<number, RelationRow>;
  readonly columnsOf: (relation: number) => ColumnsByPosition | undefined;
  readonly columns: ColumnReading;
  readonly constraints: ConstraintReading;
  readonly indexes: IndexReading;
  readonly expressions: Expressions;
  readonly triggers: ReadonlyMap<number, readonly TriggerRow[]>;
  readonly parents: ReadonlyMap<number, QualifiedName>;
  readonly policies: ReadonlyMap<number, readonly string[]>;
  readonly bypassesRowSecurity: boolean;
}

async function readRelations(connection: SqlConnection, rows: readonly RelationRow[], role: Role) {
  const oids = rows.map(({ oid }) => oid);
  const columns = await readColumns(connection, rows, role.name);
  const constraints = await readConstraints(connection, oids);
  const indexes = await readIndexes(connection, oids);
  const triggers = await inChunks(oids, (chunk) => connection.query<TriggerRow>(TRIGGERS, [chunk]));
  const partitions = rows.filter((row) => row.is_partition).map(({ oid }) => oid);
  const parents = await inChunks(partitions, (chunk) => connection.query<ParentRow>(PARTITION_PARENTS, [chunk]));
  const secured = rows.filter((row) => row.row_security).map(({ oid }) => oid);
  const policies = await inChunks(secured, (chunk) => connection.query<PolicyRow>(POLICIES, [role.name, chunk]));
  const byPosition = new Map<number, ColumnsByPosition>();
  for (const [oid, list] of columns.byRelation) byPosition.set(oid, new Map(list.map((row) => [row.position, row])));
  const read = { columns, constraints, indexes, triggers: groupBy(triggers, ({ oid }) => oid) };
  const expressions = await readExpressions(connection, expressionsWanted(rows, read));
  const parts: Parts = {
    ...read,
    relations: new Map(rows.map((row) => [row.oid, row])),
    columnsOf: (relation) => byPosition.get(relation),
    expressions,
    parents: new Map(parents.map(({ oid, schema, name }) => [oid, { schema, name }])),
    policies: new Map(policies.map((row) => [row.oid, row.commands])),
    bypassesRowSecurity: role.bypasses,
  };
  return {
    model: rows.map((row) => buildRelation(row, parts)).sort(compareQualified),
    unreadable: lockedRelations(rows, expressions),
  };
}

/** What is not there need not be asked for; what came since is a change, and the reading starts again. */
function expressionsWanted(
  rows: readonly RelationRow[],
  read: Pick<Parts, "columns" | "constraints" | "indexes" | "triggers">,
) {
  return rows.map(({ oid, kind }) => ({
    relation: oid,
    isView: kind === "v" || kind === "m",
    generated: (read.columns.byRelation.get(oid) ?? []).some(({ generated }) => generated !== ""),
    checks: (read.constraints.byRelation.get(oid) ?? []).some(({ type }) => type === "c"),
    triggers: read.triggers.has(oid),
    indexes: (read.indexes.byRelation.get(oid) ?? [])
      .filter((index) => index.has_expressions || index.has_predicate)
      .map(({ id }) => id),
  }));
}

function lockedRelations(rows: readonly RelationRow[], expressions: Expressions): Unreadable[] {
  return rows.flatMap((row): Unreadable[] => {
    const reason = expressions.unreadable.get(row.oid);
    if (reason === undefined) return [];
    return [{ subject: { kind: "relation", schema: row.schema, name: row.name }, reason, sqlstate: "55P03" }];
  });
}

function buildRelation(row: RelationRow, parts: Parts): Relation {
  const constraintRows = parts.constraints.byRelation.get(row.oid) ?? [];
  const indexRows = parts.indexes.byRelation.get(row.oid) ?? [];
  const columns: ColumnsByPosition = parts.columnsOf(row.oid) ?? new Map();
  const around = {
    columns,
    indexes: indexRows,
    indexReading: parts.indexes,
    reading: parts.constraints,
    relations: parts.relations,
    columnsOf: parts.columnsOf,
    expressions: parts.expressions,
  };
  const backing = new Map(
    constraintRows.filter(({ type }) => "pux".includes(type)).map(({ index, name }) => [index, name]),
  );
  return {
    schema: row.schema,
    name: row.name,
    kind: KINDS[row.kind] ?? "table",
    partitionOf: parts.parents.get(row.oid) ?? null,
    columns: buildColumns(row, parts.columns, parts.expressions, unvalidatedNotNull(constraintRows)),
    constraints: constraintRows
      .map((constraint) => buildConstraint(constraint, around))
      .filter((constraint): constraint is Constraint => constraint !== null)
      .sort((a, b) => compareText(a.name, b.name)),
    indexes: indexRows
      .map((index) => buildIndex(index, columns, parts.indexes, parts.expressions, backing.get(index.id) ?? null))
      .sort((a, b) => compareText(a.name, b.name)),
    triggers: buildTriggers(row, parts),
    definition: parts.expressions.views.get(row.oid) ?? null,
    rowSecurity: {
      enabled: row.row_security,
      forced: row.row_security_forced,
      appliesToRole: row.row_security && !parts.bypassesRowSecurity && (row.row_security_forced || !row.is_owner),
      allows: allowedCommands(parts.policies.get(row.oid) ?? []),
    },
    privileges: { select: row.can_select, insert: row.can_insert, update: row.can_update, delete: row.can_delete },
  };
}

const POLICY_COMMANDS: readonly (readonly [Operation, string])[] = [
  ["select", "r"],
  ["insert", "a"],
  ["update", "w"],
  ["delete", "d"],
];

function allowedCommands(commands: readonly string[]): Operation[] {
  const allowed = POLICY_COMMANDS.filter(([, letter]) => commands.includes("*") || commands.includes(letter));
  return allowed.map(([operation]) => operation);
}

function buildTriggers(row: RelationRow, parts: Parts): Trigger[] {
  return (parts.triggers.get(row.oid) ?? [])
    .map(({ name, enabled, before_insert }) => {
      const definition = parts.expressions.triggers.get(`${row.oid}/${name}`) ?? null;
      const definitionHash = definition === null ? null : createHash("sha256").update(definition).digest("hex");
      return { name, enabled: enabled as Trigger["enabled"], beforeInsert: before_insert, definition, definitionHash };
    })
    .sort((a, b) => compareText(a.name, b.name));
}

/** Somebody keeps changing the schema: nothing can be said about it now. */
function unstable(connection: SqlConnection, request: CatalogRequest, error: CatalogChanged): SchemaModel {
  const reason = `the schema changed during each of ${ATTEMPTS} readings (${error.message}): a migration is at work`;
  return {
    serverVersion: connection.serverVersion,
    schemas: [],
    relations: [],
    enums: [],
    domains: [],
    sequences: [],
    functions: [],
    extensions: [],
    role: null,
    unreadable: request.schemas.map((schema) => ({
      subject: { kind: "schema", schema, name: schema },
      reason,
      sqlstate: null,
    })),
  };
}
