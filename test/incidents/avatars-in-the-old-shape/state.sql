-- The table as it was before the persona fields; there is no record table: the database came from `db push`.
alter table avatars
  drop column "personaName", drop column "personaAge", drop column "personaPersonality", drop column "personaBackground",
  drop column "hairStyle", drop column "hairColor", drop column "eyeColor", drop column "skinTone";
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
insert into avatar_presets (id, name, category, "previewImageUrl", "personaTemplate", "visualAttributes", "generationPrompt", "updatedAt")
  values ('p1', 'Office', 'professional', '/p1.png', '{}', '{}', 'office', now());
