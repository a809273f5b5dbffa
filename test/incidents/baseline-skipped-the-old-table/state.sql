create table invoices (id text primary key, amount text not null);
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  values ('g1', '62e240f6cdbdf9d3ffc76c90dbbf531242eafd7f810ceadb45e82486227c96c4', '20260103000000_invoices', '2026-01-05 09:00:00+00', '2026-01-05 09:00:01+00', 1);
