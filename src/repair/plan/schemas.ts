/** The schema of what is made: no gap tells that it is missing. */
import { schemaGrant } from "../../model/grants.js";
import { createSchema } from "../ddl/index.js";
import { draft } from "./draft.js";
import { roles } from "./grants.js";
import { hazard } from "./hazards.js";
import type { Known } from "./known.js";
import { schemaKey } from "./needs.js";
import type { Draft } from "./task.js";

/** Only where it was looked for and is not there: CREATE SCHEMA IF NOT EXISTS takes a privilege even when it does nothing. */
export function schemaDrafts(known: Known, schema: string): Draft[] {
  const { models } = known.situation;
  if (models === null || models.length === 0) return [];
  if (models.some(({ schemas }) => schemas.some(({ name }) => name === schema))) return [];
  const create = draft("schema", createSchema(schema), `Schema ${schema} is missing.`, {
    ...{ hazards: [hazard("needs-privilege", `schema ${schema}`)], makes: [schemaKey(schema)] },
  });
  const grants = roles(known).map((role) =>
    draft("schema", schemaGrant(schema, role), `${role} uses what stands in it.`),
  );
  return [create, ...grants];
}
