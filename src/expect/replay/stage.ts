/** What a replay knows about the throwaway database besides the schema model, and what it arranged there. */
import { isServerError } from "../../db/index.js";
import type { MigrationTool } from "../../model/migrations.js";
import { quoteIdentifier } from "../../model/names.js";
import type { ScratchConnection } from "../../scratch/index.js";
import { createDeadline, type Deadline } from "./deadline.js";
import { type Platform, preparePlatform } from "./platform.js";
import type { ScriptReader } from "./read-script.js";

export interface Stage {
  readonly connection: ScratchConnection;
  readonly tool: MigrationTool;
  /** What the database has that is not the application's. */
  readonly platform: Platform;
  /** Reads each script once. */
  readonly read: ScriptReader;
  readonly deadline: Deadline;
  /** Statements that end what a script left open, and give the settings that every script begins with. */
  readonly settings: string;
  /** Roles of the server before the replay; they are not ours. */
  readonly rolesBefore: ReadonlySet<string>;
  readonly rolesMade: Set<string>;
  /** Extensions that a script wanted and the server does not have. */
  readonly missingExtensions: Set<string>;
  /** Objects beside the schema that a script wanted and the replay left out: `publication "p"`. */
  readonly leftOut: Set<string>;
  /** Schemas in which every role may create, so that it may own. */
  readonly openSchemas: Set<string>;
  /** For people, each once. */
  readonly notes: Set<string>;
}

/**
 * @param schema where names without a schema go; created unless a script does that
 */
export async function prepareStage(
  connection: ScratchConnection,
  tool: MigrationTool,
  read: ScriptReader,
  schema: string,
  scriptsCreateSchema: boolean,
): Promise<Stage> {
  if (!scriptsCreateSchema) await connection.execute(`create schema if not exists ${quoteIdentifier(schema)}`);
  const roles = await connection.query<{ name: string }>("select rolname as name from pg_catalog.pg_roles");
  const platform = await preparePlatform(connection, tool);
  const [facts] = await connection.query<{ super: boolean }>(
    "select rolsuper as super from pg_catalog.pg_roles where rolname = session_user",
  );
  const settings = [
    "rollback",
    "reset session authorization",
    "reset all",
    `set search_path to ${[schema, ...platform.searched].map(quoteIdentifier).join(", ")}`,
  ];
  // The texts of errors tell which object is meant; only a superuser may choose their language.
  if (facts?.super === true) settings.push("set lc_messages to 'C'");
  const stage: Stage = {
    connection,
    tool,
    platform,
    read,
    deadline: createDeadline(connection.limits),
    settings: settings.join(";\n"),
    rolesBefore: new Set(roles.map(({ name }) => name)),
    rolesMade: new Set(),
    missingExtensions: new Set(),
    leftOut: new Set(),
    openSchemas: new Set(),
    notes: new Set(platform.notes),
  };
  await createRoles(stage);
  await resetSession(stage);
  return stage;
}

/** Another replay on the same server may just have made one, and may take it away again when it ends. */
async function createRoles({ connection, platform, rolesBefore, rolesMade }: Stage): Promise<void> {
  for (const name of platform.roles.filter((each) => !rolesBefore.has(each))) {
    try {
      await connection.execute(`create role ${quoteIdentifier(name)}`);
      rolesMade.add(name);
    } catch (error) {
      if (!isServerError(error)) throw error;
    }
  }
}

/** Whatever the last script set (pg_dump empties search_path), the next one begins as in a session of its own. */
export async function resetSession(stage: Stage): Promise<void> {
  await stage.connection.execute(stage.settings);
}

/**
 * Roles belong to the whole server and would outlive the throwaway database. What they own here goes to the role that
 * replays; what they were granted goes with them.
 * @param made roles that scripts created themselves
 */
export async function removeRoles(stage: Stage, made: readonly string[]): Promise<void> {
  const names = new Set([...stage.rolesMade, ...made].filter((name) => !stage.rolesBefore.has(name)));
  for (const name of names) {
    const role = quoteIdentifier(name);
    // A role that another database uses as well cannot be dropped, and a script may have dropped its own.
    for (const statement of [
      // Before 16, who creates a role has no right to what it owns.
      `grant ${role} to session_user`,
      `reassign owned by ${role} to session_user; drop owned by ${role}; drop role ${role}`,
    ]) {
      await stage.connection.execute(statement).catch(() => {});
    }
  }
}
