insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  select gen_random_uuid()::text, repeat('a', 64), name, timestamptz '2025-10-18 03:00:00+00', timestamptz '2025-10-18 03:00:01+00', 1
  from unnest(array['20251014_add_avatar_creator_complete', '20251015_add_recovery_indexes',
    '20251015_add_variation_key_to_generated_pose', '20251016_p2_performance_indexes', '20251018_add_user_settings']) as name;
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
insert into avatar_presets (id, name, category, "previewImageUrl", "personaTemplate", "visualAttributes", "generationPrompt", "updatedAt")
  values ('p1', 'Office', 'professional', '/p1.png', '{}', '{}', 'office', now());
create table avatar_collections (id text primary key, name text not null);
alter table avatars add column "collectionId" text references avatar_collections (id);
alter table avatar_generations add column seed integer not null default 0;
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  values ('next', repeat('d', 64), '20251101_add_collections', '2025-11-01 03:00:00+00', '2025-11-01 03:00:01+00', 1);
