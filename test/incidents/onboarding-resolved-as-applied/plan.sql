-- Repair plan of schemaready 0.1.0: 16 steps for 5 of 5 gaps; 1 thing not done for you.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Not tried: not every step could be tried: npx prisma migrate deploy: the scripts of the migrations are not at hand
--   (--migrations).
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 1.

\set ON_ERROR_STOP on

-- 1. By hand, where the application's repository is: Runs 20251123082858_add_unit_limit_to_plans,
--   20251123134500_add_developer_project_tables, 20251123210301_add_missing_project_tables,
--   20251206_add_report_schedules_table. A part of what they make is there already, see above: find out first who made
--   it, else this fails with "already exists".
--   $ npx prisma migrate deploy

-- 2. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Table public.onboarding_applications is missing.
CREATE TABLE IF NOT EXISTS "public"."onboarding_applications" (
  "id" text NOT NULL,
  "applicationType" text NOT NULL,
  "name" text NOT NULL,
  "email" text NOT NULL,
  "phone" text,
  "companyName" text,
  "businessType" text,
  "numberOfProperties" integer,
  "totalUnits" integer,
  "website" text,
  "taxId" text,
  "yearsOfExperience" integer,
  "managementCompany" text,
  "licenseNumber" text,
  "propertiesManaged" integer,
  "currentlyRenting" text,
  "moveInDate" timestamp(3) without time zone,
  "employmentStatus" text,
  "street" text,
  "city" text,
  "state" text,
  "postalCode" text,
  "country" text DEFAULT 'Nigeria'::text NOT NULL,
  "status" text DEFAULT 'pending'::text NOT NULL,
  "reviewStatus" text,
  "reviewNotes" text,
  "rejectionReason" text,
  "reviewedBy" text,
  "reviewedAt" timestamp(3) without time zone,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "activatedBy" text,
  "activatedAt" timestamp(3) without time zone,
  "selectedPlanId" text,
  "selectedBillingCycle" text,
  "customerId" text,
  "userId" text,
  "ipAddress" text,
  "userAgent" text,
  "referralSource" text,
  "metadata" jsonb,
  "activationEmailSent" boolean DEFAULT false,
  "activationEmailSentAt" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "onboarding_applications_pkey" PRIMARY KEY ("id")
);

-- The features of developer-projects need that of public.onboarding_applications.
GRANT SELECT ON "public"."onboarding_applications" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "onboarding_applications_applicationType_idx" ON "public"."onboarding_applications" USING "btree" ("applicationType");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "onboarding_applications_createdAt_idx" ON "public"."onboarding_applications" USING "btree" ("createdAt");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "onboarding_applications_customerId_idx" ON "public"."onboarding_applications" USING "btree" ("customerId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "onboarding_applications_email_idx" ON "public"."onboarding_applications" USING "btree" ("email");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "onboarding_applications_email_idx1" ON "public"."onboarding_applications" USING "btree" ("email");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "onboarding_applications_reviewStatus_idx" ON "public"."onboarding_applications" USING "btree" ("reviewStatus");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "onboarding_applications_status_idx" ON "public"."onboarding_applications" USING "btree" ("status");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "onboarding_applications_userId_idx" ON "public"."onboarding_applications" USING "btree" ("userId");

-- Ties (activatedBy) of public.onboarding_applications to public.users (id). There are no old rows, or they are checked
--   right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."onboarding_applications"') AND conname = 'onboarding_applications_activatedBy_fkey') THEN
    ALTER TABLE "public"."onboarding_applications" ADD CONSTRAINT "onboarding_applications_activatedBy_fkey" FOREIGN KEY ("activatedBy") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (approvedBy) of public.onboarding_applications to public.users (id). There are no old rows, or they are checked
--   right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."onboarding_applications"') AND conname = 'onboarding_applications_approvedBy_fkey') THEN
    ALTER TABLE "public"."onboarding_applications" ADD CONSTRAINT "onboarding_applications_approvedBy_fkey" FOREIGN KEY ("approvedBy") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (customerId) of public.onboarding_applications to public.customers (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.customers; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."onboarding_applications"') AND conname = 'onboarding_applications_customerId_fkey') THEN
    ALTER TABLE "public"."onboarding_applications" ADD CONSTRAINT "onboarding_applications_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (reviewedBy) of public.onboarding_applications to public.users (id). There are no old rows, or they are checked
--   right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."onboarding_applications"') AND conname = 'onboarding_applications_reviewedBy_fkey') THEN
    ALTER TABLE "public"."onboarding_applications" ADD CONSTRAINT "onboarding_applications_reviewedBy_fkey" FOREIGN KEY ("reviewedBy") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (selectedPlanId) of public.onboarding_applications to public.plans (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.plans; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."onboarding_applications"') AND conname = 'onboarding_applications_selectedPlanId_fkey') THEN
    ALTER TABLE "public"."onboarding_applications" ADD CONSTRAINT "onboarding_applications_selectedPlanId_fkey" FOREIGN KEY ("selectedPlanId") REFERENCES "public"."plans" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

COMMIT;

-- Not done for you
--
-- - Run 20251108_add_onboarding_applications again
--   It says applied, so no command of Prisma runs it again. The statements bring what is missing; after them the record
--     is true, and nothing has to be changed in it.

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."onboarding_applications" DROP CONSTRAINT IF EXISTS "onboarding_applications_selectedPlanId_fkey";
--     ALTER TABLE "public"."onboarding_applications" DROP CONSTRAINT IF EXISTS "onboarding_applications_reviewedBy_fkey";
--     ALTER TABLE "public"."onboarding_applications" DROP CONSTRAINT IF EXISTS "onboarding_applications_customerId_fkey";
--     ALTER TABLE "public"."onboarding_applications" DROP CONSTRAINT IF EXISTS "onboarding_applications_approvedBy_fkey";
--     ALTER TABLE "public"."onboarding_applications" DROP CONSTRAINT IF EXISTS "onboarding_applications_activatedBy_fkey";
--     DROP INDEX IF EXISTS "public"."onboarding_applications_userId_idx";
--     DROP INDEX IF EXISTS "public"."onboarding_applications_status_idx";
--     DROP INDEX IF EXISTS "public"."onboarding_applications_reviewStatus_idx";
--     DROP INDEX IF EXISTS "public"."onboarding_applications_email_idx1";
--     DROP INDEX IF EXISTS "public"."onboarding_applications_email_idx";
--     DROP INDEX IF EXISTS "public"."onboarding_applications_customerId_idx";
--     DROP INDEX IF EXISTS "public"."onboarding_applications_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."onboarding_applications_applicationType_idx";
--     DROP TABLE IF EXISTS "public"."onboarding_applications";
