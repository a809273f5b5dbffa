/** Each statement of src/repair/ddl mends what another statement broke: verify finds the gap before it, and none after it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { contractFromModel } from "../../../src/expect/index.js";
import type { Contract } from "../../../src/model/contract.js";
import * as ddl from "../../../src/repair/ddl/index.js";
import { verify } from "../../../src/verify.js";
import { readDefinitions, readModel } from "../../support/models.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { app_, found, partsOf, SCHEMA } from "./parts.js";

let database: TestDatabase;
let contract: Contract;

beforeAll(async () => {
  database = await createTestDatabase("altered");
  await database.sql(SCHEMA);
  const model = await readModel(database.url, ["app", "audit"]);
  const definitions = await readDefinitions(database.url, ["app", "audit"]);
  const origin = { schema: "app", name: "a", source: "database", migrations: null, provenance: [] } as const;
  contract = contractFromModel({ ...origin, model, definitions, partitions: true });
});
afterAll(() => database.drop());

const { app, known, relation, constraint, column, index, key, foreignKey, domain, optionsOf } = partsOf(() => contract);

interface Case {
  readonly breaks: string;
  readonly code: string;
  readonly mends: () => readonly string[];
  /** Since this major version of PostgreSQL. */
  readonly since?: number;
}

const CASES: readonly Case[] = [
  {
    breaks: "alter table app.people drop column price",
    code: "MISSING_COLUMN",
    mends: () => {
      const price = constraint("people", "people_price_check");
      return [
        ddl.addColumn(relation("people"), column("people", "price")),
        ddl.addConstraint(relation("people"), price, { notValid: true }),
        ddl.validateConstraint(relation("people"), price.name),
        ddl.createIndex(relation("people"), index("people", "people_slug"), { concurrently: true }),
      ];
    },
  },
  {
    breaks: "alter table app.wide drop column amount",
    code: "MISSING_COLUMN",
    mends: () => [
      ddl.addColumn(relation("wide"), column("wide", "amount"), { notNull: false }),
      ddl.setNotNull(relation("wide"), "amount"),
      ddl.createIndex(relation("wide"), index("wide", "wide_amount"), { concurrently: false }),
    ],
  },
  {
    breaks: "alter table app.people drop column id",
    code: "MISSING_COLUMN",
    mends: () => {
      const id = column("people", "id");
      const sequence = id.sequence ?? app_("none");
      return [
        ddl.createSequence(sequence, { dataType: id.type.text }),
        ddl.addColumn(relation("people"), id),
        ddl.setSequenceOwner(sequence, relation("people"), "id"),
        ddl.addConstraint(relation("people"), key("people", "people_pkey")),
      ];
    },
  },
  {
    breaks: "alter table audit.log drop column id",
    code: "MISSING_COLUMN",
    mends: () => {
      const identityOptions = known().find(({ kind }) => kind === "identity")?.sql[0] ?? null;
      return [ddl.addColumn(relation("log"), column("log", "id"), { identityOptions })];
    },
  },
  {
    breaks: "alter table app.people alter column score type smallint",
    code: "COLUMN_TYPE",
    mends: () => [ddl.alterType(relation("people"), column("people", "score"))],
  },
  {
    breaks:
      "alter table app.wide drop column twice, drop constraint wide_small; drop index app.wide_amount; alter table app.wide alter column small type text",
    code: "COLUMN_TYPE",
    mends: () => [
      ddl.alterType(relation("wide"), column("wide", "small"), "small::smallint"),
      ddl.addColumn(relation("wide"), column("wide", "twice")),
      ddl.addConstraint(relation("wide"), constraint("wide", "wide_small")),
      ddl.createIndex(relation("wide"), index("wide", "wide_amount"), { concurrently: true }),
    ],
  },
  {
    breaks: 'alter table app.wide alter column note type text collate "default"',
    code: "COLUMN_COLLATION",
    mends: () => [ddl.setCollation(relation("wide"), column("wide", "note"))],
  },
  {
    breaks: "alter table app.teams alter column tags drop not null",
    code: "COLUMN_NULLABILITY",
    mends: () => [ddl.setNotNull(relation("teams"), "tags")],
  },
  {
    breaks: "update app.wide set nothing = 'x'; alter table app.wide alter column nothing set not null",
    code: "COLUMN_NULLABILITY",
    mends: () => [ddl.dropNotNull(relation("wide"), "nothing")],
  },
  {
    breaks: "alter table app.people alter column feeling set default 'sad'",
    code: "COLUMN_DEFAULT",
    mends: () => [ddl.setDefault(relation("people"), "feeling", column("people", "feeling").default?.text ?? "")],
  },
  {
    breaks: "alter table audit.log alter column id set generated always",
    code: "COLUMN_IDENTITY",
    mends: () => [ddl.setIdentity(relation("log"), column("log", "id"))],
  },
  {
    breaks: "alter table app.teams alter column id drop identity",
    code: "COLUMN_IDENTITY",
    mends: () => [ddl.addIdentity(relation("teams"), column("teams", "id"))],
  },
  {
    breaks: "alter table app.wide alter column twice drop expression",
    code: "COLUMN_GENERATED",
    mends: () => [ddl.replaceGenerated(relation("wide"), column("wide", "twice"))],
  },
  {
    breaks: "alter table app.wide alter column twice set expression as (small * 3)",
    code: "COLUMN_GENERATED",
    mends: () => [ddl.setExpression(relation("wide"), column("wide", "twice"))],
    since: 17,
  },
  {
    breaks: "alter table app.wide rename column note to remark",
    code: "MISSING_COLUMN",
    mends: () => [ddl.renameColumn(relation("wide"), "remark", "note")],
  },
  {
    breaks: "alter table app.wide rename to narrow",
    code: "MISSING_TABLE",
    mends: () => [ddl.renameTable(app_("narrow"), "wide")],
  },
  {
    breaks: "alter table app.wide set schema audit",
    code: "MISSING_TABLE",
    mends: () => [ddl.setTableSchema({ schema: "audit", name: "wide" }, "app")],
  },
  {
    breaks: "alter table app.wide drop constraint wide_note",
    code: "MISSING_CONSTRAINT",
    mends: () => [
      ddl.createIndex(
        relation("wide"),
        { ...index("wide", "wide_note") },
        { concurrently: true, name: "wide_note_new" },
      ),
      ddl.addUniqueUsingIndex(relation("wide"), key("wide", "wide_note"), "wide_note_new"),
    ],
  },
  {
    breaks: "alter table app.wide drop constraint wide_team",
    code: "MISSING_CONSTRAINT",
    mends: () => [
      ddl.addConstraint(relation("wide"), foreignKey("wide", "wide_team"), { notValid: true }),
      ddl.validateConstraint(relation("wide"), "wide_team"),
    ],
  },
  {
    breaks: "alter table app.people alter constraint people_team_fkey not deferrable",
    code: "CONSTRAINT_DEFINITION",
    mends: () => [ddl.alterForeignKeyDeferrable(relation("people"), foreignKey("people", "people_team_fkey"))],
  },
  {
    breaks: "alter table app.bookings drop constraint bookings_room_during_excl",
    code: "MISSING_CONSTRAINT",
    mends: () => {
      const excluded = constraint("bookings", "bookings_room_during_excl");
      return [
        ddl.addConstraint(
          relation("bookings"),
          excluded,
          ddl.constraintOptions(relation("bookings"), excluded, known()),
        ),
      ];
    },
  },
  {
    breaks: "alter table app.bookings drop constraint bookings_room_during_excl",
    code: "MISSING_CONSTRAINT",
    mends: () => [ddl.addConstraint(relation("bookings"), constraint("bookings", "bookings_room_during_excl"))],
  },
  {
    breaks: "drop index app.wide_small_note; create index wide_small_note on app.wide (small, note)",
    code: "MISSING_INDEX",
    mends: () => [
      ddl.createIndex(relation("wide"), index("wide", "wide_small_note"), {
        concurrently: true,
        name: "wide_small_note_right",
      }),
      ddl.dropIndex(app_("wide_small_note"), { concurrently: true }),
      ddl.renameIndex(app_("wide_small_note_right"), "wide_small_note"),
    ],
  },
  {
    breaks: "drop index app.events_kind",
    code: "MISSING_INDEX",
    mends: () => [
      ddl.createIndex(relation("events"), index("events", "events_kind"), { concurrently: false, only: true }),
      ddl.createIndex(app_("events_2025"), index("events", "events_kind"), { concurrently: true, name: "first" }),
      ddl.createIndex(app_("events_rest"), index("events", "events_kind"), { concurrently: true, name: "rest" }),
      ddl.attachIndexPartition(app_("events_kind"), app_("first")),
      ddl.attachIndexPartition(app_("events_kind"), app_("rest")),
    ],
  },
  {
    breaks: "drop table app.events_2025",
    code: "MISSING_TABLE",
    mends: () => ddl.createTable(relation("events_2025"), { definitions: known() }),
  },
  {
    breaks: "drop table app.bookings",
    code: "MISSING_TABLE",
    mends: () => {
      const bookings = relation("bookings");
      const { keys } = ddl.laterParts(bookings, app().relations, { definitions: known() });
      return [...ddl.createTable(bookings), ...keys.map((each) => ddl.addConstraint(bookings, each))];
    },
  },
  {
    breaks: "alter type app.mood rename value 'ok' to 'fine'",
    code: "MISSING_ENUM_LABEL",
    mends: () => [ddl.renameEnumLabel(app_("mood"), "fine", "ok")],
  },
  {
    breaks: "alter type app.mood rename value 'ok' to 'fine'",
    code: "MISSING_ENUM_LABEL",
    mends: () => [
      ddl.addEnumLabel(app_("mood"), "ok", { after: "sad" }),
      ddl.setDefault(relation("people"), "feeling", column("people", "feeling").default?.text ?? ""),
    ],
  },
  {
    breaks:
      "alter domain app.email drop not null; alter domain app.email drop default; alter domain app.email drop constraint email_check",
    code: "DOMAIN_DEFINITION",
    mends: () => {
      const email = domain("email");
      const check = found(email.checks, () => true);
      return [
        ddl.setDomainNotNull(email),
        ddl.setDomainDefault(email, email.default?.text ?? ""),
        ddl.addDomainCheck(email, check, { notValid: true }),
        ddl.validateDomainCheck(email, check.name),
      ];
    },
  },
  {
    breaks:
      "alter domain app.plain set not null; alter domain app.plain set default 'x'; alter domain app.plain add constraint plain_x check (value <> 'y')",
    code: "DOMAIN_DEFINITION",
    mends: () => [
      ddl.dropDomainNotNull(app_("plain")),
      ddl.dropDomainDefault(app_("plain")),
      ddl.dropDomainCheck(app_("plain"), "plain_x"),
    ],
  },
  {
    breaks: "drop domain app.plain",
    code: "MISSING_DOMAIN",
    mends: () => [ddl.createDomain(domain("plain"))],
  },
  {
    breaks: "drop sequence app.codes",
    code: "MISSING_SEQUENCE",
    mends: () => [ddl.createSequence(app_("codes"), { options: optionsOf("codes") })],
  },
  {
    breaks: "drop procedure app.tidy",
    code: "MISSING_FUNCTION",
    mends: () => ddl.createPrinted(known(), "function", { ...app_("tidy()"), relation: null }),
  },
  {
    breaks: "drop view app.team_names",
    code: "MISSING_VIEW",
    mends: () => ddl.createPrinted(known(), "view", { ...app_("team_names"), relation: null }),
  },
  {
    breaks: "drop materialized view app.counts",
    code: "MISSING_VIEW",
    mends: () => [
      ...ddl.createPrinted(known(), "view", { ...app_("counts"), relation: null }),
      ddl.createIndex(relation("counts"), index("counts", "counts_team"), { concurrently: true }),
    ],
  },
  {
    breaks: "drop trigger people_stamp on app.people",
    code: "MISSING_TRIGGER",
    mends: () => ddl.createPrinted(known(), "trigger", { ...app_("people_stamp"), relation: "people" }),
  },
  {
    breaks: "alter table app.people disable trigger people_stamp",
    code: "MISSING_TRIGGER",
    mends: () => [ddl.enableTrigger(relation("people"), "people_stamp")],
  },
  {
    breaks:
      "alter table app.teams add column owner text not null default 'x'; alter table app.teams alter column owner drop default",
    code: "BLOCKING_EXTRA_COLUMN",
    mends: () => [ddl.dropNotNull(relation("teams"), "owner")],
  },
  {
    breaks: "alter table app.teams add constraint short check (length(name) < 9)",
    code: "BLOCKING_EXTRA_CONSTRAINT",
    mends: () => [ddl.dropConstraint(relation("teams"), "short")],
  },
];

async function gapsOf(url: string): Promise<string[]> {
  const report = await verify({ contract, connection: parseConnectionString(url), limits: DEFAULT_LIMITS });
  return [...report.gaps.map(({ code }) => code), ...report.unverified.map(({ reason }) => reason)];
}

describe("a statement that mends", () => {
  it.for(CASES)("$code: $breaks", async ({ breaks, code, mends, since = 0 }, { skip }) => {
    if (database.serverVersion < since * 10_000) skip(`this server is older than PostgreSQL ${since}`);
    const copy = await createTestDatabase("mended");
    try {
      await copy.sql(SCHEMA);
      await copy.sql(breaks);
      expect(await gapsOf(copy.url)).toContain(code);
      // One by one: CONCURRENTLY and ADD VALUE stand outside of transactions.
      for (const statement of mends()) await copy.sql(statement);
      expect(await gapsOf(copy.url)).toEqual([]);
    } finally {
      await copy.drop();
    }
  });
});
