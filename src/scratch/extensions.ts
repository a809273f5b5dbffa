/**
 * Extensions of PostgreSQL's own distribution that only a superuser may create. Those listed here are created for the
 * scripts of a server of our own: their SQL only defines things and runs nothing, so it can be run by our superuser in
 * a database that scripts have prepared; and what would reach the network or files is taken out of them.
 */
import type pg from "pg";
import { isServerError } from "../db/index.js";
import { quoteIdentifier } from "../model/names.js";
import { SCRIPT_ROLE } from "./roles.js";

const HARMLESS = [
  "amcheck",
  "autoinc",
  "bloom",
  "dict_xsyn",
  "earthdistance",
  "insert_username",
  "moddatetime",
  "pageinspect",
  "pg_buffercache",
  "pg_freespacemap",
  "pg_prewarm",
  "pg_stat_statements",
  "pg_visibility",
  "pgrowlocks",
  "pgstattuple",
  "refint",
  "sslinfo",
];

/** Servers, user mappings and foreign tables can be made; whatever would use one is told that there is no handler. */
const withoutHandler = (wrapper: string) =>
  `alter foreign data wrapper ${wrapper} no handler;
grant usage on foreign data wrapper ${wrapper} to ${quoteIdentifier(SCRIPT_ROLE)}`;

/** Views and functions that call them can be made; calling them is refused. */
const withoutFunctions = (extension: string) => `do $$ declare routine pg_catalog.regprocedure; begin
  for routine in select objid from pg_catalog.pg_depend where classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and deptype = 'e'
      and refobjid = (select oid from pg_catalog.pg_extension where extname = '${extension}') loop
    execute pg_catalog.format('revoke all on function %s from public', routine);
  end loop;
end $$;
grant usage on foreign data wrapper ${extension}_fdw to ${quoteIdentifier(SCRIPT_ROLE)}`;

/** Name of the extension -> what is taken out of it; null: nothing. */
const CREATED: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...HARMLESS.map((name) => [name, null] as const),
  ["dblink", withoutFunctions("dblink")],
  ["file_fdw", withoutHandler("file_fdw")],
  ["postgres_fdw", withoutHandler("postgres_fdw")],
]);

/**
 * Creates the extension for the scripts' role, which owns it then.
 * @param admin the superuser, in the database of the scripts
 * @returns false: it is not one of these, or the server (or the schema) is not there
 */
export async function createRestrictedExtension(admin: pg.Client, name: string, schema: string): Promise<boolean> {
  const takenOut = CREATED.get(name);
  if (takenOut === undefined) return false;
  try {
    // The owner of a database chooses its search_path, and so what the operators of our statements would mean.
    await admin.query("set search_path = ''");
    await admin.query("begin");
    await admin.query(
      `create extension if not exists ${quoteIdentifier(name)} schema ${quoteIdentifier(schema)} cascade`,
    );
    if (takenOut !== null) await admin.query(takenOut);
    await admin.query(`update pg_catalog.pg_extension set extowner = '${SCRIPT_ROLE}'::pg_catalog.regrole`);
    await admin.query("commit");
    return true;
  } catch (error) {
    if (!isServerError(error)) throw error;
    return false;
  }
}
