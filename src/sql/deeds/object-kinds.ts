import type { ObjectType } from "libpg-query";
import type { DeedKind } from "./types.js";

/** Kinds of objects that deeds tell of; operators, languages and the like are not among them. */
const KINDS: Readonly<Partial<Record<ObjectType, DeedKind>>> = {
  OBJECT_TABLE: "relation",
  OBJECT_VIEW: "relation",
  OBJECT_MATVIEW: "relation",
  OBJECT_FOREIGN_TABLE: "relation",
  OBJECT_INDEX: "index",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_TYPE: "type",
  OBJECT_DOMAIN: "type",
  OBJECT_FUNCTION: "function",
  OBJECT_PROCEDURE: "function",
  OBJECT_ROUTINE: "function",
  OBJECT_AGGREGATE: "function",
  OBJECT_TRIGGER: "trigger",
  OBJECT_POLICY: "policy",
  OBJECT_EXTENSION: "extension",
  OBJECT_SCHEMA: "schema",
  OBJECT_ROLE: "role",
};

/** Null: deeds do not tell of such objects. */
export function kindOf(type: ObjectType | undefined): DeedKind | null {
  return type === undefined ? null : (KINDS[type] ?? null);
}
