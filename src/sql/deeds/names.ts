/** Names as trees hold them: alone, in lists of parts, with the arguments of a function, as the name of a type. */
import type { Node, RangeVar } from "libpg-query";

/** A name as written: the schema is null when there is none in the text. */
export interface WrittenName {
  readonly schema: string | null;
  readonly name: string;
  /** Of the first part, as the tree has it; undefined: the tree does not say. */
  readonly location: number | undefined;
  /** How many parts stand before the name: `database.schema.`. */
  readonly qualifiers: number;
}

/** Null when the node holds no name. */
export function nameOfRelation(relation: RangeVar | undefined): WrittenName | null {
  if (relation?.relname === undefined) return null;
  const { catalogname, schemaname, relname, location } = relation;
  const qualifiers = [catalogname, schemaname].filter((part) => part !== undefined).length;
  return { schema: schemaname ?? null, name: relname, location, qualifiers };
}

/** A list of String nodes: `[schema, name]`. */
export function nameOfParts(parts: readonly Node[] | undefined, location?: number): WrittenName | null {
  const written = (parts ?? []).map(textOf);
  const name = written.at(-1);
  if (name === undefined || name === null) return null;
  return { schema: written.at(-2) ?? null, name, location, qualifiers: written.length - 1 };
}

/** A name without a schema. */
export function plainName(name: string | undefined, location?: number): WrittenName | null {
  return name === undefined ? null : { schema: null, name, location, qualifiers: 0 };
}

/** What DROP, COMMENT or ALTER name: the shape of the node depends on the kind of the object. */
export function nameOfObject(node: Node | undefined): WrittenName | null {
  if (node === undefined) return null;
  if ("String" in node) return plainName(node.String.sval);
  if ("List" in node) return nameOfParts(node.List.items);
  if ("ObjectWithArgs" in node) return nameOfParts(node.ObjectWithArgs.objname);
  if ("TypeName" in node) return nameOfParts(node.TypeName.names, node.TypeName.location);
  return null;
}

/** The text of a String node; null for any other. */
export function textOf(node: Node): string | null {
  return "String" in node ? (node.String.sval ?? "") : null;
}
