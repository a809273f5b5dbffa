update _prisma_migrations set started_at = finished_at, logs = '', applied_steps_count = 0 where migration_name = '20260101000000_init';
