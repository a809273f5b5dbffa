/**
 * The incident of October 2025. The release of 2025-10-12 is in production, with customers and their avatars. Then a
 * release with five more migrations is deployed; the first of them fails, so none of the others runs, and the new code
 * starts all the same.
 */
import type pg from "pg";
import { hashPassword } from "./app/password.js";
import { deploy, MigrateError, type Migration } from "./migrations.js";
import { seedModels } from "./seed.js";

/** Last migration of the release that runs well. */
const LAST_GOOD = "20251011_avatar_pose_split";

export interface Incident {
  /** A customer from before, with one project, one avatar, and old generations. */
  readonly userId: string;
  readonly email: string;
  readonly projectId: string;
  /** What the deploy said when it failed. */
  readonly error: { readonly code: string; readonly message: string };
}

/**
 * Builds it in an empty database.
 * @param migrations as released, without the fix
 * @throws Error if the deploy does not fail: then this is not the incident
 */
export async function buildIncident(client: pg.Client, migrations: readonly Migration[]): Promise<Incident> {
  const released = migrations.filter(({ name }) => name.localeCompare(LAST_GOOD) <= 0);
  await deploy(client, released);
  await seedModels(client);
  const customer = await addCustomer(client);
  return { ...customer, error: await failToDeploy(client, migrations) };
}

async function failToDeploy(client: pg.Client, migrations: readonly Migration[]): Promise<Incident["error"]> {
  try {
    await deploy(client, migrations);
  } catch (error) {
    if (error instanceof MigrateError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("The deploy of the new release was expected to fail, and it did not.");
}

/** A customer of the release before, in its tables. */
export async function addCustomer(client: pg.Client) {
  const customer = {
    userId: "cmayaoct2025user000000001",
    email: "maya@example.com",
    projectId: "cmayaoct2025project000001",
  };
  await client.query(
    `INSERT INTO "users" ("id", "email", "password", "name", "createdAt", "updatedAt")
     VALUES ($1, $2, $3, 'Maya', '2025-10-12 09:00', '2025-10-12 09:00')`,
    [customer.userId, customer.email, await hashPassword("correct horse battery staple")],
  );
  await client.query(OLD_DATA);
  return customer;
}

/** One row in each table that the fix reshapes. */
const OLD_DATA = `
INSERT INTO "credits" ("id", "userId", "amount", "balance", "type", "description", "createdAt")
VALUES ('cmayaoct2025credit0000001', 'cmayaoct2025user000000001', 100, 100, 'bonus', 'Welcome bonus', '2025-10-12 09:00'),
       ('cmayaoct2025credit0000002', 'cmayaoct2025user000000001', 900, 1000, 'purchase', '900 credits', '2025-10-12 09:05');
INSERT INTO "avatar_projects" ("id", "userId", "name", "createdAt", "updatedAt")
VALUES ('cmayaoct2025project000001', 'cmayaoct2025user000000001', 'Autumn catalogue', '2025-10-12 09:10', '2025-10-12 09:10');
INSERT INTO "avatars" ("id", "userId", "projectId", "name", "baseImageUrl", "sourceType", "updatedAt")
VALUES ('cmayaoct2025avatar0000001', 'cmayaoct2025user000000001', 'cmayaoct2025project000001', 'Lena', '/uploads/lena.png',
        'uploaded', '2025-10-12 09:11');
INSERT INTO "avatar_usage_history" ("id", "avatarId", "userId", "appId", "appName", "action")
VALUES ('cmayaoct2025history000001', 'cmayaoct2025avatar0000001', 'cmayaoct2025user000000001', 'pose-generator',
        'Pose Generator', 'generate_pose');
INSERT INTO "avatar_generations" ("id", "userId", "poseTemplateId", "inputImageUrl", "outputImageUrl", "status")
VALUES ('cmayaoct2025generation001', 'cmayaoct2025user000000001', 'cposetemplate000000000001', '/uploads/lena.png',
        '/outputs/lena-standing.png', 'completed');
INSERT INTO "pose_templates" ("id", "category", "keypointsJson", "previewUrl", "difficulty", "tags", "updatedAt")
VALUES ('cposetemplate000000000001', 'standing', '{}', '/poses/standing.png', 'easy', '', '2025-10-12 08:00');
INSERT INTO "pose_generations" ("id", "userId", "avatarId", "totalPoses", "selectedPoseIds", "basePrompt", "status",
                                "successfulPoses", "updatedAt")
VALUES ('cmayaoct2025posegen000001', 'cmayaoct2025user000000001', 'cmayaoct2025avatar0000001', 1,
        '["cposetemplate000000000001"]', 'Lena, standing', 'completed', 1, '2025-10-12 09:30');
INSERT INTO "generated_poses" ("id", "generationId", "userId", "avatarId", "poseTemplateId", "prompt", "outputUrl", "provider")
VALUES ('cmayaoct2025pose000000001', 'cmayaoct2025posegen000001', 'cmayaoct2025user000000001', 'cmayaoct2025avatar0000001',
        'cposetemplate000000000001', 'Lena, standing', '/outputs/lena-standing.png', 'local');`;
