/** Reading only what changed gives what reading everything gives. */
import { expect, it } from "vitest";
import { readSnapshot, refresh } from "../../../src/expect/replay/snapshot.js";
import { useReplay } from "./support.js";

const replayed = useReplay();

const STEPS = [
  "create table a (id int primary key, n text default 'x', at date)",
  "alter table a add w varchar(5)",
  "alter table a alter w type varchar(9)",
  "create schema s",
  "create type s.mood as enum ('a')",
  "alter type s.mood add value 'b'",
  "alter type s.mood add value 'c' before 'a'",
  "create table s.b (id serial, m s.mood default 'a', a int references a)",
  "alter table a alter n set default 'y'",
  "alter table a alter n drop default",
  "alter table a alter n set not null",
  "alter table a add check (id > 0) not valid",
  "alter table a validate constraint a_id_check",
  "create index on s.b (m) where id > 1",
  "create unique index i on a (n)",
  "alter table a add unique using index i",
  "create view v as select id from a",
  "create or replace view v as select id, n from a",
  "create materialized view m as select 1 as one",
  "create function f() returns trigger language plpgsql as $$ begin return new; end $$",
  "create trigger t before insert on a for each row execute function f()",
  "alter table a disable trigger t",
  "alter table a enable row level security",
  "create policy p on a using (true)",
  "create or replace function f() returns trigger language plpgsql as $$ begin return null; end $$",
  "create domain d as text check (value <> '')",
  "alter domain d add constraint c check (value <> 'x')",
  "alter domain d set default 'z'",
  "alter table a add d d",
  "create sequence q",
  "alter sequence q increment 5",
  "alter sequence q owned by a.id",
  "alter sequence q owned by none",
  "create table p (at date) partition by range (at)",
  "create table p1 (at date)",
  "alter table p attach partition p1 for values from ('2025-01-01') to ('2026-01-01')",
  "alter table p detach partition p1",
  "alter table a alter id add generated always as identity (sequence name a_id_seq2)",
  "alter table a alter id drop identity",
  "insert into a (id, n) values (1, 'x')",
  "create extension citext schema s",
  "drop extension citext",
  "drop type s.mood cascade",
  "drop view v",
  "alter table s.b drop constraint b_a_fkey",
  "drop table a cascade",
  "drop schema s cascade",
];

it("after every kind of statement", async () => {
  const connection = await replayed.server().connect();
  try {
    let snapshot = await readSnapshot(connection, "all");
    for (const step of STEPS) {
      const before = snapshot;
      await connection.execute(step);
      snapshot = await refresh(connection, "all", before);
      const whole = await readSnapshot(connection, "all");
      expect(snapshot.model, step).toEqual(whole.model);
      const changesNothing = /^(insert|create policy)/.test(step);
      if (step.startsWith("insert")) expect(snapshot, step).toBe(before);
      else if (!changesNothing) expect(snapshot, step).not.toBe(before);
    }
  } finally {
    await connection.close();
  }
});
