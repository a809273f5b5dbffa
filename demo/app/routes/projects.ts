/** Projects and the avatars in them. */
import type { FastifyInstance } from "fastify";
import type { Database } from "../database.js";
import { HttpError } from "../errors.js";
import { authenticate, type Services } from "../guard.js";
import { newId } from "../ids.js";
import { allColumns, insertInto, now } from "../tables.js";
import { deleteProject } from "./deletion.js";

interface ProjectRow {
  readonly id: string;
  readonly userId: string;
}

interface AvatarRow {
  readonly id: string;
  readonly projectId: string;
}

const BASE = "/api/apps/avatar-creator";
const newProject = {
  body: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", minLength: 1, maxLength: 100 },
      description: { type: "string", maxLength: 500 },
    },
  },
};

export function projectRoutes(app: FastifyInstance, services: Services): void {
  const { database } = services;

  app.get(`${BASE}/projects`, async (request) => {
    const user = await authenticate(request, services);
    const text = `SELECT ${allColumns("avatar_projects")} FROM "avatar_projects"
      WHERE "avatar_projects"."userId" = $1 ORDER BY "avatar_projects"."updatedAt" DESC`;
    const projects = await database.query<ProjectRow>("avatarProject.findMany", text, [user.id]);
    return { projects: await withAvatars(database, "avatarProject.findMany", projects) };
  });

  app.post<{ Body: { name: string; description?: string } }>(
    `${BASE}/projects`,
    { schema: newProject },
    async (request) => {
      const user = await authenticate(request, services);
      const { name, description = null } = request.body;
      const values = { id: newId(), userId: user.id, name, description, createdAt: now(), updatedAt: now() };
      // Insert and read back are one transaction, as in the Prisma client: when the read fails, nothing is left.
      const [project] = await database.transaction(async (transaction) => {
        const created = await transaction.run<ProjectRow>(
          insertInto("avatar_projects", "avatarProject.create", values),
        );
        return withAvatars(transaction, "avatarProject.create", created);
      });
      return { message: "Project created successfully", project };
    },
  );

  app.get<{ Params: { id: string } }>(`${BASE}/projects/:id`, async (request) => {
    const user = await authenticate(request, services);
    const project = await findProject(database, request.params.id, user.id);
    const [withItsAvatars] = await withAvatars(database, "avatarProject.findFirst", [project]);
    return { project: withItsAvatars };
  });

  app.delete<{ Params: { id: string } }>(`${BASE}/projects/:id`, async (request) => {
    const user = await authenticate(request, services);
    const project = await findProject(database, request.params.id, user.id);
    await database.transaction((transaction) => deleteProject(transaction, project.id));
    return { message: "Project deleted successfully" };
  });

  app.get<{ Params: { id: string } }>(`${BASE}/avatars/:id`, async (request) => {
    const user = await authenticate(request, services);
    return { avatar: await findAvatar(database, request.params.id, user.id) };
  });

  app.delete<{ Params: { id: string } }>(`${BASE}/avatars/:id`, async (request) => {
    const user = await authenticate(request, services);
    const avatar = await findAvatar(database, request.params.id, user.id);
    await database.query("avatar.delete", `DELETE FROM "avatars" WHERE "id" = $1`, [avatar.id]);
    return { message: "Avatar deleted successfully" };
  });
}

/** The project if the user owns it, without its avatars; throws HttpError 404. */
export async function findProject(database: Database, id: string, userId: string): Promise<ProjectRow> {
  const text = `SELECT ${allColumns("avatar_projects")} FROM "avatar_projects"
    WHERE "avatar_projects"."id" = $1 AND "avatar_projects"."userId" = $2`;
  const [project] = await database.query<ProjectRow>("avatarProject.findFirst", text, [id, userId]);
  if (!project) throw new HttpError(404, { error: "Project not found", code: "RESOURCE_NOT_FOUND" });
  return project;
}

async function findAvatar(database: Database, id: string, userId: string): Promise<AvatarRow> {
  const text = `SELECT ${allColumns("avatars")} FROM "avatars" WHERE "avatars"."id" = $1 AND "avatars"."userId" = $2`;
  const [avatar] = await database.query<AvatarRow>("avatar.findFirst", text, [id, userId]);
  if (!avatar) throw new HttpError(404, { error: "Avatar not found", code: "RESOURCE_NOT_FOUND" });
  return avatar;
}

/**
 * What `include: { avatars: true }` does: a second statement, sent only if there is a project. So the list of a user
 * without projects works while `avatars` is broken, and everybody else gets an error.
 */
async function withAvatars(
  database: Database,
  operation: string,
  projects: readonly ProjectRow[],
): Promise<(ProjectRow & { avatars: AvatarRow[] })[]> {
  if (projects.length === 0) return [];
  const text = `SELECT ${allColumns("avatars")} FROM "avatars" WHERE "avatars"."projectId" = ANY($1)
    ORDER BY "avatars"."createdAt" DESC`;
  const avatars = await database.query<AvatarRow>(operation, text, [projects.map(({ id }) => id)]);
  return projects.map((project) => ({
    ...project,
    avatars: avatars.filter(({ projectId }) => projectId === project.id),
  }));
}
