/** The objects that an error text names, in the words of PostgreSQL and of the Prisma client. */
import { printable } from "../text.js";

/** What is wrong with the object, as far as the error says. */
export type NamedKind =
  | "relation"
  | "column"
  | "not-null"
  | "column-type"
  | "generated"
  | "constraint"
  | "index"
  | "type"
  | "label"
  | "function"
  | "schema"
  | "extension"
  | "rows"
  | "row-security"
  | "privilege"
  | "schema-privilege";

/** Names as the error spells them: `name` may be `table.column` or `schema.table`. */
export interface Named {
  readonly kind: NamedKind;
  readonly name: string;
  /** The relation, when the error gives it apart from the name; of a label, its enum. */
  readonly relation: string | null;
}

export function named(kind: NamedKind, name: string, relation: string | null = null): Named {
  return { kind, name, relation };
}

/** `column "x" of relation "y"` arrives from Prisma 7 as the one name `x of relation y`, and from patterns as `x" of relation "y`. */
export function namedColumn(kind: NamedKind, text: string, relation: string | null = null): Named {
  const [, name, of] = /^(.+?)["'`]? of relation ["'`]?(.+)$/.exec(text) ?? [];
  return name === undefined || of === undefined ? named(kind, text, relation) : named(kind, name, of);
}

interface Wording {
  readonly pattern: RegExp;
  /** Groups of the pattern, missing ones as empty text. */
  readonly read: (first: string, second: string) => readonly Named[];
}

/** A name in any of the quotes in use. PostgreSQL does not escape quotes inside names: the words after it end it. */
const NAME = "[`\"'](.{1,200}?)[`\"']";
const BARE = "([\\w$]+(?:\\.[\\w$]+)*)";

function wording(pattern: string, read: Wording["read"]): Wording {
  return { pattern: new RegExp(pattern.replaceAll("<name>", NAME).replaceAll("<bare>", BARE), "giu"), read };
}

/** https://github.com/postgres/postgres (errmsg in parser and executor), prisma-engines user-facing-errors, @prisma/adapter-pg. */
const WORDINGS: readonly Wording[] = [
  wording("(?<!of )relation <name> does not exist", (name) => [named("relation", name)]),
  wording("(?:table|view|sequence|model) <name> does not exist", (name) => [named("relation", name)]),
  wording("(?:table|view|relation|sequence) <bare> does not exist", (name) => [named("relation", name)]),
  wording("column <name> of relation <name> does not exist", (name, relation) => [named("column", name, relation)]),
  wording("column <name> does not exist", (name) => [namedColumn("column", name)]),
  wording("column <bare> does not exist", (name) => [named("column", name)]),
  wording('record "(?:new|old)" has no field <name>', (name) => [named("column", name)]),
  wording("null value in column <name> (?:of relation <name> )?violates not-null", (name, relation) => [
    named("not-null", name, relation || null),
  ]),
  wording("null constraint violation on the (?:fields|field|constraint):? \\(?([^)\\n]{1,400})", (list) =>
    backticked(list).map((name) => named("not-null", name)),
  ),
  wording("error converting field <name> of expected non-nullable type", (name) => [named("not-null", name)]),
  wording("column <name> is of type .{1,200}? but expression is of type", (name) => [named("column-type", name)]),
  wording("too long for the column's type\\. column: <bare>", (name) => [named("column-type", name)]),
  wording("cannot insert a non-default value into column <name>", (name) => [named("generated", name)]),
  wording("column <name> can only be updated to default", (name) => [named("generated", name)]),
  wording("violates (?:foreign key|check|unique|exclusion) constraint <name>(?: on table <name>)?", (name, table) => [
    named("constraint", name, table || null),
  ]),
  wording("constraint (?:violated|failed)(?: on the (?:field|constraint))?: <name>", (name) => [
    named("constraint", withoutIndexMark(name)),
  ]),
  wording("constraint <name> (?:of relation|for table) <name> does not exist", (name, table) => [
    named("constraint", name, table),
  ]),
  wording("is not present in table <name>", (name) => [named("rows", name)]),
  wording("index <name> does not exist", (name) => [named("index", name)]),
  wording("type <name> does not exist", (name) => [named("type", name.replace(/\[\]$/, ""))]),
  wording('invalid input value for enum ([\\w$."]{1,200}): "(.{0,200}?)"', (name, label) => [
    named("label", label, name.replaceAll('"', "")),
  ]),
  wording('function ([\\w$."]{1,200})\\(.{0,400}?\\) does not exist', (name) => [
    named("function", name.replaceAll('"', "")),
  ]),
  wording("schema <name> does not exist", (name) => [named("schema", name)]),
  wording("extension <name> (?:does not exist|is not available)", (name) => [named("extension", name)]),
  wording("row-level security policy for table <name>", (name) => [named("row-security", name)]),
  wording("permission denied for schema <bare>", (name) => [named("schema-privilege", name)]),
  wording(
    "permission denied for (?:(?:foreign |materialized )?(?:table|view)|relation|sequence|column|function) <bare>",
    (name) => [named("privilege", name)],
  ),
];

/** Prisma's word for a name that the driver did not give. */
const NOT_AVAILABLE = "(not available)";

/** Every object that the text names, each once, in the order of the wordings. */
export function namesInText(text: string): Named[] {
  const clean = printable(text);
  const found = WORDINGS.flatMap(({ pattern, read }) =>
    [...clean.matchAll(pattern)].flatMap((match) => read(match[1] ?? "", match[2] ?? "")),
  );
  return distinct(found);
}

export function distinct(names: readonly Named[]): Named[] {
  const known = new Map(
    names.filter(({ name }) => name !== "" && name !== NOT_AVAILABLE).map((one) => [JSON.stringify(one), one]),
  );
  return [...known.values()];
}

/** Prisma marks the name of a constraint that it took from the server: `posts_authorId_fkey (index)`. */
export function withoutIndexMark(name: string): string {
  return name.replace(/ \(index\)$/, "");
}

function backticked(list: string): string[] {
  return [...list.matchAll(/[`"']([^`"']{1,200})[`"']/g)].map((match) => match[1] ?? "");
}
