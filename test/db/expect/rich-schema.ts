/** A schema with one of each thing that a contract can hold, for tests that compare a database with itself. */

export const RICH_SCHEMA = `
create schema app;
set search_path = app, public;
create extension if not exists btree_gist schema public;
create type mood as enum ('sad', 'ok', 'happy');
create domain email as varchar(200) not null default 'nobody@example.com' check (value in ('a@b', 'nobody@example.com') or value like '%@%');
create sequence tickets start 100;

create function stamp() returns trigger language plpgsql as $$ begin new.updated := now(); return new; end $$;
create function slug(value text, separator text default '-') returns text language sql immutable
  as $$ select lower(replace(value, ' ', separator)) $$;
create procedure tidy() language sql as $$ select 1 $$;

create table teams (
  id bigint generated always as identity primary key,
  name varchar(80) not null collate "C",
  state varchar(10) not null default 'open' check (state in ('open', 'closed')),
  tags text[] not null default '{}',
  settings jsonb not null default '{"a": [1, 2]}',
  unique (name) include (state)
);
create table people (
  id serial primary key,
  "Display Name" text,
  address email,
  feeling mood default 'ok',
  feelings mood[],
  team bigint references teams (id) on update cascade on delete set null deferrable initially deferred,
  ticket bigint not null default nextval('tickets'),
  price numeric(10, 2) check (price > 0),
  born timestamp(3) with time zone default now(),
  updated timestamptz,
  slug text generated always as (slug("Display Name")) stored,
  score integer not null default (1 + 1),
  constraint positive check (score > 0) not valid,
  "__proto__" text
);
create index people_slug on people (lower(slug) text_pattern_ops desc nulls last) include (score) where price is not null and feeling <> 'sad';
create unique index people_once on people (lower(address::text)) where score > 1;
create index people_tags on teams using gin (tags);
create trigger people_stamp before update on people for each row execute function stamp();
create trigger people_off before update on people for each row execute function stamp();
alter table people disable trigger people_off;
alter table people drop column updated;
alter table people add column updated timestamptz;

create table bookings (
  room integer, during tstzrange, code integer,
  exclude using gist (room with =, during with &&) where (code > 0),
  unique (code) deferrable
);
create table events (id bigint, day date not null, kind mood, primary key (id, day)) partition by range (day);
create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
create table events_rest partition of events default;
create index events_kind on events (kind);
create table parents (a integer primary key);
create table children (b integer) inherits (parents);

create view team_names as select id, name from teams where state in ('open', 'closed');
create materialized view counts as select team, count(*) as people from people group by team;
create unique index counts_team on counts (team);

create table _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0
);
create table migrations (id serial primary key, title text not null);
`;
