alter table users drop column "accountType", drop column "subscriptionTier";
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
