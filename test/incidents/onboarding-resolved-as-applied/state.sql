drop table onboarding_applications cascade;
insert into _prisma_migrations (id, migration_name, checksum, started_at, finished_at, rolled_back_at, applied_steps_count, logs) values
  ('a1', '20251108_add_onboarding_applications', '5682b023509a6377435286af32add54fb75763fb3b5316d25d79f9eebf0ad28f', '2025-11-09 22:44:03.66888+00', null, '2025-11-09 22:45:47.257756+00', 0,
   'A migration failed to apply. ... Database error code: 42P01 ... ERROR: relation "admins" does not exist'),
  ('a2', '20251108_add_onboarding_applications', '5682b023509a6377435286af32add54fb75763fb3b5316d25d79f9eebf0ad28f', '2025-11-09 22:46:15.447749+00', '2025-11-09 22:46:15.447749+00', null, 0, ''),
  ('a3', '20251109190000_add_missing_customer_plan_fields', '2f313c213e40566d85960da3a9166a5431197092762c73d7b82959c29ce0522a', '2025-11-16 14:58:21.08079+00', '2025-11-16 14:58:21.104988+00', null, 1, null),
  ('a4', '20251116132708_add_missing_customer_plan_fields', '488a5cf4341ee1d657b064e95ec90ee3095a0754c33559878558c70de9142ba0', '2025-11-16 14:58:21.109658+00', '2025-11-16 14:58:21.121363+00', null, 1, null);
insert into plans (id, name, "monthlyPrice", "annualPrice", "propertyLimit", "userLimit", "storageLimit", features, "updatedAt")
  values ('p1', 'Starter', 1, 10, 1, 1, 1, '[]', now());
insert into team_roles (id, name, permissions, updated_at) values ('r1', 'Owner', '{}', now());
