/** Statements that hurt a table with rows, and how the same is done without: for the rules, and for PostgreSQL itself. */

/** Made by an earlier migration, so that they may have rows. */
export const TABLES = `
create type mood as enum ('sad', 'ok');
create table users (id bigint primary key, email varchar(100) not null, name varchar, age int, price numeric(10, 2), feeling mood, at timestamp(3));
create table posts (id bigint primary key, author bigint);
create index posts_author on posts (author);
create materialized view top as select 1 as a;
create view readers as select id from users;`;

/** What the statement does to a table that may have rows, and how the same is done without harm. */
export const CASES: readonly (readonly [code: string, hurts: string, safe: string])[] = [
  ["ADD_COLUMN_NOT_NULL", "alter table users add a int not null", "alter table users add a int not null default 1"],
  ["ADD_COLUMN_NOT_NULL", "alter table users add a int not null default null", "alter table users add a int"],
  [
    "ADD_COLUMN_REWRITES",
    "alter table users add a uuid default gen_random_uuid()",
    "alter table users add a timestamptz not null default now()",
  ],
  [
    "ADD_COLUMN_REWRITES",
    "alter table users add a float default (random() * 2)",
    "alter table users add a text default upper('a')",
  ],
  ["ADD_COLUMN_REWRITES", "alter table users add a serial", "alter table users add a int"],
  [
    "ADD_COLUMN_REWRITES",
    "alter table users add a int generated always as identity",
    "alter table users add a int not null default 0",
  ],
  [
    "ADD_COLUMN_REWRITES",
    "alter table users add a int generated always as (age + 1) stored",
    "alter table users add a int generated always as (age + 1) virtual",
  ],
  ["ALTER_TYPE_REWRITES", "alter table users alter age type bigint", "alter table users alter email type varchar(200)"],
  ["ALTER_TYPE_REWRITES", "alter table users alter email type varchar(50)", "alter table users alter email type text"],
  [
    "ALTER_TYPE_REWRITES",
    "alter table users alter name type varchar(50)",
    "alter table users alter name set data type text",
  ],
  [
    "ALTER_TYPE_REWRITES",
    "alter table users alter price type numeric(10, 3)",
    "alter table users alter price type numeric(12, 2)",
  ],
  [
    "ALTER_TYPE_REWRITES",
    "alter table users alter at type timestamptz(3)",
    "alter table users alter at type timestamp(6)",
  ],
  [
    "ALTER_TYPE_REWRITES",
    "alter table users alter email type text using lower(email)",
    "alter table users alter email type text using email::text",
  ],
  [
    "ALTER_TYPE_REWRITES",
    "alter table users alter feeling type text using feeling::text",
    "alter table users alter price type numeric",
  ],
  ["ALTER_TYPE_REWRITES", "alter table unknown alter a type text", "alter table users alter age set default 4"],
  ["SET_NOT_NULL_SCANS", "alter table users alter name set not null", "alter table users alter email set not null"],
  [
    "ADD_FOREIGN_KEY_SCANS",
    "alter table posts add constraint f foreign key (author) references users (id)",
    "alter table posts add constraint f foreign key (author) references users (id) not valid",
  ],
  [
    "ADD_FOREIGN_KEY_SCANS",
    "alter table posts add editor bigint default 1 references users (id)",
    "alter table posts add editor bigint references users (id)",
  ],
  [
    "ADD_CHECK_SCANS",
    "alter table users add check (age > 0)",
    "alter table users add constraint c check (age > 0) not valid",
  ],
  ["ADD_CHECK_SCANS", "alter table users add b int check (b > 0)", "alter table users drop constraint if exists c"],
  [
    "ADD_UNIQUE_BUILDS_INDEX",
    "alter table users add unique (email)",
    "alter table users add constraint u unique using index u",
  ],
  [
    "ADD_UNIQUE_BUILDS_INDEX",
    "alter table users add constraint e exclude using gist (id with =)",
    "alter table users add primary key using index u",
  ],
  ["CREATE_INDEX_BLOCKS_WRITES", "create index on users (email)", "create index concurrently i on users (email)"],
  ["REINDEX_BLOCKS_WRITES", "reindex table users", "reindex (concurrently) table users"],
  ["REINDEX_BLOCKS_WRITES", "reindex index posts_author", "reindex index concurrently posts_author"],
  ["REFRESH_BLOCKS_READS", "refresh materialized view top", "refresh materialized view concurrently top"],
  ["REWRITES_TABLE", "vacuum full users", "vacuum users"],
  ["REWRITES_TABLE", "vacuum (full true) users", "vacuum (full false) users"],
  ["REWRITES_TABLE", "cluster users using users_pkey", "analyze users"],
  ["REWRITES_TABLE", "alter table users set unlogged", "alter table users set (fillfactor = 80)"],
  ["REWRITES_TABLE", "alter table users set tablespace fast", "alter table users owner to current_user"],
  [
    "ATTACH_PARTITION_SCANS",
    "alter table users attach partition posts for values in (1)",
    "alter table users detach partition posts",
  ],
  ["LOCK_TABLE", "lock table users", "lock table users in row exclusive mode"],
  ["DROP_TABLE", "drop table users", "drop table if exists pg_temp.x; create table x (a int)"],
  ["DROP_VIEW", "drop view readers", "drop view readers; create view readers as select id, email from users"],
  ["DROP_COLUMN", "alter table users drop column age", "alter table users alter age drop default"],
  ["DROP_SCHEMA", "drop schema audit cascade", "drop schema audit"],
  ["DROP_TYPE", "drop type mood cascade", "drop type mood"],
  ["TRUNCATE_TABLE", "truncate users", "select 1"],
  ["DELETE_ALL_ROWS", "delete from users", "delete from users where id = 1"],
  ["UPDATE_ALL_ROWS", "update users set age = 1", "update users u set age = 1 from posts p where p.author = u.id"],
  ["RENAME_TABLE", "alter table users rename to people", "alter index posts_author rename to i"],
  ["RENAME_TABLE", "alter table users set schema archive", "alter type mood set schema archive"],
  [
    "RENAME_COLUMN",
    "alter table users rename name to full_name",
    "alter table users rename constraint users_pkey to pk",
  ],
  ["RENAME_ENUM_LABEL", "alter type mood rename value 'ok' to 'fine'", "alter type mood add value 'fine'"],
];
