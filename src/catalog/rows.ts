/** Counts reference rows. The condition is the check file's own SQL: it runs in a cursor, read only, in a savepoint. */
import type { ReadSession } from "../db/index.js";
import type { Contract, RowsExpectation } from "../model/contract.js";
import { quoteIdentifier, quoteQualified } from "../model/names.js";
import type { RowsReading } from "../model/observation.js";

/** One statement for each expectation. A statement that the server refuses is told as `known: false`, with its SQLSTATE. */
export async function countRows(session: ReadSession, contract: Contract): Promise<RowsReading[]> {
  const readings: RowsReading[] = [];
  for (const application of contract.applications) {
    for (const expected of application.features.flatMap(({ rows }) => rows)) {
      const count = await session.attempt(() => countOne(session, expected, application.schema));
      readings.push({ expectationId: expected.id, count });
    }
  }
  return readings;
}

/** The search_path is the application's while its condition is read: so it was when the check file was compiled. */
async function countOne(session: ReadSession, expected: RowsExpectation, schema: string): Promise<number> {
  await session.query("select pg_catalog.set_config('search_path', $1, true)", [quoteIdentifier(schema)]);
  const [row] = await session.select<{ count: number }>(rowsQuery(expected), [], 1);
  await session.query("select pg_catalog.set_config('search_path', '', true)");
  return row?.count ?? 0;
}

/** Counts no further than needed to judge; the line break keeps a trailing SQL comment from swallowing the rest. */
export function rowsQuery(expected: RowsExpectation): string {
  const enough = expected.atMost === null ? Math.max(expected.atLeast, 1) : expected.atMost + 1;
  const where = expected.where === null ? "" : `where (${expected.where}\n)`;
  return `select pg_catalog.count(*)::int as count
from (select 1 from ${quoteQualified(expected.relation)} ${where} limit ${Math.trunc(enough)}) as found`;
}
