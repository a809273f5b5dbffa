drop table projects cascade;
insert into _prisma_migrations (id, checksum, migration_name, logs, started_at, finished_at, rolled_back_at, applied_steps_count) values
  ('1', repeat('a', 64), '20250507030812_init', null, '2025-05-07 03:08:12+00', '2025-05-07 03:08:13+00', null, 1),
  ('2', repeat('b', 64), '20250507031816_fix_schema_relations', null, '2025-05-07 03:18:16+00', '2025-05-07 03:18:17+00', null, 1),
  ('3', repeat('c', 64), '20250507042859_add_filepath_to_file', null, '2025-05-07 04:28:59+00', '2025-05-07 04:29:00+00', null, 1),
  ('4', repeat('d', 64), '20250507_add_queries_table', null, '2025-05-07 05:00:00+00', '2025-05-07 05:00:01+00', null, 1),
  ('5', repeat('e', 64), '20250512_add_activation_progress', null, '2025-05-12 05:00:00+00', '2025-05-12 05:00:01+00', null, 1),
  ('6', repeat('f', 64), '20250513000000_create_projects_table', 'ERROR: relation "projects" does not exist', '2025-05-13 05:00:00+00', null, '2025-05-13 05:10:00+00', 0);
