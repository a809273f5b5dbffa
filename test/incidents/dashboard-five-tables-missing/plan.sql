-- Repair plan of schemaready 0.1.0: 43 steps for 6 of 7 gaps; 1 thing not done for you.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Proved: run on a copy of the schema, without rows, privileges and positions of sequences, in embedded PostgreSQL 18.4,
--   and verified there.
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).

\set ON_ERROR_STOP on

-- 1. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Table public.budget_line_items is missing.
CREATE TABLE IF NOT EXISTS "public"."budget_line_items" (
  "id" text NOT NULL,
  "projectId" text NOT NULL,
  "category" text NOT NULL,
  "subcategory" text,
  "description" text NOT NULL,
  "plannedAmount" double precision DEFAULT 0 NOT NULL,
  "actualAmount" double precision DEFAULT 0 NOT NULL,
  "variance" double precision DEFAULT 0 NOT NULL,
  "variancePercent" double precision DEFAULT 0 NOT NULL,
  "status" text DEFAULT 'pending'::text NOT NULL,
  "notes" text,
  "startDate" timestamp(3) without time zone,
  "endDate" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "budget_line_items_pkey" PRIMARY KEY ("id")
);

-- The features of developer-projects need that of public.budget_line_items.
GRANT SELECT, INSERT, UPDATE ON "public"."budget_line_items" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "budget_line_items_category_idx" ON "public"."budget_line_items" USING "btree" ("category");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "budget_line_items_projectId_idx" ON "public"."budget_line_items" USING "btree" ("projectId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "budget_line_items_status_idx" ON "public"."budget_line_items" USING "btree" ("status");

-- Table public.project_forecasts is missing.
CREATE TABLE IF NOT EXISTS "public"."project_forecasts" (
  "id" text NOT NULL,
  "projectId" text NOT NULL,
  "forecastDate" timestamp(3) without time zone NOT NULL,
  "forecastType" text NOT NULL,
  "predictedValue" double precision,
  "predictedDate" timestamp(3) without time zone,
  "confidence" double precision,
  "methodology" text,
  "notes" text,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "project_forecasts_pkey" PRIMARY KEY ("id")
);

-- The features of developer-projects need that of public.project_forecasts.
GRANT SELECT ON "public"."project_forecasts" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_forecasts_forecastDate_idx" ON "public"."project_forecasts" USING "btree" ("forecastDate");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_forecasts_forecastType_idx" ON "public"."project_forecasts" USING "btree" ("forecastType");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_forecasts_projectId_idx" ON "public"."project_forecasts" USING "btree" ("projectId");

-- Table public.project_funding is missing.
CREATE TABLE IF NOT EXISTS "public"."project_funding" (
  "id" text NOT NULL,
  "projectId" text NOT NULL,
  "customerId" text NOT NULL,
  "amount" double precision NOT NULL,
  "currency" text DEFAULT 'NGN'::text NOT NULL,
  "fundingType" text NOT NULL,
  "fundingSource" text,
  "expectedDate" timestamp(3) without time zone,
  "receivedDate" timestamp(3) without time zone,
  "status" text DEFAULT 'pending'::text NOT NULL,
  "referenceNumber" text,
  "description" text,
  "attachments" jsonb,
  "notes" text,
  "metadata" jsonb,
  "createdBy" text,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "project_funding_pkey" PRIMARY KEY ("id")
);

-- The features of developer-projects need that of public.project_funding.
GRANT SELECT, INSERT, UPDATE ON "public"."project_funding" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_funding_customerId_idx" ON "public"."project_funding" USING "btree" ("customerId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_funding_fundingType_idx" ON "public"."project_funding" USING "btree" ("fundingType");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_funding_projectId_idx" ON "public"."project_funding" USING "btree" ("projectId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_funding_receivedDate_idx" ON "public"."project_funding" USING "btree" ("receivedDate");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "project_funding_referenceNumber_idx" ON "public"."project_funding" USING "btree" ("referenceNumber");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_funding_status_idx" ON "public"."project_funding" USING "btree" ("status");

-- Table public.project_invoices is missing.
CREATE TABLE IF NOT EXISTS "public"."project_invoices" (
  "id" text NOT NULL,
  "projectId" text NOT NULL,
  "vendorId" text,
  "purchaseOrderId" text,
  "invoiceNumber" text NOT NULL,
  "description" text NOT NULL,
  "category" text NOT NULL,
  "amount" double precision NOT NULL,
  "currency" text DEFAULT 'NGN'::text NOT NULL,
  "status" text DEFAULT 'pending'::text NOT NULL,
  "dueDate" timestamp(3) without time zone,
  "paidDate" timestamp(3) without time zone,
  "paymentMethod" text,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "attachments" jsonb,
  "notes" text,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "project_invoices_pkey" PRIMARY KEY ("id")
);

-- The features of developer-projects need that of public.project_invoices.
GRANT SELECT ON "public"."project_invoices" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_invoices_category_idx" ON "public"."project_invoices" USING "btree" ("category");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "project_invoices_invoiceNumber_idx" ON "public"."project_invoices" USING "btree" ("invoiceNumber");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_invoices_projectId_idx" ON "public"."project_invoices" USING "btree" ("projectId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_invoices_purchaseOrderId_idx" ON "public"."project_invoices" USING "btree" ("purchaseOrderId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_invoices_status_idx" ON "public"."project_invoices" USING "btree" ("status");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_invoices_vendorId_idx" ON "public"."project_invoices" USING "btree" ("vendorId");

-- Table public.project_milestones is missing.
CREATE TABLE IF NOT EXISTS "public"."project_milestones" (
  "id" text NOT NULL,
  "projectId" text NOT NULL,
  "name" text NOT NULL,
  "description" text,
  "targetDate" timestamp(3) without time zone NOT NULL,
  "completedDate" timestamp(3) without time zone,
  "status" text DEFAULT 'pending'::text NOT NULL,
  "progress" double precision DEFAULT 0 NOT NULL,
  "dependencies" jsonb,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "project_milestones_pkey" PRIMARY KEY ("id")
);

-- The features of developer-projects need that of public.project_milestones.
GRANT SELECT ON "public"."project_milestones" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_milestones_projectId_idx" ON "public"."project_milestones" USING "btree" ("projectId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_milestones_status_idx" ON "public"."project_milestones" USING "btree" ("status");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "project_milestones_targetDate_idx" ON "public"."project_milestones" USING "btree" ("targetDate");

-- Ties (projectId) of public.budget_line_items to public.developer_projects (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.developer_projects; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."budget_line_items"') AND conname = 'budget_line_items_projectId_fkey') THEN
    ALTER TABLE "public"."budget_line_items" ADD CONSTRAINT "budget_line_items_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."developer_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (projectId) of public.project_forecasts to public.developer_projects (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.developer_projects; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_forecasts"') AND conname = 'project_forecasts_projectId_fkey') THEN
    ALTER TABLE "public"."project_forecasts" ADD CONSTRAINT "project_forecasts_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."developer_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (approvedBy) of public.project_funding to public.users (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_funding"') AND conname = 'project_funding_approvedBy_fkey') THEN
    ALTER TABLE "public"."project_funding" ADD CONSTRAINT "project_funding_approvedBy_fkey" FOREIGN KEY ("approvedBy") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (createdBy) of public.project_funding to public.users (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_funding"') AND conname = 'project_funding_createdBy_fkey') THEN
    ALTER TABLE "public"."project_funding" ADD CONSTRAINT "project_funding_createdBy_fkey" FOREIGN KEY ("createdBy") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (customerId) of public.project_funding to public.customers (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.customers; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_funding"') AND conname = 'project_funding_customerId_fkey') THEN
    ALTER TABLE "public"."project_funding" ADD CONSTRAINT "project_funding_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (projectId) of public.project_funding to public.developer_projects (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.developer_projects; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_funding"') AND conname = 'project_funding_projectId_fkey') THEN
    ALTER TABLE "public"."project_funding" ADD CONSTRAINT "project_funding_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."developer_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (approvedBy) of public.project_invoices to public.users (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_invoices"') AND conname = 'project_invoices_approvedBy_fkey') THEN
    ALTER TABLE "public"."project_invoices" ADD CONSTRAINT "project_invoices_approvedBy_fkey" FOREIGN KEY ("approvedBy") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (projectId) of public.project_invoices to public.developer_projects (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.developer_projects; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_invoices"') AND conname = 'project_invoices_projectId_fkey') THEN
    ALTER TABLE "public"."project_invoices" ADD CONSTRAINT "project_invoices_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."developer_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (purchaseOrderId) of public.project_invoices to public.purchase_orders (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.purchase_orders; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_invoices"') AND conname = 'project_invoices_purchaseOrderId_fkey') THEN
    ALTER TABLE "public"."project_invoices" ADD CONSTRAINT "project_invoices_purchaseOrderId_fkey" FOREIGN KEY ("purchaseOrderId") REFERENCES "public"."purchase_orders" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (vendorId) of public.project_invoices to public.project_vendors (id). There are no old rows, or they are checked
--   right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.project_vendors; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_invoices"') AND conname = 'project_invoices_vendorId_fkey') THEN
    ALTER TABLE "public"."project_invoices" ADD CONSTRAINT "project_invoices_vendorId_fkey" FOREIGN KEY ("vendorId") REFERENCES "public"."project_vendors" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (projectId) of public.project_milestones to public.developer_projects (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.developer_projects; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_milestones"') AND conname = 'project_milestones_projectId_fkey') THEN
    ALTER TABLE "public"."project_milestones" ADD CONSTRAINT "project_milestones_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."developer_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

COMMIT;

-- 2. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- public.project_expenses has no foreign key (budgetLineItemId) to public.budget_line_items (id). Ties
--   (budgetLineItemId) of public.project_expenses to public.budget_line_items (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.project_expenses; blocks writes
-- table: public.project_expenses, size not known, 72 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."project_expenses"') AND conname = 'project_expenses_budgetLineItemId_fkey') THEN
    ALTER TABLE "public"."project_expenses" ADD CONSTRAINT "project_expenses_budgetLineItemId_fkey" FOREIGN KEY ("budgetLineItemId") REFERENCES "public"."budget_line_items" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

COMMIT;

-- Not done for you
--
-- - Make a migration baseline
--   No migration makes public.customers, public.plans, public.purchase_orders and 3 more, so the folder cannot build an
--     empty database, and recording it would hide that. Replace it by one migration that makes everything, after the
--     statements of this plan, and record that one.
--     mkdir -p prisma/migrations/0_init
--     npx prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script > prisma/migrations/0_init/migration.sql
--     npx prisma migrate resolve --applied "0_init"

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."project_expenses" DROP CONSTRAINT IF EXISTS "project_expenses_budgetLineItemId_fkey";
--     ALTER TABLE "public"."project_milestones" DROP CONSTRAINT IF EXISTS "project_milestones_projectId_fkey";
--     ALTER TABLE "public"."project_invoices" DROP CONSTRAINT IF EXISTS "project_invoices_vendorId_fkey";
--     ALTER TABLE "public"."project_invoices" DROP CONSTRAINT IF EXISTS "project_invoices_purchaseOrderId_fkey";
--     ALTER TABLE "public"."project_invoices" DROP CONSTRAINT IF EXISTS "project_invoices_projectId_fkey";
--     ALTER TABLE "public"."project_invoices" DROP CONSTRAINT IF EXISTS "project_invoices_approvedBy_fkey";
--     ALTER TABLE "public"."project_funding" DROP CONSTRAINT IF EXISTS "project_funding_projectId_fkey";
--     ALTER TABLE "public"."project_funding" DROP CONSTRAINT IF EXISTS "project_funding_customerId_fkey";
--     ALTER TABLE "public"."project_funding" DROP CONSTRAINT IF EXISTS "project_funding_createdBy_fkey";
--     ALTER TABLE "public"."project_funding" DROP CONSTRAINT IF EXISTS "project_funding_approvedBy_fkey";
--     ALTER TABLE "public"."project_forecasts" DROP CONSTRAINT IF EXISTS "project_forecasts_projectId_fkey";
--     ALTER TABLE "public"."budget_line_items" DROP CONSTRAINT IF EXISTS "budget_line_items_projectId_fkey";
--     DROP INDEX IF EXISTS "public"."project_milestones_targetDate_idx";
--     DROP INDEX IF EXISTS "public"."project_milestones_status_idx";
--     DROP INDEX IF EXISTS "public"."project_milestones_projectId_idx";
--     DROP TABLE IF EXISTS "public"."project_milestones";
--     DROP INDEX IF EXISTS "public"."project_invoices_vendorId_idx";
--     DROP INDEX IF EXISTS "public"."project_invoices_status_idx";
--     DROP INDEX IF EXISTS "public"."project_invoices_purchaseOrderId_idx";
--     DROP INDEX IF EXISTS "public"."project_invoices_projectId_idx";
--     DROP INDEX IF EXISTS "public"."project_invoices_invoiceNumber_idx";
--     DROP INDEX IF EXISTS "public"."project_invoices_category_idx";
--     DROP TABLE IF EXISTS "public"."project_invoices";
--     DROP INDEX IF EXISTS "public"."project_funding_status_idx";
--     DROP INDEX IF EXISTS "public"."project_funding_referenceNumber_idx";
--     DROP INDEX IF EXISTS "public"."project_funding_receivedDate_idx";
--     DROP INDEX IF EXISTS "public"."project_funding_projectId_idx";
--     DROP INDEX IF EXISTS "public"."project_funding_fundingType_idx";
--     DROP INDEX IF EXISTS "public"."project_funding_customerId_idx";
--     DROP TABLE IF EXISTS "public"."project_funding";
--     DROP INDEX IF EXISTS "public"."project_forecasts_projectId_idx";
--     DROP INDEX IF EXISTS "public"."project_forecasts_forecastType_idx";
--     DROP INDEX IF EXISTS "public"."project_forecasts_forecastDate_idx";
--     DROP TABLE IF EXISTS "public"."project_forecasts";
--     DROP INDEX IF EXISTS "public"."budget_line_items_status_idx";
--     DROP INDEX IF EXISTS "public"."budget_line_items_projectId_idx";
--     DROP INDEX IF EXISTS "public"."budget_line_items_category_idx";
--     DROP TABLE IF EXISTS "public"."budget_line_items";
