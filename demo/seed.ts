/** Reference data without which the application answers 404 or an empty list, although its schema is right. */
import type pg from "pg";
import { newId } from "./app/ids.js";

const MODELS = [
  { modelId: "flux-dev", name: "FLUX Dev", provider: "local", tier: "free", creditCost: 10 },
  { modelId: "flux-realism", name: "FLUX Realism", provider: "local", tier: "pro", creditCost: 15 },
];

const PRESETS = [
  { name: "Business portrait", category: "professional", prompt: "Head and shoulders, dark suit, plain background" },
  { name: "Weekend", category: "casual", prompt: "Relaxed, knitted sweater, daylight from the side" },
  { name: "Runner", category: "sports", prompt: "In motion, running clothes, stadium in the evening" },
];

/** Adds the models of the avatar creator that are not there yet. */
export async function seedModels(client: pg.ClientBase): Promise<void> {
  for (const { modelId, name, provider, tier, creditCost } of MODELS) {
    await client.query(
      `INSERT INTO "ai_models"
         ("id", "appId", "modelId", "modelKey", "name", "provider", "tier", "enabled", "creditCost", "updatedAt")
       VALUES ($1, 'avatar-creator', $2, $3, $4, $5, $6, true, $7, CURRENT_TIMESTAMP)
       ON CONFLICT ("appId", "modelId") DO NOTHING`,
      [newId(), modelId, `avatar-creator:${modelId}`, name, provider, tier, creditCost],
    );
  }
}

/** Adds the presets that are not there yet. Their table comes with 20251014_add_avatar_creator_complete. */
export async function seedPresets(client: pg.ClientBase): Promise<void> {
  for (const { name, category, prompt } of PRESETS) {
    await client.query(
      `INSERT INTO "avatar_presets" ("id", "name", "previewImageUrl", "category", "personaTemplate",
         "visualAttributes", "generationPrompt", "updatedAt")
       SELECT $1, $2, $3, $4, '{}', '{}', $5, CURRENT_TIMESTAMP
       WHERE NOT EXISTS (SELECT FROM "avatar_presets" WHERE "name" = $2::text)`,
      [newId(), name, `/presets/${category}.svg`, category, prompt],
    );
  }
}
