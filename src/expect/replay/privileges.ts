/**
 * Scripts replay as a role that is no superuser, many were written for one that is. What they want is given to them
 * where it does no harm; what only a superuser may do is left out where the schema is the same without it, and noted.
 */
import { isServerError } from "../../db/index.js";
import { quoteIdentifier } from "../../model/names.js";
import { leaveOut, leaveOutExtension } from "./leave-out.js";
import type { Privileged } from "./privileged.js";
import type { Statement } from "./read-script.js";
import type { Refusal, Sending } from "./sending.js";
import type { Stage } from "./stage.js";

const INSUFFICIENT_PRIVILEGE = "42501";
const EXTENSION = /^permission denied to create extension "([^"]+)"/;
const RIGHTS_OF_A_ROLE =
  /^(must be (member of|able to SET) role|must be owner of|permission denied to (set role|reassign|drop objects|change default)|must be able to SET ROLE)/i;
const SCHEMA = /^permission denied for schema (.+)$/;
const LEFT_OUT = /^((?:event trigger|publication|subscription) "[^"]*") does not exist/;

/** True when something was arranged and the same text is worth another try. */
export async function arrangePrivilege(stage: Stage, sending: Sending, refusal: Refusal): Promise<boolean> {
  const { statement, message, sqlstate } = refusal;
  const object = LEFT_OUT.exec(message)?.[1];
  if (object !== undefined && stage.leftOut.has(object)) return leaveOut(sending, statement);
  if (sqlstate !== INSUFFICIENT_PRIVILEGE) return false;
  const extension = EXTENSION.exec(message)?.[1];
  if (extension !== undefined) return makeExtension(stage, sending, statement, extension);
  if (RIGHTS_OF_A_ROLE.test(message) && (await takeRightsOfRoles(stage))) return true;
  const schema = SCHEMA.exec(message)?.[1];
  if (schema !== undefined && (await openSchema(stage, schema))) return true;
  const wants = statement?.privileged ?? null;
  if (wants === null || statement === null) return false;
  if (wants.kind === "role") return makeRole(stage, sending, statement, wants.name);
  return leaveOutPrivileged(stage, sending, statement, wants);
}

function leaveOutPrivileged(stage: Stage, sending: Sending, statement: Statement, wants: Privileged): boolean {
  if (!leaveOut(sending, statement)) return false;
  if (wants.kind === "beside" && wants.object !== null) stage.leftOut.add(wants.object);
  const what = wants.kind === "beside" ? wants.what : "OWNER TO";
  stage.notes.add(
    `${sending.script.file}: ${what} is left out: only a superuser may do it, which migrations are not in the throwaway server; the schema is the same without it`,
  );
  return true;
}

/** Rights of every role that the scripts made: a superuser has them without asking. */
async function takeRightsOfRoles({ connection }: Stage): Promise<boolean> {
  const roles = await connection.query<{ name: string }>(
    `select rolname as name from pg_catalog.pg_roles
     where rolname !~ '^pg_' and not rolsuper and not pg_catalog.pg_has_role(session_user, oid, 'MEMBER') order by rolname`,
  );
  let taken = false;
  for (const { name } of roles)
    taken = (await succeeds(connection, `grant ${quoteIdentifier(name)} to session_user`)) || taken;
  return taken;
}

/** To own something, a role must be allowed to create in its schema; a superuser may give it away all the same. */
async function openSchema(stage: Stage, schema: string): Promise<boolean> {
  if (stage.openSchemas.has(schema)) return false;
  stage.openSchemas.add(schema);
  return succeeds(stage.connection, `grant usage, create on schema ${quoteIdentifier(schema)} to public`);
}

/** Without the attributes that only a superuser may give: SUPERUSER, REPLICATION, CREATEDB, before 16 BYPASSRLS. */
async function makeRole(stage: Stage, sending: Sending, statement: Statement, name: string): Promise<boolean> {
  if (statement.isBlock || !(await succeeds(stage.connection, `create role ${quoteIdentifier(name)}`))) return false;
  stage.rolesMade.add(name);
  stage.notes.add(
    `${sending.script.file}: role "${name}" is created without the attributes that only a superuser may give it`,
  );
  return leaveOut(sending, statement);
}

async function makeExtension(
  stage: Stage,
  sending: Sending,
  statement: Statement | null,
  name: string,
): Promise<boolean> {
  const wants = statement?.privileged ?? null;
  const schema = (wants?.kind === "extension" ? wants.schema : null) ?? (await currentSchema(stage));
  await makeGuardedSchema(stage, sending, schema);
  if (!stage.missingExtensions.has(name) && (await stage.connection.createExtension(name, schema))) {
    return statement?.isBlock === true || leaveOut(sending, statement);
  }
  return leaveOutExtension(stage, sending, statement, name, "may be created by superusers only");
}

/** The script's own CREATE SCHEMA has been undone with the rest of it; it will find the schema there. */
async function makeGuardedSchema(stage: Stage, sending: Sending, schema: string): Promise<void> {
  const makes = sending.read.statements.some(({ deeds }) =>
    deeds.some(({ act, kind, name, guarded }) => act === "create" && kind === "schema" && name === schema && guarded),
  );
  if (makes) await succeeds(stage.connection, `create schema if not exists ${quoteIdentifier(schema)}`);
}

async function currentSchema({ connection }: Stage): Promise<string> {
  const [row] = await connection.query<{ name: string | null }>("select pg_catalog.current_schema() as name");
  return row?.name ?? "public";
}

/** False: the server refuses it. */
async function succeeds(connection: Stage["connection"], statement: string): Promise<boolean> {
  try {
    await connection.execute(statement);
    return true;
  } catch (error) {
    if (!isServerError(error)) throw error;
    return false;
  }
}
