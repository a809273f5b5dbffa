/** Constraints on a table that may have rows: each of them is proved by reading the table, under a lock. */
import { all, as, type Constraint, display, type Name, nameOf } from "../ast.js";
import { hazard, lock } from "../hazards.js";
import { isNew, relationOf } from "../memory.js";
import type { Found, Place, Rule } from "../place.js";
import { tableCommands } from "./alter-table.js";
import { defaultOf } from "./columns.js";

interface Added {
  readonly table: Name;
  readonly constraint: Constraint;
  /** The column it belongs to, when a column is added with it; it then has a default or not. */
  readonly column: { readonly name: string; readonly hasDefault: boolean } | null;
}

/** Constraints that ALTER TABLE adds to a table which is not new, by themselves or with a column. */
function addedConstraints(place: Place): Added[] {
  return tableCommands(place).flatMap(({ name: table, command }): Added[] => {
    if (isNew(place.memory, table)) return [];
    const alone = command.subtype === "AT_AddConstraint" ? as("Constraint", command.def) : null;
    if (alone !== null) return [{ table, constraint: alone, column: null }];
    const added = command.subtype === "AT_AddColumn" ? as("ColumnDef", command.def) : null;
    if (added === null) return [];
    const column = { name: added.colname ?? "", hasDefault: defaultOf(added) !== null };
    return all("Constraint", added.constraints).map((constraint) => ({ table, constraint, column }));
  });
}

const isUnchecked = ({ skip_validation, is_enforced }: Constraint): boolean =>
  skip_validation === true || is_enforced === false;

export const addForeignKey: Rule = (place) =>
  addedConstraints(place).flatMap(({ table, constraint, column }): Found[] => {
    if (constraint.contype !== "CONSTR_FOREIGN" || isUnchecked(constraint)) return [];
    // A new column without a default is NULL everywhere, and PostgreSQL knows it.
    if (column !== null && !column.hasDefault) return [];
    const other = constraint.pktable === undefined ? "the other table" : display(nameOf(constraint.pktable));
    return [
      {
        code: "ADD_FOREIGN_KEY_SCANS",
        severity: "warning",
        location: constraint.location,
        message: `the foreign key ${named(constraint)}on ${display(table)} is checked for every row; writes to it and to ${other} wait`,
        why: "Both tables are locked in SHARE ROW EXCLUSIVE mode until every row was compared; one row without its partner makes the migration fail (23503).",
        fix: "Add it with NOT VALID, and VALIDATE CONSTRAINT in a later migration: that takes SHARE UPDATE EXCLUSIVE and lets writes through.",
        hazards: [
          // ADD COLUMN itself wants more.
          lock(column === null ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE", display(table)),
          lock("SHARE ROW EXCLUSIVE", other),
          hazard("full-scan", display(table)),
        ],
      },
    ];
  });

export const addCheck: Rule = (place) =>
  addedConstraints(place).flatMap(({ table, constraint }): Found[] => {
    if (constraint.contype !== "CONSTR_CHECK" || isUnchecked(constraint)) return [];
    return [
      {
        code: "ADD_CHECK_SCANS",
        severity: "warning",
        location: constraint.location,
        message: `the check ${named(constraint)}on ${display(table)} is tried on every row; everybody waits`,
        why: "The table is locked in ACCESS EXCLUSIVE mode until every row was looked at; one row that does not satisfy it makes the migration fail (23514).",
        fix: "Add it with NOT VALID, and VALIDATE CONSTRAINT in a later migration: that takes SHARE UPDATE EXCLUSIVE and lets reads and writes through.",
        hazards: [lock("ACCESS EXCLUSIVE", display(table)), hazard("full-scan", display(table))],
      },
    ];
  });

const INDEXED: Readonly<Record<string, string>> = {
  CONSTR_UNIQUE: "unique constraint",
  CONSTR_PRIMARY: "primary key",
  CONSTR_EXCLUSION: "exclusion constraint",
};

export const addUnique: Rule = (place) =>
  addedConstraints(place).flatMap(({ table, constraint }): Found[] => {
    const what = INDEXED[constraint.contype ?? ""];
    if (what === undefined || constraint.indexname !== undefined) return [];
    const fix =
      constraint.contype === "CONSTR_EXCLUSION"
        ? "An exclusion constraint has no gentler way: add it while nobody needs the table, with a lock_timeout."
        : `Build the index first with CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … ${constraint.contype === "CONSTR_PRIMARY" ? "PRIMARY KEY" : "UNIQUE"} USING INDEX.`;
    return [
      {
        code: "ADD_UNIQUE_BUILDS_INDEX",
        severity: "warning",
        location: constraint.location,
        message: `the ${what} ${named(constraint)}on ${display(table)} builds its index; everybody waits`,
        why: "The table is locked in ACCESS EXCLUSIVE mode until the index is built; two rows that collide make the migration fail (23505).",
        fix,
        hazards: [lock("ACCESS EXCLUSIVE", display(table)), hazard("full-scan", display(table))],
      },
    ];
  });

export const validateUnderLock: Rule = ({ memory, index, ...place }) =>
  tableCommands(place).flatMap(({ name, command }): Found[] => {
    const constraint = command.name ?? "";
    if (command.subtype !== "AT_ValidateConstraint" || isNew(memory, name) || !place.inTransaction) return [];
    const added = relationOf(memory, name)?.checks.get(constraint);
    if (added === undefined || added.valid || added.addedIn !== index || !isAddedTogether(place, constraint)) return [];
    return [
      {
        code: "VALIDATE_UNDER_LOCK",
        severity: "warning",
        message: `${constraint} on ${display(name)} is validated in the transaction that adds it`,
        why: "The lock of ADD CONSTRAINT is held until the transaction ends, so NOT VALID wins nothing: the whole table is read under it.",
        fix: "Move VALIDATE CONSTRAINT into a migration of its own.",
        hazards: [lock("SHARE ROW EXCLUSIVE", display(name)), hazard("full-scan", display(name))],
      },
    ];
  });

/** Whether an earlier statement of the same transaction adds it; a DO block may be what does. */
function isAddedTogether(
  { statements, transaction, position }: Pick<Place, "statements" | "transaction" | "position">,
  name: string,
): boolean {
  return statements.some((node, at) => {
    if (at >= position || !transaction.has(at)) return false;
    if (as("DoStmt", node) !== null) return true;
    const commands = all("AlterTableCmd", as("AlterTableStmt", node)?.cmds);
    return commands.some(({ def }) => as("Constraint", def)?.conname === name);
  });
}

function named({ conname }: Constraint): string {
  return conname === undefined ? "" : `${conname} `;
}
