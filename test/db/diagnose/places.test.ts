/** Databases in which what is missing stands somewhere else, or under another name. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Contract } from "../../../src/model/contract.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { causesOf, contractNow, evidenceOf, gapsOf, verifyAs } from "./support.js";

const SCHEMA = `create type plan as enum ('free', 'paid');
create table users (id int primary key, "displayName" text, plan plan not null);
create table projects (id int primary key, owner int not null, title text, created_at timestamptz default now());
create table files (id int primary key, project int not null, path text not null);
create table invoices (id int primary key, total numeric(10,2) not null, "paidAt" date)`;

let database: TestDatabase;
let contract: Contract;

beforeEach(async () => {
  database = await createTestDatabase("places");
  await database.sql(SCHEMA);
  contract = await contractNow(database);
});
afterEach(() => database.drop());

const verifyAfter = async (change: string) => {
  await database.sql(change);
  return verifyAs(database.url, contract);
};

describe("everything stands in another schema", () => {
  it("is the wrong schema, with the tables that were found there", async () => {
    const report =
      await verifyAfter(`create schema app; alter table users set schema app; alter table projects set schema app;
alter table files set schema app; alter table invoices set schema app; alter type plan set schema app`);
    expect(causesOf(report)).toEqual(["WRONG_SCHEMA likely"]);
    expect(report.causes[0]?.message).toBe(
      "The application looks in schema public, and what it needs is in schema app: files, invoices, plan, projects and users.",
    );
    expect(report.causes[0]?.explains).toHaveLength(report.gaps.length);
    expect(evidenceOf(report, "WRONG_SCHEMA")).toContain(
      "there is no public.files, and app.files has all 3 columns that are expected of it",
    );
  });

  it("cannot tell which one is meant when two schemas hold the same tables", async () => {
    const report = await verifyAfter(
      "create schema a; create schema b; create table a.files (like files); create table b.files (like files); drop table files",
    );
    expect(causesOf(report)).toEqual(["WRONG_SCHEMA possible"]);
    expect(report.causes[0]?.message).toContain("schemas a and b");
  });

  it("is not that when the table of this name is another one", async () => {
    const report = await verifyAfter(
      "create schema other; create table other.files (id int, size bigint); drop table files",
    );
    expect(causesOf(report)).toEqual(["UNKNOWN possible"]);
  });
});

describe("names in other upper and lower case", () => {
  it("are found for columns, tables, enum labels and types", async () => {
    const report = await verifyAfter(`alter table users rename column "displayName" to displayname;
alter table projects rename to "Projects"; alter type plan rename value 'paid' to 'PAID'`);
    expect(gapsOf(report)).toEqual([
      "MISSING_ENUM_LABEL plan.paid",
      "MISSING_TABLE projects",
      "MISSING_COLUMN users.displayName",
    ]);
    expect(causesOf(report)).toEqual(["NAME_CASE certain"]);
    const evidence = evidenceOf(report, "NAME_CASE");
    const statements = [...evidence.matchAll(/To rename it: (.*;)$/gm)].map(([, statement = ""]) => statement);
    expect(statements).toHaveLength(3);
    expect((await verifyAfter(statements.join("\n"))).verdict).toBe("pass");
  });

  it("are less sure when the type differs", async () => {
    const report = await verifyAfter(
      'alter table users drop column "displayName"; alter table users add column displayname int',
    );
    expect(causesOf(report)).toEqual(["NAME_CASE likely"]);
  });
});

describe("new names", () => {
  it("are likely for a column of the same type in the same place, and mended by the statement", async () => {
    const report = await verifyAfter("alter table projects rename column owner to owner_id");
    expect(gapsOf(report)).toEqual(["MISSING_COLUMN projects.owner", "BLOCKING_EXTRA_COLUMN projects.owner_id"]);
    expect(causesOf(report)).toEqual(["RENAMED likely"]);
    expect(report.causes[0]?.message).toBe(
      "There is no public.projects.owner, and owner_id stands in its place: it seems to be the same thing under another name.",
    );
    const [, statement = ""] = /To give it the expected name: (.*;)$/m.exec(evidenceOf(report, "RENAMED")) ?? [];
    expect((await verifyAfter(statement)).verdict).toBe("pass");
  });

  it("are found for two columns that were renamed side by side", async () => {
    const report = await verifyAfter(
      "alter table files rename column project to project_id; alter table files rename column path to key",
    );
    expect(causesOf(report)).toEqual(["RENAMED likely", "RENAMED likely"]);
  });

  it("are likely for a table with the same columns", async () => {
    const report = await verifyAfter("alter table invoices rename to bills");
    expect(causesOf(report)).toEqual(["RENAMED likely"]);
    expect(report.causes[0]?.message).toContain("There is no public.invoices, and bills stands in its place");
  });

  it("are not seen in a column of another type, nor in one that was added at the end", async () => {
    expect(
      causesOf(await verifyAfter("alter table files drop column path; alter table files add column url text")),
    ).toEqual(["UNKNOWN possible"]);
    expect(
      causesOf(await verifyAfter("alter table projects drop column title; alter table projects add column size int")),
    ).toEqual(["UNKNOWN possible"]);
  });
});

describe("another database", () => {
  const DROP = "drop table users, projects, files, invoices; drop type plan;";

  it("is likely the wrong one when it holds other tables only", async () => {
    const report = await verifyAfter(`${DROP} create table tickets (id int); create table agents (id int)`);
    expect(causesOf(report)).toEqual(["WRONG_DATABASE likely"]);
    expect(report.causes[0]?.message).toContain(
      `4 of the 4 tables that the application needs are missing: ${database.name} is`,
    );
    const evidence = evidenceOf(report, "WRONG_DATABASE");
    expect(evidence).toContain("it holds 2 other tables and views, in schema public (2)");
    expect(evidence).toContain("other databases on this server:");
  });

  it("is only possibly the wrong one when it is empty and nobody lists migrations", async () => {
    expect(causesOf(await verifyAfter(DROP))).toEqual(["WRONG_DATABASE possible"]);
  });

  it("waits for its first deploy when it is empty and migrations are listed", async () => {
    contract = await contractNow(database, { migrations: { tool: "prisma", schema: null, required: ["1_init"] } });
    expect(causesOf(await verifyAfter(DROP))).toEqual(["MIGRATION_PENDING likely"]);
  });

  it("is the right one when only a part is missing", async () => {
    expect(causesOf(await verifyAfter("drop table files, invoices"))).toEqual(["UNKNOWN possible"]);
  });
});
