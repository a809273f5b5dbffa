-- Repair plan of schemaready 0.1.0: 33 steps for 16 of 16 gaps; 1 thing not done for you.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Not tried: not every step could be tried: npx prisma migrate deploy: the scripts of the migrations are not at hand
--   (--migrations).
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 1.

\set ON_ERROR_STOP on

-- 1. By hand, where the application's repository is: Applies what is missing: 20251123082858_add_unit_limit_to_plans,
--   20251123134500_add_developer_project_tables, 20251123210301_add_missing_project_tables,
--   20251206_add_report_schedules_table.
--   $ npx prisma migrate deploy

-- 2. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Table public.purchase_orders is missing.
CREATE TABLE IF NOT EXISTS "public"."purchase_orders" (
  "id" text NOT NULL,
  "projectId" text NOT NULL,
  "customerId" text NOT NULL,
  "vendorId" text,
  "poNumber" text NOT NULL,
  "description" text NOT NULL,
  "category" text NOT NULL,
  "totalAmount" double precision NOT NULL,
  "currency" text DEFAULT 'NGN'::text NOT NULL,
  "status" text DEFAULT 'pending'::text NOT NULL,
  "itemCount" integer DEFAULT 0 NOT NULL,
  "requestedBy" text,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "expiryDate" timestamp(3) without time zone,
  "deliveryDate" timestamp(3) without time zone,
  "terms" text,
  "notes" text,
  "attachments" jsonb,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "purchase_orders_pkey" PRIMARY KEY ("id")
);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "purchase_orders_createdAt_idx" ON "public"."purchase_orders" USING "btree" ("createdAt");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "purchase_orders_customerId_idx" ON "public"."purchase_orders" USING "btree" ("customerId");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "purchase_orders_poNumber_idx" ON "public"."purchase_orders" USING "btree" ("poNumber");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "purchase_orders_projectId_idx" ON "public"."purchase_orders" USING "btree" ("projectId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "purchase_orders_status_idx" ON "public"."purchase_orders" USING "btree" ("status");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "purchase_orders_vendorId_idx" ON "public"."purchase_orders" USING "btree" ("vendorId");

-- Table public.team_members is missing.
CREATE TABLE IF NOT EXISTS "public"."team_members" (
  "id" text DEFAULT (gen_random_uuid())::text NOT NULL,
  "customer_id" text NOT NULL,
  "user_id" text,
  "role_id" text NOT NULL,
  "first_name" text NOT NULL,
  "last_name" text NOT NULL,
  "email" text NOT NULL,
  "phone" text,
  "job_title" text,
  "department" text,
  "status" text DEFAULT 'active'::text NOT NULL,
  "can_approve_invoices" boolean DEFAULT false NOT NULL,
  "approval_limit" numeric(15,2),
  "can_create_invoices" boolean DEFAULT false NOT NULL,
  "can_manage_projects" boolean DEFAULT false NOT NULL,
  "can_view_reports" boolean DEFAULT false NOT NULL,
  "delegate_to" text,
  "delegation_start" timestamp(3) without time zone,
  "delegation_end" timestamp(3) without time zone,
  "invited_by" text,
  "invited_at" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "joined_at" timestamp(3) without time zone,
  "last_active" timestamp(3) without time zone,
  "created_at" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updated_at" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "team_members_pkey" PRIMARY KEY ("id")
);

-- The features of developer-projects need that of public.team_members.
GRANT SELECT ON "public"."team_members" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "team_members_can_approve_invoices_status_idx" ON "public"."team_members" USING "btree" ("can_approve_invoices", "status");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "team_members_customer_id_email_idx" ON "public"."team_members" USING "btree" ("customer_id", "email");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "team_members_customer_id_idx" ON "public"."team_members" USING "btree" ("customer_id");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "team_members_email_idx" ON "public"."team_members" USING "btree" ("email");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "team_members_role_id_idx" ON "public"."team_members" USING "btree" ("role_id");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "team_members_status_idx" ON "public"."team_members" USING "btree" ("status");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "team_members_user_id_idx" ON "public"."team_members" USING "btree" ("user_id");

-- Table public.team_roles is missing.
CREATE TABLE IF NOT EXISTS "public"."team_roles" (
  "id" text DEFAULT (gen_random_uuid())::text NOT NULL,
  "customer_id" text,
  "name" text NOT NULL,
  "description" text,
  "is_system_role" boolean DEFAULT false NOT NULL,
  "permissions" jsonb DEFAULT '{}'::jsonb NOT NULL,
  "can_approve_invoices" boolean DEFAULT false NOT NULL,
  "approval_limit" numeric(15,2),
  "can_create_invoices" boolean DEFAULT false NOT NULL,
  "can_manage_projects" boolean DEFAULT false NOT NULL,
  "can_view_reports" boolean DEFAULT false NOT NULL,
  "requires_approval_from" text[],
  "created_at" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updated_at" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "team_roles_pkey" PRIMARY KEY ("id")
);

-- The features of developer-projects need that of public.team_roles.
GRANT SELECT ON "public"."team_roles" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "team_roles_customer_id_idx" ON "public"."team_roles" USING "btree" ("customer_id");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "team_roles_customer_id_name_idx" ON "public"."team_roles" USING "btree" ("customer_id", "name");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "team_roles_is_system_role_idx" ON "public"."team_roles" USING "btree" ("is_system_role");

-- Ties (approvedBy) of public.purchase_orders to public.users (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."purchase_orders"') AND conname = 'purchase_orders_approvedBy_fkey') THEN
    ALTER TABLE "public"."purchase_orders" ADD CONSTRAINT "purchase_orders_approvedBy_fkey" FOREIGN KEY ("approvedBy") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (customerId) of public.purchase_orders to public.customers (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.customers; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."purchase_orders"') AND conname = 'purchase_orders_customerId_fkey') THEN
    ALTER TABLE "public"."purchase_orders" ADD CONSTRAINT "purchase_orders_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (projectId) of public.purchase_orders to public.developer_projects (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.developer_projects; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."purchase_orders"') AND conname = 'purchase_orders_projectId_fkey') THEN
    ALTER TABLE "public"."purchase_orders" ADD CONSTRAINT "purchase_orders_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."developer_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (requestedBy) of public.purchase_orders to public.users (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."purchase_orders"') AND conname = 'purchase_orders_requestedBy_fkey') THEN
    ALTER TABLE "public"."purchase_orders" ADD CONSTRAINT "purchase_orders_requestedBy_fkey" FOREIGN KEY ("requestedBy") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (vendorId) of public.purchase_orders to public.project_vendors (id). There are no old rows, or they are checked
--   right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.project_vendors; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."purchase_orders"') AND conname = 'purchase_orders_vendorId_fkey') THEN
    ALTER TABLE "public"."purchase_orders" ADD CONSTRAINT "purchase_orders_vendorId_fkey" FOREIGN KEY ("vendorId") REFERENCES "public"."project_vendors" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (customer_id) of public.team_members to public.customers (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.customers; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."team_members"') AND conname = 'team_members_customer_id_fkey') THEN
    ALTER TABLE "public"."team_members" ADD CONSTRAINT "team_members_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "public"."customers" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (delegate_to) of public.team_members to public.team_members (id). There are no old rows, or they are checked
--   right away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."team_members"') AND conname = 'team_members_delegate_to_fkey') THEN
    ALTER TABLE "public"."team_members" ADD CONSTRAINT "team_members_delegate_to_fkey" FOREIGN KEY ("delegate_to") REFERENCES "public"."team_members" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (invited_by) of public.team_members to public.users (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."team_members"') AND conname = 'team_members_invited_by_fkey') THEN
    ALTER TABLE "public"."team_members" ADD CONSTRAINT "team_members_invited_by_fkey" FOREIGN KEY ("invited_by") REFERENCES "public"."users" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (role_id) of public.team_members to public.team_roles (id). There are no old rows, or they are checked right
--   away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."team_members"') AND conname = 'team_members_role_id_fkey') THEN
    ALTER TABLE "public"."team_members" ADD CONSTRAINT "team_members_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "public"."team_roles" ("id") ON DELETE RESTRICT;
  END IF;
END
$guard$;

-- Ties (user_id) of public.team_members to public.users (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."team_members"') AND conname = 'team_members_user_id_fkey') THEN
    ALTER TABLE "public"."team_members" ADD CONSTRAINT "team_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (customer_id) of public.team_roles to public.customers (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.customers; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."team_roles"') AND conname = 'team_roles_customer_id_fkey') THEN
    ALTER TABLE "public"."team_roles" ADD CONSTRAINT "team_roles_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "public"."customers" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

COMMIT;

-- Not done for you
--
-- - Fill public.team_roles: at least 1 row
--   The plan makes tables, not their contents. Run the application's own seed; a migration of the plan may bring them,
--     too.

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."team_roles" DROP CONSTRAINT IF EXISTS "team_roles_customer_id_fkey";
--     ALTER TABLE "public"."team_members" DROP CONSTRAINT IF EXISTS "team_members_user_id_fkey";
--     ALTER TABLE "public"."team_members" DROP CONSTRAINT IF EXISTS "team_members_role_id_fkey";
--     ALTER TABLE "public"."team_members" DROP CONSTRAINT IF EXISTS "team_members_invited_by_fkey";
--     ALTER TABLE "public"."team_members" DROP CONSTRAINT IF EXISTS "team_members_delegate_to_fkey";
--     ALTER TABLE "public"."team_members" DROP CONSTRAINT IF EXISTS "team_members_customer_id_fkey";
--     ALTER TABLE "public"."purchase_orders" DROP CONSTRAINT IF EXISTS "purchase_orders_vendorId_fkey";
--     ALTER TABLE "public"."purchase_orders" DROP CONSTRAINT IF EXISTS "purchase_orders_requestedBy_fkey";
--     ALTER TABLE "public"."purchase_orders" DROP CONSTRAINT IF EXISTS "purchase_orders_projectId_fkey";
--     ALTER TABLE "public"."purchase_orders" DROP CONSTRAINT IF EXISTS "purchase_orders_customerId_fkey";
--     ALTER TABLE "public"."purchase_orders" DROP CONSTRAINT IF EXISTS "purchase_orders_approvedBy_fkey";
--     DROP INDEX IF EXISTS "public"."team_roles_is_system_role_idx";
--     DROP INDEX IF EXISTS "public"."team_roles_customer_id_name_idx";
--     DROP INDEX IF EXISTS "public"."team_roles_customer_id_idx";
--     DROP TABLE IF EXISTS "public"."team_roles";
--     DROP INDEX IF EXISTS "public"."team_members_user_id_idx";
--     DROP INDEX IF EXISTS "public"."team_members_status_idx";
--     DROP INDEX IF EXISTS "public"."team_members_role_id_idx";
--     DROP INDEX IF EXISTS "public"."team_members_email_idx";
--     DROP INDEX IF EXISTS "public"."team_members_customer_id_idx";
--     DROP INDEX IF EXISTS "public"."team_members_customer_id_email_idx";
--     DROP INDEX IF EXISTS "public"."team_members_can_approve_invoices_status_idx";
--     DROP TABLE IF EXISTS "public"."team_members";
--     DROP INDEX IF EXISTS "public"."purchase_orders_vendorId_idx";
--     DROP INDEX IF EXISTS "public"."purchase_orders_status_idx";
--     DROP INDEX IF EXISTS "public"."purchase_orders_projectId_idx";
--     DROP INDEX IF EXISTS "public"."purchase_orders_poNumber_idx";
--     DROP INDEX IF EXISTS "public"."purchase_orders_customerId_idx";
--     DROP INDEX IF EXISTS "public"."purchase_orders_createdAt_idx";
--     DROP TABLE IF EXISTS "public"."purchase_orders";
