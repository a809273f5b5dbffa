/** MISSING_TRIGGER: made as PostgreSQL printed it, or switched on again. */
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import { createPrinted, disableTrigger, dropTrigger, enableTrigger } from "../ddl/index.js";
import { draft, leave, task } from "./draft.js";
import { unlessTrigger } from "./guards.js";
import { hazard, lock } from "./hazards.js";
import type { Known } from "./known.js";
import { functionKey, relationKey } from "./needs.js";
import { tableOf } from "./subjects.js";
import type { Planned } from "./task.js";

export function missingTrigger(gap: Gap, known: Known): Planned {
  const table = tableOf(gap);
  const { name } = gap.subject;
  if (gap.actual === null) return createTrigger(gap, known, table, name);
  const enable = draft("trigger", enableTrigger(table, name), gap.message, {
    ...{ table: known.size(table), hazards: [lock("SHARE ROW EXCLUSIVE", table)], undo: disableTrigger(table, name) },
  });
  return task([gap], `Trigger ${name} on ${displayName(table)}`, [enable]);
}

export function createTrigger(gap: Gap, known: Known, table: QualifiedName, name: string): Planned {
  const what = `Trigger ${name} on ${displayName(table)}`;
  const [create, ...rest] = createPrinted(known.definitions, "trigger", {
    schema: table.schema,
    relation: table.name,
    name,
  });
  if (create === undefined) {
    const origin = gap.introducedBy === null ? "" : ` It comes with ${gap.introducedBy}.`;
    return leave([gap], what, `The contract knows its name only.${origin}`);
  }
  const size = known.size(table);
  const first = draft(
    "trigger",
    unlessTrigger(table, name, create),
    `Trigger ${name} on ${displayName(table)} is missing.`,
    {
      table: size,
      hazards: size === null ? [] : [lock("SHARE ROW EXCLUSIVE", table), hazard("blocks-writes", table)],
      ...{ undo: dropTrigger(table, name), needs: [relationKey(table), ...calledBy(create)] },
    },
  );
  return task([gap], what, [
    first,
    ...rest.map((sql) => draft("trigger", sql, "As the contract has it.", { table: size })),
  ]);
}

function calledBy(definition: string): string[] {
  const [, schema, name] = /EXECUTE (?:FUNCTION|PROCEDURE) "?(\w+)"?\."?(\w+)"?\(/.exec(definition) ?? [];
  return schema === undefined || name === undefined ? [] : [functionKey({ schema, name })];
}
