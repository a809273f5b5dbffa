/** Indexes: built, rebuilt or dropped while others use the table. */
import { as, display, hasOption, type IndexStmt, type Name, nameFrom, nameOf, strings } from "../ast.js";
import { hazard, lock, outsideTransaction } from "../hazards.js";
import { isNew, type KnownIndex, keyOf, type Memory, relationOf } from "../memory.js";
import type { Found, Place, Rule } from "../place.js";

export const createIndex: Rule = ({ node, memory, tool }) => {
  const index = as("IndexStmt", node);
  if (index?.relation === undefined || index.concurrent) return [];
  const table = nameOf(index.relation);
  // IF NOT EXISTS, and an earlier statement made it: nothing is built.
  if (index.if_not_exists && knownIndex(memory, index) !== null) return [];
  // ON ONLY makes an empty index that waits for those of the partitions.
  const isPartitioned = relationOf(memory, table)?.kind === "partitioned-table";
  if (isNew(memory, table) || (isPartitioned && index.relation.inh !== true)) return [];
  const fix = isPartitioned
    ? "Create it with ON ONLY, build the same index on every partition with CREATE INDEX CONCURRENTLY, then ATTACH PARTITION each."
    : `Use CREATE INDEX CONCURRENTLY, ${outsideTransaction(tool)}.`;
  return [
    {
      code: "CREATE_INDEX_BLOCKS_WRITES",
      severity: "warning",
      message: `${index.idxname ?? "an index"} on ${display(table)} keeps writes out while it is built`,
      why: "CREATE INDEX takes a SHARE lock: every INSERT, UPDATE and DELETE on the table waits until the index is built and the transaction ends.",
      fix,
      hazards: [lock("SHARE", display(table)), hazard("full-scan", display(table))],
    },
  ];
};

/** An index of this name that an earlier statement makes. */
export function knownIndex(memory: Memory, { relation, idxname }: IndexStmt): KnownIndex | null {
  const schema = relation?.schemaname ?? null;
  return idxname === undefined ? null : (memory.indexes.get(keyOf(memory, { schema, name: idxname })) ?? null);
}

export const dropIndex: Rule = ({ node, memory, tool }) => {
  const drop = as("DropStmt", node);
  if (drop?.removeType !== "OBJECT_INDEX" || drop.concurrent) return [];
  return (drop.objects ?? []).flatMap((object): Found[] => {
    const name = nameFrom(strings(as("List", object)?.items));
    if (isNewIndex(memory, name)) return [];
    return [
      {
        code: "DROP_INDEX_LOCKS",
        severity: "note",
        message: `dropping index ${display(name)} locks its table against everybody`,
        why: "It is quick, but it takes an ACCESS EXCLUSIVE lock: it waits for every running query, and all later queries wait behind it.",
        fix: `Use DROP INDEX CONCURRENTLY, ${outsideTransaction(tool)}; or set a lock_timeout.`,
        hazards: [lock("ACCESS EXCLUSIVE", display(name))],
      },
    ];
  });
};

function isNewIndex(memory: Memory, name: Name): boolean {
  const index = memory.indexes.get(keyOf(memory, name));
  const table = index === undefined ? undefined : memory.relations.get(index.relation);
  return table !== undefined && memory.fresh.has(table.createdIn);
}

export const reindex: Rule = ({ node, memory, tool }) => {
  const statement = as("ReindexStmt", node);
  if (statement === null || hasOption(statement.params, "concurrently")) return [];
  const { relation, name = "", kind } = statement;
  if (relation !== undefined && (isNew(memory, nameOf(relation)) || isNewIndex(memory, nameOf(relation)))) return [];
  const subject = relation === undefined ? name : display(nameOf(relation));
  const what = (kind ?? "").replace("REINDEX_OBJECT_", "").toLowerCase();
  return [
    {
      code: "REINDEX_BLOCKS_WRITES",
      severity: "warning",
      message: `REINDEX of ${what} ${subject} keeps writes out, and reads that would use the index`.replace("  ", " "),
      why: "It takes a SHARE lock on the table and an ACCESS EXCLUSIVE lock on each index, until all of them are built anew.",
      fix: `Use REINDEX (CONCURRENTLY), ${outsideTransaction(tool)}.`,
      hazards: [lock("SHARE", subject), lock("ACCESS EXCLUSIVE", subject), hazard("full-scan", subject)],
    },
  ];
};

export const refresh: Rule = ({ node, memory }: Place) => {
  const statement = as("RefreshMatViewStmt", node);
  if (statement?.relation === undefined || statement.concurrent || isNew(memory, nameOf(statement.relation))) return [];
  const view = display(nameOf(statement.relation));
  return [
    {
      code: "REFRESH_BLOCKS_READS",
      severity: "warning",
      message: `the materialized view ${view} cannot be read while it is refreshed`,
      why: "REFRESH MATERIALIZED VIEW takes an ACCESS EXCLUSIVE lock for as long as its query runs.",
      fix: "Use REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index on the view without a condition.",
      hazards: [lock("ACCESS EXCLUSIVE", view)],
    },
  ];
};
