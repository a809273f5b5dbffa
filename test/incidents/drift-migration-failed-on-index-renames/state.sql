insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  select 'b' || at, repeat('a', 64), name, timestamptz '2025-10-15 03:00:00+00', timestamptz '2025-10-15 03:00:01+00', 1
  from unnest(array['20251108_add_onboarding_applications', '20251109190000_add_missing_customer_plan_fields', '20251123082858_add_unit_limit_to_plans', '20251123134500_add_developer_project_tables', '20251123210301_add_missing_project_tables', '20251206_add_report_schedules_table']) with ordinality as done(name, at);
insert into _prisma_migrations (id, checksum, migration_name, started_at, logs) values
  ('c1', repeat('d', 64), '20251228225021_sync_schema_drift', '2025-12-28 23:01:10+00', 'A migration failed to apply. New migrations cannot be applied before the error is recovered from.

Migration name: 20251228225021_sync_schema_drift

Database error code: 42704

Database error:
ERROR: index "customer_verification_idx" does not exist');
insert into plans (id, name, "monthlyPrice", "annualPrice", "propertyLimit", "userLimit", "storageLimit", features, "updatedAt")
  values ('p1', 'Starter', 1, 10, 1, 1, 1, '[]', now());
insert into team_roles (id, name, permissions, updated_at) values ('r1', 'Owner', '{}', now());
