-- One pose per generation and variation, so that a retry does not store it twice.

ALTER TABLE "generated_poses"
    ADD COLUMN "variationKey" TEXT;

CREATE INDEX "generated_poses_generationId_variationKey_idx" ON "generated_poses" ("generationId", "variationKey");
CREATE UNIQUE INDEX "generated_poses_generationId_variationKey_key" ON "generated_poses" ("generationId", "variationKey");
