-- The old table was never migrated: it still has its reference to avatars.
alter table generated_poses add column "avatarId" text;
alter table generated_poses add constraint "generated_poses_avatarId_fkey" foreign key ("avatarId") references avatars (id) on delete restrict;
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
insert into avatar_presets (id, name, category, "previewImageUrl", "personaTemplate", "visualAttributes", "generationPrompt", "updatedAt")
  values ('p1', 'Office', 'professional', '/p1.png', '{}', '{}', 'office', now());
