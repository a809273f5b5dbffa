/**
 * What migrations do that nobody can see in a schema: rows, privileges, policies, whatever a function may do. Whoever
 * records such a migration without running it leaves that out.
 */
import type { MigrationDirectory } from "../model/migrations.js";
import { commandsOfBlock, type Grammar, loadGrammar, type ParsedStatement, tokensOf, UNKNOWN } from "../sql/index.js";
import { printable } from "./printable.js";

export interface UnseenDeeds {
  /** The statements, on one line and without literals, each once. */
  readonly unseen: readonly string[];
}

/** By name of the migration. @throws SchemareadyError PARSER_UNAVAILABLE */
export async function unseenDeeds({ scripts }: MigrationDirectory): Promise<ReadonlyMap<string, UnseenDeeds>> {
  const grammar = await loadGrammar();
  const found = new Map<string, UnseenDeeds>();
  for (const { name, sql } of scripts) {
    const { statements, copies } = grammar.parseScript(sql);
    const texts = [
      ...statements.filter((statement) => isUnseen(statement, grammar)).map(({ text }) => printable(text)),
      ...(copies.length > 0 ? ["COPY ... FROM stdin"] : []),
    ];
    found.set(name, { unseen: [...new Set([...(found.get(name)?.unseen ?? []), ...texts])] });
  }
  return found;
}

/** What they make is read from the catalog, and compared. */
const SEEN: readonly string[] = [
  "AlterDomainStmt",
  "AlterEnumStmt",
  "AlterObjectSchemaStmt",
  "AlterSeqStmt",
  "AlterTableStmt",
  "CreateDomainStmt",
  "CreateEnumStmt",
  "CreateExtensionStmt",
  "CreateFunctionStmt",
  "CreateSchemaStmt",
  "CreateSeqStmt",
  "CreateStmt",
  "CreateTrigStmt",
  "DropStmt",
  "IndexStmt",
  "RenameStmt",
  "ViewStmt",
];
/** Nothing that an application could miss is left out with them. */
const HARMLESS: readonly string[] = [
  "AlterOwnerStmt",
  "CheckPointStmt",
  "CommentStmt",
  "LockStmt",
  "TransactionStmt",
  "VacuumStmt",
  "VariableSetStmt",
  "VariableShowStmt",
];

function isUnseen(statement: ParsedStatement, grammar: Grammar): boolean {
  const { node, text } = statement;
  const [kind = ""] = node === null ? [] : Object.keys(node);
  if (SEEN.includes(kind) || HARMLESS.includes(kind)) return false;
  if (kind === "SelectStmt") return mayWrite(text);
  if (kind === "DoStmt") return isUnseenBlock(statement, grammar);
  if (node !== null && "CreateTableAsStmt" in node) return node.CreateTableAsStmt.objtype !== "OBJECT_MATVIEW";
  return true;
}

/** Functions that only set a setting of the session, as pg_dump writes it. */
const SETTING = /^\s*select\s+(?:pg_catalog\.)?set_config\s*\(/i;

/** A SELECT that calls a function, or has a WITH that writes, or makes a table. */
function mayWrite(text: string): boolean {
  if (SETTING.test(text)) return false;
  const tokens = tokensOf(text, 0, text.length);
  return tokens.some(({ kind, value }, at) => {
    if (kind !== "word" && kind !== "quoted") return false;
    return tokens[at + 1]?.value === "(" || ["into", "insert", "update", "delete", "merge"].includes(value);
  });
}

/** They do what no statement of the block's text shows, or write rows. */
const IN_BLOCKS = [
  ...["insert", "update", "delete", "merge", "truncate", "copy"],
  ...["perform", "call", "grant", "revoke", "policy"],
];

/** A block is seen when all that it does is to make things, whatever it asks before. */
function isUnseenBlock(statement: ParsedStatement, grammar: Grammar): boolean {
  const commands = commandsOfBlock(statement);
  const inner = commands.flatMap(({ text }) => grammar.parseScript(text).statements);
  const isRead = inner.length > 0 && commands.every(({ text }) => !text.includes(UNKNOWN));
  if (!isRead || inner.some((each) => isUnseen(each, grammar))) return true;
  const body = statement.tokens().find(({ kind }) => kind === "dollar" || kind === "string")?.value ?? "";
  const words = tokensOf(body, 0, body.length).filter(({ kind }) => kind === "word");
  const executes = words.filter(({ value }) => value === "execute").length;
  const doesMore = words.some(
    // ON UPDATE and ON DELETE belong to foreign keys.
    ({ value }, at) => IN_BLOCKS.includes(value) && words[at - 1]?.value !== "on",
  );
  return doesMore || executes > commands.length;
}
