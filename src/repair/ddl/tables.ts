/** Tables: https://www.postgresql.org/docs/current/sql-createtable.html */
import type { ExpectedRelation } from "../../model/contract.js";
import { clauseOf, definitionOf, type ObjectDefinition, partitionClause } from "../../model/definitions.js";
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { compareText, type QualifiedName } from "../../model/names.js";
import type { Constraint, Index } from "../../model/schema.js";
import { columnDefinition } from "./columns.js";
import { constraintClause } from "./constraints.js";
import { alterTable, clause, parenthesized, statement } from "./words.js";

export interface CreateTableOptions {
  /** `contract.definitions`: what the model does not say (partitions, identity options, row security, ...). */
  readonly definitions?: readonly ObjectDefinition[];
}

/**
 * CREATE TABLE IF NOT EXISTS with columns, primary key and checks, and right behind it what must not come later than
 * the table: the partition's attachment, row security with its policies. To be run in one transaction. Sequences of its
 * defaults come before it (`createSequence`), their owner after it (`setSequenceOwner`), and everything in `laterParts`.
 */
export function createTable(relation: ExpectedRelation, { definitions = [] }: CreateTableOptions = {}): string[] {
  const partition = partitionClause(definitions, relation);
  const partitionKey = clauseOf(definitions, "partition-key", relation);
  const parents = clauseOf(definitions, "inherits", relation);
  const create = statement(
    "CREATE",
    clauseOf(definitions, "unlogged", relation),
    "TABLE IF NOT EXISTS",
    qualifiedVisibly(relation),
    elements(relation, definitions, partition !== null),
    parents === null ? null : `INHERITS ${parenthesized(parents)}`,
    partitionKey === null ? null : `PARTITION BY ${partitionKey}`,
  );
  const attach =
    partition === null
      ? []
      : [alterTable(partition.parent, "ATTACH PARTITION", qualifiedVisibly(relation), partition.bound)];
  return [create, ...rowSecurity(relation, definitions), ...attach];
}

function elements(relation: ExpectedRelation, definitions: readonly ObjectDefinition[], isPartition: boolean): string {
  const columns = relation.columns.map((column) =>
    columnDefinition(column, {
      identity: !isPartition,
      identityOptions: clauseOf(definitions, "identity", relation, column.name),
    }),
  );
  const constraints = relation.constraints
    .filter(isInline)
    .map((constraint) => constraintClause(constraint, constraintOptions(relation, constraint, definitions)));
  const lines = [...columns, ...constraints];
  return lines.length === 0 ? "()" : `(\n  ${lines.join(",\n  ")}\n)`;
}

/** What addConstraint and constraintClause need to know beside the constraint. */
export function constraintOptions(
  relation: ExpectedRelation,
  { name }: Constraint,
  definitions: readonly ObjectDefinition[],
): { readonly definition: string | null; readonly indexes: readonly Index[] } {
  return { definition: clauseOf(definitions, "constraint", relation, name), indexes: relation.indexes };
}

/** Without it a table that is made anew would show all its rows to everybody. */
export function rowSecurity(relation: QualifiedName, definitions: readonly ObjectDefinition[]): string[] {
  const { schema, name } = relation;
  const enabled = definitionOf(definitions, "row-security", { schema, relation: null, name });
  const policies = definitions.filter(
    (each) => each.kind === "policy" && each.schema === schema && each.relation === name,
  );
  return [...enabled, ...policies.flatMap(({ sql }) => sql)].map((sql) => statement(sql));
}

/** Primary key and checks stand in CREATE TABLE. */
function isInline({ kind }: Constraint): boolean {
  return kind === "primary-key" || kind === "check";
}

export interface LaterParts {
  /** Unique and exclusion constraints. */
  readonly keys: readonly Constraint[];
  /** Without those that enforce a constraint. */
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly Constraint[];
}

/**
 * What is not in the statements of createTable, by the order in which it is made. Attaching a partition gives it all that
 * the partitioned table has.
 * @param relations where a partition finds its partitioned table; one that is not there is taken to have the same
 */
export function laterParts(
  relation: ExpectedRelation,
  relations: readonly ExpectedRelation[],
  { definitions = [] }: CreateTableOptions = {},
): LaterParts {
  const parent = partitionClause(definitions, relation)?.parent ?? null;
  const later = relation.constraints.filter((constraint) => !isInline(constraint));
  const indexes = relation.indexes.filter(({ constraint }) => constraint === null);
  if (parent === null) return partsOf(later, indexes);
  const whole = relations.find(({ schema, name }) => schema === parent.schema && name === parent.name);
  if (whole === undefined) return partsOf([], []);
  const given = new Set([...whole.constraints, ...whole.indexes].map(shapeOf));
  const isOwn = (part: Constraint | Index) => !given.has(shapeOf(part));
  return partsOf(later.filter(isOwn), indexes.filter(isOwn));
}

function partsOf(constraints: readonly Constraint[], indexes: readonly Index[]): LaterParts {
  const isForeignKey = ({ kind }: Constraint) => kind === "foreign-key";
  return {
    keys: constraints.filter((constraint) => !isForeignKey(constraint)),
    indexes,
    foreignKeys: constraints.filter(isForeignKey),
  };
}

/** Without names, and without states, which differ between a partition and the whole. */
function shapeOf(part: Constraint | Index): string {
  const { name: _name, ...rest } = {
    ...part,
    index: null,
    constraint: null,
    valid: null,
    validated: null,
    ready: null,
  };
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => compareText(a, b)));
}

export function dropTable(relation: QualifiedName): string {
  return statement("DROP TABLE IF EXISTS", qualifiedVisibly(relation));
}

export function renameTable(relation: QualifiedName, to: string): string {
  return alterTable(relation, "RENAME TO", quoteVisibly(to));
}

export function setTableSchema(relation: QualifiedName, schema: string): string {
  return alterTable(relation, "SET SCHEMA", quoteVisibly(schema));
}

/** A trigger that was switched off fires again. */
export function enableTrigger(relation: QualifiedName, trigger: string): string {
  return alterTable(relation, "ENABLE TRIGGER", quoteVisibly(trigger));
}

export function disableTrigger(relation: QualifiedName, trigger: string): string {
  return alterTable(relation, "DISABLE TRIGGER", quoteVisibly(trigger));
}

export function dropTrigger(relation: QualifiedName, trigger: string): string {
  return statement(clause("DROP TRIGGER IF EXISTS", quoteVisibly(trigger), "ON", qualifiedVisibly(relation)));
}
