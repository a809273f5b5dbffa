/** What PostgreSQL refuses inside of a transaction block. */
import { as, display, hasOption, type Node, nameFrom, strings, walk } from "../ast.js";
import { hazard, outsideTransaction } from "../hazards.js";
import { keyOf } from "../memory.js";
import type { Found, Place, Rule } from "../place.js";

export const notInTransaction: Rule = ({ node, inTransaction, begun, tool, statements }) => {
  const what = forbidden(node);
  if (what === null || !inTransaction) return [];
  // Prisma sends a script whole; newer versions cut out CREATE INDEX CONCURRENTLY themselves.
  const mayBeCut = tool === "prisma" && !begun;
  const because = begun
    ? "a BEGIN, the tool's or the script's own, stands before it"
    : `the script is sent whole, and it holds ${statements.length} statements`;
  return [
    {
      code: "NOT_IN_TRANSACTION",
      severity: mayBeCut ? "warning" : "error",
      message: `${what} cannot run inside a transaction block, and here it does: ${because}`,
      why: mayBeCut
        ? "Versions of Prisma that send the script whole fail here (25001), and the migration counts as failed."
        : "PostgreSQL refuses it (25001), so the migration fails everywhere.",
      fix: `Put it ${outsideTransaction(tool)}.`,
      hazards: [hazard("not-transactional", null)],
    },
  ];
};

/** How the statement is called, when PreventInTransactionBlock of PostgreSQL refuses it; null otherwise. */
function forbidden(node: Node): string | null {
  if (as("IndexStmt", node)?.concurrent) return "CREATE INDEX CONCURRENTLY";
  if (as("DropStmt", node)?.concurrent) return "DROP INDEX CONCURRENTLY";
  const reindex = as("ReindexStmt", node);
  if (hasOption(reindex?.params, "concurrently")) return "REINDEX CONCURRENTLY";
  if (["SCHEMA", "SYSTEM", "DATABASE"].some((kind) => reindex?.kind === `REINDEX_OBJECT_${kind}`)) {
    return `REINDEX ${reindex?.kind?.replace("REINDEX_OBJECT_", "")}`;
  }
  if (as("VacuumStmt", node)?.is_vacuumcmd) return "VACUUM";
  const cluster = as("ClusterStmt", node);
  if (cluster !== null && cluster.relation === undefined) return "CLUSTER of all tables";
  return STATEMENTS.find(([kind]) => as(kind, node) !== null)?.[1] ?? detached(node);
}

const STATEMENTS = [
  ["CreatedbStmt", "CREATE DATABASE"],
  ["DropdbStmt", "DROP DATABASE"],
  ["CreateTableSpaceStmt", "CREATE TABLESPACE"],
  ["DropTableSpaceStmt", "DROP TABLESPACE"],
  ["AlterSystemStmt", "ALTER SYSTEM"],
] as const;

function detached(node: Node): string | null {
  const isConcurrent = (as("AlterTableStmt", node)?.cmds ?? []).some(
    (each) => as("PartitionCmd", as("AlterTableCmd", each)?.def)?.concurrent === true,
  );
  return isConcurrent ? "DETACH PARTITION CONCURRENTLY" : null;
}

export const enumValue: Rule = (place): Found[] => {
  const { node, memory, inTransaction, tool, index } = place;
  const { typeName, oldVal, newVal } = as("AlterEnumStmt", node) ?? {};
  if (newVal === undefined || oldVal !== undefined || !inTransaction) return [];
  const type = nameFrom(strings(typeName));
  // A type that the same transaction creates may be used at once.
  if (memory.types.get(keyOf(memory, type)) === index || !isUsedLater(place, newVal)) return [];
  return [
    {
      code: "ENUM_VALUE_IN_TRANSACTION",
      severity: "warning",
      message: `label ${JSON.stringify(newVal)} is added to ${display(type)} and seems to be used in the same transaction`,
      why: "A new enum label cannot be used before the transaction that adds it has ended: PostgreSQL refuses the statement that does (55P04).",
      fix: `Add the label in a migration of its own, before the one that uses it${tool === "prisma" ? "; Prisma Migrate runs each in a transaction of its own" : ""}.`,
      hazards: [hazard("not-transactional", null)],
    },
  ];
};

/** Whether a later statement of the transaction holds the label as a string. Which type it is meant for is not known. */
function isUsedLater({ statements, position, transaction }: Place, label: string): boolean {
  return statements.some((node, at) => {
    if (at <= position || !transaction.has(at)) return false;
    for (const each of walk(node)) if (as("A_Const", each)?.sval?.sval === label) return true;
    return false;
  });
}
