/** Statements that create one object: all but tables. */
import type {
  CreateDomainStmt,
  CreateEnumStmt,
  CreateFunctionStmt,
  CreatePolicyStmt,
  CreateTableAsStmt,
  CreateTrigStmt,
  DefineStmt,
  IndexStmt,
  Node,
  SelectStmt,
  ViewStmt,
} from "libpg-query";
import { nameOfParts, nameOfRelation, plainName, textOf } from "./names.js";
import { kindOf } from "./object-kinds.js";
import type { Reading } from "./reading.js";
import { namedConstraints } from "./tables.js";
import type { Deed } from "./types.js";

/** CREATE TABLE ... AS, CREATE MATERIALIZED VIEW. */
export function createTableAs({ into, if_not_exists: guarded }: CreateTableAsStmt, reading: Reading): Deed[] {
  const relation = reading.deed("create", "relation", nameOfRelation(into?.rel), { guarded });
  return withColumns(relation, into?.colNames, reading);
}

/** The columns that the text names; the others have the names that the query gives them. */
function withColumns(relation: readonly Deed[], names: readonly Node[] = [], reading: Reading): Deed[] {
  return relation.flatMap((whole) => [
    whole,
    ...names.flatMap((name) => reading.part(whole, "create", "column", textOf(name) ?? undefined)),
  ]);
}

/** `SELECT ... INTO name`; of a UNION the first SELECT says it. */
export function selectInto({ intoClause, larg }: SelectStmt, reading: Reading): Deed[] {
  let [into, left] = [intoClause, larg];
  while (into === undefined && left !== undefined) [into, left] = [left.intoClause, left.larg];
  return reading.deed("create", "relation", nameOfRelation(into?.rel));
}

export function createView({ view, aliases, replace: guarded }: ViewStmt, reading: Reading): Deed[] {
  return withColumns(reading.deed("create", "relation", nameOfRelation(view), { guarded }), aliases, reading);
}

export function createIndex({ idxname, relation, if_not_exists: guarded }: IndexStmt, reading: Reading): Deed[] {
  return reading.deed("create", "index", plainName(idxname), { guarded, relation: nameOfRelation(relation) });
}

export function createTrigger({ trigname, relation, replace: guarded }: CreateTrigStmt, reading: Reading): Deed[] {
  return reading.deed("create", "trigger", plainName(trigname), { guarded, relation: nameOfRelation(relation) });
}

export function createPolicy({ policy_name, table }: CreatePolicyStmt, reading: Reading): Deed[] {
  return reading.deed("create", "policy", plainName(policy_name), { relation: nameOfRelation(table) });
}

/** The type, and its labels. */
export function createEnum({ typeName, vals = [] }: CreateEnumStmt, reading: Reading): Deed[] {
  return reading
    .deed("create", "type", nameOfParts(typeName))
    .flatMap((type) => [
      type,
      ...vals.flatMap((label) => reading.part(type, "create", "label", textOf(label) ?? undefined)),
    ]);
}

export function createDomain({ domainname, constraints = [] }: CreateDomainStmt, reading: Reading): Deed[] {
  return reading
    .deed("create", "type", nameOfParts(domainname))
    .flatMap((domain) => [domain, ...namedConstraints(constraints, domain, reading)]);
}

export function createFunction({ funcname, replace: guarded }: CreateFunctionStmt, reading: Reading): Deed[] {
  return reading.deed("create", "function", nameOfParts(funcname), { guarded });
}

/** CREATE AGGREGATE, and CREATE TYPE of a base type; of other kinds deeds do not tell. */
export function define({ kind, defnames, replace, if_not_exists }: DefineStmt, reading: Reading): Deed[] {
  const told = kindOf(kind);
  return told === null
    ? []
    : reading.deed("create", told, nameOfParts(defnames), { guarded: replace === true || if_not_exists === true });
}
