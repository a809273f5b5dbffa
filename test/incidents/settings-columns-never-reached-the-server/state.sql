alter table users drop column "emailNotifications", drop column "pushNotifications", drop column "marketingEmails",
  drop column "projectUpdates", drop column "creditAlerts", drop column theme, drop column language,
  drop column "profileVisibility", drop column "showEmail", drop column "analyticsTracking", drop column "settingsUpdatedAt";
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  select 'b' || at, repeat('a', 64), name, timestamptz '2025-10-15 03:00:00+00', timestamptz '2025-10-15 03:00:01+00', 1
  from unnest(array['20251014_add_avatar_creator_complete', '20251015_add_recovery_indexes', '20251015_add_variation_key_to_generated_pose', '20251016_p2_performance_indexes']) with ordinality as done(name, at);
