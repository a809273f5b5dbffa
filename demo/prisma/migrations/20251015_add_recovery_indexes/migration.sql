-- Lets a restarted worker find generations that were interrupted.

ALTER TABLE "pose_generations"
    ADD COLUMN "recoveryAttempts" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "lastRecoveryAt" TIMESTAMP(3);

CREATE INDEX "pose_generations_status_startedAt_idx" ON "pose_generations" ("status", "startedAt");
CREATE INDEX "pose_generations_status_startedAt_queueJobId_idx" ON "pose_generations" ("status", "startedAt", "queueJobId");
