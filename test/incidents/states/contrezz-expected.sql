-- DDL the schema engine emits for backend/prisma/schema.prisma, applied to empty PG15
create table "activity_logs" (
  "id" text not null,
  "customerId" text,
  "userId" text,
  "action" text not null,
  "entity" text not null,
  "entityId" text,
  "description" text not null,
  "metadata" jsonb,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "activity_logs_pkey" primary key ("id")
);
create table "approval_history" (
  "id" text not null default (gen_random_uuid())::text,
  "invoice_id" text not null,
  "approval_id" text,
  "action" text not null,
  "actor_id" text,
  "actor_name" text not null,
  "actor_role" text,
  "level" integer,
  "comments" text,
  "previous_status" text,
  "new_status" text,
  "metadata" jsonb,
  "ip_address" text,
  "user_agent" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "approval_history_pkey" primary key ("id")
);
create table "budget_line_items" (
  "id" text not null,
  "projectId" text not null,
  "category" text not null,
  "subcategory" text,
  "description" text not null,
  "plannedAmount" double precision not null default 0,
  "actualAmount" double precision not null default 0,
  "variance" double precision not null default 0,
  "variancePercent" double precision not null default 0,
  "status" text not null default 'pending'::text,
  "notes" text,
  "startDate" timestamp(3) without time zone,
  "endDate" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "budget_line_items_pkey" primary key ("id")
);
create table "career_postings" (
  "id" text not null,
  "title" text not null,
  "department" text not null,
  "location" text not null,
  "type" text not null,
  "remote" text not null,
  "experience" text not null,
  "description" text not null,
  "requirements" text[],
  "salary" text,
  "status" text not null default 'active'::text,
  "postedBy" text,
  "postedAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "expiresAt" timestamp(3) without time zone,
  "viewCount" integer not null default 0,
  "applicationCount" integer not null default 0,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  "deletedAt" timestamp(3) without time zone,
  constraint "career_postings_pkey" primary key ("id")
);
create table "customer_users" (
  "id" text not null,
  "customerId" text not null,
  "userId" text not null,
  "role" text not null,
  "permissions" jsonb,
  "isActive" boolean not null default true,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "customer_users_pkey" primary key ("id")
);
create table "customers" (
  "id" text not null,
  "company" text not null,
  "owner" text not null,
  "email" text not null,
  "phone" text,
  "website" text,
  "taxId" text,
  "industry" text,
  "companySize" text,
  "planId" text,
  "planCategory" text,
  "billingCycle" text not null default 'monthly'::text,
  "mrr" double precision not null default 0,
  "trialEndsAt" timestamp(3) without time zone,
  "subscriptionStartDate" timestamp(3) without time zone,
  "nextPaymentDate" timestamp(3) without time zone,
  "status" text not null default 'trial'::text,
  "lastLogin" timestamp(3) without time zone,
  "propertyLimit" integer not null default 5,
  "projectLimit" integer,
  "userLimit" integer not null default 3,
  "storageLimit" integer not null default 1000,
  "storage_used" bigint default 0,
  "storage_limit" bigint default '5368709120'::bigint,
  "storage_last_calculated" timestamp(3) without time zone default CURRENT_TIMESTAMP,
  "street" text,
  "city" text,
  "state" text,
  "postalCode" text,
  "country" text not null default 'Nigeria'::text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  "propertiesCount" integer not null default 0,
  "projectsCount" integer not null default 0,
  "unitsCount" integer not null default 0,
  "notes" text,
  "timezone" text,
  "language" text,
  "yearEstablished" text,
  "licenseNumber" text,
  "insuranceProvider" text,
  "insurancePolicy" text,
  "insuranceExpiration" text,
  "trialStartsAt" timestamp(3) without time zone,
  "gracePeriodEndsAt" timestamp(3) without time zone,
  "suspendedAt" timestamp(3) without time zone,
  "suspensionReason" text,
  "lastTrialNotificationSentAt" timestamp(3) without time zone,
  "trialNotificationCount" integer not null default 0,
  "kycStatus" text default 'pending'::text,
  "kycVerificationId" text,
  "kycCompletedAt" timestamp(3) without time zone,
  "kycVerifiedBy" text,
  "kycFailureReason" text,
  "kycLastAttemptAt" timestamp(3) without time zone,
  "requiresKyc" boolean not null default true,
  constraint "customers_pkey" primary key ("id")
);
create table "developer_projects" (
  "id" text not null,
  "customerId" text not null,
  "developerId" text not null,
  "name" text not null,
  "description" text,
  "projectType" text not null,
  "stage" text not null default 'planning'::text,
  "status" text not null default 'active'::text,
  "startDate" timestamp(3) without time zone,
  "estimatedEndDate" timestamp(3) without time zone,
  "actualEndDate" timestamp(3) without time zone,
  "location" text,
  "city" text,
  "state" text,
  "country" text not null default 'Nigeria'::text,
  "totalBudget" double precision not null default 0,
  "actualSpend" double precision not null default 0,
  "currency" text not null default 'NGN'::text,
  "progress" double precision not null default 0,
  "coverImage" text,
  "images" jsonb,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "developer_projects_pkey" primary key ("id")
);
create table "documents" (
  "id" text not null,
  "customerId" text not null,
  "propertyId" text,
  "unitId" text,
  "tenantId" text,
  "managerId" text,
  "projectId" text,
  "name" text not null,
  "type" text not null,
  "category" text not null,
  "fileUrl" text not null,
  "fileSize" integer,
  "format" text,
  "description" text,
  "uploadedBy" text not null,
  "uploadedById" text not null,
  "status" text not null default 'active'::text,
  "metadata" jsonb,
  "isShared" boolean not null default false,
  "sharedWith" text[] default ARRAY[]::text[],
  "expiresAt" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "documents_pkey" primary key ("id")
);
create table "email_queue" (
  "id" uuid not null default gen_random_uuid(),
  "customer_id" text not null,
  "user_id" text,
  "to_email" character varying(255) not null,
  "to_name" character varying(255),
  "from_email" character varying(255),
  "from_name" character varying(255),
  "subject" character varying(500) not null,
  "body_html" text not null,
  "body_text" text,
  "template_name" character varying(100),
  "template_data" jsonb default '{}'::jsonb,
  "status" character varying(50) not null default 'pending'::character varying,
  "priority" integer not null default 5,
  "scheduled_at" timestamp(3) without time zone,
  "sent_at" timestamp(3) without time zone,
  "failed_at" timestamp(3) without time zone,
  "error_message" text,
  "retry_count" integer not null default 0,
  "max_retries" integer not null default 3,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "email_queue_pkey" primary key ("id")
);
create table "email_templates" (
  "id" text not null,
  "name" character varying(100) not null,
  "type" character varying(50) not null,
  "category" character varying(50),
  "subject" character varying(500) not null,
  "body_html" text not null,
  "body_text" text,
  "variables" jsonb not null default '[]'::jsonb,
  "is_system" boolean not null default false,
  "is_active" boolean not null default true,
  "version" integer not null default 1,
  "created_by" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null,
  "updated_by" text,
  constraint "email_templates_pkey" primary key ("id")
);
create table "expenses" (
  "id" text not null,
  "propertyId" text not null,
  "unitId" text,
  "category" text not null,
  "description" text not null,
  "amount" double precision not null,
  "currency" text not null default 'NGN'::text,
  "date" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "dueDate" timestamp(3) without time zone,
  "status" text not null default 'pending'::text,
  "paidDate" timestamp(3) without time zone,
  "paymentMethod" text,
  "recordedBy" text not null,
  "recordedByRole" text not null,
  "receipt" text,
  "notes" text,
  "requiresApproval" boolean not null default false,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "visibleToManager" boolean not null default false,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "expenses_pkey" primary key ("id")
);
create table "invoice_approval_workflows" (
  "id" text not null default (gen_random_uuid())::text,
  "customer_id" text not null,
  "name" text not null,
  "description" text,
  "is_active" boolean not null default true,
  "is_default" boolean not null default false,
  "min_amount" numeric(15,2),
  "max_amount" numeric(15,2),
  "categories" text[],
  "approval_levels" jsonb not null,
  "auto_approve_under" numeric(15,2),
  "created_by" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "invoice_approval_workflows_pkey" primary key ("id")
);
create table "invoice_approvals" (
  "id" text not null default (gen_random_uuid())::text,
  "invoice_id" text not null,
  "workflow_id" text,
  "level" integer not null,
  "level_name" text,
  "approver_id" text not null,
  "status" text not null default 'pending'::text,
  "decision" text,
  "comments" text,
  "requested_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "responded_at" timestamp(3) without time zone,
  "due_at" timestamp(3) without time zone,
  "delegated_to" text,
  "delegated_at" timestamp(3) without time zone,
  "notification_sent" boolean not null default false,
  "reminder_count" integer not null default 0,
  "last_reminder_at" timestamp(3) without time zone,
  constraint "invoice_approvals_pkey" primary key ("id")
);
create table "invoice_attachments" (
  "id" text not null default (gen_random_uuid())::text,
  "invoice_id" text not null,
  "customer_id" text not null,
  "file_path" text not null,
  "file_name" text not null,
  "file_size" bigint not null,
  "file_type" text not null,
  "mime_type" text not null,
  "uploaded_by" text not null,
  "uploaded_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "metadata" jsonb,
  constraint "invoice_attachments_pkey" primary key ("id")
);
create table "invoices" (
  "id" text not null,
  "customerId" text not null,
  "invoiceNumber" text not null,
  "amount" double precision not null,
  "currency" text not null default 'NGN'::text,
  "status" text not null default 'pending'::text,
  "dueDate" timestamp(3) without time zone not null,
  "paidAt" timestamp(3) without time zone,
  "billingPeriod" text not null,
  "description" text,
  "items" jsonb not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  "refundedAt" timestamp(3) without time zone,
  constraint "invoices_pkey" primary key ("id")
);
create table "landing_page_submissions" (
  "id" text not null,
  "ticketNumber" serial,
  "formType" text not null,
  "name" text not null,
  "email" text not null,
  "phone" text,
  "company" text,
  "jobTitle" text,
  "subject" text,
  "message" text not null,
  "preferredDate" timestamp(3) without time zone,
  "preferredTime" text,
  "timezone" text,
  "status" text not null default 'new'::text,
  "priority" text not null default 'normal'::text,
  "source" text,
  "referralUrl" text,
  "utmSource" text,
  "utmMedium" text,
  "utmCampaign" text,
  "assignedToId" text,
  "adminNotes" text,
  "internalTags" text[],
  "responseStatus" text,
  "responseDate" timestamp(3) without time zone,
  "responseBy" text,
  "responseNotes" text,
  "ipAddress" text,
  "userAgent" text,
  "browserInfo" jsonb,
  "deviceInfo" jsonb,
  "customFields" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  "contactedAt" timestamp(3) without time zone,
  "resolvedAt" timestamp(3) without time zone,
  "deletedAt" timestamp(3) without time zone,
  constraint "landing_page_submissions_pkey" primary key ("id")
);
create table "leases" (
  "id" text not null,
  "propertyId" text not null,
  "unitId" text,
  "tenantId" text not null,
  "leaseNumber" text not null,
  "startDate" timestamp(3) without time zone not null,
  "endDate" timestamp(3) without time zone,
  "monthlyRent" double precision not null,
  "securityDeposit" double precision not null,
  "currency" text not null default 'NGN'::text,
  "status" text not null default 'active'::text,
  "terms" text,
  "specialClauses" jsonb,
  "signedAt" timestamp(3) without time zone,
  "terminatedAt" timestamp(3) without time zone,
  "terminationReason" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "leases_pkey" primary key ("id")
);
create table "maintenance_requests" (
  "id" text not null,
  "customerId" text not null,
  "propertyId" text not null,
  "unitId" text,
  "reportedById" text not null,
  "assignedToId" text,
  "ticketNumber" text not null,
  "title" text not null,
  "description" text not null,
  "category" text not null,
  "priority" text not null default 'medium'::text,
  "status" text not null default 'open'::text,
  "images" jsonb,
  "preferredSchedule" timestamp(3) without time zone,
  "scheduledDate" timestamp(3) without time zone,
  "estimatedCost" double precision,
  "actualCost" double precision,
  "completedAt" timestamp(3) without time zone,
  "notes" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "maintenance_requests_pkey" primary key ("id")
);
create table "maintenance_updates" (
  "id" text not null,
  "requestId" text not null,
  "updatedById" text not null,
  "note" text not null,
  "status" text,
  "attachments" jsonb default '[]'::jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "maintenance_updates_pkey" primary key ("id")
);
create table "mrr_snapshots" (
  "id" text not null,
  "customerId" text not null,
  "month" timestamp(3) without time zone not null,
  "mrr" double precision not null default 0,
  "planId" text,
  "planName" text,
  "status" text not null,
  "billingCycle" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "mrr_snapshots_pkey" primary key ("id")
);
create table "notification_logs" (
  "id" uuid not null default gen_random_uuid(),
  "notification_id" uuid not null,
  "customer_id" text not null,
  "user_id" text,
  "action" character varying(50) not null,
  "details" jsonb default '{}'::jsonb,
  "ip_address" inet,
  "user_agent" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "notification_logs_pkey" primary key ("id")
);
create table "notification_preferences" (
  "id" uuid not null default gen_random_uuid(),
  "user_id" text not null,
  "customer_id" text not null,
  "email_enabled" boolean not null default true,
  "email_invoice_approval" boolean not null default true,
  "email_invoice_approved" boolean not null default true,
  "email_invoice_rejected" boolean not null default true,
  "email_invoice_paid" boolean not null default true,
  "email_team_invitation" boolean not null default true,
  "email_delegation" boolean not null default true,
  "email_daily_digest" boolean not null default false,
  "email_weekly_summary" boolean not null default false,
  "inapp_enabled" boolean not null default true,
  "inapp_invoice_approval" boolean not null default true,
  "inapp_invoice_approved" boolean not null default true,
  "inapp_invoice_rejected" boolean not null default true,
  "inapp_invoice_paid" boolean not null default true,
  "inapp_team_invitation" boolean not null default true,
  "inapp_delegation" boolean not null default true,
  "push_enabled" boolean not null default false,
  "quiet_hours_enabled" boolean not null default false,
  "quiet_hours_start" time(6) without time zone,
  "quiet_hours_end" time(6) without time zone,
  "quiet_hours_timezone" character varying(50) not null default 'UTC'::character varying,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "notification_preferences_pkey" primary key ("id")
);
create table "notification_templates" (
  "id" uuid not null default gen_random_uuid(),
  "customer_id" text,
  "name" character varying(100) not null,
  "type" character varying(50) not null,
  "subject" character varying(500),
  "body_html" text,
  "body_text" text,
  "variables" jsonb default '[]'::jsonb,
  "is_system" boolean not null default false,
  "is_active" boolean not null default true,
  "created_by" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "notification_templates_pkey" primary key ("id")
);
create table "notifications" (
  "id" uuid not null default gen_random_uuid(),
  "customer_id" text not null,
  "user_id" text,
  "type" character varying(50) not null,
  "title" character varying(255) not null,
  "message" text not null,
  "data" jsonb default '{}'::jsonb,
  "read" boolean not null default false,
  "read_at" timestamp(3) without time zone,
  "action_url" character varying(500),
  "priority" character varying(20) not null default 'normal'::character varying,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "notifications_pkey" primary key ("id")
);
create table "onboarding_applications" (
  "id" text not null,
  "applicationType" text not null,
  "name" text not null,
  "email" text not null,
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
  "country" text not null default 'Nigeria'::text,
  "status" text not null default 'pending'::text,
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
  "activationEmailSent" boolean default false,
  "activationEmailSentAt" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "onboarding_applications_pkey" primary key ("id")
);
create table "payment_methods" (
  "id" text not null,
  "tenantId" text not null,
  "customerId" text not null,
  "type" text not null default 'card'::text,
  "provider" text not null default 'paystack'::text,
  "authorizationCode" text,
  "cardBrand" text,
  "cardLast4" text,
  "cardExpMonth" text,
  "cardExpYear" text,
  "cardBin" text,
  "cardType" text,
  "bank" text,
  "accountName" text,
  "isDefault" boolean not null default false,
  "isActive" boolean not null default true,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "payment_methods_pkey" primary key ("id")
);
create table "payment_settings" (
  "id" text not null,
  "customerId" text not null,
  "provider" text not null,
  "publicKey" text,
  "secretKey" text,
  "testMode" boolean not null default false,
  "isEnabled" boolean not null default false,
  "bankTransferTemplate" text,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "payment_settings_pkey" primary key ("id")
);
create table "payments" (
  "id" text not null,
  "customerId" text not null,
  "propertyId" text,
  "unitId" text,
  "leaseId" text,
  "tenantId" text,
  "invoiceId" text,
  "amount" double precision not null,
  "currency" text not null default 'NGN'::text,
  "status" text not null default 'pending'::text,
  "type" text not null default 'rent'::text,
  "paymentMethod" text,
  "provider" text not null,
  "providerReference" text,
  "providerFee" double precision,
  "paidAt" timestamp(3) without time zone,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  "paymentMethodId" text,
  constraint "payments_pkey" primary key ("id")
);
create table "plans" (
  "id" text not null,
  "name" text not null,
  "description" text,
  "category" text not null default 'property_management'::text,
  "monthlyPrice" double precision not null,
  "annualPrice" double precision not null,
  "currency" text not null default 'NGN'::text,
  "propertyLimit" integer,
  "projectLimit" integer,
  "unitLimit" integer,
  "userLimit" integer not null,
  "storageLimit" integer not null,
  "features" jsonb not null,
  "isActive" boolean not null default true,
  "isPopular" boolean not null default false,
  "trialDurationDays" integer,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "plans_pkey" primary key ("id")
);
create table "project_cash_flow_snapshots" (
  "id" text not null,
  "projectId" text not null,
  "periodType" text not null,
  "periodStart" timestamp(3) without time zone not null,
  "periodEnd" timestamp(3) without time zone not null,
  "totalInflow" double precision not null default 0,
  "totalOutflow" double precision not null default 0,
  "netCashFlow" double precision not null default 0,
  "cumulativeInflow" double precision not null default 0,
  "cumulativeOutflow" double precision not null default 0,
  "cumulativeNetCashFlow" double precision not null default 0,
  "inflowByType" jsonb,
  "outflowByCategory" jsonb,
  "calculatedAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "project_cash_flow_snapshots_pkey" primary key ("id")
);
create table "project_expenses" (
  "id" text not null,
  "projectId" text not null,
  "vendorId" text,
  "amount" double precision not null,
  "currency" text not null default 'NGN'::text,
  "taxAmount" double precision not null default 0,
  "totalAmount" double precision not null,
  "expenseType" text not null,
  "category" text not null,
  "subcategory" text,
  "invoiceNumber" text,
  "description" text not null,
  "invoiceDate" timestamp(3) without time zone,
  "dueDate" timestamp(3) without time zone,
  "paidDate" timestamp(3) without time zone,
  "status" text not null default 'pending'::text,
  "paymentStatus" text not null default 'unpaid'::text,
  "paymentMethod" text,
  "paymentReference" text,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "attachments" jsonb,
  "notes" text,
  "budgetLineItemId" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "project_expenses_pkey" primary key ("id")
);
create table "project_forecasts" (
  "id" text not null,
  "projectId" text not null,
  "forecastDate" timestamp(3) without time zone not null,
  "forecastType" text not null,
  "predictedValue" double precision,
  "predictedDate" timestamp(3) without time zone,
  "confidence" double precision,
  "methodology" text,
  "notes" text,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "project_forecasts_pkey" primary key ("id")
);
create table "project_funding" (
  "id" text not null,
  "projectId" text not null,
  "customerId" text not null,
  "amount" double precision not null,
  "currency" text not null default 'NGN'::text,
  "fundingType" text not null,
  "fundingSource" text,
  "expectedDate" timestamp(3) without time zone,
  "receivedDate" timestamp(3) without time zone,
  "status" text not null default 'pending'::text,
  "referenceNumber" text,
  "description" text,
  "attachments" jsonb,
  "notes" text,
  "metadata" jsonb,
  "createdBy" text,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "project_funding_pkey" primary key ("id")
);
create table "project_invoices" (
  "id" text not null,
  "projectId" text not null,
  "vendorId" text,
  "purchaseOrderId" text,
  "invoiceNumber" text not null,
  "description" text not null,
  "category" text not null,
  "amount" double precision not null,
  "currency" text not null default 'NGN'::text,
  "status" text not null default 'pending'::text,
  "dueDate" timestamp(3) without time zone,
  "paidDate" timestamp(3) without time zone,
  "paymentMethod" text,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "attachments" jsonb,
  "notes" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "project_invoices_pkey" primary key ("id")
);
create table "project_milestones" (
  "id" text not null,
  "projectId" text not null,
  "name" text not null,
  "description" text,
  "targetDate" timestamp(3) without time zone not null,
  "completedDate" timestamp(3) without time zone,
  "status" text not null default 'pending'::text,
  "progress" double precision not null default 0,
  "dependencies" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "project_milestones_pkey" primary key ("id")
);
create table "project_stage_template_items" (
  "id" text not null,
  "templateId" text not null,
  "name" text not null,
  "description" text,
  "order" integer not null,
  "weight" double precision not null default 1,
  "isOptional" boolean not null default false,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "project_stage_template_items_pkey" primary key ("id")
);
create table "project_stage_templates" (
  "id" text not null,
  "name" text not null,
  "description" text,
  "projectType" text not null,
  "isDefault" boolean not null default false,
  "isActive" boolean not null default true,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "project_stage_templates_pkey" primary key ("id")
);
create table "project_stages" (
  "id" text not null,
  "projectId" text not null,
  "name" text not null,
  "description" text,
  "order" integer not null,
  "weight" double precision not null default 1,
  "isCompleted" boolean not null default false,
  "completedAt" timestamp(3) without time zone,
  "completedBy" text,
  "isOptional" boolean not null default false,
  "notes" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "project_stages_pkey" primary key ("id")
);
create table "project_vendors" (
  "id" text not null,
  "customerId" text not null,
  "name" text not null,
  "contactPerson" text,
  "email" text,
  "phone" text,
  "address" text,
  "vendorType" text not null,
  "specialization" text,
  "rating" double precision,
  "totalContracts" integer not null default 0,
  "totalValue" double precision not null default 0,
  "currency" text not null default 'NGN'::text,
  "status" text not null default 'active'::text,
  "notes" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "project_vendors_pkey" primary key ("id")
);
create table "properties" (
  "id" text not null,
  "customerId" text not null,
  "ownerId" text not null,
  "name" text not null,
  "propertyType" text not null,
  "address" text not null,
  "city" text not null,
  "state" text not null,
  "postalCode" text not null,
  "country" text not null default 'Nigeria'::text,
  "yearBuilt" integer,
  "totalUnits" integer not null,
  "floors" integer,
  "totalArea" double precision,
  "lotSize" double precision,
  "parking" integer,
  "currency" text not null default 'NGN'::text,
  "avgRent" double precision,
  "status" text not null default 'active'::text,
  "features" jsonb,
  "unitFeatures" jsonb,
  "insuranceProvider" text,
  "insurancePolicyNumber" text,
  "insurancePremium" double precision,
  "insuranceExpiration" timestamp(3) without time zone,
  "propertyTaxes" double precision,
  "coverImage" text,
  "images" jsonb,
  "description" text,
  "notes" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  "securityDeposit" double precision,
  "applicationFee" double precision,
  "cautionFee" double precision,
  "legalFee" double precision,
  "agentCommission" double precision,
  "serviceCharge" double precision,
  "agreementFee" double precision,
  "purchasePrice" double precision,
  "currentValue" double precision,
  constraint "properties_pkey" primary key ("id")
);
create table "property_key_transactions" (
  "id" text not null,
  "keyId" text not null,
  "customerId" text not null,
  "action" text not null,
  "performedById" text,
  "performedByName" text,
  "performedForUserId" text,
  "performedForName" text,
  "personType" text,
  "witnessName" text,
  "witnessSignature" text,
  "depositAmount" double precision,
  "notes" text,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "property_key_transactions_pkey" primary key ("id")
);
create table "property_keys" (
  "id" text not null,
  "customerId" text not null,
  "propertyId" text not null,
  "unitId" text,
  "keyNumber" text not null,
  "keyLabel" text,
  "keyType" text not null,
  "status" text not null default 'available'::text,
  "numberOfCopies" integer not null default 1,
  "location" text,
  "notes" text,
  "issuedToUserId" text,
  "issuedToName" text,
  "issuedToType" text,
  "issuedDate" timestamp(3) without time zone,
  "expectedReturnDate" timestamp(3) without time zone,
  "returnedDate" timestamp(3) without time zone,
  "depositAmount" double precision,
  "depositCurrency" text default 'NGN'::text,
  "depositRefunded" boolean not null default false,
  "depositNotes" text,
  "createdById" text,
  "updatedById" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "property_keys_pkey" primary key ("id")
);
create table "property_managers" (
  "id" text not null,
  "propertyId" text not null,
  "managerId" text not null,
  "permissions" jsonb,
  "isActive" boolean not null default true,
  "assignedAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "property_managers_pkey" primary key ("id")
);
create table "provider_logs" (
  "id" text not null,
  "provider" text not null,
  "documentId" text,
  "endpoint" text not null,
  "requestPayload" jsonb,
  "responsePayload" jsonb,
  "statusCode" integer,
  "duration" integer,
  "success" boolean not null,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "provider_logs_pkey" primary key ("id")
);
create table "purchase_order_items" (
  "id" text not null,
  "purchaseOrderId" text not null,
  "description" text not null,
  "quantity" double precision not null,
  "unitPrice" double precision not null,
  "totalPrice" double precision not null,
  "unit" text,
  "category" text,
  "notes" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "purchase_order_items_pkey" primary key ("id")
);
create table "purchase_orders" (
  "id" text not null,
  "projectId" text not null,
  "customerId" text not null,
  "vendorId" text,
  "poNumber" text not null,
  "description" text not null,
  "category" text not null,
  "totalAmount" double precision not null,
  "currency" text not null default 'NGN'::text,
  "status" text not null default 'pending'::text,
  "itemCount" integer not null default 0,
  "requestedBy" text,
  "approvedBy" text,
  "approvedAt" timestamp(3) without time zone,
  "expiryDate" timestamp(3) without time zone,
  "deliveryDate" timestamp(3) without time zone,
  "terms" text,
  "notes" text,
  "attachments" jsonb,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "purchase_orders_pkey" primary key ("id")
);
create table "refunds" (
  "id" text not null,
  "invoiceId" text not null,
  "amount" double precision not null,
  "currency" text not null default 'NGN'::text,
  "reason" text,
  "actorId" text,
  "externalId" text,
  "metadata" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "refunds_pkey" primary key ("id")
);
create table "report_schedules" (
  "id" text not null,
  "customerId" text not null,
  "userId" text not null,
  "name" text not null,
  "reportType" text not null,
  "propertyId" text,
  "frequency" text not null,
  "dayOfWeek" text,
  "dayOfMonth" integer,
  "time" text not null,
  "email" text not null,
  "status" text not null default 'active'::text,
  "filters" jsonb,
  "lastRun" timestamp(3) without time zone,
  "nextRun" timestamp(3) without time zone not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "report_schedules_pkey" primary key ("id")
);
create table "roles" (
  "id" text not null,
  "name" text not null,
  "description" text,
  "permissions" jsonb not null,
  "isActive" boolean not null default true,
  "isSystem" boolean not null default false,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "roles_pkey" primary key ("id")
);
create table "sessions" (
  "id" text not null,
  "userId" text not null,
  "token" text not null,
  "device" text,
  "browser" text,
  "os" text,
  "ipAddress" text,
  "location" text,
  "userAgent" text,
  "lastActive" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "expiresAt" timestamp(3) without time zone,
  "isActive" boolean not null default true,
  constraint "sessions_pkey" primary key ("id")
);
create table "storage_transactions" (
  "id" text not null,
  "customer_id" text not null,
  "file_id" text,
  "file_path" text not null,
  "file_name" text not null,
  "file_size" bigint not null,
  "file_type" text,
  "action" text not null,
  "uploaded_by" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "metadata" jsonb,
  constraint "storage_transactions_pkey" primary key ("id")
);
create table "storage_usage" (
  "id" text not null,
  "customer_id" text not null,
  "file_type" text not null,
  "category" text,
  "file_count" integer not null default 0,
  "total_size" bigint not null default 0,
  "last_updated" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "storage_usage_pkey" primary key ("id")
);
create table "submission_responses" (
  "id" text not null,
  "submissionId" text not null,
  "responseType" text not null,
  "content" text not null,
  "respondedById" text not null,
  "attachments" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "submission_responses_pkey" primary key ("id")
);
create table "subscription_events" (
  "id" text not null,
  "customerId" text not null,
  "eventType" text not null,
  "previousStatus" text,
  "newStatus" text,
  "metadata" jsonb,
  "triggeredBy" text not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "subscription_events_pkey" primary key ("id")
);
create table "support_tickets" (
  "id" text not null,
  "customerId" text not null,
  "ticketNumber" text not null,
  "subject" text not null,
  "description" text not null,
  "category" text not null,
  "priority" text not null default 'medium'::text,
  "status" text not null default 'open'::text,
  "assignedTo" text,
  "resolution" text,
  "resolvedAt" timestamp(3) without time zone,
  "attachments" jsonb,
  "tags" text[] default ARRAY[]::text[],
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "support_tickets_pkey" primary key ("id")
);
create table "system_settings" (
  "id" text not null,
  "key" text not null,
  "value" jsonb not null,
  "category" text not null,
  "description" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "system_settings_pkey" primary key ("id")
);
create table "tax_calculations" (
  "id" text not null,
  "propertyId" text,
  "customerId" text not null,
  "taxYear" integer not null,
  "calculationType" text not null default 'annual'::text,
  "totalRentalIncome" double precision not null default 0,
  "otherIncome" double precision not null default 0,
  "totalIncome" double precision not null default 0,
  "rentRelief" double precision not null default 0,
  "otherDeductions" double precision not null default 0,
  "totalDeductions" double precision not null default 0,
  "taxableIncome" double precision not null default 0,
  "personalIncomeTax" double precision not null default 0,
  "capitalGainsTax" double precision not null default 0,
  "propertyTaxes" double precision not null default 0,
  "withholdingTax" double precision not null default 0,
  "totalTaxLiability" double precision not null default 0,
  "propertySalePrice" double precision,
  "propertyPurchasePrice" double precision,
  "capitalGain" double precision,
  "calculationDate" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "notes" text,
  "isFinalized" boolean not null default false,
  "finalizedAt" timestamp(3) without time zone,
  constraint "tax_calculations_pkey" primary key ("id")
);
create table "tax_settings" (
  "id" text not null,
  "customerId" text not null,
  "taxpayerType" text not null default 'individual'::text,
  "taxIdentificationNumber" text,
  "annualRentPaid" double precision,
  "rentReliefAmount" double precision,
  "otherIncomeSources" jsonb,
  "landUseChargeRate" double precision,
  "stampDutyRate" double precision,
  "defaultTaxYear" integer not null default 2026,
  "currency" text not null default 'NGN'::text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "tax_settings_pkey" primary key ("id")
);
create table "team_members" (
  "id" text not null default (gen_random_uuid())::text,
  "customer_id" text not null,
  "user_id" text,
  "role_id" text not null,
  "first_name" text not null,
  "last_name" text not null,
  "email" text not null,
  "phone" text,
  "job_title" text,
  "department" text,
  "status" text not null default 'active'::text,
  "can_approve_invoices" boolean not null default false,
  "approval_limit" numeric(15,2),
  "can_create_invoices" boolean not null default false,
  "can_manage_projects" boolean not null default false,
  "can_view_reports" boolean not null default false,
  "delegate_to" text,
  "delegation_start" timestamp(3) without time zone,
  "delegation_end" timestamp(3) without time zone,
  "invited_by" text,
  "invited_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "joined_at" timestamp(3) without time zone,
  "last_active" timestamp(3) without time zone,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "team_members_pkey" primary key ("id")
);
create table "team_roles" (
  "id" text not null default (gen_random_uuid())::text,
  "customer_id" text,
  "name" text not null,
  "description" text,
  "is_system_role" boolean not null default false,
  "permissions" jsonb not null default '{}'::jsonb,
  "can_approve_invoices" boolean not null default false,
  "approval_limit" numeric(15,2),
  "can_create_invoices" boolean not null default false,
  "can_manage_projects" boolean not null default false,
  "can_view_reports" boolean not null default false,
  "requires_approval_from" text[],
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "team_roles_pkey" primary key ("id")
);
create table "trial_notifications" (
  "id" text not null,
  "customerId" text not null,
  "notificationType" text not null,
  "daysRemaining" integer,
  "sentAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "emailSent" boolean not null default false,
  "smsSent" boolean not null default false,
  "inAppSent" boolean not null default false,
  constraint "trial_notifications_pkey" primary key ("id")
);
create table "units" (
  "id" text not null,
  "propertyId" text not null,
  "unitNumber" text not null,
  "type" text not null,
  "floor" integer,
  "bedrooms" integer not null,
  "bathrooms" double precision not null,
  "size" double precision,
  "monthlyRent" double precision not null,
  "securityDeposit" double precision,
  "status" text not null default 'vacant'::text,
  "features" jsonb,
  "images" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "units_pkey" primary key ("id")
);
create table "users" (
  "id" text not null,
  "customerId" text,
  "name" text not null,
  "email" text not null,
  "password" text,
  "phone" text,
  "role" text not null,
  "department" text,
  "company" text,
  "baseCurrency" text not null default 'USD'::text,
  "bio" text,
  "isActive" boolean not null default true,
  "status" text not null default 'pending'::text,
  "lastLogin" timestamp(3) without time zone,
  "invitedAt" timestamp(3) without time zone,
  "acceptedAt" timestamp(3) without time zone,
  "permissions" jsonb,
  "avatar" text,
  "is_temp_password" boolean default false,
  "temp_password_expires_at" timestamp(3) without time zone,
  "must_change_password" boolean default false,
  "kycStatus" text default 'pending'::text,
  "kycVerificationId" text,
  "kycCompletedAt" timestamp(3) without time zone,
  "kycFailureReason" text,
  "kycLastAttemptAt" timestamp(3) without time zone,
  "requiresKyc" boolean not null default false,
  "kycReviewedByOwnerId" text,
  "kycOwnerReviewedAt" timestamp(3) without time zone,
  "kycOwnerApprovalStatus" text,
  "kycOwnerNotes" text,
  "twoFactorEnabled" boolean default false,
  "twoFactorSecret" text,
  "sessionTimeout" integer default 60,
  "loginAlerts" boolean default true,
  "passwordLastChanged" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "users_pkey" primary key ("id")
);
create table "verification_documents" (
  "id" text not null,
  "requestId" text not null,
  "documentType" text not null,
  "documentNumber" text,
  "fileUrl" text not null,
  "fileName" text not null,
  "fileSize" integer not null,
  "mimeType" text not null,
  "status" text not null default 'pending'::text,
  "provider" text,
  "providerReference" text,
  "verificationData" jsonb,
  "confidence" double precision,
  "verifiedAt" timestamp(3) without time zone,
  "failureReason" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "verification_documents_pkey" primary key ("id")
);
create table "verification_history" (
  "id" text not null,
  "requestId" text not null,
  "action" text not null,
  "performedBy" text,
  "details" jsonb,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "verification_history_pkey" primary key ("id")
);
create table "verification_requests" (
  "id" text not null,
  "customerId" text not null,
  "customerEmail" text,
  "customerType" text not null,
  "status" text not null default 'pending'::text,
  "submittedAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "completedAt" timestamp(3) without time zone,
  "reviewedBy" text,
  "reviewedAt" timestamp(3) without time zone,
  "rejectionReason" text,
  "ipAddress" text,
  "userAgent" text,
  constraint "verification_requests_pkey" primary key ("id")
);
create index "approval_history_action_idx" on "approval_history" ("action");
create index "approval_history_actor_id_idx" on "approval_history" ("actor_id");
create index "approval_history_created_at_idx" on "approval_history" ("created_at");
create index "approval_history_invoice_id_idx" on "approval_history" ("invoice_id");
create index "budget_line_items_category_idx" on "budget_line_items" ("category");
create index "budget_line_items_projectId_idx" on "budget_line_items" ("projectId");
create index "budget_line_items_status_idx" on "budget_line_items" ("status");
create index "career_postings_department_idx" on "career_postings" ("department");
create index "career_postings_expiresAt_idx" on "career_postings" ("expiresAt");
create index "career_postings_location_idx" on "career_postings" ("location");
create index "career_postings_postedAt_idx" on "career_postings" ("postedAt");
create index "career_postings_status_idx" on "career_postings" ("status");
create index "career_postings_type_idx" on "career_postings" ("type");
create unique index "customer_users_customerId_userId_key" on "customer_users" ("customerId", "userId");
create unique index "customers_email_key" on "customers" ("email");
create index "customers_gracePeriodEndsAt_idx" on "customers" ("gracePeriodEndsAt");
create index "customers_status_idx" on "customers" ("status");
create index "customers_trialEndsAt_idx" on "customers" ("trialEndsAt");
create index "developer_projects_customerId_idx" on "developer_projects" ("customerId");
create index "developer_projects_developerId_idx" on "developer_projects" ("developerId");
create index "developer_projects_stage_idx" on "developer_projects" ("stage");
create index "developer_projects_status_idx" on "developer_projects" ("status");
create index "documents_projectId_idx" on "documents" ("projectId");
create index "email_queue_customer_id_idx" on "email_queue" ("customer_id");
create index "email_queue_priority_idx" on "email_queue" ("priority" DESC);
create index "email_queue_scheduled_at_idx" on "email_queue" ("scheduled_at");
create index "email_queue_status_idx" on "email_queue" ("status");
create index "email_templates_category_idx" on "email_templates" ("category");
create index "email_templates_is_active_idx" on "email_templates" ("is_active");
create index "email_templates_type_idx" on "email_templates" ("type");
create unique index "email_templates_type_key" on "email_templates" ("type");
create index "expenses_category_idx" on "expenses" ("category");
create index "expenses_date_idx" on "expenses" ("date");
create index "expenses_propertyId_idx" on "expenses" ("propertyId");
create index "expenses_status_idx" on "expenses" ("status");
create index "expenses_visibleToManager_idx" on "expenses" ("visibleToManager");
create index "invoice_approval_workflows_customer_id_idx" on "invoice_approval_workflows" ("customer_id");
create unique index "invoice_approval_workflows_customer_id_name_key" on "invoice_approval_workflows" ("customer_id", "name");
create index "invoice_approval_workflows_is_active_is_default_idx" on "invoice_approval_workflows" ("is_active", "is_default");
create index "invoice_approval_workflows_min_amount_max_amount_idx" on "invoice_approval_workflows" ("min_amount", "max_amount");
create index "invoice_approvals_approver_id_status_idx" on "invoice_approvals" ("approver_id", "status");
create index "invoice_approvals_due_at_status_idx" on "invoice_approvals" ("due_at", "status");
create index "invoice_approvals_invoice_id_idx" on "invoice_approvals" ("invoice_id");
create index "invoice_approvals_status_idx" on "invoice_approvals" ("status");
create index "invoice_approvals_workflow_id_idx" on "invoice_approvals" ("workflow_id");
create index "invoice_attachments_customer_id_idx" on "invoice_attachments" ("customer_id");
create index "invoice_attachments_file_type_idx" on "invoice_attachments" ("file_type");
create index "invoice_attachments_invoice_id_idx" on "invoice_attachments" ("invoice_id");
create index "invoice_attachments_uploaded_at_idx" on "invoice_attachments" ("uploaded_at");
create unique index "invoices_invoiceNumber_key" on "invoices" ("invoiceNumber");
create index "landing_page_submissions_assignedToId_idx" on "landing_page_submissions" ("assignedToId");
create index "landing_page_submissions_createdAt_idx" on "landing_page_submissions" ("createdAt");
create index "landing_page_submissions_email_idx" on "landing_page_submissions" ("email");
create index "landing_page_submissions_formType_idx" on "landing_page_submissions" ("formType");
create index "landing_page_submissions_priority_idx" on "landing_page_submissions" ("priority");
create index "landing_page_submissions_responseStatus_idx" on "landing_page_submissions" ("responseStatus");
create index "landing_page_submissions_status_idx" on "landing_page_submissions" ("status");
create unique index "landing_page_submissions_ticketNumber_key" on "landing_page_submissions" ("ticketNumber");
create unique index "leases_leaseNumber_key" on "leases" ("leaseNumber");
create index "leases_propertyId_idx" on "leases" ("propertyId");
create index "leases_propertyId_status_idx" on "leases" ("propertyId", "status");
create index "leases_status_idx" on "leases" ("status");
create index "leases_tenantId_idx" on "leases" ("tenantId");
create unique index "maintenance_requests_ticketNumber_key" on "maintenance_requests" ("ticketNumber");
create index "mrr_snapshots_customerId_idx" on "mrr_snapshots" ("customerId");
create unique index "mrr_snapshots_customerId_month_key" on "mrr_snapshots" ("customerId", "month");
create index "mrr_snapshots_month_idx" on "mrr_snapshots" ("month");
create index "notification_logs_created_at_idx" on "notification_logs" ("created_at" DESC);
create index "notification_logs_customer_id_idx" on "notification_logs" ("customer_id");
create index "notification_logs_notification_id_idx" on "notification_logs" ("notification_id");
create index "notification_preferences_customer_id_idx" on "notification_preferences" ("customer_id");
create unique index "notification_preferences_user_id_customer_id_key" on "notification_preferences" ("user_id", "customer_id");
create index "notification_preferences_user_id_idx" on "notification_preferences" ("user_id");
create index "notification_templates_customer_id_idx" on "notification_templates" ("customer_id");
create unique index "notification_templates_customer_id_name_type_key" on "notification_templates" ("customer_id", "name", "type");
create index "notification_templates_is_active_idx" on "notification_templates" ("is_active");
create index "notification_templates_type_idx" on "notification_templates" ("type");
create index "idx_notifications_user_unread" on "notifications" ("user_id", "read");
create index "notifications_created_at_idx" on "notifications" ("created_at" DESC);
create index "notifications_customer_id_idx" on "notifications" ("customer_id");
create index "notifications_read_idx" on "notifications" ("read");
create index "notifications_type_idx" on "notifications" ("type");
create index "notifications_user_id_idx" on "notifications" ("user_id");
create index "onboarding_applications_applicationType_idx" on "onboarding_applications" ("applicationType");
create index "onboarding_applications_createdAt_idx" on "onboarding_applications" ("createdAt");
create unique index "onboarding_applications_customerId_key" on "onboarding_applications" ("customerId");
create index "onboarding_applications_email_idx" on "onboarding_applications" ("email");
create unique index "onboarding_applications_email_key" on "onboarding_applications" ("email");
create index "onboarding_applications_reviewStatus_idx" on "onboarding_applications" ("reviewStatus");
create index "onboarding_applications_status_idx" on "onboarding_applications" ("status");
create unique index "onboarding_applications_userId_key" on "onboarding_applications" ("userId");
create index "payment_methods_customerId_idx" on "payment_methods" ("customerId");
create index "payment_methods_isActive_idx" on "payment_methods" ("isActive");
create index "payment_methods_isDefault_idx" on "payment_methods" ("isDefault");
create index "payment_methods_tenantId_idx" on "payment_methods" ("tenantId");
create unique index "payment_settings_customerId_provider_key" on "payment_settings" ("customerId", "provider");
create index "payments_customerId_idx" on "payments" ("customerId");
create index "payments_leaseId_idx" on "payments" ("leaseId");
create index "payments_paidAt_idx" on "payments" ("paidAt");
create index "payments_paymentMethodId_idx" on "payments" ("paymentMethodId");
create index "payments_propertyId_idx" on "payments" ("propertyId");
create index "payments_propertyId_status_idx" on "payments" ("propertyId", "status");
create index "payments_provider_idx" on "payments" ("provider");
create index "payments_status_idx" on "payments" ("status");
create unique index "plans_name_key" on "plans" ("name");
create index "project_cash_flow_snapshots_periodStart_idx" on "project_cash_flow_snapshots" ("periodStart");
create index "project_cash_flow_snapshots_periodType_idx" on "project_cash_flow_snapshots" ("periodType");
create index "project_cash_flow_snapshots_projectId_idx" on "project_cash_flow_snapshots" ("projectId");
create unique index "project_cash_flow_snapshots_projectId_periodType_periodStar_key" on "project_cash_flow_snapshots" ("projectId", "periodType", "periodStart");
create index "project_expenses_category_idx" on "project_expenses" ("category");
create index "project_expenses_expenseType_idx" on "project_expenses" ("expenseType");
create unique index "project_expenses_invoiceNumber_key" on "project_expenses" ("invoiceNumber");
create index "project_expenses_paidDate_idx" on "project_expenses" ("paidDate");
create index "project_expenses_projectId_idx" on "project_expenses" ("projectId");
create index "project_expenses_status_idx" on "project_expenses" ("status");
create index "project_expenses_vendorId_idx" on "project_expenses" ("vendorId");
create index "project_forecasts_forecastDate_idx" on "project_forecasts" ("forecastDate");
create index "project_forecasts_forecastType_idx" on "project_forecasts" ("forecastType");
create index "project_forecasts_projectId_idx" on "project_forecasts" ("projectId");
create index "project_funding_customerId_idx" on "project_funding" ("customerId");
create index "project_funding_fundingType_idx" on "project_funding" ("fundingType");
create index "project_funding_projectId_idx" on "project_funding" ("projectId");
create index "project_funding_receivedDate_idx" on "project_funding" ("receivedDate");
create unique index "project_funding_referenceNumber_key" on "project_funding" ("referenceNumber");
create index "project_funding_status_idx" on "project_funding" ("status");
create index "project_invoices_category_idx" on "project_invoices" ("category");
create unique index "project_invoices_invoiceNumber_key" on "project_invoices" ("invoiceNumber");
create index "project_invoices_projectId_idx" on "project_invoices" ("projectId");
create index "project_invoices_purchaseOrderId_idx" on "project_invoices" ("purchaseOrderId");
create index "project_invoices_status_idx" on "project_invoices" ("status");
create index "project_invoices_vendorId_idx" on "project_invoices" ("vendorId");
create index "project_milestones_projectId_idx" on "project_milestones" ("projectId");
create index "project_milestones_status_idx" on "project_milestones" ("status");
create index "project_milestones_targetDate_idx" on "project_milestones" ("targetDate");
create index "project_stage_template_items_order_idx" on "project_stage_template_items" ("order");
create index "project_stage_template_items_templateId_idx" on "project_stage_template_items" ("templateId");
create unique index "project_stage_templates_name_key" on "project_stage_templates" ("name");
create index "project_stages_isCompleted_idx" on "project_stages" ("isCompleted");
create index "project_stages_order_idx" on "project_stages" ("order");
create index "project_stages_projectId_idx" on "project_stages" ("projectId");
create index "project_vendors_customerId_idx" on "project_vendors" ("customerId");
create index "project_vendors_status_idx" on "project_vendors" ("status");
create index "project_vendors_vendorType_idx" on "project_vendors" ("vendorType");
create index "properties_customerId_idx" on "properties" ("customerId");
create index "properties_ownerId_idx" on "properties" ("ownerId");
create index "properties_status_idx" on "properties" ("status");
create index "property_key_transactions_action_idx" on "property_key_transactions" ("action");
create index "property_key_transactions_customerId_idx" on "property_key_transactions" ("customerId");
create index "property_key_transactions_keyId_idx" on "property_key_transactions" ("keyId");
create index "property_keys_customerId_idx" on "property_keys" ("customerId");
create unique index "property_keys_keyNumber_key" on "property_keys" ("keyNumber");
create index "property_keys_keyType_idx" on "property_keys" ("keyType");
create index "property_keys_propertyId_idx" on "property_keys" ("propertyId");
create index "property_keys_status_idx" on "property_keys" ("status");
create unique index "property_managers_propertyId_managerId_key" on "property_managers" ("propertyId", "managerId");
create index "provider_logs_createdAt_idx" on "provider_logs" ("createdAt");
create index "provider_logs_documentId_idx" on "provider_logs" ("documentId");
create index "provider_logs_provider_idx" on "provider_logs" ("provider");
create index "provider_logs_success_idx" on "provider_logs" ("success");
create index "purchase_order_items_purchaseOrderId_idx" on "purchase_order_items" ("purchaseOrderId");
create index "purchase_orders_createdAt_idx" on "purchase_orders" ("createdAt");
create index "purchase_orders_customerId_idx" on "purchase_orders" ("customerId");
create unique index "purchase_orders_poNumber_key" on "purchase_orders" ("poNumber");
create index "purchase_orders_projectId_idx" on "purchase_orders" ("projectId");
create index "purchase_orders_status_idx" on "purchase_orders" ("status");
create index "purchase_orders_vendorId_idx" on "purchase_orders" ("vendorId");
create index "report_schedules_customerId_idx" on "report_schedules" ("customerId");
create index "report_schedules_nextRun_idx" on "report_schedules" ("nextRun");
create index "report_schedules_status_idx" on "report_schedules" ("status");
create index "report_schedules_userId_idx" on "report_schedules" ("userId");
create unique index "roles_name_key" on "roles" ("name");
create index "sessions_isActive_idx" on "sessions" ("isActive");
create index "sessions_token_idx" on "sessions" ("token");
create unique index "sessions_token_key" on "sessions" ("token");
create index "sessions_userId_idx" on "sessions" ("userId");
create index "storage_transactions_action_idx" on "storage_transactions" ("action");
create index "storage_transactions_created_at_idx" on "storage_transactions" ("created_at");
create index "storage_transactions_customer_id_idx" on "storage_transactions" ("customer_id");
create index "storage_transactions_file_path_idx" on "storage_transactions" ("file_path");
create unique index "storage_usage_customer_id_file_type_category_key" on "storage_usage" ("customer_id", "file_type", "category");
create index "storage_usage_customer_id_idx" on "storage_usage" ("customer_id");
create index "storage_usage_file_type_idx" on "storage_usage" ("file_type");
create index "submission_responses_createdAt_idx" on "submission_responses" ("createdAt");
create index "submission_responses_respondedById_idx" on "submission_responses" ("respondedById");
create index "submission_responses_submissionId_idx" on "submission_responses" ("submissionId");
create index "subscription_events_createdAt_idx" on "subscription_events" ("createdAt");
create index "subscription_events_customerId_idx" on "subscription_events" ("customerId");
create index "subscription_events_eventType_idx" on "subscription_events" ("eventType");
create unique index "support_tickets_ticketNumber_key" on "support_tickets" ("ticketNumber");
create unique index "system_settings_key_key" on "system_settings" ("key");
create index "tax_calculations_calculationType_idx" on "tax_calculations" ("calculationType");
create index "tax_calculations_customerId_idx" on "tax_calculations" ("customerId");
create unique index "tax_calculations_customerId_taxYear_calculationType_propert_key" on "tax_calculations" ("customerId", "taxYear", "calculationType", "propertyId");
create index "tax_calculations_propertyId_idx" on "tax_calculations" ("propertyId");
create index "tax_calculations_taxYear_idx" on "tax_calculations" ("taxYear");
create unique index "tax_settings_customerId_key" on "tax_settings" ("customerId");
create index "team_members_can_approve_invoices_status_idx" on "team_members" ("can_approve_invoices", "status");
create unique index "team_members_customer_id_email_key" on "team_members" ("customer_id", "email");
create index "team_members_customer_id_idx" on "team_members" ("customer_id");
create index "team_members_email_idx" on "team_members" ("email");
create index "team_members_role_id_idx" on "team_members" ("role_id");
create index "team_members_status_idx" on "team_members" ("status");
create index "team_members_user_id_idx" on "team_members" ("user_id");
create index "team_roles_customer_id_idx" on "team_roles" ("customer_id");
create unique index "team_roles_customer_id_name_key" on "team_roles" ("customer_id", "name");
create index "team_roles_is_system_role_idx" on "team_roles" ("is_system_role");
create index "trial_notifications_customerId_idx" on "trial_notifications" ("customerId");
create index "trial_notifications_notificationType_idx" on "trial_notifications" ("notificationType");
create index "trial_notifications_sentAt_idx" on "trial_notifications" ("sentAt");
create index "units_propertyId_idx" on "units" ("propertyId");
create unique index "units_propertyId_unitNumber_key" on "units" ("propertyId", "unitNumber");
create index "units_status_idx" on "units" ("status");
create unique index "users_email_key" on "users" ("email");
create index "verification_documents_createdAt_idx" on "verification_documents" ("createdAt");
create index "verification_documents_documentType_idx" on "verification_documents" ("documentType");
create index "verification_documents_requestId_idx" on "verification_documents" ("requestId");
create index "verification_documents_status_idx" on "verification_documents" ("status");
create index "verification_history_action_idx" on "verification_history" ("action");
create index "verification_history_createdAt_idx" on "verification_history" ("createdAt");
create index "verification_history_requestId_idx" on "verification_history" ("requestId");
create index "verification_requests_customerEmail_idx" on "verification_requests" ("customerEmail");
create index "verification_requests_customerId_idx" on "verification_requests" ("customerId");
create index "verification_requests_status_idx" on "verification_requests" ("status");
create index "verification_requests_submittedAt_idx" on "verification_requests" ("submittedAt");
alter table "activity_logs" add constraint "activity_logs_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete set null;
alter table "activity_logs" add constraint "activity_logs_userId_fkey" foreign key ("userId") references "users" ("id") on delete set null;
alter table "approval_history" add constraint "approval_history_actor_id_fkey" foreign key ("actor_id") references "team_members" ("id") on delete set null;
alter table "approval_history" add constraint "approval_history_approval_id_fkey" foreign key ("approval_id") references "invoice_approvals" ("id") on delete set null;
alter table "approval_history" add constraint "approval_history_invoice_id_fkey" foreign key ("invoice_id") references "project_invoices" ("id") on delete cascade;
alter table "budget_line_items" add constraint "budget_line_items_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "customer_users" add constraint "customer_users_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "customer_users" add constraint "customer_users_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "customers" add constraint "customers_planId_fkey" foreign key ("planId") references "plans" ("id") on delete set null;
alter table "developer_projects" add constraint "developer_projects_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "developer_projects" add constraint "developer_projects_developerId_fkey" foreign key ("developerId") references "users" ("id") on delete restrict;
alter table "documents" add constraint "documents_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "documents" add constraint "documents_managerId_fkey" foreign key ("managerId") references "users" ("id") on delete set null;
alter table "documents" add constraint "documents_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "documents" add constraint "documents_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete cascade;
alter table "documents" add constraint "documents_tenantId_fkey" foreign key ("tenantId") references "users" ("id") on delete cascade;
alter table "documents" add constraint "documents_unitId_fkey" foreign key ("unitId") references "units" ("id") on delete set null;
alter table "documents" add constraint "documents_uploadedById_fkey" foreign key ("uploadedById") references "users" ("id") on delete restrict;
alter table "email_queue" add constraint "email_queue_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "email_queue" add constraint "email_queue_user_id_fkey" foreign key ("user_id") references "users" ("id") on delete set null;
alter table "email_templates" add constraint "email_templates_created_by_fkey" foreign key ("created_by") references "users" ("id") on delete set null;
alter table "email_templates" add constraint "email_templates_updated_by_fkey" foreign key ("updated_by") references "users" ("id") on delete set null;
alter table "expenses" add constraint "expenses_approvedBy_fkey" foreign key ("approvedBy") references "users" ("id") on delete set null;
alter table "expenses" add constraint "expenses_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete cascade;
alter table "expenses" add constraint "expenses_recordedBy_fkey" foreign key ("recordedBy") references "users" ("id") on delete restrict;
alter table "expenses" add constraint "expenses_unitId_fkey" foreign key ("unitId") references "units" ("id") on delete set null;
alter table "invoice_approval_workflows" add constraint "invoice_approval_workflows_created_by_fkey" foreign key ("created_by") references "users" ("id") on delete set null;
alter table "invoice_approval_workflows" add constraint "invoice_approval_workflows_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "invoice_approvals" add constraint "invoice_approvals_approver_id_fkey" foreign key ("approver_id") references "team_members" ("id") on delete restrict;
alter table "invoice_approvals" add constraint "invoice_approvals_delegated_to_fkey" foreign key ("delegated_to") references "team_members" ("id") on delete set null;
alter table "invoice_approvals" add constraint "invoice_approvals_invoice_id_fkey" foreign key ("invoice_id") references "project_invoices" ("id") on delete cascade;
alter table "invoice_approvals" add constraint "invoice_approvals_workflow_id_fkey" foreign key ("workflow_id") references "invoice_approval_workflows" ("id") on delete set null;
alter table "invoice_attachments" add constraint "invoice_attachments_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "invoice_attachments" add constraint "invoice_attachments_invoice_id_fkey" foreign key ("invoice_id") references "project_invoices" ("id") on delete cascade;
alter table "invoice_attachments" add constraint "invoice_attachments_uploaded_by_fkey" foreign key ("uploaded_by") references "users" ("id") on delete restrict;
alter table "invoices" add constraint "invoices_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "landing_page_submissions" add constraint "landing_page_submissions_assignedToId_fkey" foreign key ("assignedToId") references "users" ("id") on delete set null;
alter table "landing_page_submissions" add constraint "landing_page_submissions_responseBy_fkey" foreign key ("responseBy") references "users" ("id") on delete set null;
alter table "leases" add constraint "leases_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete cascade;
alter table "leases" add constraint "leases_tenantId_fkey" foreign key ("tenantId") references "users" ("id") on delete restrict;
alter table "leases" add constraint "leases_unitId_fkey" foreign key ("unitId") references "units" ("id") on delete set null;
alter table "maintenance_requests" add constraint "maintenance_requests_assignedToId_fkey" foreign key ("assignedToId") references "users" ("id") on delete set null;
alter table "maintenance_requests" add constraint "maintenance_requests_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete cascade;
alter table "maintenance_requests" add constraint "maintenance_requests_reportedById_fkey" foreign key ("reportedById") references "users" ("id") on delete restrict;
alter table "maintenance_requests" add constraint "maintenance_requests_unitId_fkey" foreign key ("unitId") references "units" ("id") on delete set null;
alter table "maintenance_updates" add constraint "maintenance_updates_requestId_fkey" foreign key ("requestId") references "maintenance_requests" ("id") on delete cascade;
alter table "maintenance_updates" add constraint "maintenance_updates_updatedById_fkey" foreign key ("updatedById") references "users" ("id") on delete restrict;
alter table "mrr_snapshots" add constraint "mrr_snapshots_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "notification_logs" add constraint "notification_logs_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "notification_logs" add constraint "notification_logs_notification_id_fkey" foreign key ("notification_id") references "notifications" ("id") on delete cascade;
alter table "notification_logs" add constraint "notification_logs_user_id_fkey" foreign key ("user_id") references "users" ("id") on delete set null;
alter table "notification_preferences" add constraint "notification_preferences_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "notification_preferences" add constraint "notification_preferences_user_id_fkey" foreign key ("user_id") references "users" ("id") on delete cascade;
alter table "notification_templates" add constraint "notification_templates_created_by_fkey" foreign key ("created_by") references "users" ("id") on delete set null;
alter table "notification_templates" add constraint "notification_templates_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "notifications" add constraint "notifications_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "notifications" add constraint "notifications_user_id_fkey" foreign key ("user_id") references "users" ("id") on delete cascade;
alter table "onboarding_applications" add constraint "onboarding_applications_activatedBy_fkey" foreign key ("activatedBy") references "users" ("id") on delete set null;
alter table "onboarding_applications" add constraint "onboarding_applications_approvedBy_fkey" foreign key ("approvedBy") references "users" ("id") on delete set null;
alter table "onboarding_applications" add constraint "onboarding_applications_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete set null;
alter table "onboarding_applications" add constraint "onboarding_applications_reviewedBy_fkey" foreign key ("reviewedBy") references "users" ("id") on delete set null;
alter table "onboarding_applications" add constraint "onboarding_applications_selectedPlanId_fkey" foreign key ("selectedPlanId") references "plans" ("id") on delete set null;
alter table "payment_methods" add constraint "payment_methods_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "payment_methods" add constraint "payment_methods_tenantId_fkey" foreign key ("tenantId") references "users" ("id") on delete cascade;
alter table "payment_settings" add constraint "payment_settings_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "payments" add constraint "payments_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "payments" add constraint "payments_invoiceId_fkey" foreign key ("invoiceId") references "invoices" ("id") on delete set null;
alter table "payments" add constraint "payments_leaseId_fkey" foreign key ("leaseId") references "leases" ("id") on delete set null;
alter table "payments" add constraint "payments_paymentMethodId_fkey" foreign key ("paymentMethodId") references "payment_methods" ("id") on delete set null;
alter table "payments" add constraint "payments_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete set null;
alter table "payments" add constraint "payments_tenantId_fkey" foreign key ("tenantId") references "users" ("id") on delete set null;
alter table "payments" add constraint "payments_unitId_fkey" foreign key ("unitId") references "units" ("id") on delete set null;
alter table "project_cash_flow_snapshots" add constraint "project_cash_flow_snapshots_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "project_expenses" add constraint "project_expenses_approvedBy_fkey" foreign key ("approvedBy") references "users" ("id") on delete set null;
alter table "project_expenses" add constraint "project_expenses_budgetLineItemId_fkey" foreign key ("budgetLineItemId") references "budget_line_items" ("id") on delete set null;
alter table "project_expenses" add constraint "project_expenses_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "project_expenses" add constraint "project_expenses_vendorId_fkey" foreign key ("vendorId") references "project_vendors" ("id") on delete set null;
alter table "project_forecasts" add constraint "project_forecasts_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "project_funding" add constraint "project_funding_approvedBy_fkey" foreign key ("approvedBy") references "users" ("id") on delete set null;
alter table "project_funding" add constraint "project_funding_createdBy_fkey" foreign key ("createdBy") references "users" ("id") on delete set null;
alter table "project_funding" add constraint "project_funding_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "project_funding" add constraint "project_funding_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "project_invoices" add constraint "project_invoices_approvedBy_fkey" foreign key ("approvedBy") references "users" ("id") on delete set null;
alter table "project_invoices" add constraint "project_invoices_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "project_invoices" add constraint "project_invoices_purchaseOrderId_fkey" foreign key ("purchaseOrderId") references "purchase_orders" ("id") on delete set null;
alter table "project_invoices" add constraint "project_invoices_vendorId_fkey" foreign key ("vendorId") references "project_vendors" ("id") on delete set null;
alter table "project_milestones" add constraint "project_milestones_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "project_stage_template_items" add constraint "project_stage_template_items_templateId_fkey" foreign key ("templateId") references "project_stage_templates" ("id") on delete cascade;
alter table "project_stages" add constraint "project_stages_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "project_vendors" add constraint "project_vendors_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "properties" add constraint "properties_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "properties" add constraint "properties_ownerId_fkey" foreign key ("ownerId") references "users" ("id") on delete restrict;
alter table "property_key_transactions" add constraint "property_key_transactions_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "property_key_transactions" add constraint "property_key_transactions_keyId_fkey" foreign key ("keyId") references "property_keys" ("id") on delete cascade;
alter table "property_key_transactions" add constraint "property_key_transactions_performedById_fkey" foreign key ("performedById") references "users" ("id") on delete set null;
alter table "property_key_transactions" add constraint "property_key_transactions_performedForUserId_fkey" foreign key ("performedForUserId") references "users" ("id") on delete set null;
alter table "property_keys" add constraint "property_keys_createdById_fkey" foreign key ("createdById") references "users" ("id") on delete set null;
alter table "property_keys" add constraint "property_keys_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "property_keys" add constraint "property_keys_issuedToUserId_fkey" foreign key ("issuedToUserId") references "users" ("id") on delete set null;
alter table "property_keys" add constraint "property_keys_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete cascade;
alter table "property_keys" add constraint "property_keys_unitId_fkey" foreign key ("unitId") references "units" ("id") on delete set null;
alter table "property_keys" add constraint "property_keys_updatedById_fkey" foreign key ("updatedById") references "users" ("id") on delete set null;
alter table "property_managers" add constraint "property_managers_managerId_fkey" foreign key ("managerId") references "users" ("id") on delete restrict;
alter table "property_managers" add constraint "property_managers_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete cascade;
alter table "purchase_order_items" add constraint "purchase_order_items_purchaseOrderId_fkey" foreign key ("purchaseOrderId") references "purchase_orders" ("id") on delete cascade;
alter table "purchase_orders" add constraint "purchase_orders_approvedBy_fkey" foreign key ("approvedBy") references "users" ("id") on delete set null;
alter table "purchase_orders" add constraint "purchase_orders_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "purchase_orders" add constraint "purchase_orders_projectId_fkey" foreign key ("projectId") references "developer_projects" ("id") on delete cascade;
alter table "purchase_orders" add constraint "purchase_orders_requestedBy_fkey" foreign key ("requestedBy") references "users" ("id") on delete set null;
alter table "purchase_orders" add constraint "purchase_orders_vendorId_fkey" foreign key ("vendorId") references "project_vendors" ("id") on delete set null;
alter table "refunds" add constraint "refunds_invoiceId_fkey" foreign key ("invoiceId") references "invoices" ("id") on delete cascade;
alter table "report_schedules" add constraint "report_schedules_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "report_schedules" add constraint "report_schedules_userId_fkey" foreign key ("userId") references "users" ("id") on delete restrict;
alter table "sessions" add constraint "sessions_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "storage_transactions" add constraint "storage_transactions_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "storage_transactions" add constraint "storage_transactions_uploaded_by_fkey" foreign key ("uploaded_by") references "users" ("id") on delete set null;
alter table "storage_usage" add constraint "storage_usage_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "submission_responses" add constraint "submission_responses_respondedById_fkey" foreign key ("respondedById") references "users" ("id") on delete restrict;
alter table "submission_responses" add constraint "submission_responses_submissionId_fkey" foreign key ("submissionId") references "landing_page_submissions" ("id") on delete cascade;
alter table "subscription_events" add constraint "subscription_events_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "support_tickets" add constraint "support_tickets_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "tax_calculations" add constraint "tax_calculations_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "tax_calculations" add constraint "tax_calculations_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete cascade;
alter table "tax_settings" add constraint "tax_settings_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "team_members" add constraint "team_members_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "team_members" add constraint "team_members_delegate_to_fkey" foreign key ("delegate_to") references "team_members" ("id") on delete set null;
alter table "team_members" add constraint "team_members_invited_by_fkey" foreign key ("invited_by") references "users" ("id") on delete set null;
alter table "team_members" add constraint "team_members_role_id_fkey" foreign key ("role_id") references "team_roles" ("id") on delete restrict;
alter table "team_members" add constraint "team_members_user_id_fkey" foreign key ("user_id") references "users" ("id") on delete cascade;
alter table "team_roles" add constraint "team_roles_customer_id_fkey" foreign key ("customer_id") references "customers" ("id") on delete cascade;
alter table "trial_notifications" add constraint "trial_notifications_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "units" add constraint "units_propertyId_fkey" foreign key ("propertyId") references "properties" ("id") on delete cascade;
alter table "users" add constraint "users_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "verification_documents" add constraint "verification_documents_requestId_fkey" foreign key ("requestId") references "verification_requests" ("id") on delete cascade;
alter table "verification_history" add constraint "verification_history_requestId_fkey" foreign key ("requestId") references "verification_requests" ("id") on delete cascade;
alter table "verification_requests" add constraint "verification_requests_customerId_fkey" foreign key ("customerId") references "customers" ("id") on delete cascade;
alter table "verification_requests" add constraint "verification_requests_reviewedBy_fkey" foreign key ("reviewedBy") references "users" ("id") on delete set null;
