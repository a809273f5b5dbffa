/** What can be used: credits, applications with their models, presets. */
import type { FastifyInstance } from "fastify";
import type { Database } from "../database.js";
import { HttpError } from "../errors.js";
import { authenticate, type Services } from "../guard.js";
import { allColumns } from "../tables.js";

export const AVATAR_CREATOR = {
  appId: "avatar-creator",
  name: "Avatar Creator",
  description: "Create avatars from a text and use them in all other applications",
} as const;

/** A model as the routes use it. */
export interface ModelRow {
  readonly id: string;
  readonly modelKey: string;
  readonly creditCost: number;
}

const TIERS = ["free", "basic", "pro", "enterprise"];

export function catalogRoutes(app: FastifyInstance, services: Services): void {
  const { database } = services;

  app.get("/api/credits/balance", async (request) => {
    const user = await authenticate(request, services);
    const text = `SELECT ${allColumns("credits")} FROM "credits" WHERE "credits"."userId" = $1
      ORDER BY "credits"."createdAt" DESC LIMIT 1`;
    // As in the original: a database error looks like an empty account.
    const [newest] = await database.query<{ balance: number }>("credit.findFirst", text, [user.id]).catch((error) => {
      request.log.error(error);
      return [];
    });
    return { success: true, data: { balance: newest?.balance ?? 0 } };
  });

  app.get("/api/apps", async (request) => {
    const user = await authenticate(request, services);
    const availableModels = await modelsFor(database, user.id, AVATAR_CREATOR.appId);
    // As in the original: an application without a usable model is left out without a word.
    return { apps: availableModels.length > 0 ? [{ ...AVATAR_CREATOR, availableModels }] : [] };
  });

  app.get<{ Params: { appId: string } }>("/api/apps/:appId/models", async (request) => {
    const user = await authenticate(request, services);
    return { models: await modelsFor(database, user.id, request.params.appId) };
  });

  app.get<{ Querystring: { category?: string } }>("/api/apps/avatar-creator/presets", async (request) => {
    const text = `SELECT ${allColumns("avatar_presets")} FROM "avatar_presets"
      WHERE "avatar_presets"."isPublic" AND ($1::text IS NULL OR "avatar_presets"."category" = $1)
      ORDER BY "avatar_presets"."usageCount" DESC, "avatar_presets"."id"`;
    return { presets: await database.query("avatarPreset.findMany", text, [request.query.category ?? null]) };
  });
}

/** The enabled models of an application that the user's tier includes, cheapest first. */
export async function modelsFor(database: Database, userId: string, appId: string): Promise<ModelRow[]> {
  const [user] = await database.query<{ subscriptionTier: string }>(
    "user.findUnique",
    `SELECT "users"."userTags", "users"."accountType", "users"."subscriptionTier" FROM "users" WHERE "users"."id" = $1`,
    [userId],
  );
  if (!user) throw new HttpError(404, { error: "User not found", code: "RESOURCE_NOT_FOUND" });
  const tiers = TIERS.slice(0, Math.max(TIERS.indexOf(user.subscriptionTier), 0) + 1);
  return database.query<ModelRow>(
    "aIModel.findMany",
    `SELECT ${allColumns("ai_models")} FROM "ai_models"
     WHERE "ai_models"."appId" = $1 AND "ai_models"."enabled" AND "ai_models"."tier" = ANY($2)
     ORDER BY "ai_models"."creditCost", "ai_models"."id"`,
    [appId, tiers],
  );
}
