insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  select gen_random_uuid()::text, repeat('a', 64), name, timestamptz '2025-10-18 03:00:00+00', timestamptz '2025-10-18 03:00:01+00', 1
  from unnest(array['20251014_add_avatar_creator_complete', '20251015_add_recovery_indexes',
    '20251015_add_variation_key_to_generated_pose', '20251016_p2_performance_indexes', '20251018_add_user_settings']) as name;
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
insert into avatar_presets (id, name, category, "previewImageUrl", "personaTemplate", "visualAttributes", "generationPrompt", "updatedAt")
  values ('p1', 'Office', 'professional', '/p1.png', '{}', '{}', 'office', now());
insert into users (id, email, password, "updatedAt") values ('u1', 'a@example.com', 'x', now());
insert into avatar_projects (id, "userId", name, "updatedAt") values ('j1', 'u1', 'First', now());
insert into avatar_generations (id, "userId", "projectId", prompt, "createdAt")
  values ('g1', 'u1', 'j1', 'office', now() - interval '3 days');
