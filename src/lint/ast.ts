/** PostgreSQL's syntax tree as libpg-query gives it, and the few questions that every rule asks it. Types only: nothing is parsed here. */
import type { ParsedStatement } from "../sql/index.js";

export type Node = NonNullable<ParsedStatement["node"]>;

/** The names of statement and expression nodes. */
type Kinds<N> = N extends unknown ? keyof N : never;
export type NodeKind = Kinds<Node>;
/** What stands below a node of this kind. */
export type Body<Kind extends NodeKind> = Node extends infer N ? (N extends Record<Kind, infer B> ? B : never) : never;

export type AlterTableCmd = Body<"AlterTableCmd">;
export type AlterTableStmt = Body<"AlterTableStmt">;
export type ColumnDef = Body<"ColumnDef">;
export type Constraint = Body<"Constraint">;
export type CreateStmt = Body<"CreateStmt">;
export type DropStmt = Body<"DropStmt">;
export type IndexStmt = Body<"IndexStmt">;
export type RangeVar = Body<"RangeVar">;
export type TypeName = Body<"TypeName">;

/** The body of a node of this kind; null for any other node, and for none. */
export function as<Kind extends NodeKind>(kind: Kind, node: Node | undefined | null): Body<Kind> | null {
  if (node === undefined || node === null || !Object.hasOwn(node, kind)) return null;
  return ((node as Record<string, unknown>)[kind] ?? null) as Body<Kind> | null;
}

/** The bodies of the nodes of this kind among these. */
export function all<Kind extends NodeKind>(kind: Kind, nodes: readonly Node[] | undefined): Body<Kind>[] {
  return (nodes ?? []).flatMap((node) => {
    const body = as(kind, node);
    return body === null ? [] : [body];
  });
}

/** The texts of a list of String nodes. */
export function strings(nodes: readonly Node[] | undefined): string[] {
  return all("String", nodes).map(({ sval = "" }) => sval);
}

/** A name with or without its schema. */
export interface Name {
  readonly schema: string | null;
  readonly name: string;
}

export function nameOf({ schemaname, relname = "" }: RangeVar): Name {
  return { schema: schemaname ?? null, name: relname };
}

/** The name that a list of strings spells: `[schema, name]` or `[name]`; a database in front is left out. */
export function nameFrom(parts: readonly string[]): Name {
  return { schema: parts.at(-2) ?? null, name: parts.at(-1) ?? "" };
}

/** `s.t` as people write it. */
export function display({ schema, name }: Name): string {
  return schema === null ? name : `${schema}.${name}`;
}

/** Whether a list of options (`VACUUM (FULL)`) switches this one on. */
export function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return all("DefElem", options).some(({ defname, arg }) => defname === name && !isOff(arg));
}

function isOff(argument: Node | undefined): boolean {
  const text = as("String", argument)?.sval ?? as("Boolean", argument)?.boolval;
  const number = as("Integer", argument)?.ival;
  return text === "false" || text === "off" || text === false || (as("Integer", argument) !== null && !number);
}

/** Every node of the tree, the root first. Nothing deeper than what PostgreSQL's own parser lets through. */
export function* walk(root: unknown): Generator<Node> {
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== "object" || value === null) continue;
    if (isNode(value)) yield value;
    // One by one: an INSERT may have more rows than a call may have arguments.
    for (const part of Object.values(value).reverse()) waiting.push(part);
  }
}

/** A node has one key, which begins with a capital letter; properties of its body do not. */
function isNode(value: object): value is Node {
  if (Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && /^[A-Z]/.test(keys[0] ?? "");
}
