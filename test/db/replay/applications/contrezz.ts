/** No baseline: the first tables were made without migrations, so most of the history cannot run on an empty database. */
import { altersMissing, dropsMissingIndex, inLines, type Rebuilt, refersToMissing, runs, withFault } from "./text.js";

const ONBOARDING = 'CREATE TABLE "onboarding_applications" ("id" TEXT NOT NULL PRIMARY KEY, "status" TEXT NOT NULL);';
const POSTINGS = 'CREATE TABLE IF NOT EXISTS "career_postings" ("id" TEXT NOT NULL PRIMARY KEY);';
const SEEDS = inLines({
  2: "DO $$ BEGIN IF to_regclass('public.roles') IS NOT NULL THEN EXECUTE 'INSERT INTO roles VALUES (1)'; END IF; END $$;",
});
const UNQUOTED = "CREATE TABLE developer_projects (id TEXT PRIMARY KEY, customerId TEXT NOT NULL);";

/** For Prisma 5, in its order. */
export const CONTREZZ: readonly Rebuilt[] = [
  altersMissing("20250110000000_add_projectId_to_documents", 2, "documents"),
  runs("20251108_add_onboarding_applications", ONBOARDING),
  altersMissing("20251109190000_add_missing_customer_plan_fields", 2, "customers"),
  runs("20251116132708_add_missing_customer_plan_fields", "-- nothing left to do\n"),
  runs("20251120100000_seed_system_roles", SEEDS),
  refersToMissing("20251120110000_consolidate_all_system_setup", 27, "system_settings", "customers"),
  altersMissing("20251123082858_add_unit_limit_to_plans", 2, "plans"),
  altersMissing("20251123113000_fix_missing_columns", 7, "plans"),
  withFault(
    "20251123134500_add_developer_project_tables",
    40,
    'CREATE INDEX "developer_projects_customer" ON developer_projects ("customerId");',
    "STATEMENT_FAILED 42703",
    { 2: UNQUOTED },
  ),
  altersMissing("20251123160000_fix_notification_preferences_schema", 15, "notification_preferences"),
  altersMissing("20251123200000_baseline_manual_changes", 127, "notification_templates"),
  dropsMissingIndex("20251123210251_sync_schema_with_database", 2, "invoice_attachments_uploaded_at_idx"),
  refersToMissing("20251123210301_add_missing_project_tables", 147, "project_milestones", "customers"),
  refersToMissing("20251123211717_add_storage_tables", 68, "storage_files", "customers"),
  dropsMissingIndex("20251125152953_add_kyc_fields_and_activation_tracking", 5, "notification_preferences_user_id_key"),
  altersMissing("20251125180000_fix_kyc_and_activation_columns", 13, "customers"),
  altersMissing("20251130002123_add_missing_bio_column", 2, "users"),
  altersMissing("20251130002341_add_temp_password_columns", 2, "users"),
  altersMissing("20251130002954_add_kyc_fields_to_customers", 2, "customers"),
  altersMissing("20251130_add_kyc_fields_to_users", 2, "users"),
  altersMissing("20251201000000_add_missing_owner_review_kyc_columns", 2, "users"),
  altersMissing("20251201010000_sync_schema_with_production", 4, "approval_history"),
  altersMissing("20251201020000_sync_uuid_defaults", 4, "approval_history"),
  refersToMissing("20251201190000_add_sessions_table", 40, "sessions", "users"),
  altersMissing("20251201191500_sync_default_uuid_generation", 8, "team_roles"),
  altersMissing("20251203102401_add_performance_indexes", 2, "leases"),
  refersToMissing("20251204_consolidate_verification_service", 96, "verification_requests", "customers"),
  altersMissing("20251206_add_next_payment_date_to_customers", 4, "customers"),
  runs("20251206_add_report_schedules_table", 'CREATE TABLE "report_schedules" ("id" TEXT NOT NULL PRIMARY KEY);'),
  runs("20251214173054_add_career_postings_table", POSTINGS),
  runs("20251214173449_add_career_postings_table", POSTINGS),
  refersToMissing("20251227200000_add_tax_calculation_tables", 69, "tax_calculations", "properties"),
  runs("20251228225021_sync_schema_drift", "-- emptied after it had failed\n-- twice\n"),
  altersMissing("20251229000000_add_tax_calculator_to_plans", 63, "plans"),
  refersToMissing("20260103141138_add_email_templates", 35, "email_templates", "users"),
];
