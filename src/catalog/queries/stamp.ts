/**
 * One number that changes when a catalog row about the relations `$1` is written anew: by version (xmin) and place
 * (ctid). One statement, so one snapshot. Costs an index lookup a relation and catalog.
 */
const part = (catalog: string, relation: string) =>
  `select pg_catalog.hashtextextended(c.xmin::text || c.ctid::text, 0)::numeric as hash
from pg_catalog.${catalog} c where c.${relation} = any($1::oid[])`;

export const STAMP = `/* schemaready:stamp */
select coalesce(sum(hash), 0)::text as stamp from (
${[
  part("pg_attribute", "attrelid"),
  part("pg_attrdef", "adrelid"),
  part("pg_constraint", "conrelid"),
  part("pg_index", "indrelid"),
  part("pg_trigger", "tgrelid"),
].join("\nunion all\n")}) as rows`;
