/** Which deeds a statement tells of: one reader for each kind of tree. */
import type { CreateSchemaStmt, Node } from "libpg-query";
import type { Grammar, ParsedStatement } from "../types.js";
import { alter, alterDomain, alterEnum, drop, rename, setSchema } from "./alterations.js";
import { deedsOfBlock } from "./blocks.js";
import {
  createDomain,
  createEnum,
  createFunction,
  createIndex,
  createPolicy,
  createTableAs,
  createTrigger,
  createView,
  define,
  selectInto,
} from "./creations.js";
import { glance } from "./glance.js";
import { nameOfObject, nameOfParts, nameOfRelation, plainName } from "./names.js";
import { kindOf } from "./object-kinds.js";
import { type Reading, readingOf } from "./reading.js";
import { alterRole, createRole, createSchema, dropRoles } from "./roles.js";
import { alterTable, createTable } from "./tables.js";
import type { Deed } from "./types.js";

type Trees = UnionToIntersection<Node>;
type UnionToIntersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;
type Readers = { readonly [K in keyof Trees]?: (tree: Trees[K], reading: Reading) => Deed[] };

const READERS: Readers = {
  CreateStmt: createTable,
  CreateForeignTableStmt: ({ base = {} }, reading) => createTable(base, reading),
  CreateTableAsStmt: createTableAs,
  SelectStmt: selectInto,
  ViewStmt: createView,
  IndexStmt: createIndex,
  CreateTrigStmt: createTrigger,
  CreatePolicyStmt: createPolicy,
  CreateEnumStmt: createEnum,
  CreateDomainStmt: createDomain,
  CompositeTypeStmt: ({ typevar }, reading) => reading.deed("create", "type", nameOfRelation(typevar)),
  CreateRangeStmt: ({ typeName }, reading) => reading.deed("create", "type", nameOfParts(typeName)),
  DefineStmt: define,
  CreateSeqStmt: ({ sequence, if_not_exists: guarded }, reading) =>
    reading.deed("create", "sequence", nameOfRelation(sequence), { guarded }),
  CreateFunctionStmt: createFunction,
  CreateExtensionStmt: ({ extname, if_not_exists: guarded }, reading) =>
    reading.deed("create", "extension", plainName(extname), { guarded }),
  CreateSchemaStmt: schemaWithContent,
  CreateRoleStmt: createRole,
  AlterTableStmt: alterTable,
  AlterSeqStmt: ({ sequence }, reading) => alter("sequence", nameOfRelation(sequence), reading),
  AlterEnumStmt: alterEnum,
  AlterDomainStmt: alterDomain,
  AlterTypeStmt: ({ typeName }, reading) => alter("type", nameOfParts(typeName), reading),
  AlterFunctionStmt: ({ func }, reading) => alter("function", nameOfParts(func?.objname), reading),
  AlterExtensionStmt: ({ extname }, reading) => alter("extension", plainName(extname), reading),
  AlterPolicyStmt: ({ policy_name, table }, reading) =>
    reading.deed("alter", "policy", plainName(policy_name), { relation: nameOfRelation(table) }),
  AlterRoleStmt: alterRole,
  AlterRoleSetStmt: alterRole,
  AlterOwnerStmt: ({ objectType, relation, object }, reading) =>
    alter(kindOf(objectType), nameOfRelation(relation) ?? nameOfObject(object), reading),
  AlterObjectSchemaStmt: setSchema,
  RenameStmt: rename,
  DropStmt: drop,
  DropRoleStmt: dropRoles,
};

/** `CREATE SCHEMA s CREATE TABLE t (...)`: what is created along stands in it. */
function schemaWithContent(tree: CreateSchemaStmt, reading: Reading): Deed[] {
  return createSchema(tree, reading).flatMap((schema) => [
    schema,
    ...(tree.schemaElts ?? [])
      .flatMap((element) => deedsOfTree(element, reading))
      .map((deed) => ({ ...deed, schema: deed.schema ?? schema.name })),
  ]);
}

function deedsOfTree(node: Node, reading: Reading): Deed[] {
  const [[kind, tree]] = Object.entries(node) as [[keyof Trees, unknown]];
  const read = READERS[kind] as ((tree: unknown, reading: Reading) => Deed[]) | undefined;
  return read === undefined ? [] : read(tree, reading);
}

/** DO blocks that run DO blocks that run DO blocks: nobody writes more than this. */
const DEEPEST = 5;

/**
 * The deeds of one statement, in the order of the text; those of the body of a DO block count as its own, and all of
 * them are guarded. Of a statement that the grammar refuses only the first words are looked at.
 */
export function deedsOf(statement: ParsedStatement, grammar: Grammar, depth = 0): Deed[] {
  const { node } = statement;
  if (node === null) return glance(statement);
  if (!("DoStmt" in node)) return mayTell(node) ? deedsOfTree(node, readingOf(statement)) : [];
  if (depth >= DEEPEST) return [];
  return deedsOfBlock(statement, grammar, (inner) => deedsOf(inner, grammar, depth + 1));
}

/** Dumps have many INSERTs: no need to look for names in them. */
function mayTell(node: Node): boolean {
  if ("SelectStmt" in node) return node.SelectStmt.intoClause !== undefined || node.SelectStmt.larg !== undefined;
  return Object.keys(node).some((kind) => kind in READERS);
}
