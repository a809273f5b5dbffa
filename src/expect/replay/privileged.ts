/** What a statement wants that PostgreSQL may keep for superusers, and what it means for the schema to go without. */
import type { ParsedStatement } from "../../sql/index.js";

type Tree = NonNullable<ParsedStatement["node"]>;

export type Privileged =
  /** The schema is the same without it. */
  | { readonly kind: "beside"; readonly what: string; readonly object: string | null }
  /** The schema is the same whoever owns it; but first the owner's rights are arranged. */
  | { readonly kind: "owner" }
  | { readonly kind: "role"; readonly name: string }
  | { readonly kind: "extension"; readonly schema: string | null };

/** Null: the schema needs the statement, so it cannot be left out. */
export function privilegedOf(node: Tree | null): Privileged | null {
  if (node === null) return null;
  if ("CreateExtensionStmt" in node)
    return { kind: "extension", schema: schemaOption(node.CreateExtensionStmt.options) };
  if ("CreateRoleStmt" in node) return { kind: "role", name: node.CreateRoleStmt.role ?? "" };
  if (changesOwner(node)) return { kind: "owner" };
  const named = namedBeside(node);
  if (named !== null) return { kind: "beside", ...named };
  const tag = Object.keys(node)[0] ?? "";
  const what = BESIDE[tag];
  return what === undefined ? null : { kind: "beside", what, object: null };
}

/** Tag of the tree -> how a note calls it. What is not here makes or changes something that a schema holds. */
const BESIDE: Readonly<Record<string, string>> = {
  AlterDatabaseSetStmt: "ALTER DATABASE ... SET",
  AlterDatabaseStmt: "ALTER DATABASE",
  AlterDefaultPrivilegesStmt: "ALTER DEFAULT PRIVILEGES",
  AlterExtensionStmt: "ALTER EXTENSION ... UPDATE",
  AlterRoleSetStmt: "ALTER ROLE ... SET",
  AlterRoleStmt: "ALTER ROLE",
  AlterSystemStmt: "ALTER SYSTEM",
  CheckPointStmt: "CHECKPOINT",
  CommentStmt: "COMMENT",
  CreateCastStmt: "CREATE CAST",
  CreatedbStmt: "CREATE DATABASE",
  DropOwnedStmt: "DROP OWNED",
  DropRoleStmt: "DROP ROLE",
  DropdbStmt: "DROP DATABASE",
  GrantRoleStmt: "GRANT or REVOKE of a role",
  GrantStmt: "GRANT or REVOKE",
  LoadStmt: "LOAD",
  ReassignOwnedStmt: "REASSIGN OWNED",
  SecLabelStmt: "SECURITY LABEL",
};

/** What later statements may name again: then those are left out, too. */
function namedBeside(node: Tree): { what: string; object: string | null } | null {
  if ("VariableSetStmt" in node) return setting(node.VariableSetStmt.name ?? "");
  if ("CreateEventTrigStmt" in node) return named("event trigger", node.CreateEventTrigStmt.trigname);
  if ("AlterEventTrigStmt" in node) return named("event trigger", node.AlterEventTrigStmt.trigname);
  if ("CreatePublicationStmt" in node) return named("publication", node.CreatePublicationStmt.pubname);
  if ("AlterPublicationStmt" in node) return named("publication", node.AlterPublicationStmt.pubname);
  if ("CreateSubscriptionStmt" in node) return named("subscription", node.CreateSubscriptionStmt.subname);
  if ("AlterSubscriptionStmt" in node) return named("subscription", node.AlterSubscriptionStmt.subname);
  if ("DropSubscriptionStmt" in node) return named("subscription", node.DropSubscriptionStmt.subname);
  if ("DropStmt" in node) return dropped(node.DropStmt.removeType);
  if ("UpdateStmt" in node && switchesIndexes(node.UpdateStmt)) return { what: "UPDATE pg_index", object: null };
  if ("SelectStmt" in node && isSetConfig(node.SelectStmt)) return { what: "set_config()", object: null };
  if ("AlterTableStmt" in node && switchesTriggers(node.AlterTableStmt)) {
    return { what: "ALTER TABLE ... DISABLE or ENABLE TRIGGER ALL", object: null };
  }
  return null;
}

/** SET ROLE decides who owns what comes next: its rights are arranged, or it fails. */
function setting(name: string): { what: string; object: null } | null {
  return name === "role" ? null : { what: `SET ${name}`, object: null };
}

function named(what: string, name: string | undefined): { what: string; object: string } {
  const object = `${what} "${name ?? ""}"`;
  return { what: object, object };
}

function dropped(type: string | undefined): { what: string; object: null } | null {
  if (type === "OBJECT_EVENT_TRIGGER") return { what: "DROP EVENT TRIGGER", object: null };
  return type === "OBJECT_PUBLICATION" ? { what: "DROP PUBLICATION", object: null } : null;
}

/** `SELECT pg_catalog.set_config('session_replication_role', 'replica', false)` and nothing else. */
function isSetConfig({
  targetList = [],
  fromClause = [],
}: {
  targetList?: unknown[];
  fromClause?: unknown[];
}): boolean {
  const [only] = targetList as { ResTarget?: { val?: { FuncCall?: { funcname?: unknown[] } } } }[];
  const name = only?.ResTarget?.val?.FuncCall?.funcname?.at(-1);
  return targetList.length === 1 && fromClause.length === 0 && stringOf(name) === "set_config";
}

const SWITCHES = ["AT_DisableTrigAll", "AT_EnableTrigAll"];

function switchesTriggers({ cmds = [] }: { cmds?: unknown[] }): boolean {
  return cmds.length > 0 && cmds.every((each) => SWITCHES.includes(subtypeOf(each)));
}

const INDEX_STATES = ["indisvalid", "indisready", "indislive"];

/** `UPDATE pg_index SET indisready = false ...`: back-fills switch indexes off for a while, and on again. */
function switchesIndexes({ relation, targetList = [] }: { relation?: { relname?: string }; targetList?: unknown[] }) {
  const nameOf = (target: unknown) => (target as { ResTarget?: { name?: string } }).ResTarget?.name ?? "";
  return relation?.relname === "pg_index" && targetList.every((target) => INDEX_STATES.includes(nameOf(target)));
}

function changesOwner(node: Tree): boolean {
  if ("AlterOwnerStmt" in node) return true;
  if (!("AlterTableStmt" in node)) return false;
  const { cmds = [] } = node.AlterTableStmt;
  return cmds.length > 0 && cmds.every((each) => subtypeOf(each) === "AT_ChangeOwner");
}

function subtypeOf(command: unknown): string {
  return (command as { AlterTableCmd?: { subtype?: string } }).AlterTableCmd?.subtype ?? "";
}

function schemaOption(options: readonly unknown[] = []): string | null {
  for (const each of options) {
    const option = (each as { DefElem?: { defname?: string; arg?: unknown } }).DefElem;
    if (option?.defname === "schema") return stringOf(option.arg);
  }
  return null;
}

function stringOf(node: unknown): string | null {
  return (node as { String?: { sval?: string } } | undefined)?.String?.sval ?? null;
}
