/**
 * How types and collations are written in statements that make them again, as SQL to be put into queries. Aliases:
 * `t` pg_type, `r` pg_range, `a` pg_attribute, `n` the type's pg_namespace.
 */

/** `"schema"."name"`, quoted by the server. */
export const qualified = (schema: string, name: string): string => `pg_catalog.format('%I.%I', ${schema}, ${name})`;

/** ` COLLATE ...`, or null when it is the type's own. @param collation @param type expressions that are an oid */
export const collate = (collation: string, type: string): string =>
  `(select ' COLLATE ' || ${qualified("kn.nspname", "k.collname")}
    from pg_catalog.pg_collation k join pg_catalog.pg_namespace kn on kn.oid = k.collnamespace
    where k.oid = ${collation} and k.oid <> (select y.typcollation from pg_catalog.pg_type y where y.oid = ${type}))`;

/** The collation of a column where it is not that of its type. */
export const columnCollation: string = collate("a.attcollation", "a.atttypid");

export const CREATE_COMPOSITE = `pg_catalog.format('CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname, (
    select pg_catalog.string_agg(pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
      || coalesce(${columnCollation}, ''), ', ' order by a.attnum)
    from pg_catalog.pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped))`;

/** Multiranges have names of their own since PostgreSQL 14; as JSON the column can be asked for before that, too. */
export const CREATE_RANGE = `pg_catalog.format('CREATE TYPE %I.%I AS RANGE (', n.nspname, t.typname) || pg_catalog.concat_ws(', ',
    'subtype = ' || pg_catalog.format_type(r.rngsubtype, null),
    'subtype_opclass = ' || (select ${qualified("o.nspname", "p.opcname")} from pg_catalog.pg_opclass p
      join pg_catalog.pg_namespace o on o.oid = p.opcnamespace where p.oid = r.rngsubopc),
    'collation = ' || (select ${qualified("kn.nspname", "k.collname")} from pg_catalog.pg_collation k
      join pg_catalog.pg_namespace kn on kn.oid = k.collnamespace where k.oid = r.rngcollation),
    'canonical = ' || nullif(r.rngcanonical, 0)::pg_catalog.regproc,
    'subtype_diff = ' || nullif(r.rngsubdiff, 0)::pg_catalog.regproc,
    'multirange_type_name = ' || (select ${qualified("mn.nspname", "m.typname")} from pg_catalog.pg_type m
      join pg_catalog.pg_namespace mn on mn.oid = m.typnamespace
      where m.oid = (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::pg_catalog.oid)) || ')'`;
