/** Columns: https://www.postgresql.org/docs/current/sql-altertable.html. Every function gives one statement with its semicolon. */
import { quoteVisibly } from "../../model/grants.js";
import type { QualifiedName } from "../../model/names.js";
import type { Column } from "../../model/schema.js";
import { alterColumn, alterTable, clause, collate, parenthesized, typeName } from "./words.js";

export interface ColumnOptions {
  /** Whether NOT NULL is a part of it; absent: as the column says. An identity column is NOT NULL in any case. */
  readonly notNull?: boolean;
  /** Options of the identity's sequence (`clauseOf(definitions, "identity", relation, column)`). */
  readonly identityOptions?: string | null;
  /** False for a partition: it has the identity of the partitioned table. */
  readonly identity?: boolean;
}

/** `"name" type COLLATE ... DEFAULT ... NOT NULL`, as it stands in CREATE TABLE and ADD COLUMN. */
export function columnDefinition(column: Column, options: ColumnOptions = {}): string {
  const { notNull = !column.nullable, identity = true, identityOptions = null } = options;
  return clause(
    quoteVisibly(column.name),
    typeName(column.type),
    collate(column.collation),
    column.default === null ? null : `DEFAULT ${column.default.text}`,
    generatedClause(column),
    identity ? identityClause(column, identityOptions) : null,
    notNull && "NOT NULL",
  );
}

function generatedClause({ generated }: Column): string | null {
  if (generated === null) return null;
  return `GENERATED ALWAYS AS ${parenthesized(generated.expression.text)} ${generated.kind.toUpperCase()}`;
}

function identityClause({ identity }: Column, options: string | null): string | null {
  if (identity === null) return null;
  return clause(`GENERATED ${identityWords(identity)} AS IDENTITY`, options === null ? null : parenthesized(options));
}

function identityWords(identity: NonNullable<Column["identity"]>): string {
  return identity === "always" ? "ALWAYS" : "BY DEFAULT";
}

export interface AddColumnOptions extends ColumnOptions {
  /** Default: true. */
  readonly ifNotExists?: boolean;
}

/** `ALTER TABLE ... ADD COLUMN IF NOT EXISTS ...`, with default, identity, generation expression and, if wanted, NOT NULL. */
export function addColumn(relation: QualifiedName, column: Column, options: AddColumnOptions = {}): string {
  const { ifNotExists = true } = options;
  return alterTable(relation, "ADD COLUMN", ifNotExists && "IF NOT EXISTS", columnDefinition(column, options));
}

export function dropColumn(relation: QualifiedName, column: string): string {
  return alterTable(relation, "DROP COLUMN IF EXISTS", quoteVisibly(column));
}

/** @param expression SQL, as PostgreSQL prints it: `column.default.text` */
export function setDefault(relation: QualifiedName, column: string, expression: string): string {
  return alterColumn(relation, column, "SET DEFAULT", expression);
}

export function dropDefault(relation: QualifiedName, column: string): string {
  return alterColumn(relation, column, "DROP DEFAULT");
}

export function setNotNull(relation: QualifiedName, column: string): string {
  return alterColumn(relation, column, "SET NOT NULL");
}

export function dropNotNull(relation: QualifiedName, column: string): string {
  return alterColumn(relation, column, "DROP NOT NULL");
}

/**
 * Type and collation become those of `column`.
 * @param using SQL expression for the new value; without it PostgreSQL casts by itself where an assignment would
 */
export function alterType(
  relation: QualifiedName,
  column: Pick<Column, "name" | "type" | "collation">,
  using: string | null = null,
): string {
  const cast = using === null ? null : `USING ${using}`;
  return alterColumn(relation, column.name, "TYPE", typeName(column.type), collate(column.collation), cast);
}

/** ALTER TYPE with the collation of `column`, or with that of its type where it has none of its own. */
export function setCollation(relation: QualifiedName, column: Pick<Column, "name" | "type" | "collation">): string {
  return alterType(relation, column);
}

/** For a column that is NOT NULL already and has no default. @param options as in ColumnOptions */
export function addIdentity(relation: QualifiedName, column: Column, options: string | null = null): string {
  return alterColumn(relation, column.name, "ADD", identityClause(column, options));
}

/** ALWAYS or BY DEFAULT of a column that is an identity already. */
export function setIdentity(relation: QualifiedName, column: Column): string {
  return alterColumn(relation, column.name, `SET GENERATED ${identityWords(column.identity ?? "by-default")}`);
}

export function dropIdentity(relation: QualifiedName, column: string): string {
  return alterColumn(relation, column, "DROP IDENTITY IF EXISTS");
}

/** Another generation expression, from PostgreSQL 17 on. Before, the column is dropped and added (`replaceGenerated`). */
export function setExpression(relation: QualifiedName, column: Column): string {
  return alterColumn(
    relation,
    column.name,
    "SET EXPRESSION AS",
    parenthesized(column.generated?.expression.text ?? ""),
  );
}

/** A stored generated column keeps its values and becomes an ordinary one. */
export function dropExpression(relation: QualifiedName, column: string): string {
  return alterColumn(relation, column, "DROP EXPRESSION IF EXISTS");
}

/** Drops a generated column and adds the one that is expected: nothing is lost, because its values are derived. */
export function replaceGenerated(relation: QualifiedName, column: Column): string {
  const name = quoteVisibly(column.name);
  return alterTable(relation, `DROP COLUMN IF EXISTS ${name},`, "ADD COLUMN", columnDefinition(column));
}

export function renameColumn(relation: QualifiedName, from: string, to: string): string {
  return alterTable(relation, "RENAME COLUMN", quoteVisibly(from), "TO", quoteVisibly(to));
}
