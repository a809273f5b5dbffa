/** ADD COLUMN: rows without a value, a new value for every row. */

import { all, as, type ColumnDef, display, type Name, type Node, strings, walk } from "../ast.js";
import { hazard, lock } from "../hazards.js";
import { columnOf, isKnownNotNull, isNew, isNewColumn, type Memory } from "../memory.js";
import type { Found, Place, Rule } from "../place.js";
import { isSerial } from "../types.js";
import { tableCommands } from "./alter-table.js";

export const addColumn: Rule = (place) =>
  tableCommands(place).flatMap(({ name, command }) => {
    const column = as("ColumnDef", command.def);
    if (command.subtype !== "AT_AddColumn" || column === null || isNew(place.memory, name)) return [];
    // A column that an earlier script added: IF NOT EXISTS does nothing here.
    if (command.missing_ok && columnOf(place.memory, name, column.colname ?? "") !== null) return [];
    return [...withoutValue(name, column), ...newValueForEachRow(place, name, column)];
  });

const kindsOf = ({ constraints }: ColumnDef) => all("Constraint", constraints).map(({ contype }) => contype);
const fillsItself = (column: ColumnDef): boolean =>
  (column.typeName !== undefined && isSerial(column.typeName)) ||
  kindsOf(column).some((kind) => kind === "CONSTR_IDENTITY" || kind === "CONSTR_GENERATED");

/** The expression behind DEFAULT; null: none, or NULL. */
export function defaultOf({ constraints }: ColumnDef): Node | null {
  const expression = all("Constraint", constraints).find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
  const constant = as("A_Const", as("TypeCast", expression)?.arg ?? expression);
  return expression === undefined || constant?.isnull === true ? null : expression;
}

function withoutValue(table: Name, column: ColumnDef): Found[] {
  const { colname = "", location } = column;
  const kinds = kindsOf(column);
  const isRequired = kinds.includes("CONSTR_NOTNULL") || kinds.includes("CONSTR_PRIMARY");
  if (!isRequired || defaultOf(column) !== null || fillsItself(column)) return [];
  return [
    {
      code: "ADD_COLUMN_NOT_NULL",
      severity: "warning",
      location,
      message: `${display(table)}.${colname} is added as NOT NULL without a default`,
      why: "Where the table has a row, the statement fails (23502), and so does every INSERT of code that does not know the column.",
      fix: "Add it with a DEFAULT (no rewrite for a constant), or nullable; fill it, then SET NOT NULL in a later migration.",
      hazards: [hazard("fails-with-rows", display(table)), hazard("breaks-running-code", display(table))],
    },
  ];
}

function newValueForEachRow({ memory }: Place, table: Name, column: ColumnDef): Found[] {
  const because = rewriteReason(memory, column);
  if (because === null) return [];
  const { colname = "", location } = column;
  return [
    {
      code: "ADD_COLUMN_REWRITES",
      severity: "warning",
      location,
      message: `adding ${display(table)}.${colname} rewrites the whole table: ${because}`,
      why: "The table is written anew, with all its indexes, while nobody can read or write it.",
      fix: "Add the column without it, set the default for new rows in a second statement, and fill the old rows in batches.",
      hazards: [lock("ACCESS EXCLUSIVE", display(table)), hazard("table-rewrite", display(table))],
    },
  ];
}

function rewriteReason(memory: Memory, column: ColumnDef): string | null {
  const generated = all("Constraint", column.constraints).find(({ contype }) => contype === "CONSTR_GENERATED");
  // PostgreSQL 18 also has virtual ones, which are not stored.
  if (generated !== undefined && generated.generated_kind !== "v")
    return "a stored generated column is computed for every row";
  if (kindsOf(column).includes("CONSTR_IDENTITY")) return "an identity column counts every row";
  if (column.typeName !== undefined && isSerial(column.typeName)) return "a serial column counts every row";
  const volatile = volatileCall(memory, defaultOf(column));
  return volatile === null ? null : `the default ${volatile}() is volatile, so every row gets a value of its own`;
}

/** Of PostgreSQL and of the extensions that come with it. now() and its relatives are stable: one value for all rows. */
export const VOLATILE: readonly string[] = [
  "array_sample",
  "array_shuffle",
  "clock_timestamp",
  "current_query",
  "currval",
  "gen_random_bytes",
  "gen_random_uuid",
  "gen_salt",
  "lastval",
  "nextval",
  "pgp_pub_encrypt",
  "pgp_pub_encrypt_bytea",
  "pgp_sym_encrypt",
  "pgp_sym_encrypt_bytea",
  "random",
  "random_normal",
  "setval",
  "timeofday",
  "uuid_generate_v1",
  "uuid_generate_v1mc",
  "uuid_generate_v4",
  "uuidv4",
  "uuidv7",
];

/** The first volatile function that an expression calls, as far as it is known. */
export function volatileCall({ volatile }: Memory, expression: Node | null): string | null {
  for (const node of walk(expression)) {
    const name = strings(as("FuncCall", node)?.funcname).at(-1);
    if (name !== undefined && (volatile.get(name) ?? VOLATILE.includes(name))) return name;
  }
  return null;
}

export const dropColumn: Rule = ({ memory, node }) =>
  tableCommands({ node }).flatMap(({ name, command }): Found[] => {
    const { subtype, name: column = "", behavior } = command;
    if (subtype !== "AT_DropColumn" || isNew(memory, name) || isNewColumn(memory, name, column)) return [];
    const cascade = behavior === "DROP_CASCADE" ? ", and with CASCADE every view, key and constraint that uses it" : "";
    return [
      {
        code: "DROP_COLUMN",
        severity: "warning",
        message: `${display(name)}.${column} is dropped with its values${cascade}`,
        why: "The values are gone for good, and code that still names the column fails (42703) from this moment on.",
        fix: "Deploy code that no longer uses the column first; drop it in a later release, after a backup of what is still needed.",
        hazards: [hazard("data-loss", `${display(name)}.${column}`), hazard("breaks-running-code", display(name))],
      },
    ];
  });

export const setNotNull: Rule = (place) =>
  tableCommands(place).flatMap(({ name, command }): Found[] => {
    const added = as("Constraint", command.def);
    const isConstraint = command.subtype === "AT_AddConstraint" && added?.contype === "CONSTR_NOTNULL";
    if (command.subtype !== "AT_SetNotNull" && !isConstraint) return [];
    const column = isConstraint ? (strings(added?.keys).at(-1) ?? "") : (command.name ?? "");
    if (added?.skip_validation === true || isNew(place.memory, name) || isKnownNotNull(place.memory, name, column))
      return [];
    const check = `${column}_not_null`;
    return [
      {
        code: "SET_NOT_NULL_SCANS",
        severity: "warning",
        location: added?.location,
        message: `setting ${display(name)}.${column} NOT NULL reads the whole table while nobody can use it`,
        why: "The table is locked in ACCESS EXCLUSIVE mode until every row was looked at; a single NULL makes the migration fail (23502).",
        fix: `Add CHECK (${column} IS NOT NULL) as constraint ${check} NOT VALID, VALIDATE it in a later migration; SET NOT NULL then reads nothing (PostgreSQL 12 and later).`,
        hazards: [lock("ACCESS EXCLUSIVE", display(name)), hazard("full-scan", display(name))],
      },
    ];
  });
