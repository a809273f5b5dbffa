-- Settings of the account page.

ALTER TABLE "users"
    ADD COLUMN "emailNotifications" BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN "pushNotifications" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "marketingEmails" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "projectUpdates" BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN "creditAlerts" BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN "theme" TEXT NOT NULL DEFAULT 'light',
    ADD COLUMN "language" TEXT NOT NULL DEFAULT 'id',
    ADD COLUMN "profileVisibility" TEXT NOT NULL DEFAULT 'public',
    ADD COLUMN "showEmail" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "analyticsTracking" BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN "settingsUpdatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
