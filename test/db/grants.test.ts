import { afterAll, beforeAll, expect, it } from "vitest";
import { grantStatement } from "../../src/model/grants.js";
import { quoteIdentifier } from "../../src/model/names.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";
import { gapWith } from "../support/report-builders.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase("grants");
});
afterAll(() => database.drop());

it.each(["plain", 'quo"te', "back\\slash", 'line\nbreak \u001b[2J\\"', "turned\u202e round"])(
  "a GRANT on %j can be pasted",
  async (name) => {
    const { name: user } = await database.createRole();
    await database.sql(`create table ${quoteIdentifier(name)} (${quoteIdentifier(name)} text)`);
    const gap = gapWith({
      code: "MISSING_PRIVILEGE",
      subject: { kind: "privileges", schema: "public", relation: name, name: "SELECT" },
      expected: { role: user, privilege: "SELECT", columns: [name] },
    });
    await database.sql(grantStatement(gap) ?? "");
    const held = await database.query(
      "select has_column_privilege($1, oid, 1::smallint, 'select') as held from pg_class where relname = $2",
      [user, name],
    );
    expect(held).toEqual([{ held: true }]);
  },
);
