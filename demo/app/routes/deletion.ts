/** Deleting avatars by hand, in the order that the foreign keys of two applications leave open. */
import { unbook } from "../credits.js";
import type { Database } from "../database.js";

/** Deletes the project with its avatars and all that hangs on them, seven tables in all. Inside a transaction. */
export async function deleteProject(database: Database, projectId: string): Promise<void> {
  await deleteProjects(database, [projectId]);
}

/** Deletes the user with all rows of this application. Inside a transaction. */
export async function deleteEverythingOf(database: Database, userId: string): Promise<void> {
  const text = `SELECT "avatar_projects"."id" FROM "avatar_projects" WHERE "avatar_projects"."userId" = $1`;
  const projects = await database.query<{ id: string }>("avatarProject.findMany", text, [userId]);
  await deleteProjects(database, idsOf(projects));
  await database.query("avatarGeneration.deleteMany", `DELETE FROM "avatar_generations" WHERE "userId" = $1`, [userId]);
  await database.query("avatarUsageHistory.deleteMany", `DELETE FROM "avatar_usage_history" WHERE "userId" = $1`, [
    userId,
  ]);
  // Credits, devices and usages go with their user: ON DELETE CASCADE.
  await database.query("user.delete", `DELETE FROM "users" WHERE "id" = $1`, [userId]);
}

/**
 * Deletes the user's generations of this name, with their avatars and with what was booked for them: the credits are
 * those of before. Inside a transaction. Returns how many there were.
 */
export async function deleteGenerations(database: Database, userId: string, name: string): Promise<number> {
  // While a worker has one this waits; afterwards its avatar is known.
  const text = `SELECT "avatar_generations"."id", "avatar_generations"."avatarId" FROM "avatar_generations"
    WHERE "avatar_generations"."userId" = $1 AND "avatar_generations"."options"::jsonb ->> 'name' = $2 FOR UPDATE`;
  const found = await database.query<Generated>("avatarGeneration.findMany", text, [userId, name]);
  for (const generation of found) await deleteGeneration(database, userId, generation);
  return found.length;
}

interface Generated {
  readonly id: string;
  readonly avatarId: string | null;
}

async function deleteGeneration(database: Database, userId: string, { id, avatarId }: Generated): Promise<void> {
  const remove = (operation: string, text: string, values: readonly unknown[]) =>
    database.query(`${operation}.deleteMany`, `DELETE FROM ${text}`, values);
  const metadata = JSON.stringify({ generationId: id });
  await remove("appUsage", `"app_usages" WHERE "userId" = $1 AND "metadata" = $2`, [userId, metadata]);
  await unbook(database, userId, id);
  await remove("avatarGeneration", `"avatar_generations" WHERE "id" = $1`, [id]);
  await remove("avatar", `"avatars" WHERE "id" = $1`, [avatarId]);
}

async function deleteProjects(database: Database, projectIds: readonly string[]): Promise<void> {
  const avatars = await database.query<{ id: string }>(
    "avatar.findMany",
    `SELECT "avatars"."id", "avatars"."projectId", "avatars"."userId" FROM "avatars" WHERE "avatars"."projectId" = ANY($1)`,
    [projectIds],
  );
  const avatarIds = idsOf(avatars);
  const poseGenerations = await database.query<{ id: string }>(
    "poseGeneration.findMany",
    `SELECT "pose_generations"."id", "pose_generations"."avatarId" FROM "pose_generations"
     WHERE "pose_generations"."avatarId" = ANY($1)`,
    [avatarIds],
  );
  const remove = (operation: string, table: string, column: string, ids: readonly string[]) =>
    database.query(`${operation}.deleteMany`, `DELETE FROM "${table}" WHERE "${column}" = ANY($1)`, [ids]);
  await remove("generatedPose", "generated_poses", "generationId", idsOf(poseGenerations));
  await remove("poseGeneration", "pose_generations", "avatarId", avatarIds);
  await remove("poseGeneratorProject", "pose_generator_projects", "avatarId", avatarIds);
  await remove("avatarUsageHistory", "avatar_usage_history", "avatarId", avatarIds);
  await remove("avatarGeneration", "avatar_generations", "avatarId", avatarIds);
  await remove("avatarGeneration", "avatar_generations", "projectId", projectIds);
  await remove("avatar", "avatars", "id", avatarIds);
  await remove("avatarProject", "avatar_projects", "id", projectIds);
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
