/** Sequences: https://www.postgresql.org/docs/current/sql-createsequence.html */
import { literalVisibly, qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import type { QualifiedName } from "../../model/names.js";
import type { Sequence } from "../../model/schema.js";
import { statement } from "./words.js";

export interface CreateSequenceOptions {
  /** As PostgreSQL printed them (`clauseOf(definitions, "sequence", name)`). */
  readonly options?: string | null;
  /** Where no options are known: smallint, integer or bigint; null: PostgreSQL's own, bigint. */
  readonly dataType?: string | null;
}

/** CREATE SEQUENCE IF NOT EXISTS with options of the contract, of the target's model (Sequence), or with PostgreSQL's own. */
export function createSequence(
  sequence: QualifiedName | Sequence,
  { options = null, dataType = null }: CreateSequenceOptions = {},
): string {
  const known = options ?? ("increment" in sequence ? sequenceOptions(sequence) : null);
  const words = known ?? (dataType === null ? null : `AS ${dataType}`);
  return statement("CREATE SEQUENCE IF NOT EXISTS", qualifiedVisibly(sequence), words);
}

function sequenceOptions({ dataType, start, increment, min, max, cycle }: Sequence): string {
  const range = `MINVALUE ${min} MAXVALUE ${max}${cycle ? " CYCLE" : ""}`;
  return `AS ${dataType} START WITH ${start} INCREMENT BY ${increment} ${range}`;
}

/** OWNED BY: the sequence goes with the column, as serial makes it. */
export function setSequenceOwner(sequence: QualifiedName, relation: QualifiedName, column: string): string {
  const owner = `${qualifiedVisibly(relation)}.${quoteVisibly(column)}`;
  return statement("ALTER SEQUENCE", qualifiedVisibly(sequence), "OWNED BY", owner);
}

/**
 * Moves a sequence behind the largest number that the column holds, never back: of an empty table nothing is changed.
 * @param options descending: the sequence counts down, so the smallest number counts
 */
export function setval(
  sequence: QualifiedName,
  relation: QualifiedName,
  column: string,
  options: { readonly descending?: boolean } = {},
): string {
  const [extreme, beyond] = options.descending === true ? ["min", "<="] : ["max", ">="];
  const name = qualifiedVisibly(sequence);
  const furthest = `pg_catalog.${extreme}(${quoteVisibly(column)})`;
  return statement(
    `SELECT pg_catalog.setval(${literalVisibly(quoted(sequence))}, ${furthest})`,
    `FROM ${qualifiedVisibly(relation)}`,
    `HAVING ${furthest} ${beyond} (SELECT last_value FROM ${name})`,
  );
}

/** regclass does not know U&"...". */
function quoted({ schema, name }: QualifiedName): string {
  return [schema, name].map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
}

export function dropSequence(sequence: QualifiedName): string {
  return statement("DROP SEQUENCE IF EXISTS", qualifiedVisibly(sequence));
}
