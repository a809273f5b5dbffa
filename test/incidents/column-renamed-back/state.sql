alter table customers rename column "postalCode" to "zipCode";
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count, logs) values
  ('a0', repeat('c', 64), '20251022105116_rename_zipcode_to_postalcode', '2025-10-30 09:12:44.1+00', null, 0,
   'A migration failed to apply. Database error code: 42703

Database error:
ERROR: column "zipcode" does not exist');
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  select 'b' || at, repeat('a', 64), name, timestamptz '2025-12-07 03:00:00+00', timestamptz '2025-12-07 03:00:01+00', 1
  from unnest(array['20251108_add_onboarding_applications', '20251109190000_add_missing_customer_plan_fields',
    '20251123082858_add_unit_limit_to_plans', '20251123134500_add_developer_project_tables',
    '20251123210301_add_missing_project_tables', '20251206_add_report_schedules_table']) with ordinality as done(name, at);
insert into plans (id, name, "monthlyPrice", "annualPrice", "propertyLimit", "userLimit", "storageLimit", features, "updatedAt")
  values ('p1', 'Starter', 1, 10, 1, 1, 1, '[]', now());
insert into team_roles (id, name, permissions, updated_at) values ('r1', 'Owner', '{}', now());
