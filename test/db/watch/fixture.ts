/** A contract with something of everything that is read in another way: catalogs, expressions, rows, records. */
import type { Constraint, Index } from "../../../src/model/schema.js";
import { column, contractOf, feature, migrated, relation, use } from "../../support/builders.js";

const ROWS = { id: "plans", relation: { schema: "public", name: "plans" }, where: null, atLeast: 1, atMost: null };
const CHECK: Constraint = {
  ...{ name: "short", kind: "check", validated: true, enforced: true, deferrable: false, initiallyDeferred: false },
  expression: { text: "(length(name) < 99)", renderings: ["(length(name) < 99)"] },
};
const KEY: Index = {
  ...{ name: "users_name", method: "btree", include: [], predicate: null, unique: true, nullsNotDistinct: false },
  ...{ constraint: null, immediate: true, valid: true, ready: true, building: false },
  keys: [
    ...[
      { column: "name", expression: null, descending: false, nullsFirst: false, operatorClass: null, collation: null },
    ],
  ],
};
export const CONTRACT = contractOf(
  migrated(["1_init"], {
    relations: [
      relation("users", [column("id"), column("name", { nullable: true })], { constraints: [CHECK], indexes: [KEY] }),
      relation("plans", [column("id")]),
    ],
    features: [
      feature("read", [use("users", { select: ["id", "name"] }), use("plans", { select: ["id"] })], { rows: [ROWS] }),
    ],
  }),
);
/** The schema that satisfies it, for a role that may read everything. */
export const schemaFor = (
  role: string,
) => `drop schema public cascade; create schema public; grant usage on schema public to ${role};
  create table users (id text not null, name text constraint short check (length(name) < 99));
  create unique index users_name on users (name);
  create table plans (id text not null);
  insert into plans values ('free');
  create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
    migration_name varchar(255) not null, logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0);
  insert into _prisma_migrations values ('1', repeat('a', 64), now(), '1_init', null, null, now() - interval '1 s', 1);
  grant select on all tables in schema public to ${role}`;
