/** Starting a generation and asking how it goes. worker.ts does the work in between. */
import type { FastifyInstance } from "fastify";
import { book, COSTS } from "../credits.js";
import type { Database } from "../database.js";
import { HttpError } from "../errors.js";
import { authenticate, type Services } from "../guard.js";
import { newId } from "../ids.js";
import { allColumns, insertInto, now } from "../tables.js";
import { AVATAR_CREATOR, modelsFor } from "./catalog.js";
import { deleteGenerations } from "./deletion.js";
import { findProject } from "./projects.js";

interface GenerateBody {
  readonly name: string;
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly seed?: number;
}

const text = { type: "string", maxLength: 50 };
const size = { type: "integer", minimum: 512, maximum: 2048, default: 1024 };
const newAvatar = {
  body: {
    type: "object",
    required: ["name", "prompt"],
    additionalProperties: false,
    properties: {
      name: { type: "string", minLength: 1, maxLength: 100 },
      prompt: { type: "string", minLength: 10, maxLength: 2000 },
      ...{ width: size, height: size, seed: { type: "integer" } },
      ...{ gender: text, ageRange: text, ethnicity: text, bodyType: text, hairStyle: text, hairColor: text },
      ...{ eyeColor: text, skinTone: text, style: text, personaName: text },
      personaAge: { type: "integer", minimum: 1, maximum: 120 },
    },
  },
};
const byName = { querystring: { type: "object", required: ["name"], properties: { name: { type: "string" } } } };

export function generationRoutes(app: FastifyInstance, services: Services): void {
  const { database } = services;

  app.post<{ Params: { projectId: string }; Body: GenerateBody }>(
    "/api/apps/avatar-creator/projects/:projectId/avatars/generate",
    { schema: newAvatar },
    async (request) => {
      const user = await authenticate(request, services);
      const project = await findProject(database, request.params.projectId, user.id);
      const [model] = await modelsFor(database, user.id, AVATAR_CREATOR.appId);
      if (!model) throw new HttpError(404, { error: "AIModel not found", code: "RESOURCE_NOT_FOUND" });
      const started = await start(database, user.id, project.id, request.body);
      // A statistic of the dashboard; its failure is no failure of the generation.
      await countUse(database).catch((error) => request.log.warn(error));
      return {
        message: "Avatar generation started",
        ...started,
        note: "The avatar is generated in the background. Ask for the generation until its status is completed.",
      };
    },
  );

  app.get<{ Params: { id: string } }>("/api/apps/avatar-creator/generations/:id", async (request) => {
    const user = await authenticate(request, services);
    const text = `SELECT ${allColumns("avatar_generations")} FROM "avatar_generations"
      WHERE "avatar_generations"."id" = $1 AND "avatar_generations"."userId" = $2`;
    const [generation] = await database.query("avatarGeneration.findFirst", text, [request.params.id, user.id]);
    if (!generation) throw new HttpError(404, { error: "Generation not found", code: "RESOURCE_NOT_FOUND" });
    return { generation };
  });

  // Not in the original. What a smoke run generates for an account that stays has to go again: by its name, because
  // the answer with its id may never have come.
  app.delete<{ Querystring: { name: string } }>(
    "/api/apps/avatar-creator/generations",
    { schema: byName },
    async (request) => {
      const user = await authenticate(request, services);
      const deleted = await database.transaction((transaction) =>
        deleteGenerations(transaction, user.id, request.query.name),
      );
      return { message: "Generations deleted successfully", deleted };
    },
  );
}

async function start(database: Database, userId: string, projectId: string, body: GenerateBody) {
  const { prompt, ...options } = body;
  const creditUsed = COSTS.generateAvatar;
  return database.transaction(async (transaction) => {
    const id = newId();
    const row = { id, userId, projectId, status: "pending", prompt, options: JSON.stringify(options) };
    const insert = insertInto("avatar_generations", "avatarGeneration.create", { ...row, createdAt: now() });
    const [generation] = await transaction.run(insert);
    const entry = { type: "usage", description: "Generate avatar", referenceType: "avatar_generation" } as const;
    const creditBalance = await book(transaction, userId, -creditUsed, { ...entry, referenceId: id });
    const usage = { id: newId(), userId, appId: AVATAR_CREATOR.appId, action: "generate_avatar", creditUsed };
    const metadata = JSON.stringify({ generationId: id });
    await transaction.run(insertInto("app_usages", "appUsage.create", { ...usage, metadata, createdAt: now() }));
    return { generation, creditUsed, creditBalance };
  });
}

async function countUse(database: Database): Promise<void> {
  await database.query(
    "app.upsert",
    `INSERT INTO "apps" ("id", "appId", "name", "icon", "totalUsage", "updatedAt") VALUES ($1, $2, $3, 'user', 1, $4)
     ON CONFLICT ("appId") DO UPDATE SET "totalUsage" = "apps"."totalUsage" + 1, "updatedAt" = excluded."updatedAt"`,
    [newId(), AVATAR_CREATOR.appId, AVATAR_CREATOR.name, now()],
  );
}
