/** What the rows of a database hold, so that a repair can be shown to have kept them. */
import type { TestDatabase } from "../support/postgres.js";

interface ColumnRow {
  readonly table: string;
  readonly relation: string;
  readonly column: string;
  readonly number: number;
  readonly type: string;
  readonly generated: boolean;
}

interface Kept {
  readonly type: string;
  /** As text, sorted; null for NULL. */
  readonly values: readonly (string | null)[];
}

/** Of every ordinary column, by the numbers that neither a renaming nor a change changes. */
export type Holdings = ReadonlyMap<string, Kept & { readonly place: string }>;

const COLUMNS = `select c.oid::text as table, format('%I.%I', n.nspname, c.relname) as relation, quote_ident(a.attname) as column,
  a.attnum as number, format_type(a.atttypid, a.atttypmod) as type, a.attgenerated <> '' as generated
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** Everything that is not generated, of every table. */
export async function holdingsOf(database: Pick<TestDatabase, "query">): Promise<Holdings> {
  const columns = await database.query<ColumnRow & Record<string, unknown>>(COLUMNS);
  const held = new Map<string, Kept & { place: string }>();
  for (const { table, relation, column, number, type, generated } of columns) {
    if (generated) continue;
    const [row] = await database.query<{ values: (string | null)[] | null }>(
      `select array_agg(v order by v) as values from (select ${column}::text as v from ${relation}) x`,
    );
    held.set(`${table}/${number}`, { place: `${relation}.${column}`, type, values: row?.values ?? [] });
  }
  return held;
}

/** What was there and is not there any more. A NULL may have been filled in, and a changed type prints in another way. */
export function lostBetween(before: Holdings, after: Holdings): string[] {
  return [...before].flatMap(([key, was]) => {
    const is = after.get(key);
    if (is === undefined) return [`lost: the column ${was.place} with ${was.values.length} values`];
    if (is.values.length !== was.values.length)
      return [`lost: ${was.place} had ${was.values.length} rows and has ${is.values.length}`];
    const wanted = was.values.filter((value) => value !== null);
    const present = is.values.filter((value) => value !== null);
    if (present.length < wanted.length) return [`lost: values of ${was.place}`];
    if (was.type !== is.type) return [];
    const rest = [...present];
    const gone = wanted.filter((value) => {
      const at = rest.indexOf(value);
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    });
    return gone.length === 0 ? [] : [`lost: the values ${JSON.stringify(gone)} of ${was.place}`];
  });
}
