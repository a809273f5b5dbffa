/** How large tables are, and whether they are empty: what decides how a statement can be run on them. */
import type { ReadSession } from "../db/index.js";
import { displayName, type QualifiedName, qualifiedKey, quoteQualified } from "../model/names.js";
import { TABLE_FACTS, type TableFactsRow } from "./queries/table-facts.js";

export interface TableFactsRead {
  /** Estimate of the statistics; null: never analyzed. */
  readonly rows: number | null;
  /** Heap, indexes and TOAST; while the table is locked, the pages of its rows as the statistics know them. */
  readonly bytes: number;
  /** Null: could not be looked at. */
  readonly empty: boolean | null;
}

/**
 * Reads facts of the tables that exist; one that is not there is not in the answer. Keys are `displayName` of the table.
 * A table that may not be read or is locked has `empty: null`.
 */
export async function readTableFacts(
  session: ReadSession,
  tables: readonly QualifiedName[],
): Promise<Map<string, TableFactsRead>> {
  const distinct = [...new Map(tables.map((table) => [qualifiedKey(table), table])).values()];
  const facts = new Map<string, TableFactsRead>();
  if (distinct.length === 0) return facts;
  for (const row of await measure(session, distinct)) {
    const { rows, bytes } = row;
    facts.set(displayName(row), { rows, bytes, empty: await isEmpty(session, row) });
  }
  return facts;
}

async function measure(session: ReadSession, tables: readonly QualifiedName[]): Promise<TableFactsRow[]> {
  const names = [tables.map(({ schema }) => schema), tables.map(({ name }) => name)];
  const measured = await session.attempt(() => session.query<TableFactsRow>(TABLE_FACTS, [...names, true]));
  return measured.known ? measured.value : session.query<TableFactsRow>(TABLE_FACTS, [...names, false]);
}

/** A file without a byte holds no row, whoever may read it. */
async function isEmpty(session: ReadSession, { schema, name, heap, foreign }: TableFactsRow): Promise<boolean | null> {
  if (heap === 0 && !foreign) return true;
  const text = `select not exists (select from ${quoteQualified({ schema, name })}) as empty`;
  const answer = await session.attempt(() => session.query<{ empty: boolean }>(text));
  return answer.known ? (answer.value[0]?.empty ?? null) : null;
}
