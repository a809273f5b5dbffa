insert into _prisma_migrations values
  ('0f7a3f0e-0000-4000-8000-000000000001', '5a1ed7fd8d3e1be2d9d1f4c3a9b0c87d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b', '2025-09-30 13:48:08.912345+00',
   '20250930134808_init', null, null, '2025-09-30 13:48:08.123456+00', 1),
  ('0f7a3f0e-0000-4000-8000-000000000002', '6b2fe80e9e4f2cf3ead205d4bac1d98e7f605b4c3d2e1f0a9b8c7d6e5f403b2c', '2025-10-11 09:12:30.512345+00',
   '20251011_avatar_pose_split', null, null, '2025-10-11 09:12:30.123456+00', 1);
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
