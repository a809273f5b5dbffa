-- Indexes for the lists and sums that were slow.

CREATE INDEX "users_accountType_idx" ON "users" ("accountType");
CREATE INDEX "users_createdAt_idx" ON "users" ("createdAt");
CREATE INDEX "users_role_idx" ON "users" ("role");
CREATE INDEX "users_subscriptionTier_idx" ON "users" ("subscriptionTier");

CREATE INDEX "credits_createdAt_idx" ON "credits" ("createdAt");
CREATE INDEX "credits_paymentId_idx" ON "credits" ("paymentId");
CREATE INDEX "credits_referenceId_referenceType_idx" ON "credits" ("referenceId", "referenceType");
CREATE INDEX "credits_type_idx" ON "credits" ("type");
CREATE INDEX "credits_userId_createdAt_idx" ON "credits" ("userId", "createdAt" DESC);

CREATE INDEX "devices_lastActive_idx" ON "devices" ("lastActive");
CREATE INDEX "devices_userId_lastActive_idx" ON "devices" ("userId", "lastActive");

CREATE INDEX "app_usages_appId_createdAt_idx" ON "app_usages" ("appId", "createdAt");
CREATE INDEX "app_usages_userId_appId_idx" ON "app_usages" ("userId", "appId");
CREATE INDEX "app_usages_userId_createdAt_idx" ON "app_usages" ("userId", "createdAt" DESC);

CREATE INDEX "apps_dashboardOrder_idx" ON "apps" ("dashboardOrder");
