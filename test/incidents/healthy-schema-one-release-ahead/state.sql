alter table users add column "avatarUrl" text;
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  values ('z1', repeat('e', 64), '20260201000000_next_release', '2026-02-01 09:00:00+00', '2026-02-01 09:00:01+00', 1);
