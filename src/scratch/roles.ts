/**
 * Who does what in a server of our own. Its superuser has a random name and is ours alone. Scripts run as a role that
 * owns its database and may create roles, and that has no way to the files and programs of the machine: PostgreSQL
 * gives that only to superusers, and to members of three roles that are removed here.
 */
import { randomBytes } from "node:crypto";
import { quoteIdentifier } from "../model/names.js";

/** Scripts name this role (ALTER TABLE ... OWNER TO postgres); on managed servers it is no superuser either. */
export const SCRIPT_ROLE = "postgres";

/** Before PostgreSQL 16, whoever may create roles may make anybody a member of these. */
const WAYS_OUT = ["pg_execute_server_program", "pg_read_server_files", "pg_write_server_files"];

/** Roles of PostgreSQL's own that scripts may grant; they lead to nothing outside of the databases. */
const GRANTABLE = [
  "pg_monitor",
  "pg_read_all_settings",
  "pg_read_all_stats",
  "pg_stat_scan_tables",
  "pg_signal_backend",
  "pg_checkpoint",
  "pg_maintain",
];

const ALL_DATA = ["pg_read_all_data", "pg_write_all_data"];

/** A name that no script can guess. */
export function randomSuperuser(): string {
  return `schemaready_${randomBytes(8).toString("hex")}`;
}

/** Hexadecimal: it stands in SQL text as it is. */
export function randomPassword(): string {
  return randomBytes(24).toString("hex");
}

/** Run once by the superuser in template1, from which the databases are made. */
export function clusterScript(serverVersion: number): string {
  const role = quoteIdentifier(SCRIPT_ROLE);
  return [
    `create role ${role}`,
    `delete from pg_catalog.pg_authid where rolname in (${listOf(WAYS_OUT)})`,
    // The extension that every database begins with: dumps comment on it, and some drop it.
    `update pg_catalog.pg_extension set extowner = '${SCRIPT_ROLE}'::pg_catalog.regrole`,
    // A table can be given only to a role that may create in its schema; a superuser need not mind.
    `alter default privileges for role ${role} grant usage, create on schemas to public`,
    ...(serverVersion >= 150_000
      ? ["grant create on schema public to public", `grant set on parameter session_replication_role to ${role}`]
      : [`alter schema public owner to ${role}`]),
    // Before 16, whoever may create roles may grant these, but a member has all their rights at once.
    serverVersion >= 160_000
      ? grantTo(role, [...GRANTABLE, ...ALL_DATA], "with admin true, inherit false")
      : grantTo(role, GRANTABLE, ""),
  ].join(";\n");
}

function grantTo(role: string, roles: readonly string[], options: string): string {
  return `do $$ declare name text; begin
  for name in select rolname from pg_catalog.pg_roles where rolname in (${listOf(roles)}) loop
    execute pg_catalog.format('grant %I to ${role} ${options}', name);
  end loop;
end $$`;
}

export interface ScriptRole {
  readonly password: string;
  readonly mayCreateDatabases: boolean;
}

/** Run before each connection of a script: an earlier one may have locked its role out, or given it settings. */
export function scriptRoleScript({ password, mayCreateDatabases }: ScriptRole): string {
  const role = quoteIdentifier(SCRIPT_ROLE);
  const createDatabases = mayCreateDatabases ? "createdb" : "nocreatedb";
  return [
    `alter role ${role} with login inherit nosuperuser ${createDatabases} createrole noreplication bypassrls
      connection limit -1 valid until 'infinity' password '${password}'`,
    `alter role ${role} reset all`,
    // RAISE LOG would fill the log of the server.
    `alter role ${role} set log_min_messages = 'panic'`,
  ].join(";\n");
}

/** The roles that scripts left behind, once all their databases are gone. */
export const LEFT_ROLES = `select rolname as name from pg_catalog.pg_roles
where rolname !~ '^pg_' and not rolsuper and rolname <> '${SCRIPT_ROLE}' order by oid desc`;

function listOf(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}
