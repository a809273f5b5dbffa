/**
 * A copy of everything that has an expression, made from the expressions' printed texts. Keys: `t0/status/default`,
 * `t0/amount/generated`, `t0/c1/check`, `t0/i2/k0` (first key of an index), `t0/i2/where`, `d0/default`, `d0/c1`; the
 * numbers are positions in the model, and the copies are called after them, so the way back needs no guessing.
 */
import { quoteIdentifier, quoteQualified } from "../../model/names.js";
import type { Column, Constraint, DomainType, Index, IndexKey, Relation, SchemaModel } from "../../model/schema.js";

export type Expressive = Pick<SchemaModel, "relations" | "domains">;

/** Where the copy is made. */
export const COPY_SCHEMA = "schemaready_copy";

type TextOf = (key: string) => string | null;

/** The statements that make the copy, to be run with an empty search_path. */
export function copyStatements(model: Expressive, texts: ReadonlyMap<string, string>): string[] {
  const under =
    (prefix: string): TextOf =>
    (key) =>
      texts.get(`${prefix}/${key}`) ?? null;
  const has = (prefix: string) => [...texts.keys()].some((key) => key.startsWith(`${prefix}/`));
  return [
    ...model.domains.flatMap((domain, i) => (has(`d${i}`) ? [copyOfDomain(domain, i, under(`d${i}`))] : [])),
    ...model.relations.flatMap((relation, i) => (has(`t${i}`) ? copyOfRelation(relation, i, under(`t${i}`)) : [])),
  ];
}

function copyOfDomain(domain: DomainType, i: number, text: TextOf): string {
  const checks = domain.checks.map((_, j) => ` constraint c${j} check (${text(`c${j}`)})`);
  return `create domain ${COPY_SCHEMA}.d${i} as ${domain.base.text}${clause("default", text("default"))}${checks.join("")}`;
}

function copyOfRelation(relation: Relation, i: number, text: TextOf): string[] {
  const table = `${COPY_SCHEMA}.t${i}`;
  const columns = relation.columns.map((column) => copyOfColumn(column, text));
  return [
    `create table ${table} (${columns.join(", ")})`,
    ...relation.constraints.flatMap((constraint, j) => copyOfConstraint(constraint, table, j, text)),
    ...relation.indexes.flatMap((index, j) => copyOfIndex(index, table, `i${j}`, text)),
  ];
}

function copyOfColumn(column: Column, text: TextOf): string {
  const generated = text(`${column.name}/generated`);
  const collation = column.collation === null ? "" : ` collate ${quoteQualified(column.collation)}`;
  const value =
    generated === null
      ? clause("default", text(`${column.name}/default`))
      : ` generated always as (${generated}) ${column.generated?.kind ?? "stored"}`;
  return `${quoteIdentifier(column.name)} ${column.type.text}${collation}${value}`;
}

function clause(word: string, text: string | null): string {
  return text === null ? "" : ` ${word} ${text}`;
}

/** An exclusion constraint's expressions print as those of an index do, so an index stands in for it. */
function copyOfConstraint(constraint: Constraint, table: string, j: number, text: TextOf): string[] {
  const check = text(`c${j}/check`);
  if (check !== null) return [`alter table ${table} add constraint c${j} check (${check})`];
  if (constraint.kind !== "exclusion") return [];
  const { method, predicate } = constraint;
  return copyOfIndex({ method, predicate, keys: constraint.elements.map(({ key }) => key) }, table, `c${j}`, text);
}

function copyOfIndex(
  { method, keys, predicate }: Pick<Index, "method" | "keys" | "predicate">,
  table: string,
  name: string,
  text: TextOf,
): string[] {
  if (predicate === null && keys.every(({ expression }) => expression === null)) return [];
  const list = keys.map((key, i) => copyOfKey(key, text(`${name}/k${i}`))).join(", ");
  const where = clause("where", text(`${name}/where`));
  return [`create index ${name} on ${table} using ${quoteIdentifier(method)} (${list})${where}`];
}

function copyOfKey(key: IndexKey, text: string | null): string {
  const what = key.column === null ? `(${text ?? ""})` : quoteIdentifier(key.column);
  const collation = key.collation === null ? "" : ` collate ${quoteQualified(key.collation)}`;
  const operatorClass = key.operatorClass === null ? "" : ` ${quoteQualified(key.operatorClass)}`;
  return what + collation + operatorClass;
}

/** The printed text of every expression of the copy, by the keys above. */
export function textsOfCopy(copy: Expressive): Map<string, string> {
  const texts = new Map<string, string>();
  const set = (key: string, text: string | undefined) => {
    if (text !== undefined) texts.set(key, text);
  };
  for (const { name: table, columns, constraints, indexes } of copy.relations) {
    for (const column of columns) {
      set(`${table}/${column.name}/default`, column.default?.text);
      set(`${table}/${column.name}/generated`, column.generated?.expression.text);
    }
    for (const each of constraints) if (each.kind === "check") set(`${table}/${each.name}/check`, each.expression.text);
    for (const { name, keys, predicate } of indexes) {
      for (const [i, key] of keys.entries()) set(`${table}/${name}/k${i}`, key.expression?.text);
      set(`${table}/${name}/where`, predicate?.text);
    }
  }
  for (const domain of copy.domains) {
    set(`${domain.name}/default`, domain.default?.text);
    for (const check of domain.checks) set(`${domain.name}/${check.name}`, check.expression.text);
  }
  return texts;
}
