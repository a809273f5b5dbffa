/** The rows that are written for a tool are read as that tool's: into its own table, beside its own rows. */
import { describe, expect, it } from "vitest";
import { recordStatements } from "../../../src/model/record-rows.js";
import { RECORD_TABLE_FIXTURES, recordTableSql } from "../../support/record-tables.js";
import { requiring, useRecords } from "./support.js";

type Tool = keyof typeof RECORD_TABLE_FIXTURES;
const UNKNOWN: readonly Tool[] = ["prisma-next", "pgroll"];
const TOOLS = (Object.keys(RECORD_TABLE_FIXTURES) as Tool[]).filter((tool) => !UNKNOWN.includes(tool));

const { db, historyOf, schemaWith } = useRecords("record_rows");

function scriptOf(tool: Tool, name: string) {
  const checksum = tool === "flyway" ? "1" : "ab".repeat(tool === "sqlx" ? 48 : 32);
  const file = tool === "sqlx" ? `${name}_c.sql` : tool === "flyway" ? name : `${name}_c.sql`;
  return { name, file, checksum, ...(tool === "drizzle" ? { recordedAs: "1746587299999" } : {}) };
}

describe.each(TOOLS)("%s", (tool) => {
  const fixture = RECORD_TABLE_FIXTURES[tool];
  const [first, , third] = fixture.names;

  it.each(["ran", "marked"] as const)("a migration that is recorded as %s is not applied again", async (how) => {
    const schema = await schemaWith((name) => recordTableSql(fixture, name, [first]));
    const script = scriptOf(tool, third);
    const statements = recordStatements(tool, { schema, name: fixture.table }, { name: third, script }, how);
    for (const statement of statements ?? []) await db().sql(statement);
    const contract = requiring(tool, schema, [first, third], { scripts: [scriptOf(tool, first), script] });
    const { history, states } = await historyOf(contract);
    expect(history?.state).toBe("up-to-date");
    const status = how === "marked" && ["atlas", "liquibase"].includes(tool) ? "recorded-without-running" : "applied";
    expect(states).toContain(`${status} ${third}`);
  });
});

it.each(UNKNOWN)("of %s nobody knows the row", (tool) => {
  const migration = { name: "a", script: { file: "a", checksum: "b" } };
  expect(recordStatements(tool, { schema: "s", name: "t" }, migration, "ran")).toBeNull();
});

it("hostile names stay names", async () => {
  const fixture = RECORD_TABLE_FIXTURES.rails;
  const schema = await schemaWith((name) => recordTableSql(fixture, name, []));
  const name = "1'); drop table x; --\\";
  for (const statement of recordStatements("rails", { schema, name: fixture.table }, { name, script: null }, "ran") ??
    [])
    await db().sql(statement);
  expect((await historyOf(requiring("rails", schema, [name]))).states).toEqual([`applied ${name}`]);
});
