/**
 * What stands in dumps and says nothing about the schema: rows, owners, privileges, comments, and what belongs to the
 * whole server (databases, roles, tablespaces, settings). It is not sent: most of it needs roles and rights that a
 * throwaway server does not have, and some of it would outlive the throwaway database.
 * https://www.postgresql.org/docs/current/app-pgdump.html
 */
import type { AlterTableStmt, DropStmt, Node, ObjectType, SelectStmt } from "../../sql/index.js";

/** Kinds of statements, as the grammar calls them. */
const LEFT_OUT = new Set([
  // Rows.
  ...["InsertStmt", "CopyStmt", "RefreshMatViewStmt", "VacuumStmt", "ClusterStmt", "CheckPointStmt", "DiscardStmt"],
  // Who owns it, and who may what.
  ...["AlterOwnerStmt", "GrantStmt", "GrantRoleStmt", "AlterDefaultPrivilegesStmt", "SecLabelStmt"],
  ...["CreatePolicyStmt", "AlterPolicyStmt", "ReassignOwnedStmt", "DropOwnedStmt"],
  ...["CreateUserMappingStmt", "AlterUserMappingStmt", "DropUserMappingStmt"],
  "CommentStmt",
  // Of the whole server, or with other servers.
  ...["CreatedbStmt", "AlterDatabaseStmt", "AlterDatabaseSetStmt", "AlterDatabaseRefreshCollStmt", "DropdbStmt"],
  ...["CreateRoleStmt", "AlterRoleStmt", "AlterRoleSetStmt", "DropRoleStmt", "AlterSystemStmt"],
  ...["CreateTableSpaceStmt", "AlterTableSpaceOptionsStmt", "DropTableSpaceStmt"],
  ...["CreatePublicationStmt", "AlterPublicationStmt"],
  ...["CreateSubscriptionStmt", "AlterSubscriptionStmt", "DropSubscriptionStmt"],
  ...["CreateEventTrigStmt", "AlterEventTrigStmt"],
]);

/** DROP of what is not created. */
const DROPPED_OUTSIDE: readonly (ObjectType | undefined)[] = [
  "OBJECT_POLICY",
  "OBJECT_PUBLICATION",
  "OBJECT_EVENT_TRIGGER",
];

/** Settings that a dump makes for the session that restores it: time, encoding of the file, places on the disk, roles. */
const SETTINGS = new Set([
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
  "transaction_timeout",
  "client_encoding",
  "default_tablespace",
  "default_table_access_method",
  "row_security",
  "client_min_messages",
  "session_authorization",
  "role",
]);

/** Functions that pg_dump calls for the sake of rows. */
const DATA_FUNCTIONS = /^(setval|lo_create|lo_open|lo_close|lowrite|lo_unlink|lo_import)$/;

/** Whether a statement of a dump is not sent. One that the grammar does not know is: PostgreSQL says what it is. */
export function isLeftOut(node: Node | null): boolean {
  if (node === null) return false;
  if (LEFT_OUT.has(tagOf(node))) return true;
  if ("VariableSetStmt" in node) return SETTINGS.has(node.VariableSetStmt.name?.toLowerCase() ?? "");
  // Every database has it from the beginning; dumps of databases where it was made anew create it all the same.
  if ("CreateSchemaStmt" in node) return node.CreateSchemaStmt.schemaname === "public";
  if ("DropStmt" in node) return isDroppedOutside(node.DropStmt);
  if ("AlterTableStmt" in node) return commandsOf(node.AlterTableStmt).every((command) => command === "AT_ChangeOwner");
  return "SelectStmt" in node && callsForRows(node.SelectStmt);
}

/** `pg_dump --clean` first drops what it is going to create; in an empty database there is nothing to drop. */
export function isDrop(node: Node | null): boolean {
  if (node === null) return false;
  if ("DropStmt" in node) return true;
  return "AlterTableStmt" in node && commandsOf(node.AlterTableStmt).every((command) => command.startsWith("AT_Drop"));
}

/** Whether a statement makes something in a schema, other than the schema itself or an extension. */
export function isCreation(node: Node | null): boolean {
  if (node === null || isLeftOut(node)) return false;
  const tag = tagOf(node);
  return /^(Create|View|Index|Define|CompositeType|Rule)/.test(tag) && !/^Create(Schema|Extension)Stmt$/.test(tag);
}

function tagOf(node: Node): string {
  return Object.keys(node)[0] ?? "";
}

/** DROP DEFAULT is a change of the default to none. */
function commandsOf({ cmds = [] }: AlterTableStmt): string[] {
  return cmds.map((node) => {
    if (!("AlterTableCmd" in node)) return "";
    const { subtype = "", def } = node.AlterTableCmd;
    return subtype === "AT_ColumnDefault" && def === undefined ? "AT_DropDefault" : subtype;
  });
}

function isDroppedOutside({ removeType, objects = [] }: DropStmt): boolean {
  if (DROPPED_OUTSIDE.includes(removeType)) return true;
  const isPublic = (node: Node) => "String" in node && node.String.sval === "public";
  return removeType === "OBJECT_SCHEMA" && objects.every(isPublic);
}

function callsForRows({ targetList = [] }: SelectStmt): boolean {
  const names = targetList.map((node) => {
    const value = "ResTarget" in node ? node.ResTarget.val : undefined;
    const last = value !== undefined && "FuncCall" in value ? value.FuncCall.funcname?.at(-1) : undefined;
    return last !== undefined && "String" in last ? (last.String.sval ?? "") : "";
  });
  return names.length > 0 && names.every((name) => DATA_FUNCTIONS.test(name));
}
