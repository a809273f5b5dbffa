/** What ALTER TABLE changes in the memory. */
import { type AlterTableCmd, type AlterTableStmt, all, as, type Node, nameOf, strings } from "./ast.js";
import { type KnownRelation, type Memory, relationOf } from "./memory.js";
import { columnType, isSerial } from "./types.js";

export function learnAlterTable(memory: Memory, alter: AlterTableStmt | null, index: number): void {
  if (alter?.relation === undefined) return;
  const relation = relationOf(memory, nameOf(alter.relation));
  // Nothing is known about a table that no script creates; but what is added to it now is new.
  const known = relation ?? unknownTable(memory, alter);
  for (const command of all("AlterTableCmd", alter.cmds)) learnCommand(known, command, index);
}

const UNKNOWN_SCRIPT = -1;

function unknownTable(memory: Memory, { relation }: AlterTableStmt): KnownRelation {
  const known: KnownRelation = { createdIn: UNKNOWN_SCRIPT, kind: "table", columns: new Map(), checks: new Map() };
  const { schema, name } = nameOf(relation ?? {});
  memory.relations.set(`${schema ?? memory.home}.${name}`, known);
  return known;
}

function learnCommand(known: KnownRelation, command: AlterTableCmd, index: number): void {
  const { subtype, name = "", def } = command;
  const column = known.columns.get(name);
  if (subtype === "AT_AddColumn") learnColumn(known, command, index);
  else if (subtype === "AT_DropColumn") known.columns.delete(name);
  else if (subtype === "AT_SetNotNull") setNotNull(known, name, true);
  else if (subtype === "AT_DropNotNull") setNotNull(known, name, false);
  else if (subtype === "AT_DropConstraint") known.checks.delete(name);
  else if (subtype === "AT_ValidateConstraint") {
    const check = known.checks.get(name);
    if (check !== undefined) check.valid = true;
  } else if (subtype === "AT_AlterColumnType" && column !== undefined) {
    const { typeName } = as("ColumnDef", def) ?? {};
    column.type = typeName === undefined ? null : columnType(typeName);
  } else if (subtype === "AT_AddConstraint") learnConstraint(known, command, index);
}

function learnColumn(known: KnownRelation, { def, missing_ok }: AlterTableCmd, index: number): void {
  const { colname = "", typeName, constraints } = as("ColumnDef", def) ?? {};
  if (missing_ok && known.columns.has(colname)) return;
  const notNull =
    all("Constraint", constraints).some(
      ({ contype }) => contype === "CONSTR_NOTNULL" || contype === "CONSTR_PRIMARY",
    ) ||
    (typeName !== undefined && isSerial(typeName));
  known.columns.set(colname, { type: typeName === undefined ? null : columnType(typeName), addedIn: index, notNull });
}

function setNotNull(known: KnownRelation, name: string, notNull: boolean): void {
  const column = known.columns.get(name);
  if (column !== undefined) column.notNull = notNull;
}

function learnConstraint(known: KnownRelation, { def }: AlterTableCmd, index: number): void {
  const constraint = as("Constraint", def);
  if (constraint === null) return;
  const { contype, conname = `unnamed ${known.checks.size}`, raw_expr, skip_validation, is_enforced } = constraint;
  if (contype === "CONSTR_PRIMARY") for (const key of strings(constraint.keys)) setNotNull(known, key, true);
  if (!["CONSTR_CHECK", "CONSTR_FOREIGN", "CONSTR_NOTNULL"].includes(contype ?? "") || is_enforced === false) return;
  const columns = contype === "CONSTR_CHECK" ? notNullColumns(raw_expr) : [];
  known.checks.set(conname, { columns, addedIn: index, valid: skip_validation !== true });
}

/** Columns that a condition keeps from being NULL: `a IS NOT NULL`, also joined by AND. */
export function notNullColumns(condition: Node | undefined): string[] {
  const joined = as("BoolExpr", condition);
  if (joined?.boolop === "AND_EXPR") return (joined.args ?? []).flatMap(notNullColumns);
  const test = as("NullTest", condition);
  const column = strings(as("ColumnRef", test?.arg)?.fields).at(-1);
  return test?.nulltesttype === "IS_NOT_NULL" && column !== undefined ? [column] : [];
}
