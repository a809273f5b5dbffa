alter table users
  drop column "unlimitedPoseActive", drop column "unlimitedPoseDailyQuota", drop column "unlimitedPoseQuotaUsed",
  drop column "unlimitedPoseQuotaResetAt", drop column "unlimitedPoseExpiresAt";
insert into _prisma_migrations (id, checksum, migration_name, logs, started_at, finished_at, rolled_back_at, applied_steps_count) values
  ('0f7a3f0e-0000-4000-8000-000000000001', 'ea704a01b58e3cc057966b7116243c24b06b3f31345a0f14f073939974a05229',
   '20251014_add_avatar_creator_complete', 'ERROR: constraint already exists', '2025-10-16 02:10:34.123456+00', null, '2025-10-16 03:00:00+00', 0),
  ('0f7a3f0e-0000-4000-8000-000000000002', 'ea704a01b58e3cc057966b7116243c24b06b3f31345a0f14f073939974a05229',
   '20251014_add_avatar_creator_complete', '', '2025-10-16 03:00:05.5+00', '2025-10-16 03:00:05.5+00', null, 0),
  ('0f7a3f0e-0000-4000-8000-000000000003', repeat('a', 64), '20251015_add_recovery_indexes', null, '2025-10-16 03:01:00+00', '2025-10-16 03:01:01+00', null, 1),
  ('0f7a3f0e-0000-4000-8000-000000000004', repeat('b', 64), '20251015_add_variation_key_to_generated_pose', null, '2025-10-16 03:01:01+00', '2025-10-16 03:01:02+00', null, 1),
  ('0f7a3f0e-0000-4000-8000-000000000005', repeat('c', 64), '20251016_p2_performance_indexes', null, '2025-10-16 03:01:02+00', '2025-10-16 03:01:03+00', null, 1),
  ('0f7a3f0e-0000-4000-8000-000000000006', repeat('d', 64), '20251018_add_user_settings', null, '2025-10-18 03:01:02+00', '2025-10-18 03:01:03+00', null, 1);
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
insert into avatar_presets (id, name, category, "previewImageUrl", "personaTemplate", "visualAttributes", "generationPrompt", "updatedAt")
  values ('p1', 'Office', 'professional', '/p1.png', '{}', '{}', 'office', now());
insert into pose_categories (id, name, "displayName", description, icon, slug, "updatedAt") values ('c1', 'standing', 'Standing', 'Standing', 'user', 'standing', now());
insert into pose_library (id, name, description, "categoryId", difficulty, "genderSuitability", "referenceImageUrl", "controlnetImageUrl", "previewImageUrl", "sourceType", "updatedAt")
  values ('l1', 'Standing', 'Standing', 'c1', 'easy', 'unisex', '/r.png', '/c.png', '/p.png', 'curated', now());
