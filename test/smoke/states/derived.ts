/** States that happened to other applications, as the demo application would have them: see elsewhere.ts. */
import type { State } from "./bench.js";
import { RIGHT, RIGHT_BASE } from "./bench.js";

const GRANTS = `grant usage on schema public to ROLE;
  grant select, insert, update, delete on all tables in schema public to ROLE;`;

/** A deployment without any trouble, and then this. */
function right(sql: string, parts: Partial<State> = {}): State {
  return { base: RIGHT_BASE, sql: `${RIGHT}\n${sql}`, ...parts };
}

export const DERIVED: Readonly<Record<string, State>> = {
  "nothing is wrong": right(""),
  "a column of users was renamed": right(`alter table users rename column role to "userRole"`),
  "a name was folded": right(`alter table avatar_generations rename column "projectId" to projectid`),
  "a table was dropped": right("drop table pose_generator_projects cascade"),
  "unique indexes of upserts are missing": right(
    `drop index "devices_userId_deviceId_key"; drop index "apps_appId_key"`,
  ),
  "a unique index is invalid": right(
    `drop index "devices_userId_deviceId_key";
     insert into devices (id, "userId", "deviceId", "deviceName", "deviceType") values ('device-2', 'customer', 'd', 'd', 'd')`,
    { attempts: [`create unique index concurrently "devices_userId_deviceId_key" on devices ("userId", "deviceId")`] },
  ),
  "a foreign key that cascades is missing": right(`alter table credits drop constraint "credits_userId_fkey"`),
  "a default was lost": right("alter table users alter column role drop default"),
  "a column has another type": right("alter table credits alter column balance type numeric"),
  "the role may not write": right("", { role: `${GRANTS} revoke insert on avatar_generations from ROLE;` }),
  "the role has no usage on the schema": right("revoke all on schema public from public", {
    role: "grant select, insert, update, delete on all tables in schema public to ROLE;",
  }),
  "row security hides the projects": right("alter table avatar_projects enable row level security", { role: GRANTS }),
  "row security hides the migrations": right("alter table _prisma_migrations enable row level security", {
    role: GRANTS,
  }),
  "the next release dropped a column": right(
    `alter table avatars drop column style;
     insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ('z1', repeat('e', 64), '20251101_drop_style', '2025-11-01 09:00:00+00', '2025-11-01 09:00:01+00', 1)`,
  ),
  "an old column must not be null": right(
    `alter table avatar_generations add column "inputImageUrl" text not null default '';
     alter table avatar_generations alter column "inputImageUrl" drop default`,
  ),
  "the tables are in another schema": right(`create schema app;
    do $$ declare moved text; begin
      for moved in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
        execute format('alter table public.%I set schema app', moved);
      end loop;
    end $$`),
  "the application works on another database": right(`alter table users drop column "unlimitedPoseActive"`, {
    look: "right",
  }),
  "only the application does not reach its database": right("drop table avatar_presets cascade", {
    application: "nobody",
  }),
};
