/** A sequence is put behind the values that are there. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setval } from "../../../src/repair/ddl/index.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { app_ } from "./parts.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase("setval");
});
afterAll(() => database.drop());

describe("setval", () => {
  it("moves a sequence behind the largest number, never back, and leaves an empty table alone", async () => {
    const { sql, query } = database;
    await sql("create schema app; create table app.wide (id int); insert into app.wide values (7), (3);");
    await sql("create sequence app.wide_ids; create table app.nobody (id int); create sequence app.down increment -1;");
    const next = async (name: string) => (await query<{ n: string }>(`select nextval('app.${name}') as n`))[0]?.n;
    await sql(setval(app_("wide_ids"), app_("nobody"), "id"));
    expect(await next("wide_ids")).toBe("1");
    await sql(setval(app_("wide_ids"), app_("wide"), "id"));
    expect(await next("wide_ids")).toBe("8");
    await sql(setval(app_("wide_ids"), app_("wide"), "id"));
    expect(await next("wide_ids")).toBe("9");
    await sql("insert into app.nobody values (-5)");
    await sql(setval(app_("down"), app_("nobody"), "id", { descending: true }));
    expect(await next("down")).toBe("-6");
  });
});
