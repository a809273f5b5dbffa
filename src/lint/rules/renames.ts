/** New names: harmless for the rows, fatal for code that runs while the migration does. */
import { as, display, nameFrom, nameOf, strings } from "../ast.js";
import { hazard, lock } from "../hazards.js";
import { isNew, isNewColumn, keyOf } from "../memory.js";
import type { Found, Rule } from "../place.js";

const RELATIONS = ["OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE"];

export const renameColumn: Rule = ({ node, memory }) => {
  const rename = as("RenameStmt", node);
  if (rename?.renameType !== "OBJECT_COLUMN" || rename.relation === undefined) return [];
  const { subname = "", newname = "" } = rename;
  const table = nameOf(rename.relation);
  if (isNew(memory, table) || isNewColumn(memory, table, subname)) return [];
  return [
    {
      code: "RENAME_COLUMN",
      severity: "warning",
      message: `${display(table)}.${subname} is renamed to ${newname}`,
      why: "Code that is still running asks for the old name and fails (42703) until every instance is replaced.",
      fix: "Add the new column, keep both filled, switch the code over, then drop the old one; or keep the name in the database and map it in the code.",
      hazards: [
        lock("ACCESS EXCLUSIVE", display(table)),
        hazard("breaks-running-code", `${display(table)}.${subname}`),
      ],
    },
  ];
};

export const renameTable: Rule = ({ node, memory }) => {
  const rename = as("RenameStmt", node);
  const move = as("AlterObjectSchemaStmt", node);
  const [kind, relation] = [rename?.renameType ?? move?.objectType, rename?.relation ?? move?.relation];
  if (relation === undefined || !RELATIONS.includes(kind ?? "") || isNew(memory, nameOf(relation))) return [];
  const from = nameOf(relation);
  const to = rename === null ? `the schema ${move?.newschema ?? ""}` : (rename.newname ?? "");
  return [
    {
      code: "RENAME_TABLE",
      severity: "warning",
      message: `${display(from)} is ${rename === null ? "moved" : "renamed"} to ${to}`,
      why: "Code that is still running asks for the old name and fails (42P01) until every instance is replaced.",
      fix: "Leave a view with the old name behind (a simple one can be written to) until nothing uses it, or keep the name in the database and map it in the code.",
      hazards: [lock("ACCESS EXCLUSIVE", display(from)), hazard("breaks-running-code", display(from))],
    },
  ];
};

export const renameLabel: Rule = ({ node, memory }): Found[] => {
  const { typeName, oldVal, newVal } = as("AlterEnumStmt", node) ?? {};
  if (oldVal === undefined || newVal === undefined) return [];
  const type = nameFrom(strings(typeName));
  const createdIn = memory.types.get(keyOf(memory, type));
  if (createdIn !== undefined && memory.fresh.has(createdIn)) return [];
  return [
    {
      code: "RENAME_ENUM_LABEL",
      severity: "warning",
      message: `label ${JSON.stringify(oldVal)} of ${display(type)} is renamed to ${JSON.stringify(newVal)}`,
      why: "Code that is still running writes and compares with the old label and fails (22P02); what it reads it may not know.",
      fix: "Add the new label, let the code accept both, change the rows, then stop using the old one.",
      hazards: [hazard("breaks-running-code", display(type))],
    },
  ];
};
