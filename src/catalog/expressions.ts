/**
 * Expressions that PostgreSQL can print only while it holds a lock on the relation (generated columns, checks,
 * predicates, index expressions, triggers, views). They are read last, in a savepoint, with lock_timeout: a relation
 * that a migration holds with ACCESS EXCLUSIVE is set aside as "locked", the others are read all the same.
 * https://www.postgresql.org/docs/current/explicit-locking.html
 */
import type { SqlConnection } from "../db/index.js";
import { isServerError } from "../db/index.js";
import type { Expression } from "../model/schema.js";
import { inChunks } from "./chunks.js";
import { ByPosition } from "./parts.js";
import { GENERATION_EXPRESSIONS } from "./queries/columns.js";
import {
  CHECK_EXPRESSIONS,
  type CheckRow,
  INDEX_EXPRESSIONS,
  type IndexExpressionRow,
  TRIGGER_DEFINITIONS,
  type TriggerDefinitionRow,
} from "./queries/constraints.js";
import { LOCKED_RELATIONS, type LockRow, VIEW_DEFINITIONS, type ViewRow } from "./queries/relations.js";
import { CatalogChanged, inSavepoint } from "./savepoint.js";

const LOCK_NOT_AVAILABLE = "55P03";

/** Relations, each with what of it is to be printed. */
export interface ExpressionWanted {
  readonly relation: number;
  readonly isView: boolean;
  /** It has generated columns. */
  readonly generated: boolean;
  /** It has check constraints. */
  readonly checks: boolean;
  readonly triggers: boolean;
  /** Those of its indexes that have expressions or a predicate. */
  readonly indexes: readonly number[];
}

export interface Expressions {
  readonly generated: ByPosition<string>;
  readonly checks: ReadonlyMap<number, string>;
  /** By oid of the index and position: 0 is the predicate, from 1 the key expressions. */
  readonly indexes: ByPosition<string>;
  /** `oid/name` */
  readonly triggers: ReadonlyMap<string, string>;
  readonly views: ReadonlyMap<number, string>;
  /** Relation oid -> why its expressions could not be printed. */
  readonly unreadable: ReadonlyMap<number, string>;
}

/**
 * The expression printed for a part of a relation. One that was not printed because the relation is locked has no
 * rendering and is not judged; one that should be there and is not was dropped a moment ago.
 * @throws CatalogChanged
 */
export function printedExpression(expressions: Expressions, relation: number, text: string | undefined): Expression {
  if (text !== undefined) return { text, renderings: [text] };
  if (expressions.unreadable.has(relation)) return { text: "", renderings: [] };
  throw new CatalogChanged("an expression was dropped while it was read");
}

interface Printed {
  generated: { oid: number; position: number; expression: string | null }[];
  checks: CheckRow[];
  indexes: IndexExpressionRow[];
  triggers: TriggerDefinitionRow[];
  views: ViewRow[];
}

/** @throws CatalogChanged when an object vanished between two statements. */
export async function readExpressions(
  connection: SqlConnection,
  wanted: readonly ExpressionWanted[],
): Promise<Expressions> {
  const unreadable = new Map<number, string>();
  let printed = await tryPrint(connection, wanted);
  if (printed === "locked") {
    const locks = await connection.query<LockRow>(LOCKED_RELATIONS);
    for (const { oid, pid } of locks) {
      const holder = pid === null ? "a prepared transaction" : `process ${pid}`;
      unreadable.set(oid, `locked by ${holder} (ACCESS EXCLUSIVE)`);
    }
    // Printing a view locks the tables that it reads, which may be the locked ones.
    const views = wanted.filter(({ relation, isView }) => isView && !unreadable.has(relation));
    for (const { relation } of views)
      unreadable.set(relation, "its definition was not printed, because other relations are locked");
    printed = await tryPrint(
      connection,
      wanted.filter(({ relation }) => !unreadable.has(relation)),
    );
  }
  if (printed === "locked") {
    for (const { relation } of wanted)
      unreadable.set(relation, unreadable.get(relation) ?? "other relations are locked");
    printed = { generated: [], checks: [], indexes: [], triggers: [], views: [] };
  }
  return { ...index(printed), unreadable };
}

async function tryPrint(connection: SqlConnection, wanted: readonly ExpressionWanted[]): Promise<Printed | "locked"> {
  try {
    return await inSavepoint(connection, "schemaready_expressions", () => print(connection, wanted));
  } catch (error) {
    if (isServerError(error) && error.code === LOCK_NOT_AVAILABLE) return "locked";
    throw error;
  }
}

async function print(connection: SqlConnection, wanted: readonly ExpressionWanted[]): Promise<Printed> {
  const those = (which: (one: ExpressionWanted) => boolean) => wanted.filter(which).map(({ relation }) => relation);
  const ask = <R extends object>(text: string, oids: readonly number[]) =>
    inChunks(oids, (chunk) => connection.query<R>(text, [chunk]));
  return {
    generated: await ask(
      GENERATION_EXPRESSIONS,
      those(({ generated }) => generated),
    ),
    checks: await ask(
      CHECK_EXPRESSIONS,
      those(({ checks }) => checks),
    ),
    indexes: await ask(
      INDEX_EXPRESSIONS,
      wanted.flatMap(({ indexes }) => indexes),
    ),
    triggers: await ask(
      TRIGGER_DEFINITIONS,
      those(({ triggers }) => triggers),
    ),
    views: await ask(
      VIEW_DEFINITIONS,
      those(({ isView }) => isView),
    ),
  };
}

function index(printed: Printed): Omit<Expressions, "unreadable"> {
  return {
    generated: new ByPosition(
      printed.generated.map((row) => [row.oid, row.position, present(row.expression)] as const),
    ),
    checks: new Map(printed.checks.map((row) => [row.id, present(row.expression)])),
    indexes: new ByPosition(printed.indexes.map((row) => [row.id, row.position, present(row.expression)] as const)),
    triggers: new Map(printed.triggers.map((row) => [`${row.oid}/${row.name}`, present(row.definition)])),
    views: new Map(printed.views.map((row) => [row.oid, present(row.definition)])),
  };
}

/** PostgreSQL answers NULL for the definition of an object that was dropped a moment ago. */
function present(text: string | null): string {
  if (text === null) throw new CatalogChanged("a definition came back as NULL");
  return text;
}
