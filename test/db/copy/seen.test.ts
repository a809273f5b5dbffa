/** Whether every object of a migration is there: on real databases, with the comparison that verifies. */
import { afterEach, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { unseenMigrations } from "../../../src/copy/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { verify } from "../../../src/verify.js";
import { directoryOf, type Folder } from "../replay/support.js";
import { useCopies } from "./support.js";

const copies = useCopies();
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** The database as `state` makes it; of the folder, all but `0_done` are to be recorded. */
async function unseen(state: string, folder: Folder) {
  const connection = await copies.server().connect();
  opened.push(() => connection.close());
  await connection.execute(state);
  const result = await unseenMigrations({
    ...{ connection, directory: directoryOf(folder), applied: ["0_done"], schemas: ["public"] },
    migrations: Object.keys(folder).filter((name) => name !== "0_done"),
    scratch: copies.server(),
    gapsOn: async (contract) => {
      const report = await verify({
        contract,
        connection: parseConnectionString(connection.url),
        limits: DEFAULT_LIMITS,
      });
      return report.gaps;
    },
  });
  return Object.fromEntries(result);
}

const DONE = "create table users (id int primary key, name text);";
const A = "alter table users add email text not null default ''; create unique index users_email on users (email);";

it("everything is there, by whatever name and in whatever order", async () => {
  const state =
    "create table users (email text not null default '', id int primary key, name text); create unique index other on users (email);";
  expect(await unseen(state, { "0_done": DONE, "1_a": A })).toEqual({});
});

it("what is missing or different is named, with the migration that makes it", async () => {
  const state = `${DONE} alter table users add email varchar(5) not null default '';`;
  const found = await unseen(state, { "0_done": DONE, "1_a": A, "2_b": "create table posts (id int);" });
  expect(found).toEqual({ "1_a": expect.stringContaining("email"), "2_b": expect.stringContaining("posts") });
});

it("what a later migration changes is looked for as that one leaves it", async () => {
  const folder = { "0_done": DONE, "1_a": A, "2_b": "alter table users rename email to mail;" };
  const state = `${DONE} alter table users add mail text not null default ''; create unique index users_email on users (mail);`;
  expect(await unseen(state, folder)).toEqual({});
});

it("what a migration drops must be gone", async () => {
  const folder = { "0_done": DONE, "1_a": "alter table users drop column name; drop table if exists old;" };
  expect(await unseen("create table users (id int primary key);", folder)).toEqual({});
  expect(await unseen(`${DONE} create table old ();`, folder)).toEqual({
    "1_a": "table public.old is still there; column public.users.name is still there",
  });
});

it("bodies of functions, views and triggers are looked at, too", async () => {
  const make = (body: number) =>
    `create function f() returns int language sql as 'select ${body}'; create view v as select ${body} as n;`;
  expect(await unseen(make(1), { "1_a": make(1) })).toEqual({});
  expect(await unseen(make(2), { "1_a": make(1) })).toEqual({
    "1_a": "view public.v has another definition; function public.f() has another definition",
  });
});

it("a folder that cannot be built shows nothing", async () => {
  expect(await unseen(DONE, { "0_done": DONE, "1_a": "alter table nowhere add n int;" })).toEqual({
    "1_a": "what it makes cannot be built: Migration 1_a cannot be replayed.",
  });
});
