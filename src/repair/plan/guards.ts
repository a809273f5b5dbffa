/**
 * IF NOT EXISTS for statements that have none, so that a plan that stopped in the middle (a lock_timeout is to be
 * expected) can be run again from its beginning.
 */
import { literalVisibly } from "../../model/grants.js";
import { compareText, type QualifiedName, quoteQualified } from "../../model/names.js";

/** The statement, run only where the condition holds. The condition is SQL with every name qualified. */
export function runIf(condition: string, statement: string): string {
  const tag = freeTag(condition + statement);
  return `DO ${tag}\nBEGIN\n  IF ${condition} THEN\n    ${statement}\n  END IF;\nEND\n${tag};`;
}

/** The statement without its guard, for a person who reads it first. */
export function unguarded(statement: string): string {
  return GUARDED.exec(statement)?.[2] ?? statement;
}

const GUARDED = /^DO (\$guard\d*\$)\nBEGIN\n {2}IF [^\n]* THEN\n {4}(.*)\n {2}END IF;\nEND\n\1;$/s;

function freeTag(text: string): string {
  let tag = "$guard$";
  for (let i = 1; text.includes(tag); i++) tag = `$guard${i}$`;
  return tag;
}

export function unlessConstraint(table: QualifiedName, name: string, statement: string): string {
  return runIf(`NOT EXISTS (${row("pg_constraint", "conrelid", table, "conname", name)})`, statement);
}

/** Only while the constraint of that name is a key of these columns: once replaced, it stays. */
export function ifKeyOn(table: QualifiedName, name: string, columns: readonly string[], statement: string): string {
  const names = [...columns].sort(compareText).map(literalVisibly).join(", ");
  const own =
    'SELECT array_agg(attname::text COLLATE "C" ORDER BY attname::text COLLATE "C") FROM pg_catalog.pg_attribute';
  const isSame = `(${own} WHERE attrelid = conrelid AND attnum = ANY (conkey)) = ARRAY[${names}]`;
  return runIf(`EXISTS (${row("pg_constraint", "conrelid", table, "conname", name)} AND ${isSame})`, statement);
}

export function unlessTrigger(table: QualifiedName, name: string, statement: string): string {
  return runIf(`NOT EXISTS (${row("pg_trigger", "tgrelid", table, "tgname", name)})`, statement);
}

export function unlessPolicy(table: QualifiedName, name: string, statement: string): string {
  return runIf(`NOT EXISTS (${row("pg_policy", "polrelid", table, "polname", name)})`, statement);
}

export function unlessColumn(table: QualifiedName, name: string, statement: string): string {
  return runIf(`NOT EXISTS (${row("pg_attribute", "attrelid", table, "attname", name)})`, statement);
}

export function unlessIdentity(table: QualifiedName, name: string, statement: string): string {
  return runIf(
    `NOT EXISTS (${row("pg_attribute", "attrelid", table, "attname", name)} AND attidentity <> '')`,
    statement,
  );
}

export function unlessPartition(table: QualifiedName, statement: string): string {
  const isPart = `SELECT FROM pg_catalog.pg_class WHERE oid = ${regclass(table)} AND relispartition`;
  return runIf(`NOT EXISTS (${isPart})`, statement);
}

export function unlessType(type: QualifiedName, statement: string): string {
  return runIf(`pg_catalog.to_regtype(${nameLiteral(type)}) IS NULL`, statement);
}

export function ifRelation(name: QualifiedName, statement: string): string {
  return runIf(`pg_catalog.to_regclass(${nameLiteral(name)}) IS NOT NULL`, statement);
}

export function unlessRelation(name: QualifiedName, statement: string): string {
  return runIf(`pg_catalog.to_regclass(${nameLiteral(name)}) IS NULL`, statement);
}

function row(catalog: string, tableColumn: string, table: QualifiedName, nameColumn: string, name: string): string {
  const place = `${tableColumn} = ${regclass(table)} AND ${nameColumn} = ${literalVisibly(name)}`;
  return `SELECT FROM pg_catalog.${catalog} WHERE ${place}`;
}

/** Null where there is no such relation, so that nothing fails for what an earlier statement has renamed. */
export function regclass(table: QualifiedName): string {
  return `pg_catalog.to_regclass(${nameLiteral(table)})`;
}

/** A name for to_regclass and the like, which do not know U&"...". */
function nameLiteral(name: QualifiedName): string {
  return literalVisibly(quoteQualified(name));
}
