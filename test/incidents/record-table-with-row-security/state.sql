insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  select 'b' || at, repeat('a', 64), name, timestamptz '2025-05-19 03:00:00+00', timestamptz '2025-05-19 03:00:01+00', 1
  from unnest(array['20250507030812_init', '20250507031816_fix_schema_relations', '20250507042859_add_filepath_to_file',
    '20250507_add_queries_table', '20250512_add_activation_progress', '20250513000000_create_projects_table'])
    with ordinality as done(name, at);
alter table _prisma_migrations enable row level security;
