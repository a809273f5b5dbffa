/** Indexes, of the contract or of the target: https://www.postgresql.org/docs/current/sql-createindex.html */
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import type { QualifiedName } from "../../model/names.js";
import type { Index, IndexKey } from "../../model/schema.js";
import { clause, collate, columnList, parenthesized, statement } from "./words.js";

export interface CreateIndexOptions {
  /** Outside of a transaction block, and never on a partitioned table. */
  readonly concurrently: boolean;
  /** Another name than the index has, for one that is built beside the wrong one. */
  readonly name?: string;
  /** Default: true. An index of that name counts, even one that is not valid. */
  readonly ifNotExists?: boolean;
  /** ON ONLY a partitioned table: it is valid when the indexes of all partitions are attached. */
  readonly only?: boolean;
}

/** `CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "name" ON "schema"."relation" USING btree (...) INCLUDE (...) WHERE (...);` */
export function createIndex(relation: QualifiedName, index: Index, options: CreateIndexOptions): string {
  const { concurrently, name = index.name, ifNotExists = true, only = false } = options;
  return statement(
    index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX",
    concurrently && "CONCURRENTLY",
    ifNotExists && "IF NOT EXISTS",
    quoteVisibly(name),
    only ? "ON ONLY" : "ON",
    qualifiedVisibly(relation),
    indexDefinition(index),
  );
}

/** What stands behind the name of the relation. */
function indexDefinition({ method, keys, include, nullsNotDistinct, predicate }: Index): string {
  return clause(
    `USING ${quoteVisibly(method)} (${keys.map(indexKey).join(", ")})`,
    include.length > 0 && `INCLUDE ${columnList(include)}`,
    nullsNotDistinct && "NULLS NOT DISTINCT",
    predicate === null ? null : `WHERE ${parenthesized(predicate.text)}`,
  );
}

/** `"name" COLLATE ... operator_class DESC NULLS LAST`; the NULLS order that comes by itself is left out. */
export function indexKey(key: IndexKey): string {
  const { column, expression, collation, operatorClass, descending, nullsFirst } = key;
  return clause(
    column === null ? parenthesized(expression?.text ?? "") : quoteVisibly(column),
    collate(collation),
    operatorClass === null ? null : qualifiedVisibly(operatorClass),
    descending && "DESC",
    nullsFirst !== descending && (nullsFirst ? "NULLS FIRST" : "NULLS LAST"),
  );
}

/** Not for the index of a constraint (dropConstraint), and not CONCURRENTLY for that of a partitioned table. */
export function dropIndex(index: QualifiedName, options: { readonly concurrently: boolean }): string {
  return statement("DROP INDEX", options.concurrently && "CONCURRENTLY", "IF EXISTS", qualifiedVisibly(index));
}

export function renameIndex(index: QualifiedName, to: string): string {
  return statement("ALTER INDEX", qualifiedVisibly(index), "RENAME TO", quoteVisibly(to));
}

/** Makes the index of a partition a part of the partitioned table's. */
export function attachIndexPartition(index: QualifiedName, partition: QualifiedName): string {
  return statement("ALTER INDEX", qualifiedVisibly(index), "ATTACH PARTITION", qualifiedVisibly(partition));
}
