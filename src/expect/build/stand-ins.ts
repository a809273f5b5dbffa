/**
 * Empty tables for the relations of a known schema, which this database has not got: conditions that name them can then
 * be read like any other. They have the columns of the known relations and nothing else.
 */
import type { ExpectedRelation } from "../../model/contract.js";
import { quoteIdentifier, quoteQualified } from "../../model/names.js";
import type { DomainType, TypeRef } from "../../model/schema.js";
import type { ScratchConnection } from "../../scratch/index.js";
import type { KnownSchema } from "../names.js";

/** Creates them in the open transaction; a relation that the file defines, too, gets the columns that it lacks. */
export async function createStandIns(
  connection: ScratchConnection,
  { relations, domains }: Pick<KnownSchema, "relations" | "domains">,
): Promise<void> {
  if (relations.length === 0) return;
  const types = await typesHere(connection, relations, domains);
  for (const schema of new Set(relations.map((relation) => relation.schema))) {
    await connection.query(`create schema if not exists ${quoteIdentifier(schema)}`);
  }
  for (const relation of relations) {
    const name = quoteQualified(relation);
    await connection.query(`create table if not exists ${name} ()`);
    const columns = relation.columns.map(
      (column) => `add column if not exists ${quoteIdentifier(column.name)} ${types(column.type)}`,
    );
    if (columns.length > 0) await connection.query(`alter table ${name} ${columns.join(", ")}`);
  }
}

/** How a type is written here. One that is not here (an enum of the known schema, say) is text: literals fit it. */
async function typesHere(
  connection: ScratchConnection,
  relations: readonly ExpectedRelation[],
  domains: readonly DomainType[],
): Promise<(type: TypeRef) => string> {
  const used = relations.flatMap(({ columns }) => columns.map(({ type }) => type));
  const texts = [...new Set([...used, ...domains.map(({ base }) => base)].map(({ text }) => text))];
  const rows = await connection.query<{ text: string }>(TYPES_HERE, [texts]);
  const here = new Set(rows.map(({ text }) => text));
  return (type) => {
    const domain = domains.find(({ schema, name }) => schema === type.schema && name === type.name);
    const base = domain === undefined || type.array ? null : domain.base;
    const found = [type, base].find((each) => each !== null && each.kind !== "pseudo" && here.has(each.text));
    return found?.text ?? (type.array ? "text[]" : "text");
  };
}

const TYPES_HERE = `
select text from pg_catalog.unnest($1::text[]) as written (text) where pg_catalog.to_regtype(text) is not null`;
