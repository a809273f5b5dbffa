import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { contractFromModel, parseContract, printContract } from "../../../src/expect/index.js";
import type { Contract } from "../../../src/model/contract.js";
import type { Report } from "../../../src/model/report.js";
import { verify } from "../../../src/verify.js";
import { readDefinitions, readModel } from "../../support/models.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { RICH_SCHEMA } from "./rich-schema.js";

let database: TestDatabase;
let contract: Contract;

async function compile(url: string): Promise<Contract> {
  const model = await readModel(url, ["app"]);
  const definitions = await readDefinitions(url, ["app"]);
  return contractFromModel({
    model,
    definitions,
    schema: "app",
    name: "rich",
    source: "database",
    migrations: null,
    provenance: [],
  });
}

function look(url: string): Promise<Report> {
  return verify({ contract, connection: parseConnectionString(url), limits: DEFAULT_LIMITS });
}

beforeAll(async () => {
  database = await createTestDatabase("rich");
  await database.sql(RICH_SCHEMA);
  contract = await compile(database.url);
});
afterAll(() => database.drop());

describe("the contract of a database", () => {
  it("holds everything but record tables, partitions, owned sequences and what is switched off", () => {
    const [application] = contract.applications;
    expect(application?.relations.map(({ name }) => name)).toEqual([
      "bookings",
      "children",
      "counts",
      "events",
      "migrations",
      "parents",
      "people",
      "team_names",
      "teams",
    ]);
    expect(application?.sequences).toEqual([{ schema: "app", name: "tickets" }]);
    expect(application?.functions.map((each) => `${each.name}(${each.arguments})`)).toEqual([
      "slug(text, text)",
      "stamp()",
      "tidy()",
    ]);
    expect(application?.extensions).toEqual(["btree_gist"]);
    const people = application?.relations.find(({ name }) => name === "people");
    expect(people?.triggers).toEqual(["people_stamp"]);
    expect(people?.complete).toBe(true);
    expect(people?.columns.map(({ position }) => position)).toEqual(people?.columns.map((_, i) => i + 1));
  });

  it("tells how to make what the model says too little about", () => {
    expect(
      contract.definitions?.map(({ kind, relation, name }) => [kind, relation, name].join(" ")),
    ).toMatchInlineSnapshot(`
      [
        "extension  btree_gist",
        "function  slug(text, text)",
        "function  stamp()",
        "function  tidy()",
        "sequence  tickets",
        "view  team_names",
        "sequence  migrations_id_seq",
        "constraint bookings bookings_room_during_excl",
        "inherits  children",
        "partition-key  events",
        "view  counts",
        "trigger people people_off",
        "trigger people people_stamp",
        "sequence  people_id_seq",
      ]
    `);
  });

  it("is satisfied by that database", async () => {
    const report = await look(database.url);
    expect(report.gaps.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(report.unverified).toEqual([]);
    expect(report.verdict).toBe("pass");
    expect(report.summary.satisfied).toBe(report.summary.expectations);
    expect(report.summary.expectations).toBeGreaterThan(150);
  });

  it("survives the file", () => {
    const text = printContract(contract);
    expect(parseContract(text, "contract.json")).toEqual(contract);
    expect(text).not.toMatch(/\/tmp|127\.0\.0\.1|postgres(ql)?:\/\//);
  });

  it("is the same, byte for byte, for another database made in another order by another role", async () => {
    const other = await createTestDatabase("again");
    try {
      // Other oids, and a gap in attnum that the first one does not have.
      await other.sql(`create table public.noise (a int); ${RICH_SCHEMA}
        alter table app.teams add column gone text; alter table app.teams drop column gone;`);
      const role = await other.createRole({ grants: "grant usage on schema app to ROLE" });
      expect(printContract(await compile(role.url))).toBe(printContract(contract));
    } finally {
      await other.drop();
    }
  });
});

/** Each breaks one thing and nothing else. */
const MUTATIONS: readonly (readonly [sql: string, code: string, name: string])[] = [
  ["alter table app.people drop column price", "MISSING_COLUMN", "price"],
  ["drop materialized view app.counts", "MISSING_VIEW", "counts"],
  ["alter table app.people alter column score type bigint", "COLUMN_TYPE", "score"],
  ["alter table app.teams alter column tags drop not null", "COLUMN_NULLABILITY", "tags"],
  ["alter table app.people alter column feeling set default 'sad'", "COLUMN_DEFAULT", "feeling"],
  ["drop index app.people_slug", "MISSING_INDEX", "people_slug"],
  [
    "alter table app.bookings drop constraint bookings_room_during_excl",
    "MISSING_CONSTRAINT",
    "bookings_room_during_excl",
  ],
  ["alter table app.teams drop constraint teams_state_check", "MISSING_CONSTRAINT", "teams_state_check"],
  ["alter table app.people drop constraint people_team_fkey", "MISSING_CONSTRAINT", "people_team_fkey"],
  ["drop trigger people_stamp on app.people", "MISSING_TRIGGER", "people_stamp"],
  ["drop procedure app.tidy", "MISSING_FUNCTION", "tidy()"],
  ["alter type app.mood rename value 'ok' to 'fine'", "MISSING_ENUM_LABEL", "ok"],
  ["alter domain app.email drop not null", "DOMAIN_DEFINITION", "email"],
  ["alter table app.people alter column ticket drop default; drop sequence app.tickets", "MISSING_SEQUENCE", "tickets"],
  ["alter table app.teams alter column id drop identity", "COLUMN_IDENTITY", "id"],
  ["alter table app.people alter column slug drop expression", "COLUMN_GENERATED", "slug"],
  ["alter table app.teams add column owner text not null", "BLOCKING_EXTRA_COLUMN", "owner"],
  ["alter table app.teams add constraint short check (length(name) < 9)", "BLOCKING_EXTRA_CONSTRAINT", "short"],
  ["drop table app.events", "MISSING_TABLE", "events"],
  ["drop extension btree_gist cascade", "MISSING_EXTENSION", "btree_gist"],
];

describe("a database that is changed afterwards", () => {
  it.each(MUTATIONS)("%s: %s %s", async (sql, code, name) => {
    const copy = await createTestDatabase("mutated");
    try {
      await copy.sql(RICH_SCHEMA);
      await copy.sql(sql);
      const report = await look(copy.url);
      expect(report.gaps.map((gap) => `${gap.code} ${gap.subject.name}`)).toContain(`${code} ${name}`);
      expect(report.gaps.length).toBeLessThan(4);
    } finally {
      await copy.drop();
    }
  });
});
