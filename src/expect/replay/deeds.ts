/**
 * What a statement says it does to which object, by name. For telling people where an object comes from, never for
 * deciding what is there: that is read from the catalog.
 */

import type { CutStatement, Token } from "../../sql/index.js";
import { cutScript } from "../../sql/index.js";
import { bracketed, type Cursor, cursorOver, cutAtCommas, type WrittenName } from "./cursor.js";

export type DeedKind =
  | "relation"
  | "column"
  | "constraint"
  | "index"
  | "trigger"
  | "policy"
  | "type"
  | "label"
  | "sequence"
  | "function"
  | "extension"
  | "schema"
  | "role";

export interface Deed {
  readonly act: "create" | "alter" | "drop";
  readonly kind: DeedKind;
  /** Null: written without one. */
  readonly schema: string | null;
  /** What a column, constraint, index, trigger, policy or label belongs to, when the statement says it. */
  readonly relation: string | null;
  readonly name: string;
  /** Has IF NOT EXISTS, IF EXISTS or OR REPLACE, or stands in a DO block. */
  readonly guarded: boolean;
  /** Offset of the name in the script. */
  readonly at: number;
}

const OBJECTS: Readonly<Record<string, DeedKind>> = {
  table: "relation",
  view: "relation",
  index: "index",
  sequence: "sequence",
  type: "type",
  domain: "type",
  function: "function",
  procedure: "function",
  routine: "function",
  aggregate: "function",
  trigger: "trigger",
  policy: "policy",
  extension: "extension",
  schema: "schema",
  role: "role",
  user: "role",
  group: "role",
};
const MODIFIERS = [
  "temp",
  "temporary",
  "unlogged",
  "global",
  "local",
  "recursive",
  "materialized",
  "foreign",
  "unique",
  "constraint",
  "event",
];

interface Head {
  readonly act: Deed["act"];
  readonly kind: DeedKind;
  readonly guarded: boolean;
}

/** The deeds of one statement, in the order of the text; those of the body of a DO block count as its own. */
export function deedsOf(sql: string, statement: Pick<CutStatement, "tokens">): Deed[] {
  const { tokens } = statement;
  if (tokens[0]?.value === "do") return deedsOfBlock(sql, tokens);
  const cursor = cursorOver(tokens);
  const head = readHead(cursor);
  if (head === null) return selectInto(tokens);
  if (head.act === "drop") return dropped(cursor, head);
  if (head.kind === "index") return indexDeed(cursor, head);
  const name = cursor.name();
  if (name === null) return [];
  const deed = deedOn(head, name);
  if (head.kind === "trigger" || head.kind === "policy")
    return cursor.find("on") ? [onRelation(deed, cursor.name())] : [];
  if (head.kind === "relation")
    return head.act === "create" ? tableDeeds(tokens, deed) : alterations(tokens, cursor, deed);
  if (head.kind === "type") return typeDeeds(tokens, cursor, deed);
  return [deed, ...renamed(cursor, deed)];
}

function readHead(cursor: Cursor): Head | null {
  const act = cursor.word();
  if (act !== "create" && act !== "alter" && act !== "drop") return null;
  cursor.next();
  let guarded = cursor.skip("or", "replace");
  cursor.skipAny(...MODIFIERS);
  const kind = OBJECTS[cursor.word() ?? ""];
  if (kind === undefined || (kind === "role" && cursor.word(1) === "mapping")) return null;
  cursor.next();
  cursor.skip("concurrently");
  if (cursor.skip("if", "not", "exists") || cursor.skip("if", "exists")) guarded = true;
  cursor.skip("only");
  return { act, kind, guarded };
}

function deedOn(head: Head, name: WrittenName): Deed {
  return { ...head, schema: name.schema, relation: null, name: name.name, at: name.token.start };
}

function onRelation(deed: Deed, relation: WrittenName | null): Deed {
  return { ...deed, schema: relation?.schema ?? null, relation: relation?.name ?? null };
}

/** `CREATE INDEX name ON relation`; ALTER INDEX names no relation. */
function indexDeed(cursor: Cursor, head: Head): Deed[] {
  if (head.act === "create" && cursor.word() === "on") return [];
  const name = cursor.name();
  if (name === null) return [];
  const deed = deedOn(head, name);
  if (head.act !== "create") return [deed, ...renamed(cursor, deed)];
  if (!cursor.skip("on")) return [];
  cursor.skip("only");
  return [onRelation(deed, cursor.name())];
}

/** `DROP TABLE a, b`; a trigger or policy is dropped on its relation. */
function dropped(cursor: Cursor, head: Head): Deed[] {
  const deeds: Deed[] = [];
  for (;;) {
    const name = cursor.name();
    if (name === null) return deeds;
    const deed = deedOn(head, name);
    deeds.push(cursor.skip("on") ? onRelation(deed, cursor.name()) : deed);
    if (cursor.peek()?.value !== ",") return deeds;
    cursor.next();
  }
}

const TABLE_CONSTRAINTS = ["primary", "unique", "check", "foreign", "exclude", "like"];

/** The table, its columns, and the constraints that have names. */
function tableDeeds(tokens: readonly Token[], table: Deed): Deed[] {
  const position = tokens.findIndex(({ start }) => start === table.at);
  if (tokens[position + 1]?.value !== "(") return [table];
  const parts = cutAtCommas(bracketed(tokens, position));
  return [table, ...parts.flatMap((part) => elementDeeds(part, table))];
}

function elementDeeds(part: readonly Token[], table: Deed): Deed[] {
  const [first] = part;
  if (first === undefined) return [];
  const isConstraint = first.kind === "word" && [...TABLE_CONSTRAINTS, "constraint"].includes(first.value);
  const column = isConstraint ? [] : [partDeed(table, "create", "column", first)];
  return [...column, ...namedConstraints(part, table)];
}

function namedConstraints(part: readonly Token[], table: Deed): Deed[] {
  return part.flatMap((token, at) => {
    const name = part[at + 1];
    if (token.kind !== "word" || token.value !== "constraint" || name === undefined) return [];
    return name.kind === "word" || name.kind === "quoted" ? [partDeed(table, "create", "constraint", name)] : [];
  });
}

function partDeed(table: Deed, act: Deed["act"], kind: DeedKind, name: Token, guarded = false): Deed {
  const { schema, name: relation } = table;
  return { act, kind, schema, relation, name: name.value, guarded: table.guarded || guarded, at: name.start };
}

/** `ALTER TABLE t action, action`. */
function alterations(tokens: readonly Token[], cursor: Cursor, table: Deed): Deed[] {
  const moved = renamed(cursor, table);
  if (moved.length > 0) return moved;
  const position = tokens.findIndex(({ start }) => start === table.at);
  return [table, ...cutAtCommas(tokens.slice(position + 1)).flatMap((action) => alteration(action, table))];
}

function alteration(action: readonly Token[], table: Deed): Deed[] {
  const cursor = cursorOver(action);
  const verb = cursor.next()?.value;
  if (verb === "rename") return renamedPart(cursor, table);
  const act =
    verb === "add" ? "create" : verb === "drop" ? "drop" : verb === "alter" || verb === "validate" ? "alter" : null;
  if (act === null) return [];
  const isConstraint = cursor.skip("constraint");
  cursor.skip("column");
  const guarded = cursor.skip("if", "not", "exists") || cursor.skip("if", "exists");
  if (act === "create" && !isConstraint && TABLE_CONSTRAINTS.includes(cursor.word() ?? "")) return [];
  const name = cursor.name();
  if (name === null) return [];
  const kind = isConstraint ? "constraint" : "column";
  const deed = partDeed(table, act, kind, name.token, guarded);
  return kind === "column" && act === "create"
    ? [deed, ...namedConstraints(action, { ...table, guarded: deed.guarded })]
    : [deed];
}

/** `RENAME [COLUMN] a TO b`, `RENAME CONSTRAINT a TO b`. */
function renamedPart(cursor: Cursor, table: Deed): Deed[] {
  const kind = cursor.skip("constraint") ? "constraint" : "column";
  cursor.skip("column");
  const from = cursor.name();
  const to = cursor.skip("to") ? cursor.name() : null;
  if (from === null || to === null) return [];
  return [partDeed(table, "drop", kind, from.token), partDeed(table, "create", kind, to.token)];
}

/** `... RENAME TO name`: the old name is gone, the new one is there. */
function renamed(cursor: Cursor, deed: Deed): Deed[] {
  if (!cursor.skip("rename", "to")) return [];
  const name = cursor.name();
  if (name === null) return [];
  return [
    { ...deed, act: "drop" },
    { ...deed, act: "create", name: name.name, at: name.token.start },
  ];
}

/** Enum labels belong to their type: `CREATE TYPE t AS ENUM ('a')`, `ALTER TYPE t ADD VALUE 'b'`. */
function typeDeeds(tokens: readonly Token[], cursor: Cursor, type: Deed): Deed[] {
  const label = (token: Token): Deed => ({ ...partDeed(type, "create", "label", token) });
  if (type.act === "create") {
    if (!cursor.skip("as", "enum")) return [type];
    return [
      type,
      ...bracketed(tokens, 0)
        .filter(({ kind }) => kind === "string")
        .map(label),
    ];
  }
  if (cursor.skip("rename", "value")) {
    const [, to] = tokens.filter(({ kind }) => kind === "string");
    return to === undefined ? [type] : [type, label(to)];
  }
  if (!cursor.skip("add", "value")) return [type, ...renamed(cursor, type)];
  cursor.skip("if", "not", "exists");
  const added = cursor.next();
  return added?.kind === "string" ? [type, label(added)] : [type];
}

/** `SELECT ... INTO [TABLE] name`. */
function selectInto(tokens: readonly Token[]): Deed[] {
  if (tokens[0]?.value !== "select") return [];
  const cursor = cursorOver(tokens);
  if (!cursor.find("into")) return [];
  cursor.skipAny("temp", "temporary", "unlogged", "table");
  const name = cursor.name();
  return name === null ? [] : [deedOn({ act: "create", kind: "relation", guarded: false }, name)];
}

const STARTERS = ["create", "alter", "drop"];

/** The body of a DO block: what it does depends on its conditions, so everything in it is guarded. */
function deedsOfBlock(sql: string, tokens: readonly Token[]): Deed[] {
  const body = tokens.find(({ kind }) => kind === "dollar" || kind === "string");
  if (body === undefined) return [];
  const shift = sql.indexOf(body.value, body.start);
  return cutScript(body.value).statements.flatMap((fragment) => {
    // `IF NOT EXISTS (...) THEN CREATE TYPE ...` is one fragment: what it does begins with the verb.
    const verb = fragment.tokens.findIndex(({ kind, value }) => kind === "word" && STARTERS.includes(value));
    if (verb < 0) return [];
    const deeds = deedsOf(body.value, { tokens: fragment.tokens.slice(verb) });
    return deeds.map((deed) => ({ ...deed, guarded: true, at: deed.at + shift }));
  });
}
