import type { SqlConnection } from "../../db/index.js";
import { DEFINITION_KINDS, type ObjectDefinition } from "../../model/definitions.js";
import { compareText } from "../../model/names.js";
import { readDependencies } from "./dependencies.js";
import { levelsOf } from "./order.js";
import { type DefinitionRow, OBJECT_DEFINITIONS } from "./queries.js";

/**
 * What the model says too little about, as PostgreSQL prints it, in three round trips. The connection prints as the
 * catalog is read: with an empty search_path. Definitions wait behind ACCESS EXCLUSIVE.
 * @returns in an order in which they can be made; the same database gives the same list
 * @throws whatever the connection throws
 */
export async function readObjectDefinitions(
  connection: Pick<SqlConnection, "query">,
  schemas: readonly string[],
): Promise<ObjectDefinition[]> {
  const rows = await connection.query<DefinitionRow>(OBJECT_DEFINITIONS, [schemas]);
  const keys = rows.map(({ key }) => key);
  const levels = levelsOf(keys, await readDependencies(connection));
  const inOrder = rows
    .map((row) => ({ level: levels.get(row.key) ?? 0, definition: definitionOf(row) }))
    .sort((a, b) => a.level - b.level || compareDefinitions(a.definition, b.definition));
  return inOrder.map(({ definition }) => definition);
}

/** PostgreSQL ends some of its texts with a line end or a semicolon, and some not. */
function definitionOf({ kind, schema, relation, name, sql }: DefinitionRow): ObjectDefinition {
  return { kind, schema, relation, name, sql: sql.flatMap((text) => (text === null ? [] : [text.trim()])) };
}

function compareDefinitions(a: ObjectDefinition, b: ObjectDefinition): number {
  return (
    DEFINITION_KINDS.indexOf(a.kind) - DEFINITION_KINDS.indexOf(b.kind) ||
    compareText(a.schema ?? "", b.schema ?? "") ||
    compareText(a.relation ?? "", b.relation ?? "") ||
    compareText(a.name, b.name)
  );
}
