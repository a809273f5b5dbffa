/** The versions of the catalogs: every change shows, noise does not, and nothing is waited for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { areVersionsCheap, readVersions } from "../../../src/catalog/index.js";
import { HASHED_CATALOGS, OTHER_CATALOGS, versionsQuery } from "../../../src/catalog/queries/versions.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, type ReadSession, withReadSession } from "../../../src/db/index.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

let database: TestDatabase;
let role: { readonly name: string; readonly url: string };

beforeAll(async () => {
  database = await createTestDatabase("versions");
  role = await database.createRole();
  await database.sql(`
    create type mood as enum ('good', 'bad'); create sequence numbers; create domain short as text check (length(value) < 9);
    create function twice(integer) returns integer language sql immutable as 'select $1 * 2';
    create table users (id serial primary key, name text not null default 'x', mood mood default 'good', age integer check (age > 0));
    create table posts (id integer primary key, author integer references users, doubled integer generated always as (twice(id)) stored);
    create index posts_author on posts (author) where author > 0; create view names as select name from users;
    create policy own on posts using (true); create schema other; create collation plain (locale = 'C');
    create function touch() returns trigger language plpgsql as 'begin return new; end';
    create trigger touched before insert on users for each row execute function touch();
    create table parts (at date) partition by range (at); create table part partition of parts for values from ('2025-01-01') to ('2026-01-01')`);
});
afterAll(() => database.drop());

const inSession = <T>(work: (session: ReadSession) => Promise<T>, url = database.url) =>
  withReadSession(parseConnectionString(url), DEFAULT_LIMITS, work);
const versions = () => inSession(readVersions);

/** Tests that run at the same time on this server make roles of their own. */
const SHARED = ["roles", "pg_auth_members", "pg_db_role_setting"];
const alone = (sources: readonly string[]) => sources.filter((source) => !SHARED.includes(source));

/** Sources whose line is another than before. */
function differing(before: string | null, after: string | null): string[] {
  const lines = (before ?? "").split("\n");
  return (after ?? "")
    .split("\n")
    .filter((line) => !lines.includes(line))
    .map((line) => line.split(" ")[0] ?? "");
}

describe("the versions of the catalogs", () => {
  it("are of every catalog that the server has, or it is known why not", async () => {
    const rows = await database.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r'",
    );
    const known = [...HASHED_CATALOGS, ...OTHER_CATALOGS];
    expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  it.each([
    ["alter table users alter name drop not null", "pg_attribute"],
    ["alter table users alter name set default 'y'", "pg_attrdef"],
    ["alter table users add unique (name)", "pg_constraint"],
    ["alter table users drop constraint users_age_check", "pg_constraint"],
    ["alter index posts_author rename to renamed", "pg_class"],
    ["create index extra on users (mood)", "pg_index"],
    ["drop index extra", "pg_index"],
    ["alter type mood rename to feeling", "pg_type"],
    ["alter type feeling rename value 'bad' to 'sad'", "pg_enum"],
    ["alter type feeling add value 'great' before 'good'", "pg_enum"],
    ["alter function twice(integer) rename to doubled", "pg_proc"],
    ["alter sequence users_id_seq rename to renamed_seq", "pg_class"],
    ["alter sequence numbers increment 5", "pg_sequence"],
    ["alter sequence numbers owned by users.id", "pg_depend"],
    ["alter schema other rename to another", "pg_namespace"],
    ["alter collation plain rename to simple", "pg_collation"],
    ["alter domain short add check (value <> '')", "pg_constraint"],
    ["alter table users disable trigger touched", "pg_trigger"],
    ["create or replace view names as select name, id from users", "pg_rewrite"],
    ["alter policy own on posts using (false)", "pg_policy"],
    ["alter table posts enable row level security", "pg_class"],
    ["alter table parts detach partition part", "pg_inherits"],
    ["grant select on users to ROLE", "pg_class"],
    ["grant select (author) on posts to ROLE", "pg_attribute"],
    ["grant usage on schema another to ROLE", "pg_namespace"],
    ["grant pg_read_all_data to ROLE", "pg_auth_members"],
    ["revoke pg_read_all_data from ROLE", "pg_auth_members"],
    ["alter role ROLE bypassrls", "roles"],
    ["alter role ROLE nologin", "roles"],
    ["alter role ROLE set search_path = other", "pg_db_role_setting"],
    ["revoke connect on database DATABASE from public", "pg_database"],
    ["update pg_index set indisvalid = false where indexrelid = 'renamed'::regclass", "pg_index"],
    ["drop extension plpgsql cascade", "pg_extension"],
  ])("change with %s", async (statement, source) => {
    const before = await versions();
    const named = statement.replaceAll("ROLE", role.name).replaceAll("DATABASE", database.name);
    await database.sql(`set allow_system_table_mods = on; ${named}`);
    expect(differing(before, await versions())).toContain(source);
  });

  it.each([
    ["rows", "insert into users (name) select 'n' || i from generate_series(1, 50) as i"],
    ["numbers of a sequence", "select nextval('numbers')"],
    ["VACUUM and ANALYZE", "vacuum analyze users; vacuum freeze users"],
    ["VACUUM of catalogs", "vacuum pg_catalog.pg_class; vacuum freeze pg_catalog.pg_attribute"],
    [
      "temporary objects",
      "create temp table t (id serial primary key, v mood_or_text check (v <> '') default 'x' unique)",
    ],
    ["temporary views", "create temp table t2 (id int); create temp view v2 as select id from t2"],
    ["what is undone", "begin; alter table users add column gone integer; rollback"],
    ["comments", "comment on table users is 'people'"],
  ])("stay the same with %s", async (_, script) => {
    const before = await versions();
    for (const statement of script.replaceAll("mood_or_text", "text").split("; ")) await inOneSession(statement);
    expect(alone(differing(before, await versions()))).toEqual([]);
  });

  it("are the same for a role that may read no table, and wait for no lock", async () => {
    const reader = await database.createRole();
    await database.sql(
      "set allow_system_table_mods = on; grant connect on database DATABASE to public".replace(
        "DATABASE",
        database.name,
      ),
    );
    const migration = await database.connect();
    try {
      await migration.query(
        "begin; lock table users, posts in access exclusive mode; alter table users add column waiting integer",
      );
      const seen = await versions();
      expect(seen).not.toBeNull();
      expect(alone(differing(seen, await inSession(readVersions, reader.url)))).toEqual([]);
      await migration.query("commit");
      expect(differing(seen, await versions())).toContain("pg_attribute");
    } finally {
      await migration.end();
    }
  });

  it("can be told without hashing records, as PostgreSQL 13 must", async () => {
    const asText = () =>
      inSession(async (session) => {
        const rows = await session.query<{ source: string; hash: string }>(versionsQuery(130_000, true));
        return rows.map(({ source, hash }) => `${source} ${hash}`).join("\n");
      });
    const before = await asText();
    expect(alone(differing(before, await asText()))).toEqual([]);
    await database.sql("alter table users rename to people");
    expect(alone(differing(before, await asText()))).toEqual(["pg_class", "pg_type"]);
  });

  it("are not asked for where reading what is named costs less", async () => {
    expect(await inSession((session) => areVersionsCheap(session, 1))).toBe(true);
    const columns = Array.from({ length: 300 }, (_, i) => `c${i} text`).join(", ");
    const tables = Array.from({ length: 400 }, (_, i) => `create table wide${i} (${columns})`);
    await database.sql(tables.join("; "));
    expect(await inSession((session) => areVersionsCheap(session, 1))).toBe(false);
    expect(await inSession((session) => areVersionsCheap(session, 400))).toBe(true);
  });
});

/** Temporary objects live as long as their session, which is still open when the versions are read. */
const sessions = new Map<string, Awaited<ReturnType<TestDatabase["connect"]>>>();
async function inOneSession(statement: string): Promise<void> {
  const session = sessions.get("one") ?? (await database.connect());
  sessions.set("one", session);
  await session.query(statement);
}
