/** Takes a statement into the memory, after the rules have looked at it. */
import {
  all,
  as,
  type ColumnDef,
  type Constraint,
  type CreateStmt,
  type Name,
  type Node,
  nameFrom,
  nameOf,
  strings,
} from "./ast.js";
import { learnAlterTable, notNullColumns } from "./learn-table.js";
import { type KnownRelation, keyOf, type Memory, relationOf } from "./memory.js";
import { columnType, isSerial } from "./types.js";

/** @param index of the script in the order in which they run */
export function learn(memory: Memory, node: Node, index: number): void {
  const create = as("CreateStmt", node);
  if (create !== null) learnTable(memory, create, index);
  learnQueryResult(memory, node, index);
  learnAlterTable(memory, as("AlterTableStmt", node), index);
  learnType(memory, node, index);
  learnIndex(memory, node, index);
  learnFunction(memory, node);
  learnRename(memory, node);
  learnDrop(memory, node);
}

function addRelation(memory: Memory, name: Name, kind: KnownRelation["kind"], index: number): KnownRelation {
  const relation: KnownRelation = { createdIn: index, kind, columns: new Map(), checks: new Map() };
  memory.relations.set(keyOf(memory, name), relation);
  return relation;
}

function learnTable(memory: Memory, create: CreateStmt, index: number): void {
  const { relation: variable, tableElts, partspec, if_not_exists, inhRelations } = create;
  if (variable === undefined) return;
  const name = nameOf(variable);
  // With IF NOT EXISTS a table that is there already stays as it is.
  if (if_not_exists && relationOf(memory, name) !== null) return;
  const known = addRelation(memory, name, partspec === undefined ? "table" : "partitioned-table", index);
  for (const parent of all("RangeVar", inhRelations)) {
    for (const [column, each] of relationOf(memory, nameOf(parent))?.columns ?? []) {
      known.columns.set(column, { ...each, addedIn: index });
    }
  }
  for (const definition of all("ColumnDef", tableElts)) learnColumn(known, definition, index);
  for (const each of all("Constraint", tableElts)) learnConstraint(known, each, index);
}

function learnColumn(known: KnownRelation, { colname = "", typeName, constraints }: ColumnDef, index: number): void {
  const kinds = all("Constraint", constraints).map(({ contype }) => contype ?? "");
  const notNull =
    kinds.some((kind) => ["CONSTR_NOTNULL", "CONSTR_PRIMARY", "CONSTR_IDENTITY"].includes(kind)) ||
    (typeName !== undefined && isSerial(typeName));
  known.columns.set(colname, { type: typeName === undefined ? null : columnType(typeName), addedIn: index, notNull });
  for (const each of all("Constraint", constraints)) learnCheck(known, each, index);
}

function learnConstraint(known: KnownRelation, constraint: Constraint, index: number): void {
  learnCheck(known, constraint, index);
  if (constraint.contype !== "CONSTR_PRIMARY") return;
  for (const key of strings(constraint.keys)) {
    const column = known.columns.get(key);
    if (column !== undefined) column.notNull = true;
  }
}

function learnCheck(known: KnownRelation, constraint: Constraint, index: number): void {
  const { contype, conname = `unnamed ${known.checks.size}`, raw_expr, is_enforced } = constraint;
  if (contype !== "CONSTR_CHECK" || is_enforced === false) return;
  known.checks.set(conname, { columns: notNullColumns(raw_expr), addedIn: index, valid: true });
}

function learnQueryResult(memory: Memory, node: Node, index: number): void {
  const made = as("CreateTableAsStmt", node);
  const into = made?.into?.rel ?? as("SelectStmt", node)?.intoClause?.rel;
  if (into !== undefined) {
    addRelation(memory, nameOf(into), made?.objtype === "OBJECT_MATVIEW" ? "materialized-view" : "table", index);
  }
  const view = as("ViewStmt", node)?.view;
  if (view !== undefined && relationOf(memory, nameOf(view)) === null) {
    addRelation(memory, nameOf(view), "view", index);
  }
}

function learnType(memory: Memory, node: Node, index: number): void {
  const composite = as("CompositeTypeStmt", node)?.typevar;
  if (composite !== undefined) memory.types.set(keyOf(memory, nameOf(composite)), index);
  const names = as("CreateEnumStmt", node)?.typeName ?? as("CreateDomainStmt", node)?.domainname;
  if (names !== undefined) memory.types.set(keyOf(memory, nameFrom(strings(names))), index);
}

function learnIndex(memory: Memory, node: Node, createdIn: number): void {
  const { idxname, relation } = as("IndexStmt", node) ?? {};
  if (idxname === undefined || relation === undefined) return;
  // An index stands in the schema of its table.
  const table = nameOf(relation);
  const key = keyOf(memory, { schema: table.schema, name: idxname });
  if (!memory.indexes.has(key)) memory.indexes.set(key, { relation: keyOf(memory, table), createdIn });
}

function learnFunction(memory: Memory, node: Node): void {
  const create = as("CreateFunctionStmt", node);
  const name = strings(create?.funcname).at(-1);
  if (name === undefined) return;
  const volatility = all("DefElem", create?.options).find(({ defname }) => defname === "volatility")?.arg;
  memory.volatile.set(name, !["immutable", "stable"].includes(as("String", volatility)?.sval ?? "volatile"));
}

function learnRename(memory: Memory, node: Node): void {
  const rename = as("RenameStmt", node);
  const { relation, renameType, subname = "", newname = "" } = rename ?? {};
  if (relation !== undefined && renameType === "OBJECT_COLUMN") {
    move(relationOf(memory, nameOf(relation))?.columns, subname, newname);
  } else if (relation !== undefined && renameType === "OBJECT_TABCONSTRAINT") {
    move(relationOf(memory, nameOf(relation))?.checks, subname, newname);
  } else if (relation !== undefined) {
    const from = nameOf(relation);
    moveRelation(memory, from, { ...from, name: newname });
  } else if (renameType === "OBJECT_TYPE" || renameType === "OBJECT_DOMAIN") {
    const from = nameFrom(strings(as("List", rename?.object)?.items));
    move(memory.types, keyOf(memory, from), keyOf(memory, { ...from, name: newname }));
  }
  const moved = as("AlterObjectSchemaStmt", node);
  if (moved?.relation === undefined) return;
  const from = nameOf(moved.relation);
  moveRelation(memory, from, { ...from, schema: moved.newschema ?? null });
}

/** An index is renamed like a relation. */
function moveRelation(memory: Memory, from: Name, to: Name): void {
  move(memory.relations, keyOf(memory, from), keyOf(memory, to));
  move(memory.indexes, keyOf(memory, from), keyOf(memory, to));
}

function move<T>(map: Map<string, T> | undefined, from: string, to: string): void {
  const value = map?.get(from);
  if (map === undefined || value === undefined) return;
  map.delete(from);
  map.set(to, value);
}

function learnDrop(memory: Memory, node: Node): void {
  const drop = as("DropStmt", node);
  for (const object of drop?.objects ?? []) {
    const items = as("List", object)?.items ?? as("TypeName", object)?.names;
    const key = keyOf(memory, nameFrom(strings(items)));
    if (drop?.removeType === "OBJECT_TYPE" || drop?.removeType === "OBJECT_DOMAIN") memory.types.delete(key);
    else if (drop?.removeType === "OBJECT_INDEX") memory.indexes.delete(key);
    else if (["OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW"].includes(drop?.removeType ?? ""))
      memory.relations.delete(key);
  }
}
