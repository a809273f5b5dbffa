/** CREATE TABLE and ALTER TABLE, with their columns and the constraints that have names. */
import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint, CreateStmt, Node } from "libpg-query";
import { nameOfRelation } from "./names.js";
import { kindOf } from "./object-kinds.js";
import type { Reading } from "./reading.js";
import type { Deed } from "./types.js";

export function createTable({ relation, tableElts = [], if_not_exists }: CreateStmt, reading: Reading): Deed[] {
  return reading
    .deed("create", "relation", nameOfRelation(relation), { guarded: if_not_exists })
    .flatMap((table) => [table, ...tableElts.flatMap((element) => elementDeeds(element, table, reading))]);
}

function elementDeeds(element: Node, table: Deed, reading: Reading): Deed[] {
  if ("ColumnDef" in element) return columnDeeds(element.ColumnDef, table, reading);
  return "Constraint" in element ? constraintDeeds(element.Constraint, table, reading) : [];
}

function columnDeeds(column: ColumnDef, table: Deed, reading: Reading, guarded = false): Deed[] {
  const { colname, location, constraints = [] } = column;
  const own = reading.part(table, "create", "column", colname, { location, guarded });
  return [...own, ...namedConstraints(constraints, { ...table, guarded: table.guarded || guarded }, reading)];
}

/** The constraints that the text names. */
export function namedConstraints(constraints: readonly Node[], owner: Deed, reading: Reading): Deed[] {
  return constraints.flatMap((each) => ("Constraint" in each ? constraintDeeds(each.Constraint, owner, reading) : []));
}

function constraintDeeds({ conname, location }: Constraint, owner: Deed, reading: Reading): Deed[] {
  // The place in the tree is that of the word CONSTRAINT.
  return reading.part(owner, "create", "constraint", conname, { location, keywords: 1 });
}

/** Every ALTER that is made of actions: of tables, views, indexes, sequences and composite types. */
export function alterTable(statement: AlterTableStmt, reading: Reading): Deed[] {
  const { relation, cmds = [], objtype, missing_ok } = statement;
  const kind = kindOf(objtype);
  if (kind === null) return [];
  const [whole] = reading.deed("alter", kind, nameOfRelation(relation), { guarded: missing_ok });
  if (whole === undefined) return [];
  if (kind === "type") return [whole];
  const places = cmds.length > 1 ? actionPlaces(reading, whole.at) : [];
  return [whole, ...cmds.flatMap((cmd, position) => actionDeeds(cmd, whole, reading, places[position]))];
}

/** Where the actions begin: the first right after the name, each other after a comma outside of brackets. */
function actionPlaces({ statement }: Reading, after: number): (number | undefined)[] {
  const places: (number | undefined)[] = [undefined];
  let depth = 0;
  for (const { kind, value, start, end } of statement.tokens()) {
    if (kind !== "symbol" || start < after) continue;
    if (value === "(" || value === "[") depth += 1;
    if (value === ")" || value === "]") depth -= 1;
    if (value === "," && depth === 0) places.push(end);
  }
  return places;
}

function actionDeeds(node: Node, table: Deed, reading: Reading, place: number | undefined): Deed[] {
  if (!("AlterTableCmd" in node)) return [];
  if (place !== undefined) reading.skipTo(place);
  const { subtype, def, missing_ok: guarded } = node.AlterTableCmd;
  if (def !== undefined && "ColumnDef" in def && subtype === "AT_AddColumn") {
    return columnDeeds(def.ColumnDef, table, reading, guarded);
  }
  if (def !== undefined && "Constraint" in def)
    return addedConstraint(node.AlterTableCmd, def.Constraint, table, reading);
  if (def !== undefined && "PartitionCmd" in def) {
    return reading.deed("alter", table.kind, nameOfRelation(def.PartitionCmd.name));
  }
  return namedPart(node.AlterTableCmd, table, reading);
}

/** ADD CONSTRAINT, and ADD GENERATED ... AS IDENTITY, whose definition is a constraint of the column as well. */
function addedConstraint(cmd: AlterTableCmd, constraint: Constraint, table: Deed, reading: Reading): Deed[] {
  if (cmd.subtype === "AT_AddConstraint") return constraintDeeds(constraint, table, reading);
  return namedPart(cmd, table, reading);
}

type Action = NonNullable<AlterTableCmd["subtype"]>;

const COLUMN_ACTIONS: readonly Action[] = [
  "AT_ColumnDefault",
  "AT_DropNotNull",
  "AT_SetNotNull",
  "AT_SetExpression",
  "AT_DropExpression",
  "AT_SetStatistics",
  "AT_SetOptions",
  "AT_ResetOptions",
  "AT_SetStorage",
  "AT_SetCompression",
  "AT_AlterColumnType",
  "AT_AlterColumnGenericOptions",
  "AT_AddIdentity",
  "AT_SetIdentity",
  "AT_DropIdentity",
];
const TRIGGER_ACTIONS: readonly Action[] = [
  "AT_EnableTrig",
  "AT_EnableAlwaysTrig",
  "AT_EnableReplicaTrig",
  "AT_DisableTrig",
];

function namedPart({ subtype, name, def, missing_ok: guarded }: AlterTableCmd, table: Deed, reading: Reading): Deed[] {
  if (subtype === undefined) return [];
  const part = (act: Deed["act"], kind: Deed["kind"]) => reading.part(table, act, kind, name, { guarded });
  if (COLUMN_ACTIONS.includes(subtype)) return part("alter", "column");
  if (TRIGGER_ACTIONS.includes(subtype)) return part("alter", "trigger");
  if (subtype === "AT_DropColumn") return part("drop", "column");
  if (subtype === "AT_DropConstraint") return part("drop", "constraint");
  if (subtype === "AT_ValidateConstraint") return part("alter", "constraint");
  if (subtype !== "AT_AlterConstraint" || def === undefined || !("ATAlterConstraint" in def)) return [];
  return reading.part(table, "alter", "constraint", def.ATAlterConstraint.conname);
}
