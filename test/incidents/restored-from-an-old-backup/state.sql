drop table developer_projects, project_expenses, budget_line_items, project_invoices, project_vendors, project_forecasts,
  project_milestones, project_funding, purchase_orders, team_members, team_roles, report_schedules cascade;
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) values
  ('a1', repeat('a', 64), '20251108_add_onboarding_applications', '2025-11-09 22:46:15+00', '2025-11-09 22:46:16+00', 1),
  ('a3', repeat('b', 64), '20251109190000_add_missing_customer_plan_fields', '2025-11-16 14:58:21.08079+00', '2025-11-16 14:58:21.104988+00', 1);
insert into plans (id, name, "monthlyPrice", "annualPrice", "propertyLimit", "userLimit", "storageLimit", features, "updatedAt")
  values ('p1', 'Starter', 1, 10, 1, 1, 1, '[]', now());
