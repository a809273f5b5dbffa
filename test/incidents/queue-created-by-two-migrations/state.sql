insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  select 'b' || at, repeat('a', 64), name, timestamptz '2025-10-15 03:00:00+00', timestamptz '2025-10-15 03:00:01+00', 1
  from unnest(array['20250507030812_init', '20250507031816_fix_schema_relations', '20250507042859_add_filepath_to_file', '20250507_add_queries_table', '20250512_add_activation_progress']) with ordinality as done(name, at);
alter table files drop column project_id cascade;
drop table projects cascade;
insert into _prisma_migrations (id, checksum, migration_name, started_at, logs) values
  ('c1', repeat('d', 64), '20250512_add_error_handling', '2025-05-13 04:00:00+00', 'A migration failed to apply. New migrations cannot be applied before the error is recovered from.

Migration name: 20250512_add_error_handling

Database error code: 42P07

Database error:
ERROR: relation "dead_letter_queue" already exists');
