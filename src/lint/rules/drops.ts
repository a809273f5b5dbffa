/** DROP: what is gone, and who notices. */
import { as, type DropStmt, display, type Name, nameFrom, nameOf, strings } from "../ast.js";
import { hazard, lock } from "../hazards.js";
import { isNew, keyOf } from "../memory.js";
import type { Found, Place, Rule } from "../place.js";

type Drop = (name: Name, drop: DropStmt, place: Place) => Found | null;

export const drops: Rule = (place) => {
  const drop = as("DropStmt", place.node);
  const look = DROPS[drop?.removeType ?? ""];
  if (drop === null || look === undefined) return [];
  return (drop.objects ?? []).flatMap((object) => {
    const parts = as("List", object)?.items ?? as("TypeName", object)?.names ?? [object];
    return look(nameFrom(strings(parts)), drop, place) ?? [];
  });
};

const isCascade = ({ behavior }: DropStmt): boolean => behavior === "DROP_CASCADE";

const dropTable: Drop = (name, drop, { memory }) => {
  if (isNew(memory, name)) return null;
  const cascade = isCascade(drop) ? ", and with CASCADE every view and foreign key that uses it" : "";
  return {
    code: "DROP_TABLE",
    severity: "warning",
    message: `${display(name)} is dropped with all its rows${cascade}`,
    why: "The rows are gone for good, and code that still uses the table fails (42P01) from this moment on.",
    fix: "Deploy code that no longer uses the table first; drop it in a later release, after a backup of what is still needed.",
    hazards: [
      lock("ACCESS EXCLUSIVE", display(name)),
      hazard("data-loss", display(name)),
      hazard("breaks-running-code", display(name)),
    ],
  };
};

const dropView: Drop = (name, drop, place) => {
  if (isNew(place.memory, name) || (!isCascade(drop) && isMadeAgain(name, place))) return null;
  const cascade = isCascade(drop) ? ", and with CASCADE every view that uses it" : "";
  return {
    code: "DROP_VIEW",
    severity: "warning",
    message: `the view ${display(name)} is dropped${cascade}`,
    why: "No rows are lost, but code that still uses the view fails (42P01) from this moment on.",
    fix: "Deploy code that no longer uses the view first, or create its replacement in the same migration.",
    hazards: [lock("ACCESS EXCLUSIVE", display(name)), hazard("breaks-running-code", display(name))],
  };
};

/** A view that the same script creates again is replaced, not removed. */
function isMadeAgain(name: Name, { memory, statements, position }: Place): boolean {
  return statements.slice(position + 1).some((node) => {
    const made =
      as("ViewStmt", node)?.view ?? as("CreateTableAsStmt", node)?.into?.rel ?? as("CreateStmt", node)?.relation;
    return made !== undefined && keyOf(memory, nameOf(made)) === keyOf(memory, name);
  });
}

const dropSchema: Drop = ({ name }, drop) => ({
  code: "DROP_SCHEMA",
  severity: isCascade(drop) ? "warning" : "note",
  message: isCascade(drop) ? `the schema ${name} is dropped with everything in it` : `the schema ${name} is dropped`,
  why: isCascade(drop)
    ? "Every table in it is gone with its rows, and so is what uses them from other schemas."
    : "Without CASCADE only an empty schema can be dropped, so no rows are lost; names in it no longer resolve.",
  fix: "Drop its tables one by one in a migration that says so; then what is lost can be read.",
  hazards: isCascade(drop)
    ? [hazard("data-loss", name), hazard("breaks-running-code", name)]
    : [hazard("breaks-running-code", name)],
});

const dropType: Drop = (name, drop, { memory }) => {
  const createdIn = memory.types.get(keyOf(memory, name));
  if (createdIn !== undefined && memory.fresh.has(createdIn)) return null;
  return {
    code: "DROP_TYPE",
    severity: isCascade(drop) ? "warning" : "note",
    message: isCascade(drop)
      ? `the type ${display(name)} is dropped with every column that has it`
      : `the type ${display(name)} is dropped`,
    why: isCascade(drop)
      ? "CASCADE drops the columns of this type with their values, without naming them."
      : "Without CASCADE no column can have the type any more, so no values are lost; code that casts to it fails (42704).",
    fix: "Change or drop the columns by name first, then drop the type without CASCADE.",
    hazards: isCascade(drop)
      ? [hazard("data-loss", display(name)), hazard("breaks-running-code", display(name))]
      : [hazard("breaks-running-code", display(name))],
  };
};

const DROPS: Readonly<Record<string, Drop>> = {
  OBJECT_TABLE: dropTable,
  OBJECT_VIEW: dropView,
  OBJECT_MATVIEW: dropView,
  OBJECT_SCHEMA: dropSchema,
  OBJECT_TYPE: dropType,
  OBJECT_DOMAIN: dropType,
};
