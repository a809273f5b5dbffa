/** Statements that rename, move, change or drop what exists. */
import type {
  AlterDomainStmt,
  AlterEnumStmt,
  AlterObjectSchemaStmt,
  DropStmt,
  Node,
  ObjectType,
  RenameStmt,
} from "libpg-query";
import { nameOfObject, nameOfParts, nameOfRelation, plainName, textOf, type WrittenName } from "./names.js";
import { kindOf } from "./object-kinds.js";
import type { Reading } from "./reading.js";
import { namedConstraints } from "./tables.js";
import type { Deed, DeedKind } from "./types.js";

/** What belongs to a relation and is renamed on it. */
const PARTS: Readonly<Partial<Record<ObjectType, DeedKind>>> = {
  OBJECT_COLUMN: "column",
  OBJECT_TABCONSTRAINT: "constraint",
  OBJECT_TRIGGER: "trigger",
  OBJECT_POLICY: "policy",
};

/** The old name is gone, the new one is there; the table of a column or constraint has changed. */
export function rename(statement: RenameStmt, reading: Reading): Deed[] {
  const { renameType, relation, object, subname, newname, missing_ok: guarded } = statement;
  const part = renameType === undefined ? undefined : PARTS[renameType];
  if (part === "trigger" || part === "policy") {
    const owner = nameOfRelation(relation);
    return moved(reading, part, plainName(subname), newname, { guarded, relation: owner });
  }
  if (part !== undefined) return renamedPart(statement, part, reading);
  const kind = kindOf(renameType);
  const name = nameOfRelation(relation) ?? nameOfObject(object) ?? plainName(subname);
  if (kind !== null) return moved(reading, kind, name, newname, { guarded });
  // What is left of a type: its attributes and its constraints.
  const isOfType = renameType === "OBJECT_ATTRIBUTE" || renameType === "OBJECT_DOMCONSTRAINT";
  return isOfType ? reading.deed("alter", "type", name, { guarded }) : [];
}

function renamedPart(statement: RenameStmt, kind: DeedKind, reading: Reading): Deed[] {
  const { relation, subname, newname, missing_ok: guarded } = statement;
  return reading
    .deed("alter", "relation", nameOfRelation(relation), { guarded })
    .flatMap((table) => [
      table,
      ...reading.part(table, "drop", kind, subname),
      ...reading.part(table, "create", kind, newname),
    ]);
}

interface MoveOptions {
  readonly guarded: boolean | undefined;
  readonly relation?: WrittenName | null;
}

function moved(
  reading: Reading,
  kind: DeedKind,
  from: WrittenName | null,
  to: string | undefined,
  options: MoveOptions,
): Deed[] {
  const old = reading.deed("drop", kind, from, options);
  const renamed = plainName(to);
  if (old.length === 0 || renamed === null) return old;
  return [...old, ...reading.deed("create", kind, { ...renamed, schema: from?.schema ?? null }, options)];
}

/** `SET SCHEMA`: the name stays, and stands in another schema. */
export function setSchema(statement: AlterObjectSchemaStmt, reading: Reading): Deed[] {
  const { objectType, relation, object, newschema, missing_ok: guarded } = statement;
  const kind = kindOf(objectType);
  if (kind === null) return [];
  const name = nameOfRelation(relation) ?? nameOfObject(object);
  if (kind === "extension") return reading.deed("alter", kind, name, { guarded });
  return reading
    .deed("drop", kind, name, { guarded })
    .flatMap((old) => [old, { ...old, act: "create" as const, schema: newschema ?? null }]);
}

/** What only changes: owner, options. */
export function alter(kind: DeedKind | null, name: WrittenName | null, reading: Reading): Deed[] {
  return kind === null ? [] : reading.deed("alter", kind, name);
}

/** ADD VALUE, RENAME VALUE. */
export function alterEnum(statement: AlterEnumStmt, reading: Reading): Deed[] {
  const { typeName, oldVal, newVal, skipIfNewValExists: guarded } = statement;
  const [type] = reading.deed("alter", "type", nameOfParts(typeName));
  if (type === undefined) return [];
  const old = reading.part(type, "drop", "label", oldVal);
  return [type, ...old, ...reading.part(type, "create", "label", newVal, { guarded })];
}

export function alterDomain({ subtype, typeName, name, def, missing_ok }: AlterDomainStmt, reading: Reading): Deed[] {
  const [domain] = reading.deed("alter", "type", nameOfParts(typeName));
  if (domain === undefined) return [];
  const act = subtype === "X" ? "drop" : "alter";
  const named = reading.part(domain, act, "constraint", name, { guarded: missing_ok });
  return [domain, ...named, ...namedConstraints(def === undefined ? [] : [def], domain, reading)];
}

/** `DROP TABLE a, b`; a trigger or policy is dropped on its relation. */
export function drop({ objects = [], removeType, missing_ok: guarded }: DropStmt, reading: Reading): Deed[] {
  const kind = kindOf(removeType);
  if (kind === null) return [];
  return objects.flatMap((object) =>
    kind === "trigger" || kind === "policy"
      ? droppedPart(object, kind, reading, guarded)
      : reading.deed("drop", kind, nameOfObject(object), { guarded }),
  );
}

/** The tree has `[schema, relation, name]` for `name ON schema.relation`. */
function droppedPart(object: Node, kind: DeedKind, reading: Reading, guarded: boolean | undefined): Deed[] {
  const items = "List" in object ? (object.List.items ?? []) : [];
  const last = items.at(-1);
  const name = last === undefined ? null : plainName(textOf(last) ?? undefined);
  return reading.deed("drop", kind, name, { guarded, relation: nameOfParts(items.slice(0, -1)) });
}
