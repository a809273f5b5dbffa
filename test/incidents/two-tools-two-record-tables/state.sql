create table products (id text primary key, title text not null);
create schema billing;
create table billing.payments (id text primary key);
create table billing.flyway_schema_history (installed_rank int primary key, version varchar(50), description varchar(200) not null,
  type varchar(20) not null, script varchar(1000) not null, checksum int, installed_by varchar(100) not null,
  installed_on timestamp not null default now(), execution_time int not null, success boolean not null);
insert into billing.flyway_schema_history values
  (1, '1', 'payments', 'SQL', 'V1__payments.sql', 12345, 'billing', '2026-01-02 10:00:00', 12, true),
  (2, '2', 'refunds', 'SQL', 'V2__refunds.sql', 23456, 'billing', '2026-01-03 10:00:00', 7, false);
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  values ('a1', repeat('a', 64), '20260101000000_products', '2026-01-01 09:00:00+00', '2026-01-01 09:00:01+00', 1);
