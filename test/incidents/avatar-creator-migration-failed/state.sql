insert into _prisma_migrations values
  ('0f7a3f0e-0000-4000-8000-000000000001', 'ea704a01b58e3cc057966b7116243c24b06b3f31345a0f14f073939974a05229', null,
   '20251014_add_avatar_creator_complete',
   E'A migration failed to apply. New migrations cannot be applied before the error is recovered from.\n\nMigration name: 20251014_add_avatar_creator_complete\n\nDatabase error code: 42710\n\nDatabase error:\nERROR: constraint "avatars_projectId_fkey" for relation "avatars" already exists',
   null, '2025-10-16 02:10:34.123456+00', 0);
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
