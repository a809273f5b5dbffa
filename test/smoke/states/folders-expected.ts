/** What must be said of the states in folders.ts. */
import type { Expectation } from "./try-state.js";

export const FOLDERS_EXPECTED: Readonly<Record<string, Expectation>> = {
  "avatar-creator-migration-failed": {
    broken:
      "register login list-projects create-project get-project delete-project upload-avatar generate-avatar generate-from-preset get-avatar edit-avatar delete-avatar usage-history presets settings",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved MISSING_COLUMN users.unlimitedPoseActive <- MIGRATION_FAILED",
        "account/login login: proved MISSING_COLUMN users.unlimitedPoseActive <- MIGRATION_FAILED",
        "signed-in/projects list-projects: proved MISSING_COLUMN avatars.personaName <- MIGRATION_FAILED",
        "signed-in/generate generate-avatar: proved MISSING_COLUMN avatar_generations.projectId <- MIGRATION_FAILED",
        "signed-in/presets presets: proved MISSING_TABLE avatar_presets <- MIGRATION_FAILED",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved column users.unlimitedPoseActive does not exist",
        "account/login login: proved column users.unlimitedPoseActive does not exist",
        "signed-in/projects list-projects: proved column avatars.personaName does not exist",
        "signed-in/presets presets: proved table public.avatar_presets does not exist",
      ],
    },
  },
  "avatars-in-the-old-shape": {
    broken:
      "list-projects create-project get-project upload-avatar generate-avatar get-avatar edit-avatar delete-avatar usage-history",
    looked: {
      exit: 1,
      failed: [
        "generate/create-project create-project: proved MISSING_COLUMN avatars.personaName <- NO_HISTORY",
        "signed-in/projects list-projects: proved MISSING_COLUMN avatars.personaName <- NO_HISTORY",
        "signed-in/finished generate-avatar: proved MISSING_COLUMN avatars.personaName <- NO_HISTORY",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "generate/create-project create-project: proved column avatars.personaName does not exist",
        "signed-in/projects list-projects: proved column avatars.personaName does not exist",
      ],
    },
  },
  "db-push-never-ran": {
    broken:
      "list-projects create-project get-project delete-project upload-avatar generate-avatar generate-from-preset get-avatar usage-history stats",
    looked: {
      exit: 1,
      failed: [
        "generate/create-project create-project: proved MISSING_TABLE avatar_projects <- NO_HISTORY",
        "signed-in/projects list-projects: proved MISSING_TABLE avatar_projects <- NO_HISTORY",
        "signed-in/existing-project: proved MISSING_TABLE avatar_projects <- NO_HISTORY",
        "signed-in/presets presets: declared MISSING_ROWS avatar_presets <- UNKNOWN",
        "signed-in/stats stats: proved MISSING_TABLE avatar_projects <- NO_HISTORY",
        "clean-up/register: proved MISSING_TABLE avatar_projects <- NO_HISTORY",
      ],
      left: ["user schemaready-RUN@example.com"],
    },
    blind: {
      exit: 1,
      failed: [
        "generate/create-project create-project: proved table public.avatar_projects does not exist",
        "signed-in/projects list-projects: proved table public.avatar_projects does not exist",
        "signed-in/presets presets: none not looked at",
        "signed-in/stats stats: proved table public.avatar_projects does not exist",
        "clean-up/register: proved table public.avatar_projects does not exist",
      ],
      left: ["user schemaready-RUN@example.com"],
    },
    rows: {
      "public.users": 2,
      "public.credits": 2,
      "public.devices": 2,
    },
    mend: 'create table avatar_projects (id text, "userId" text); create table avatar_usage_history ("avatarId" text, "userId" text)',
  },
  "foreign-key-nobody-knows": {
    broken: "delete-project delete-avatar",
    looked: {
      exit: 0,
      failed: [],
    },
    blind: {
      exit: 1,
      failed: [],
    },
  },
  "healthy-schema-bug-elsewhere": {
    broken: "",
    looked: {
      exit: 1,
      failed: [
        "generate/start generate-avatar: none the schema is right",
        "signed-in/generate generate-avatar: none the schema is right",
      ],
    },
    blind: {
      exit: 1,
      failed: ["generate/start generate-avatar: none not looked at"],
    },
  },
  "healthy-schema-client-behind": {
    broken: "",
    looked: {
      exit: 0,
      failed: [],
    },
    blind: {
      exit: 1,
      failed: [],
    },
  },
  "healthy-schema-seeds-not-run": {
    broken: "apps generate-avatar generate-from-preset",
    looked: {
      exit: 1,
      failed: [
        "generate/models apps: declared MISSING_ROWS ai_models <- UNKNOWN",
        "generate/start generate-avatar: declared MISSING_ROWS ai_models <- UNKNOWN",
        "signed-in/generate generate-avatar: declared MISSING_ROWS ai_models <- UNKNOWN",
        "signed-in/presets presets: declared MISSING_ROWS avatar_presets <- UNKNOWN",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "generate/models apps: none not looked at",
        "generate/start generate-avatar: none not looked at",
        "signed-in/presets presets: none not looked at",
      ],
    },
  },
  "healthy-schema-server-unreachable": {
    broken: "",
    looked: {
      exit: 1,
      failed: [
        "account/register register: none the application does not reach its database server (P1001); not looked at",
        "account/login login: none the application does not reach its database server (P1001); not looked at",
        "signed-in/profile profile: none not looked at",
        "signed-in/projects list-projects: none not looked at",
        "signed-in/presets presets: none the application does not reach its database server (P1001); not looked at",
        "signed-in/stats stats: none not looked at",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: none the application does not reach its database server (P1001); not looked at",
        "account/login login: none the application does not reach its database server (P1001); not looked at",
        "signed-in/profile profile: none not looked at",
        "signed-in/projects list-projects: none not looked at",
        "signed-in/presets presets: none the application does not reach its database server (P1001); not looked at",
        "signed-in/stats stats: none not looked at",
      ],
    },
  },
  "healthy-schema-worker-not-started": {
    broken: "",
    looked: {
      exit: 1,
      failed: [
        "generate/finished generate-avatar: none the schema is right",
        "signed-in/finished generate-avatar: none the schema is right",
      ],
    },
    blind: {
      exit: 1,
      failed: ["generate/finished generate-avatar: none not looked at"],
    },
  },
  "pending-migrations-judged-safe": {
    broken:
      "register login list-projects create-project get-project delete-project upload-avatar generate-avatar generate-from-preset get-avatar edit-avatar delete-avatar usage-history presets settings",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved MISSING_COLUMN users.unlimitedPoseActive <- MIGRATION_CANNOT_APPLY",
        "account/login login: proved MISSING_COLUMN users.unlimitedPoseActive <- MIGRATION_CANNOT_APPLY",
        "signed-in/projects list-projects: proved MISSING_COLUMN avatars.personaName <- MIGRATION_CANNOT_APPLY",
        "signed-in/generate generate-avatar: proved MISSING_COLUMN avatar_generations.projectId <- MIGRATION_CANNOT_APPLY",
        "signed-in/presets presets: proved MISSING_TABLE avatar_presets <- MIGRATION_CANNOT_APPLY",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved column users.unlimitedPoseActive does not exist",
        "account/login login: proved column users.unlimitedPoseActive does not exist",
        "signed-in/projects list-projects: proved column avatars.personaName does not exist",
        "signed-in/presets presets: proved table public.avatar_presets does not exist",
      ],
    },
  },
  "record-inserted-by-hand": {
    broken: "register login delete-project generate-avatar generate-from-preset usage-history presets",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved MISSING_COLUMN users.unlimitedPoseActive <- RECORD_FORGED",
        "account/login login: proved MISSING_COLUMN users.unlimitedPoseActive <- RECORD_FORGED",
        "signed-in/generate generate-avatar: proved MISSING_TABLE avatar_generations <- RECORD_FORGED",
        "signed-in/presets presets: proved MISSING_TABLE avatar_presets <- RECORD_FORGED",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved column users.unlimitedPoseActive does not exist",
        "account/login login: proved column users.unlimitedPoseActive does not exist",
        "signed-in/presets presets: proved table public.avatar_presets does not exist",
      ],
    },
  },
  "settings-columns-never-reached-the-server": {
    broken: "register login generate-from-preset settings",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved MISSING_COLUMN users.emailNotifications <- MIGRATION_PENDING",
        "account/login login: proved MISSING_COLUMN users.emailNotifications <- MIGRATION_PENDING",
        "signed-in/presets presets: declared MISSING_ROWS avatar_presets <- UNKNOWN",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved column users.emailNotifications does not exist",
        "account/login login: proved column users.emailNotifications does not exist",
        "signed-in/presets presets: none not looked at",
      ],
    },
  },
  "table-locked-while-we-look": {
    broken: "",
    looked: {
      exit: 1,
      failed: ["signed-in/presets presets: none not looked at"],
    },
    blind: {
      exit: 1,
      failed: ["signed-in/presets presets: none not looked at"],
    },
  },
  "users-columns-ahead-of-the-database": {
    broken: "register login apps generate-avatar generate-from-preset",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved MISSING_COLUMN users.accountType <- NO_HISTORY",
        "account/login login: proved MISSING_COLUMN users.accountType <- NO_HISTORY",
        "signed-in/generate generate-avatar: proved MISSING_COLUMN users.accountType <- NO_HISTORY",
        "signed-in/presets presets: declared MISSING_ROWS avatar_presets <- UNKNOWN",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved column users.accountType does not exist",
        "account/login login: proved column users.accountType does not exist",
        "signed-in/presets presets: none not looked at",
      ],
    },
  },
  "users-columns-resolved-as-applied": {
    broken: "register login",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved MISSING_COLUMN users.unlimitedPoseActive <- RECORDED_WITHOUT_RUNNING",
        "account/login login: proved MISSING_COLUMN users.unlimitedPoseActive <- RECORDED_WITHOUT_RUNNING",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved column users.unlimitedPoseActive does not exist",
        "account/login login: proved column users.unlimitedPoseActive does not exist",
      ],
    },
  },
  "wrong-database": {
    broken:
      "register login profile apps credits-balance list-projects create-project get-project delete-project upload-avatar generate-avatar generate-from-preset get-avatar edit-avatar delete-avatar usage-history presets stats settings",
    looked: {
      exit: 1,
      failed: [
        "generate/row generate-avatar: proved MISSING_TABLE avatar_generations <- WRONG_DATABASE; wrong database",
        "generate/nothing-left delete-project: proved MISSING_TABLE avatars <- WRONG_DATABASE; wrong database",
        "signed-in/existing-project: proved MISSING_TABLE avatar_projects <- WRONG_DATABASE; wrong database",
      ],
    },
    blind: {
      exit: 1,
      failed: [],
    },
  },
};
