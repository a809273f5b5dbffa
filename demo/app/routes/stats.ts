/** Numbers for the dashboard of one user. */
import type { FastifyInstance } from "fastify";
import { balanceOf, COSTS } from "../credits.js";
import type { Database } from "../database.js";
import { authenticate, type Services } from "../guard.js";

interface AvatarUse {
  readonly id: string;
  readonly name: string;
  readonly usageCount: number;
  readonly createdAt: string;
}

const RECENT_MS = 7 * 24 * 3600 * 1000;

export function statsRoutes(app: FastifyInstance, services: Services): void {
  const { database } = services;

  app.get("/api/apps/avatar-creator/stats", async (request) => {
    const { id } = await authenticate(request, services);
    const [user] = await database.query<{ userTags: string | null }>(
      "user.findUnique",
      `SELECT "users"."userTags" FROM "users" WHERE "users"."id" = $1`,
      [id],
    );
    return {
      stats: await statsOf(database, id),
      creditBalance: await balanceOf(database, id),
      hasEnterpriseUnlimited: (user?.userTags ?? "").includes("enterprise_unlimited"),
      costs: COSTS,
    };
  });
}

async function statsOf(database: Database, userId: string) {
  const avatars = await database.query<AvatarUse>(
    "avatar.findMany",
    `SELECT "avatars"."id", "avatars"."name", "avatars"."usageCount", "avatars"."createdAt" FROM "avatars"
     WHERE "avatars"."userId" = $1 ORDER BY "avatars"."usageCount" DESC, "avatars"."id"`,
    [userId],
  );
  const [projects] = await database.query<{ count: number }>(
    "avatarProject.count",
    `SELECT count(*)::int AS count FROM "avatar_projects" WHERE "avatar_projects"."userId" = $1`,
    [userId],
  );
  const totalUsage = avatars.reduce((sum, { usageCount }) => sum + usageCount, 0);
  return {
    totalAvatars: avatars.length,
    totalProjects: projects?.count ?? 0,
    recentUploads: avatars.filter(({ createdAt }) => Date.parse(createdAt) > Date.now() - RECENT_MS).length,
    totalUsage,
    averageUsage: avatars.length === 0 ? 0 : totalUsage / avatars.length,
    topUsedAvatars: avatars.slice(0, 5).map(({ id, name, usageCount }) => ({ id, name, usageCount })),
  };
}
