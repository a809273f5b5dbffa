/** Statements that touch every row. */
import { all, as, display, nameOf } from "../ast.js";
import { hazard, lock } from "../hazards.js";
import { isNew } from "../memory.js";
import type { Found, Rule } from "../place.js";

export const truncate: Rule = ({ node, memory }) => {
  const statement = as("TruncateStmt", node);
  return all("RangeVar", statement?.relations).flatMap((relation): Found[] => {
    const name = nameOf(relation);
    if (isNew(memory, name)) return [];
    const cascade = statement?.behavior === "DROP_CASCADE" ? ", and with CASCADE every table that refers to it" : "";
    return [
      {
        code: "TRUNCATE_TABLE",
        severity: "warning",
        message: `every row of ${display(name)} is removed${cascade}`,
        why: "The rows are gone for good; no trigger on DELETE and no condition stands in between.",
        fix: "Delete the rows that are meant, with a WHERE, after a backup of what is still needed.",
        hazards: [lock("ACCESS EXCLUSIVE", display(name)), hazard("data-loss", display(name))],
      },
    ];
  });
};

export const deleteAll: Rule = ({ node, memory }) => {
  const statement = as("DeleteStmt", node);
  // A join by USING has its condition in WHERE as well.
  if (statement?.relation === undefined || statement.whereClause !== undefined) return [];
  const name = nameOf(statement.relation);
  if (isNew(memory, name)) return [];
  return [
    {
      code: "DELETE_ALL_ROWS",
      severity: "warning",
      message: `every row of ${display(name)} is deleted: there is no WHERE`,
      why: "The rows are gone for good, and everybody who writes to one of them waits until the transaction ends.",
      fix: "Say in a WHERE which rows are meant; if it is all of them, delete in batches outside of the migration.",
      hazards: [lock("ROW EXCLUSIVE", display(name)), hazard("data-loss", display(name))],
    },
  ];
};

export const updateAll: Rule = ({ node, memory }) => {
  const statement = as("UpdateStmt", node);
  if (statement?.relation === undefined || statement.whereClause !== undefined) return [];
  const name = nameOf(statement.relation);
  if (isNew(memory, name)) return [];
  return [
    {
      code: "UPDATE_ALL_ROWS",
      severity: "warning",
      message: `every row of ${display(name)} is updated: there is no WHERE`,
      why: "Everybody who writes to one of the rows waits until the transaction ends, and the table takes twice its room until it is vacuumed.",
      fix: "Fill the rows in batches outside of the migration, each in a transaction of its own.",
      hazards: [lock("ROW EXCLUSIVE", display(name)), hazard("full-scan", display(name))],
    },
  ];
};
