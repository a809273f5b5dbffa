import { describe, expect, it } from "vitest";
import { unseenDeeds } from "../../../src/copy/index.js";
import { directoryOf } from "../../db/replay/support.js";

async function unseen(sql: string): Promise<readonly string[] | undefined> {
  return (await unseenDeeds(directoryOf({ a: sql }))).get("a")?.unseen;
}

describe("what no schema shows", () => {
  it.each([
    ["insert into plans (name) values ('secret')", "insert into plans (name) values ('...')"],
    ["update users set plan = 1", "update users set plan = 1"],
    ["delete from users", "delete from users"],
    ["truncate users", "truncate users"],
    [
      "merge into a using b on a.id = b.id when matched then delete",
      "merge into a using b on a.id = b.id when matched then delete",
    ],
    [
      "with moved as (delete from a returning *) select * from moved",
      "with moved as (delete from a returning *) select * from moved",
    ],
    ["select setval('a_id_seq', 100)", "select setval('...', 100)"],
    ["create table b as select 1 as n", "create table b as select 1 as n"],
    ["grant select on a to app", "grant select on a to app"],
    ["create policy p on a using (true)", "create policy p on a using (true)"],
    ["create type pair as (a int, b int)", "create type pair as (a int, b int)"],
    ["call fill()", "call fill()"],
    ["do $$ begin insert into a values (1); end $$", "do '...'"],
    ["do $$ begin perform fill(); end $$", "do '...'"],
    ["do $$ begin execute 'create table ' || current_user || ' ()'; end $$", "do '...'"],
    ["do $$ begin create table t (); update t set a = 1; end $$", "do '...'"],
    ["do language plpython3u $$ plpy.execute('x') $$", "do language plpython3u '...'"],
    ["this is no SQL", "this is no SQL"],
  ])("%s", async (sql, text) => {
    expect(await unseen(`create table first ();\n${sql};`)).toEqual([text]);
  });

  it("rows of a dump", async () => {
    expect(await unseen("copy a (id) from stdin;\n1\n\\.\n")).toContain("COPY ... FROM stdin");
  });
});

describe("what a schema shows, or nobody misses", () => {
  it.each([
    "create table a (id int references b on update cascade on delete set null); alter table a add n int; create index on a (n);",
    "create type mood as enum ('a'); alter type mood add value 'b'; create view v as select 1; drop table if exists old;",
    "set lock_timeout = '5s'; begin; comment on table a is 'x'; commit; alter table a owner to b;",
    "select pg_catalog.set_config('search_path', '', false); select 1;",
    "do $$ begin alter table a add constraint k foreign key (b) references b (id) on delete cascade on update cascade; exception when duplicate_object then null; end $$;",
    "do $$ begin if not exists (select 1 from pg_type where typname = 'mood') then create type mood as enum ('a'); end if; end $$;",
    "create materialized view m as select count(*) from a;",
    "-- nothing\n",
  ])("%s", async (sql) => {
    expect(await unseen(sql)).toEqual([]);
  });
});
