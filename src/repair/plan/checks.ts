/**
 * Questions to the rows of the target: each one SELECT of one bigint, 0 when the statement will not be refused. Every
 * name is qualified, so they mean the same under any search_path.
 */
import { literalVisibly, qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { PreCheck } from "../../model/repair.js";
import type { ForeignKey, Index } from "../../model/schema.js";
import { indexKey } from "../ddl/indexes.js";
import { columnText } from "./draft.js";
import { regclass } from "./guards.js";

const COUNT = "SELECT pg_catalog.count(*)";

function check(counts: string, statement: string): PreCheck {
  return { counts, statement: `${statement};`, answer: { kind: "not-asked" } };
}

/** Rows that satisfy an SQL condition over the columns of the table. */
export function rowsWhere(table: QualifiedName, counts: string, condition: string): PreCheck {
  return check(counts, `${COUNT} FROM ${qualifiedVisibly(table)} WHERE ${condition}`);
}

export function nullsIn(table: QualifiedName, column: string): PreCheck {
  return rowsWhere(table, `rows of ${displayName(table)} with NULL in ${column}`, `${quoteVisibly(column)} IS NULL`);
}

export function anyRows(table: QualifiedName): PreCheck {
  return check(`rows of ${displayName(table)}`, `${COUNT} FROM ${qualifiedVisibly(table)}`);
}

/** All rows but one, where a new column gives each of them the same value. */
export function secondRows(table: QualifiedName, columns: readonly string[]): PreCheck {
  const counts = `rows of ${displayName(table)} that would get the same (${columns.join(", ")}) as another one`;
  return check(counts, `SELECT greatest(pg_catalog.count(*) - 1, 0) FROM ${qualifiedVisibly(table)}`);
}

/** Rows that a check constraint would refuse: NULL is let through, as PostgreSQL does. */
export function violationsOf(table: QualifiedName, expression: string): PreCheck {
  return rowsWhere(table, `rows of ${displayName(table)} that do not satisfy ${expression}`, `NOT (${expression})`);
}

type UniqueParts = Pick<Index, "keys" | "nullsNotDistinct" | "predicate">;

/** Rows too many for a unique index: of three equal ones, two. */
export function duplicatesIn(table: QualifiedName, { keys, nullsNotDistinct, predicate }: UniqueParts): PreCheck {
  // Order and operator class say nothing about equality; a collation may.
  const terms = keys.map((key) => indexKey({ ...key, operatorClass: null, descending: false, nullsFirst: false }));
  const filled = nullsNotDistinct ? [] : terms.map((term) => `${term} IS NOT NULL`);
  const conditions = [...(predicate === null ? [] : [`(${predicate.text})`]), ...filled];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const groups = `SELECT pg_catalog.count(*) AS n FROM ${qualifiedVisibly(table)}${where} GROUP BY ${terms.join(", ")}`;
  const names = keys.map(({ column, expression }) => column ?? expression?.text ?? "").join(", ");
  return check(
    `rows of ${displayName(table)} that repeat (${names}) of another row`,
    `SELECT coalesce(pg_catalog.sum(n - 1), 0)::pg_catalog.int8 FROM (${groups} HAVING pg_catalog.count(*) > 1) AS repeated`,
  );
}

/** Rows whose key is in no row of the referenced table. */
export function orphansOf(table: QualifiedName, key: ForeignKey): PreCheck {
  const child = key.columns.map((column) => `child.${quoteVisibly(column)}`);
  const isEqual = key.referencedColumns.map((column, i) => `parent.${quoteVisibly(column)} = ${child[i] ?? "NULL"}`);
  const parent = `SELECT FROM ${qualifiedVisibly(key.references)} AS parent WHERE ${isEqual.join(" AND ")}`;
  return check(
    `rows of ${displayName(table)} with a (${key.columns.join(", ")}) that ${displayName(key.references)} does not have`,
    `${COUNT} FROM ${qualifiedVisibly(table)} AS child WHERE ${orphanCondition(key, child, `NOT EXISTS (${parent})`)}`,
  );
}

/** MATCH FULL also refuses a key that is NULL in a part only. */
function orphanCondition(key: ForeignKey, child: readonly string[], isAbsent: string): string {
  const whole = `${child.map((column) => `${column} IS NOT NULL`).join(" AND ")} AND ${isAbsent}`;
  if (key.match !== "full" || child.length < 2) return whole;
  const some = (word: string) => child.map((column) => `${column} IS ${word}`).join(" OR ");
  return `(${whole}) OR ((${some("NULL")}) AND (${some("NOT NULL")}))`;
}

/** A new, empty table has none of the keys. */
export function keysIn(table: QualifiedName, { columns, references }: ForeignKey): PreCheck {
  const filled = columns.map((column) => `${quoteVisibly(column)} IS NOT NULL`).join(" AND ");
  const counts = `rows of ${displayName(table)} with a (${columns.join(", ")}), while ${displayName(references)} is new and empty`;
  return rowsWhere(table, counts, filled);
}

/** Views, policies, triggers and generated columns: PostgreSQL changes no type below them. */
export function dependentsOf(table: QualifiedName, column: string): PreCheck {
  const at = `(SELECT attnum FROM pg_catalog.pg_attribute WHERE attrelid = ${regclass(table)} AND attname = ${literalVisibly(column)})`;
  const own = `refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND refobjid = ${regclass(table)} AND refobjsubid = ${at}`;
  const kinds = ["pg_rewrite", "pg_policy", "pg_trigger"].map((name) => `'pg_catalog.${name}'::pg_catalog.regclass`);
  return check(
    `views, policies and triggers that rest on ${columnText(table, column)}`,
    `SELECT pg_catalog.count(DISTINCT objid) FROM pg_catalog.pg_depend WHERE ${own} AND classid IN (${kinds.join(", ")})`,
  );
}

/** Foreign keys that rest on an index: without it, or its constraint, they could not be. */
export function foreignKeysOn(index: QualifiedName): PreCheck {
  return check(
    `foreign keys that rest on ${displayName(index)}`,
    `${COUNT} FROM pg_catalog.pg_constraint WHERE contype = 'f' AND conindid = ${regclass(index)}`,
  );
}
