/**
 * The texts that one expression has. What PostgreSQL prints is not a fixpoint: `varchar IN ('x','y')` prints
 * differently when it is re-created from its own print, as every dump and restore does (pgAdmin issue 7335). So each
 * expression is re-created from its print until the print stays the same, and all prints count as the same expression.
 */
import { isServerError } from "../../db/index.js";
import { quoteQualified } from "../../model/names.js";
import type { Column, Constraint, DomainType, Expression, Index, IndexKey, Relation } from "../../model/schema.js";
import type { ScratchConnection } from "../../scratch/index.js";
import { readBuilt } from "./read.js";
import { COPY_SCHEMA, copyStatements, type Expressive, textsOfCopy } from "./renderings-copy.js";

const MAX_ROUNDS = 3;

/**
 * Adds to every expression of the model the texts it has after being dumped and restored.
 * The connection must print as the catalog is read: with an empty search_path.
 */
export async function withRenderings<M extends Expressive>(connection: ScratchConnection, model: M): Promise<M> {
  let texts = new Map<string, string>();
  visitModel(model, (key, expression) => {
    texts.set(key, expression.text);
    return expression;
  });
  const renderings = new Map([...texts].map(([key, text]) => [key, new Set([text])]));
  for (let round = 0; round < MAX_ROUNDS && texts.size > 0; round++) {
    const next = await reprint(connection, model, texts);
    const changed = [...next].filter(([key, text]) => texts.get(key) !== text);
    if (changed.length === 0) break;
    for (const [key, text] of changed) renderings.get(key)?.add(text);
    texts = new Map([...texts, ...changed]);
  }
  return visitModel(model, (key, { text, renderings: read }) => ({
    text,
    renderings: [...new Set([...read, ...(renderings.get(key) ?? [])])],
  }));
}

/**
 * The model with each expression as PostgreSQL prints it when it is made from its text. What cannot be made alone keeps
 * its text. The connection must print as the catalog is read: with an empty search_path.
 */
export async function reprinted<M extends Expressive>(connection: ScratchConnection, model: M): Promise<M> {
  const texts = new Map<string, string>();
  visitModel(model, (key, expression) => {
    texts.set(key, expression.text);
    return expression;
  });
  if (texts.size === 0) return model;
  const prints = await reprint(connection, model, texts);
  return visitModel(model, (key, { text }) => {
    const print = prints.get(key) ?? text;
    return { text: print, renderings: [print] };
  });
}

/** Creates everything anew from the texts, reads it, and leaves nothing behind. */
async function reprint(
  connection: ScratchConnection,
  model: Expressive,
  texts: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  await connection.execute(`create schema ${COPY_SCHEMA}`);
  for (const statement of copyStatements(model, texts)) {
    try {
      await connection.query(statement);
    } catch (error) {
      // What cannot be re-created alone keeps the text it has.
      if (!isServerError(error)) throw error;
    }
  }
  const copy = await readBuilt(connection, [COPY_SCHEMA]);
  await dropCopy(connection, copy);
  return textsOfCopy(copy);
}

/** One transaction that drops everything would need a lock for each object, more than a server may have. */
const TABLES_AT_A_TIME = 100;

async function dropCopy(connection: ScratchConnection, { relations }: Expressive): Promise<void> {
  const tables = relations.map(quoteQualified);
  for (let at = 0; at < tables.length; at += TABLES_AT_A_TIME) {
    await connection.execute(`drop table ${tables.slice(at, at + TABLES_AT_A_TIME).join(", ")} cascade`);
  }
  await connection.execute(`drop schema ${COPY_SCHEMA} cascade`);
}

/** Gets each expression with its key; what it returns takes the expression's place. */
type Visit = (key: string, expression: Expression) => Expression;

function visitModel<M extends Expressive>(model: M, visit: Visit): M {
  return {
    ...model,
    relations: model.relations.map((relation, i) => visitRelation(relation, (key, e) => visit(`t${i}/${key}`, e))),
    domains: model.domains.map((domain, i) => visitDomain(domain, (key, e) => visit(`d${i}/${key}`, e))),
  };
}

function visitRelation(relation: Relation, visit: Visit): Relation {
  return {
    ...relation,
    columns: relation.columns.map((column) => visitColumn(column, (key, e) => visit(`${column.name}/${key}`, e))),
    constraints: relation.constraints.map((constraint, i) =>
      visitConstraint(constraint, (k, e) => visit(`c${i}/${k}`, e)),
    ),
    indexes: relation.indexes.map((index, i) => visitIndex(index, (key, e) => visit(`i${i}/${key}`, e))),
  };
}

function visitColumn(column: Column, visit: Visit): Column {
  const { generated } = column;
  return {
    ...column,
    default: column.default === null ? null : visit("default", column.default),
    generated: generated === null ? null : { ...generated, expression: visit("generated", generated.expression) },
  };
}

function visitConstraint(constraint: Constraint, visit: Visit): Constraint {
  if (constraint.kind === "check") return { ...constraint, expression: visit("check", constraint.expression) };
  if (constraint.kind !== "exclusion") return constraint;
  return {
    ...constraint,
    elements: constraint.elements.map((element, i) => ({ ...element, key: visitKey(element.key, i, visit) })),
    predicate: constraint.predicate === null ? null : visit("where", constraint.predicate),
  };
}

function visitIndex(index: Index, visit: Visit): Index {
  return {
    ...index,
    keys: index.keys.map((key, i) => visitKey(key, i, visit)),
    predicate: index.predicate === null ? null : visit("where", index.predicate),
  };
}

function visitKey(key: IndexKey, i: number, visit: Visit): IndexKey {
  return key.expression === null ? key : { ...key, expression: visit(`k${i}`, key.expression) };
}

function visitDomain(domain: DomainType, visit: Visit): DomainType {
  return {
    ...domain,
    default: domain.default === null ? null : visit("default", domain.default),
    checks: domain.checks.map((check, i) => ({ ...check, expression: visit(`c${i}`, check.expression) })),
  };
}
