/** Column types, and whether PostgreSQL rewrites a table to change one into another (ATColumnChangeRequiresRewrite in tablecmds.c). */
import { all, as, type Node, strings, type TypeName } from "./ast.js";

export interface ColumnType {
  /** The name by which PostgreSQL's parser knows it: `int4`, `varchar`, `citext`. */
  readonly name: string;
  /** Length, or precision and scale. */
  readonly modifiers: readonly number[];
  readonly isArray: boolean;
}

const SERIAL: Readonly<Record<string, string>> = {
  serial: "int4",
  serial4: "int4",
  bigserial: "int8",
  serial8: "int8",
  smallserial: "int2",
  serial2: "int2",
};

export function columnType({ names, typmods, arrayBounds }: TypeName): ColumnType {
  const name = strings(names).at(-1) ?? "";
  const modifiers = all("A_Const", typmods).flatMap(({ ival }) => (ival === undefined ? [] : [ival.ival ?? 0]));
  return { name: SERIAL[name] ?? name, modifiers, isArray: (arrayBounds ?? []).length > 0 };
}

/** `serial` and its relatives take their default from a new sequence. */
export function isSerial({ names }: TypeName): boolean {
  return SERIAL[strings(names).at(-1) ?? ""] !== undefined;
}

/** `varchar(20)`, `int4[]` */
export function displayType({ name, modifiers, isArray }: ColumnType): string {
  return `${name}${modifiers.length === 0 ? "" : `(${modifiers.join(", ")})`}${isArray ? "[]" : ""}`;
}

/** From -> to, without a length: the bytes on disk stay, so nothing is rewritten (pg_cast: binary coercible). */
const SAME_BYTES: Readonly<Record<string, readonly string[]>> = {
  varchar: ["text", "citext"],
  text: ["varchar", "citext"],
  citext: ["text", "varchar"],
  cidr: ["inet"],
  xml: ["text", "varchar"],
  int4: ["oid"],
  oid: ["int4", "regclass", "regtype", "regproc"],
};
/** A larger length or precision of these is a change of the catalog only; for numeric the scale has to stay. */
const GROWING = ["varchar", "varbit", "timestamp", "timestamptz", "time", "timetz", "interval"];

/** Whether changing the type rewrites the table. No look at domains: with checks they always do. */
export function rewrites(from: ColumnType, to: ColumnType): boolean {
  if (from.isArray !== to.isArray) return true;
  const [before, after] = [from.modifiers[0], to.modifiers[0]];
  if (from.name !== to.name) return !(SAME_BYTES[from.name] ?? []).includes(to.name) || after !== undefined;
  if (from.modifiers.join() === to.modifiers.join()) return false;
  if (after === undefined) return !(GROWING.includes(from.name) || from.name === "numeric");
  if (from.name === "numeric") return !(before !== undefined && after >= before && scale(from) === scale(to));
  return !(GROWING.includes(from.name) && before !== undefined && after >= before);
}

function scale({ modifiers }: ColumnType): number {
  return modifiers[1] ?? 0;
}

/** USING that says no more than the cast which PostgreSQL does by itself: the column, or the column cast to the new type. */
export function isPlainUsing(using: Node | undefined, column: string, to: ColumnType): boolean {
  if (using === undefined) return true;
  const cast = as("TypeCast", using);
  if (cast === null) return isColumn(using, column);
  if (cast.typeName === undefined || cast.arg === undefined || !isColumn(cast.arg, column)) return false;
  return displayType(columnType(cast.typeName)) === displayType(to);
}

export function isColumn(node: Node | undefined, column: string): boolean {
  return strings(as("ColumnRef", node)?.fields).at(-1) === column;
}
