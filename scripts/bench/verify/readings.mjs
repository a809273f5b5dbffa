// Ways to read the schema of a list of tables, each of them on a connection that is given: those that people write by hand,
// and the floor below which a client of node and pg does not come.
import pg from "pg";
import { SCHEMA } from "./database.mjs";

const CHUNK = 500;

/** The catalogs that a verification needs, raw, rows as arrays, nothing kept: what is left is PostgreSQL and pg. */
export async function floor(client, tables) {
  await client.query(
    "begin read only; set local plan_cache_mode = force_generic_plan; set local jit = off; set local search_path = ''",
  );
  const oids = (await rowsOf(client, OIDS, [SCHEMA, tables])).map(([oid]) => oid);
  let count = 0;
  for (let start = 0; start < oids.length; start += CHUNK) {
    const chunk = [oids.slice(start, start + CHUNK)];
    for (const text of FLOOR) count += (await rowsOf(client, text, chunk)).length;
  }
  count += (
    await rowsOf(client, "select enumtypid, enumlabel from pg_catalog.pg_enum order by enumtypid, enumsortorder", [])
  ).length;
  await client.query("rollback");
  return count;
}

function rowsOf(client, text, values) {
  return client.query({ text, values, rowMode: "array", queryMode: "extended" }).then(({ rows }) => rows);
}

const OIDS = `select c.oid from unnest($2::text[]) as w(name) join pg_catalog.pg_namespace n on n.nspname = $1
join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name`;

const FLOOR = [
  `select attrelid, attnum, attname, atttypid, atttypmod, attnotnull, attidentity, attgenerated, attcollation
   from pg_catalog.pg_attribute where attrelid = any($1::oid[]) and attnum > 0 and not attisdropped`,
  "select adrelid, adnum, pg_catalog.pg_get_expr(adbin, 0) from pg_catalog.pg_attrdef where adrelid = any($1::oid[])",
  `select i.indrelid, ic.relname, ic.relam, i.indkey, i.indclass, i.indoption, i.indcollation, i.indnkeyatts, i.indisvalid, i.indisready,
     i.indislive, i.indisunique, i.indisprimary, pg_catalog.pg_get_expr(i.indexprs, i.indrelid), pg_catalog.pg_get_expr(i.indpred, i.indrelid)
   from pg_catalog.pg_index i join pg_catalog.pg_class ic on ic.oid = i.indexrelid where i.indrelid = any($1::oid[])`,
  `select conrelid, conname, contype, convalidated, condeferrable, condeferred, confrelid, confupdtype, confdeltype, confmatchtype, conkey,
     confkey, pg_catalog.pg_get_expr(conbin, conrelid)
   from pg_catalog.pg_constraint where conrelid = any($1::oid[]) and contype <> 'n'`,
];

/** What one writes who knows pg_catalog: six queries with the pg_get_ functions, rows as objects. */
export async function catalogByHand(client, tables) {
  const wanted = "c.relnamespace = $1::regnamespace and c.relname = any($2)";
  const ask = (text) => client.query(text, [SCHEMA, tables]).then(({ rows }) => rows);
  return [
    await ask(
      `select c.oid, c.relname, c.relkind from pg_class c where ${wanted} and c.relkind in ('r', 'p', 'v', 'm', 'f')`,
    ),
    await ask(`select c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull, a.attidentity, a.attgenerated,
      pg_get_expr(d.adbin, d.adrelid) as default from pg_class c join pg_attribute a on a.attrelid = c.oid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where ${wanted} and a.attnum > 0 and not a.attisdropped`),
    await ask(`select c.relname, i.indexrelid::regclass::text as index, pg_get_indexdef(i.indexrelid) as definition, i.indisvalid
      from pg_class c join pg_index i on i.indrelid = c.oid where ${wanted}`),
    await ask(`select c.relname, k.conname, k.contype, k.convalidated, pg_get_constraintdef(k.oid) as definition
      from pg_class c join pg_constraint k on k.conrelid = c.oid where ${wanted} and k.contype <> 'n'`),
    await ask(`select t.typname, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
      from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace = $1::regnamespace and $2::text[] is not null group by 1`),
    await ask(`select c.relname, t.tgname, pg_get_triggerdef(t.oid) as definition
      from pg_class c join pg_trigger t on t.tgrelid = c.oid where ${wanted} and not t.tgisinternal`),
  ];
}

/** What one writes who does not; without the columns that foreign keys point to, which alone take half a minute here. */
export async function informationSchema(client, tables) {
  const ask = (text) => client.query(text, [SCHEMA, tables]).then(({ rows }) => rows);
  return [
    await ask(`select table_name, column_name, data_type, udt_name, is_nullable, column_default, character_maximum_length, is_identity
      from information_schema.columns where table_schema = $1 and table_name = any($2)`),
    await ask(`select t.table_name, t.constraint_name, t.constraint_type, k.column_name, k.ordinal_position
      from information_schema.table_constraints t join information_schema.key_column_usage k
        on k.constraint_schema = t.constraint_schema and k.constraint_name = t.constraint_name and k.table_name = t.table_name
      where t.table_schema = $1 and t.table_name = any($2)`),
    await ask("select tablename, indexname, indexdef from pg_indexes where schemaname = $1 and tablename = any($2)"),
  ];
}

/** A connection with nothing set. */
export async function open(url) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}
