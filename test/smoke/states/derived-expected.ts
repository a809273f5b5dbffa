/** What must be said of the states in derived.ts. */
import type { Expectation } from "./try-state.js";

export const DERIVED_EXPECTED: Readonly<Record<string, Expectation>> = {
  "nothing is wrong": {
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
  "a column of users was renamed": {
    broken: "register login profile",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved MISSING_COLUMN users.role <- RENAMED",
        "account/login login: proved MISSING_COLUMN users.role <- RENAMED",
        "signed-in/profile profile: declared MISSING_COLUMN users.role <- RENAMED",
        "signed-in/projects list-projects: declared MISSING_COLUMN users.role <- RENAMED; refused as before",
        "signed-in/stats stats: declared MISSING_COLUMN users.role <- RENAMED; refused as before",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved column users.role does not exist",
        "account/login login: proved column users.role does not exist",
        "signed-in/profile profile: none not looked at",
        "signed-in/projects list-projects: none not looked at",
        "signed-in/stats stats: none not looked at",
      ],
    },
  },
  "a name was folded": {
    broken: "delete-project generate-avatar generate-from-preset",
    looked: {
      exit: 1,
      failed: [
        "generate/start generate-avatar: proved MISSING_COLUMN avatar_generations.projectId <- NAME_CASE",
        "generate/delete-project delete-project: proved MISSING_COLUMN avatar_generations.projectId <- NAME_CASE",
        "signed-in/generate generate-avatar: proved MISSING_COLUMN avatar_generations.projectId <- NAME_CASE",
        "clean-up/create-project: proved MISSING_COLUMN avatar_generations.projectId <- NAME_CASE",
        "clean-up/register: proved MISSING_COLUMN avatar_generations.projectId <- NAME_CASE",
      ],
      left: ["project ID", "user schemaready-RUN@example.com"],
    },
    blind: {
      exit: 1,
      failed: [
        "generate/start generate-avatar: proved column avatar_generations.projectId does not exist",
        "generate/delete-project delete-project: proved column projectId does not exist",
        "clean-up/create-project: proved column projectId does not exist",
        "clean-up/register: proved column projectId does not exist",
      ],
      left: ["project ID", "user schemaready-RUN@example.com"],
    },
    rows: {
      "public.users": 2,
      "public.avatar_projects": 2,
      "public.credits": 2,
      "public.devices": 2,
    },
    mend: 'alter table avatar_generations rename column projectid to "projectId"',
  },
  "a table was dropped": {
    broken: "delete-project",
    looked: {
      exit: 1,
      failed: [
        "generate/delete-project delete-project: proved MISSING_TABLE pose_generator_projects <- APPLIED_THEN_LOST",
        "clean-up/create-project: proved MISSING_TABLE pose_generator_projects <- APPLIED_THEN_LOST",
        "clean-up/register: proved MISSING_TABLE pose_generator_projects <- APPLIED_THEN_LOST",
      ],
      left: ["project ID", "user schemaready-RUN@example.com"],
    },
    blind: {
      exit: 1,
      failed: [
        "generate/delete-project delete-project: proved table public.pose_generator_projects does not exist",
        "clean-up/create-project: proved table public.pose_generator_projects does not exist",
        "clean-up/register: proved table public.pose_generator_projects does not exist",
      ],
      left: ["project ID", "user schemaready-RUN@example.com"],
    },
    rows: {
      "public.avatar_generations": 2,
      "public.users": 2,
      "public.app_usages": 2,
      "public.avatars": 2,
      "public.avatar_projects": 2,
      "public.credits": 4,
      "public.devices": 2,
    },
    mend: 'create table pose_generator_projects ("avatarId" text)',
  },
  "unique indexes of upserts are missing": {
    broken: "login upload-avatar",
    looked: {
      exit: 0,
      failed: [],
    },
    blind: {
      exit: 1,
      failed: [],
    },
  },
  "a unique index is invalid": {
    broken: "login",
    looked: {
      exit: 0,
      failed: [],
    },
    blind: {
      exit: 1,
      failed: [],
    },
  },
  "a foreign key that cascades is missing": {
    broken: "",
    looked: {
      exit: 0,
      failed: [],
    },
    blind: {
      exit: 1,
      failed: [],
    },
    rows: {
      "public.credits": 4,
    },
  },
  "a default was lost": {
    broken: "register",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved COLUMN_DEFAULT users.role <- UNKNOWN",
        "account/login login: none the schema is right; may only follow",
      ],
    },
    blind: {
      exit: 1,
      failed: ["account/register register: none not looked at", "account/login login: none not looked at"],
    },
  },
  "a column has another type": {
    broken: "register upload-avatar generate-avatar generate-from-preset",
    looked: {
      exit: 1,
      failed: [
        "account/login login: declared COLUMN_TYPE credits.balance <- UNKNOWN",
        "signed-in/generate generate-avatar: declared COLUMN_TYPE credits.balance <- UNKNOWN",
      ],
    },
    blind: {
      exit: 1,
      failed: ["account/login login: none not looked at"],
    },
  },
  "the role may not write": {
    broken: "generate-avatar generate-from-preset",
    looked: {
      exit: 1,
      failed: [
        "generate/start generate-avatar: proved MISSING_PRIVILEGE avatar_generations.INSERT <- PERMISSION_DENIED",
        "signed-in/generate generate-avatar: proved MISSING_PRIVILEGE avatar_generations.INSERT <- PERMISSION_DENIED",
      ],
    },
    blind: {
      exit: 1,
      failed: ["generate/start generate-avatar: proved its role lacks a privilege on avatar_generations"],
    },
  },
  "the role has no usage on the schema": {
    broken: "",
    looked: {
      exit: 1,
      failed: [
        "account/register register: none not looked at",
        "account/login login: none not looked at",
        "signed-in/profile profile: none not looked at",
        "signed-in/projects list-projects: none not looked at",
        "signed-in/presets presets: none not looked at",
        "signed-in/stats stats: none not looked at",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved table public.users does not exist",
        "account/login login: proved table public.users does not exist",
        "signed-in/profile profile: none not looked at",
        "signed-in/projects list-projects: none not looked at",
        "signed-in/presets presets: proved table public.avatar_presets does not exist",
        "signed-in/stats stats: none not looked at",
      ],
    },
  },
  "row security hides the projects": {
    broken:
      "list-projects create-project get-project delete-project upload-avatar generate-avatar generate-from-preset get-avatar stats",
    looked: {
      exit: 1,
      failed: [
        "generate/create-project create-project: proved ROW_SECURITY_HIDES_ROWS avatar_projects <- ROW_SECURITY",
        "signed-in/projects list-projects: declared ROW_SECURITY_HIDES_ROWS avatar_projects <- ROW_SECURITY",
        "signed-in/existing-project: proved ROW_SECURITY_HIDES_ROWS avatar_projects <- ROW_SECURITY",
        "signed-in/stats stats: declared ROW_SECURITY_HIDES_ROWS avatar_projects <- ROW_SECURITY",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "generate/create-project create-project: proved row security refuses rows of avatar_projects",
        "signed-in/projects list-projects: none not looked at",
        "signed-in/stats stats: none not looked at",
      ],
    },
  },
  "row security hides the migrations": {
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
  "the next release dropped a column": {
    broken:
      "list-projects create-project get-project upload-avatar generate-avatar get-avatar edit-avatar delete-avatar usage-history",
    looked: {
      exit: 1,
      failed: [
        "generate/create-project create-project: proved MISSING_COLUMN avatars.style <- UNKNOWN",
        "signed-in/projects list-projects: proved MISSING_COLUMN avatars.style <- UNKNOWN",
        "signed-in/finished generate-avatar: proved MISSING_COLUMN avatars.style <- UNKNOWN",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "generate/create-project create-project: proved column avatars.style does not exist",
        "signed-in/projects list-projects: proved column avatars.style does not exist",
      ],
    },
  },
  "an old column must not be null": {
    broken: "generate-avatar generate-from-preset",
    looked: {
      exit: 1,
      failed: [
        "generate/start generate-avatar: proved BLOCKING_EXTRA_COLUMN avatar_generations.inputImageUrl <- UNKNOWN",
        "signed-in/generate generate-avatar: proved BLOCKING_EXTRA_COLUMN avatar_generations.inputImageUrl <- UNKNOWN",
      ],
    },
    blind: {
      exit: 1,
      failed: ["generate/start generate-avatar: none not looked at"],
    },
  },
  "the tables are in another schema": {
    broken:
      "register login profile apps credits-balance list-projects create-project get-project delete-project upload-avatar generate-avatar generate-from-preset get-avatar edit-avatar delete-avatar usage-history presets stats settings",
    looked: {
      exit: 1,
      failed: [
        "account/register register: proved MISSING_TABLE users <- WRONG_SCHEMA; wrong schema",
        "account/login login: proved MISSING_TABLE users <- WRONG_SCHEMA; wrong schema",
        "signed-in/profile profile: declared MISSING_TABLE credits, MISSING_TABLE users <- WRONG_SCHEMA; wrong schema",
        "signed-in/projects list-projects: declared MISSING_TABLE avatar_projects, MISSING_TABLE avatars <- WRONG_SCHEMA; wrong schema",
        "signed-in/presets presets: proved MISSING_TABLE avatar_presets <- WRONG_SCHEMA; wrong schema",
        "signed-in/stats stats: declared MISSING_TABLE avatar_projects, MISSING_TABLE avatars, MISSING_TABLE credits, MISSING_TABLE users <- WRONG_SCHEMA; wrong schema",
      ],
    },
    blind: {
      exit: 1,
      failed: [
        "account/register register: proved table public.users does not exist",
        "account/login login: proved table public.users does not exist",
        "signed-in/profile profile: none not looked at",
        "signed-in/projects list-projects: none not looked at",
        "signed-in/presets presets: proved table public.avatar_presets does not exist",
        "signed-in/stats stats: none not looked at",
      ],
    },
  },
  "the application works on another database": {
    broken: "",
    looked: {
      exit: 1,
      failed: [
        "account/register register: none the schema is right; another database?",
        "account/login login: none the schema is right; another database?",
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
  "only the application does not reach its database": {
    broken: "generate-from-preset presets",
    looked: {
      exit: 1,
      failed: [
        "account/register register: none the application does not reach its database server (P1001)",
        "account/login login: none the application does not reach its database server (P1001)",
        "signed-in/profile profile: none the schema is right",
        "signed-in/projects list-projects: none the schema is right",
        "signed-in/presets presets: none the application does not reach its database server (P1001)",
        "signed-in/stats stats: none the schema is right",
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
};
