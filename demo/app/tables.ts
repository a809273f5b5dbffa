/**
 * The tables as the application knows them: the counterpart of schema.prisma. Whatever is listed here is read by every
 * statement that reads whole rows, so a column that the database lacks breaks those statements, used or not.
 */
export const TABLES = {
  users: columns(`
    id email password name role storageQuota storageUsed accountType subscriptionTier userTags
    unlimitedPoseActive unlimitedPoseDailyQuota unlimitedPoseQuotaUsed unlimitedPoseQuotaResetAt
    unlimitedPoseExpiresAt emailNotifications pushNotifications marketingEmails projectUpdates creditAlerts
    theme language profileVisibility showEmail analyticsTracking settingsUpdatedAt createdAt updatedAt
  `),
  credits: columns("id userId amount balance type description referenceId referenceType paymentId createdAt"),
  devices: columns("id userId deviceId deviceName deviceType browser os ipAddress userAgent lastActive createdAt"),
  app_usages: columns("id userId appId action creditUsed metadata createdAt"),
  ai_models: columns(`
    id appId modelId modelKey name description provider tier enabled beta creditCost creditPerSecond
    creditPerPixel quotaCost capabilities totalUsage createdAt updatedAt
  `),
  avatar_projects: columns("id userId name description createdAt updatedAt"),
  avatars: columns(`
    id userId projectId name baseImageUrl thumbnailUrl personaName personaAge personaPersonality
    personaBackground gender ageRange ethnicity bodyType hairStyle hairColor eyeColor skinTone style sourceType
    generationPrompt seedUsed usageCount lastUsedAt createdAt updatedAt
  `),
  avatar_generations: columns("id userId avatarId projectId status prompt options errorMessage createdAt completedAt"),
  avatar_presets: columns(`
    id name previewImageUrl category personaTemplate visualAttributes generationPrompt isPublic usageCount
    createdAt updatedAt
  `),
};

export type TableName = keyof typeof TABLES;

function columns(names: string): readonly string[] {
  return names.trim().split(/\s+/);
}

/** A statement with its parameters, and the client call that Prisma would name in an error: `avatarGeneration.create`. */
export interface Statement {
  readonly operation: string;
  readonly text: string;
  readonly params: readonly unknown[];
}

/** `"avatars"."id", "avatars"."userId", …`: every column that the application knows, qualified as Prisma does it. */
export function allColumns(table: TableName): string {
  return TABLES[table].map((column) => `"${table}"."${column}"`).join(", ");
}

/** INSERT of one row with the named columns, returning the whole row as the application knows it. */
export function insertInto(
  table: TableName,
  operation: string,
  values: Readonly<Record<string, string | number | boolean | null>>,
): Statement {
  const written = Object.keys(values);
  const names = written.map((column) => `"${column}"`).join(", ");
  const places = written.map((_, index) => `$${index + 1}`).join(", ");
  return {
    operation,
    text: `INSERT INTO "${table}" (${names}) VALUES (${places}) RETURNING ${allColumns(table)}`,
    params: Object.values(values),
  };
}

/** Now, as `createdAt` and `updatedAt` are written: UTC, milliseconds. */
export function now(): string {
  return new Date().toISOString();
}
