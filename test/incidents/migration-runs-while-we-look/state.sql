insert into _prisma_migrations (id, checksum, migration_name, started_at)
  values ('r1', repeat('e', 64), '20260103000000_invoices', '2026-01-03 09:00:00+00');
