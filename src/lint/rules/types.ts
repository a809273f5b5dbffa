/** ALTER COLUMN TYPE. */
import { as, display, type Name } from "../ast.js";
import { hazard, lock } from "../hazards.js";
import { columnOf, isNew, isNewColumn } from "../memory.js";
import type { Found, Rule } from "../place.js";
import { type ColumnType, columnType, displayType, isPlainUsing, rewrites } from "../types.js";
import { tableCommands } from "./alter-table.js";

export const alterType: Rule = ({ memory, node }) =>
  tableCommands({ node }).flatMap(({ name, command }): Found[] => {
    const { subtype, name: column = "" } = command;
    const definition = as("ColumnDef", command.def);
    if (subtype !== "AT_AlterColumnType" || definition?.typeName === undefined) return [];
    if (isNew(memory, name) || isNewColumn(memory, name, column)) return [];
    const to = columnType(definition.typeName);
    const from = columnOf(memory, name, column)?.type ?? null;
    const using = isPlainUsing(definition.raw_default, column, to) ? null : "USING computes every value anew";
    const because = using ?? reason(from, to);
    return because === null ? [] : [found(name, column, to, because, definition.location)];
  });

function reason(from: ColumnType | null, to: ColumnType): string | null {
  if (from !== null)
    return rewrites(from, to) ? `${displayType(from)} is stored otherwise than ${displayType(to)}` : null;
  const relatives = ["varchar", "text", "citext"].includes(to.name) && to.modifiers.length === 0;
  return relatives
    ? "no migration says what the type was; only from varchar, text or citext nothing is rewritten"
    : "no migration says what the type was";
}

function found(table: Name, column: string, to: ColumnType, because: string, location: number | undefined): Found {
  const isSure = !because.startsWith("no migration");
  return {
    code: "ALTER_TYPE_REWRITES",
    severity: "warning",
    location,
    message: `changing ${display(table)}.${column} to ${displayType(to)} ${isSure ? "rewrites" : "may rewrite"} the whole table: ${because}`,
    why: "The table is written anew, with all its indexes, while nobody can read or write it; running code may not expect the new type.",
    fix: "Add a column of the new type, keep both filled, copy the old rows in batches, switch the code over, then drop the old column.",
    hazards: [
      lock("ACCESS EXCLUSIVE", display(table)),
      hazard("table-rewrite", display(table)),
      hazard("breaks-running-code", display(table)),
    ],
  };
}
