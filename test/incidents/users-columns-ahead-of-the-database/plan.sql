-- Repair plan of schemaready 0.1.0: 4 steps for 2 of 4 gaps; 2 things not done for you.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Proved: run on a copy of the schema, without rows, privileges and positions of sequences, in embedded PostgreSQL 18.4,
--   and verified there.
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).

-- Migrations that wait
-- - 20251014_add_avatar_creator_complete: pending; not known whether it runs here: it was not tried on a copy
--   warning IF_NOT_EXISTS, line 5: avatar_projects is there since an earlier migration: IF NOT EXISTS does nothing
--     (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 14: avatar_projects_userId_createdAt_idx on avatar_projects keeps writes
--     out while it is built (SHARE lock on avatar_projects; reads the whole table)
--   warning IF_NOT_EXISTS, line 15: index avatar_projects_userId_idx is there since an earlier migration: IF NOT EXISTS
--     does nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 16: avatar_projects_userId_updatedAt_idx on avatar_projects keeps writes
--     out while it is built (SHARE lock on avatar_projects; reads the whole table)
--   warning IF_NOT_EXISTS, line 19: avatars is there since an earlier migration: IF NOT EXISTS does nothing (skipped
--     when something of that name is there)
--   warning IF_NOT_EXISTS, line 48: index avatars_projectId_idx is there since an earlier migration: IF NOT EXISTS does
--     nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 49: avatars_sourceType_idx on avatars keeps writes out while it is built
--     (SHARE lock on avatars; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 50: avatars_userId_createdAt_idx on avatars keeps writes out while it is
--     built (SHARE lock on avatars; reads the whole table)
--   warning IF_NOT_EXISTS, line 51: index avatars_userId_idx is there since an earlier migration: IF NOT EXISTS does
--     nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 52: avatars_userId_lastUsedAt_idx on avatars keeps writes out while it is
--     built (SHARE lock on avatars; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 53: avatars_userId_usageCount_idx on avatars keeps writes out while it is
--     built (SHARE lock on avatars; reads the whole table)
--   warning ADD_FOREIGN_KEY_SCANS, line 54: the foreign key avatars_projectId_fkey on avatars is checked for every row;
--     writes to it and to avatar_projects wait (SHARE ROW EXCLUSIVE lock on avatars; SHARE ROW EXCLUSIVE lock on
--     avatar_projects; reads the whole table)
--   warning IF_NOT_EXISTS, line 58: avatar_usage_history is there since an earlier migration: IF NOT EXISTS does nothing
--     (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 71: avatar_usage_history_appId_createdAt_idx on avatar_usage_history keeps
--     writes out while it is built (SHARE lock on avatar_usage_history; reads the whole table)
--   warning IF_NOT_EXISTS, line 72: index avatar_usage_history_appId_idx is there since an earlier migration: IF NOT
--     EXISTS does nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 73: avatar_usage_history_avatarId_createdAt_idx on avatar_usage_history
--     keeps writes out while it is built (SHARE lock on avatar_usage_history; reads the whole table)
--   warning IF_NOT_EXISTS, line 74: index avatar_usage_history_avatarId_idx is there since an earlier migration: IF NOT
--     EXISTS does nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 75: avatar_usage_history_referenceId_referenceType_idx on
--     avatar_usage_history keeps writes out while it is built (SHARE lock on avatar_usage_history; reads the whole
--     table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 76: avatar_usage_history_userId_createdAt_idx on avatar_usage_history keeps
--     writes out while it is built (SHARE lock on avatar_usage_history; reads the whole table)
--   warning IF_NOT_EXISTS, line 77: index avatar_usage_history_userId_idx is there since an earlier migration: IF NOT
--     EXISTS does nothing (skipped when something of that name is there)
--   warning ADD_FOREIGN_KEY_SCANS, line 78: the foreign key avatar_usage_history_avatarId_fkey on avatar_usage_history
--     is checked for every row; writes to it and to avatars wait (SHARE ROW EXCLUSIVE lock on avatar_usage_history;
--     SHARE ROW EXCLUSIVE lock on avatars; reads the whole table)
--   warning IF_NOT_EXISTS, line 121: avatar_generations is there since an earlier migration: IF NOT EXISTS does nothing
--     (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 134: avatar_generations_avatarId_idx on avatar_generations keeps writes out
--     while it is built (SHARE lock on avatar_generations; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 135: avatar_generations_projectId_createdAt_idx on avatar_generations keeps
--     writes out while it is built (SHARE lock on avatar_generations; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 136: avatar_generations_projectId_idx on avatar_generations keeps writes
--     out while it is built (SHARE lock on avatar_generations; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 137: avatar_generations_status_createdAt_idx on avatar_generations keeps
--     writes out while it is built (SHARE lock on avatar_generations; reads the whole table)
--   warning IF_NOT_EXISTS, line 138: index avatar_generations_status_idx is there since an earlier migration: IF NOT
--     EXISTS does nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 139: avatar_generations_userId_createdAt_idx on avatar_generations keeps
--     writes out while it is built (SHARE lock on avatar_generations; reads the whole table)
--   warning IF_NOT_EXISTS, line 140: index avatar_generations_userId_idx is there since an earlier migration: IF NOT
--     EXISTS does nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 141: avatar_generations_userId_status_idx on avatar_generations keeps
--     writes out while it is built (SHARE lock on avatar_generations; reads the whole table)
--   warning IF_NOT_EXISTS, line 228: pose_generations is there since an earlier migration: IF NOT EXISTS does nothing
--     (skipped when something of that name is there)
--   warning IF_NOT_EXISTS, line 258: index pose_generations_projectId_idx is there since an earlier migration: IF NOT
--     EXISTS does nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 259: pose_generations_queueJobId_idx on pose_generations keeps writes out
--     while it is built (SHARE lock on pose_generations; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 260: pose_generations_status_createdAt_idx on pose_generations keeps writes
--     out while it is built (SHARE lock on pose_generations; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 261: pose_generations_status_createdAt_queueJobId_idx on pose_generations
--     keeps writes out while it is built (SHARE lock on pose_generations; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 262: pose_generations_userId_createdAt_idx on pose_generations keeps writes
--     out while it is built (SHARE lock on pose_generations; reads the whole table)
--   warning IF_NOT_EXISTS, line 263: index pose_generations_userId_idx is there since an earlier migration: IF NOT
--     EXISTS does nothing (skipped when something of that name is there)
--   warning ADD_FOREIGN_KEY_SCANS, line 264: the foreign key pose_generations_avatarId_fkey on pose_generations is
--     checked for every row; writes to it and to avatars wait (SHARE ROW EXCLUSIVE lock on pose_generations; SHARE ROW
--     EXCLUSIVE lock on avatars; reads the whole table)
--   warning ADD_FOREIGN_KEY_SCANS, line 266: the foreign key pose_generations_projectId_fkey on pose_generations is
--     checked for every row; writes to it and to pose_generator_projects wait (SHARE ROW EXCLUSIVE lock on
--     pose_generations; SHARE ROW EXCLUSIVE lock on pose_generator_projects; reads the whole table)
--   warning ADD_FOREIGN_KEY_SCANS, line 268: the foreign key pose_generations_userId_fkey on pose_generations is checked
--     for every row; writes to it and to users wait (SHARE ROW EXCLUSIVE lock on pose_generations; SHARE ROW EXCLUSIVE
--     lock on users; reads the whole table)
--   warning IF_NOT_EXISTS, line 288: generated_poses is there since an earlier migration: IF NOT EXISTS does nothing
--     (skipped when something of that name is there)
--   warning IF_NOT_EXISTS, line 310: index generated_poses_generationId_idx is there since an earlier migration: IF NOT
--     EXISTS does nothing (skipped when something of that name is there)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 311: generated_poses_isFavorite_idx on generated_poses keeps writes out
--     while it is built (SHARE lock on generated_poses; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 312: generated_poses_poseLibraryId_idx on generated_poses keeps writes out
--     while it is built (SHARE lock on generated_poses; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 313: generated_poses_status_idx on generated_poses keeps writes out while
--     it is built (SHARE lock on generated_poses; reads the whole table)
--   warning ADD_FOREIGN_KEY_SCANS, line 314: the foreign key generated_poses_generationId_fkey on generated_poses is
--     checked for every row; writes to it and to pose_generations wait (SHARE ROW EXCLUSIVE lock on generated_poses;
--     SHARE ROW EXCLUSIVE lock on pose_generations; reads the whole table)
--   warning ADD_FOREIGN_KEY_SCANS, line 316: the foreign key generated_poses_poseLibraryId_fkey on generated_poses is
--     checked for every row; writes to it and to pose_library wait (SHARE ROW EXCLUSIVE lock on generated_poses; SHARE
--     ROW EXCLUSIVE lock on pose_library; reads the whole table)
-- - 20251015_add_recovery_indexes: pending; not known whether it runs here: it was not tried on a copy
--   warning CREATE_INDEX_BLOCKS_WRITES, line 7: pose_generations_status_startedAt_idx on pose_generations keeps writes
--     out while it is built (SHARE lock on pose_generations; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 8: pose_generations_status_startedAt_queueJobId_idx on pose_generations
--     keeps writes out while it is built (SHARE lock on pose_generations; reads the whole table)
-- - 20251015_add_variation_key_to_generated_pose: pending; not known whether it runs here: it was not tried on a copy
--   warning CREATE_INDEX_BLOCKS_WRITES, line 6: generated_poses_generationId_variationKey_idx on generated_poses keeps
--     writes out while it is built (SHARE lock on generated_poses; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 7: generated_poses_generationId_variationKey_key on generated_poses keeps
--     writes out while it is built (SHARE lock on generated_poses; reads the whole table)
-- - 20251016_p2_performance_indexes: pending; not known whether it runs here: it was not tried on a copy
--   warning CREATE_INDEX_BLOCKS_WRITES, line 3: users_accountType_idx on users keeps writes out while it is built (SHARE
--     lock on users; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 4: users_createdAt_idx on users keeps writes out while it is built (SHARE
--     lock on users; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 5: users_role_idx on users keeps writes out while it is built (SHARE lock
--     on users; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 6: users_subscriptionTier_idx on users keeps writes out while it is built
--     (SHARE lock on users; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 8: credits_createdAt_idx on credits keeps writes out while it is built
--     (SHARE lock on credits; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 9: credits_paymentId_idx on credits keeps writes out while it is built
--     (SHARE lock on credits; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 10: credits_referenceId_referenceType_idx on credits keeps writes out while
--     it is built (SHARE lock on credits; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 11: credits_type_idx on credits keeps writes out while it is built (SHARE
--     lock on credits; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 12: credits_userId_createdAt_idx on credits keeps writes out while it is
--     built (SHARE lock on credits; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 14: devices_lastActive_idx on devices keeps writes out while it is built
--     (SHARE lock on devices; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 15: devices_userId_lastActive_idx on devices keeps writes out while it is
--     built (SHARE lock on devices; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 17: app_usages_appId_createdAt_idx on app_usages keeps writes out while it
--     is built (SHARE lock on app_usages; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 18: app_usages_userId_appId_idx on app_usages keeps writes out while it is
--     built (SHARE lock on app_usages; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 19: app_usages_userId_createdAt_idx on app_usages keeps writes out while it
--     is built (SHARE lock on app_usages; reads the whole table)
--   warning CREATE_INDEX_BLOCKS_WRITES, line 21: apps_dashboardOrder_idx on apps keeps writes out while it is built
--     (SHARE lock on apps; reads the whole table)
-- - 20251018_add_user_settings: pending; not known whether it runs here: it was not tried on a copy
--   nothing dangerous was found in it

\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

-- The plan has transactions of its own: within another one, it would be committed in parts after all.
DO $guard$
BEGIN
  IF pg_catalog.now() <> pg_catalog.statement_timestamp() THEN
    RAISE EXCEPTION 'the plan has transactions of its own, and nothing of it was run'
      USING HINT = 'Run it without --single-transaction, and with AUTOCOMMIT on.';
  END IF;
END
$guard$;

-- 1. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.users.accountType is missing. Old rows get its default, 'payg'::text.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 40 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "accountType" text DEFAULT 'payg'::text NOT NULL;

-- Column public.users.subscriptionTier is missing. Old rows get its default, 'free'::text.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 40 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "subscriptionTier" text DEFAULT 'free'::text NOT NULL;

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.users; blocks writes
-- table: public.users, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "users_accountType_idx" ON "public"."users" USING "btree" ("accountType");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.users; blocks writes
-- table: public.users, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "users_subscriptionTier_idx" ON "public"."users" USING "btree" ("subscriptionTier");

COMMIT;

-- Not done for you
--
-- - Make a migration baseline
--   No migration makes public.ai_models, public.app_usages, public.apps and 3 more, so the folder cannot build an empty
--     database, and recording it would hide that. Replace it by one migration that makes everything, after the
--     statements of this plan, and record that one.
--     mkdir -p prisma/migrations/0_init
--     npx prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script > prisma/migrations/0_init/migration.sql
--     npx prisma migrate resolve --applied "0_init"
--
-- - Reference rows of public.avatar_presets
--   Table public.avatar_presets is there, but its reference rows are not as expected: at least 1, found none. The
--     contract says how many rows there have to be, not what stands in them: run the application's own seed.
--   hazards: changes rows

-- To take it back, the last first (rows that were written in between stay as they are):
--     DROP INDEX IF EXISTS "public"."users_subscriptionTier_idx";
--     DROP INDEX IF EXISTS "public"."users_accountType_idx";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "subscriptionTier";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "accountType";
