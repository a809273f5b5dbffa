import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectMigrationTool } from "../../../../src/history/index.js";
import { type Files, tree } from "./support.js";

const SQL = "SELECT 1;";
const CASES: readonly (readonly [tool: string | null, because: string, files: Files, inner: string])[] = [
  ["prisma", "its directories", { "1_a/migration.sql": SQL }, ""],
  ["prisma", "its lock alone", { "migration_lock.toml": 'provider = "postgresql"' }, ""],
  ["drizzle", "its journal", { "meta/_journal.json": "{}", "0000_a.sql": SQL }, ""],
  ["drizzle", "its directories", { "1_a/migration.sql": SQL, "1_a/snapshot.json": "{}" }, ""],
  [
    "drizzle",
    "its journal among Supabase's",
    { "supabase/migrations/meta/_journal.json": "{}" },
    "supabase/migrations",
  ],
  ["atlas", "its sum", { "atlas.sum": "h1:x", "1_a.sql": SQL }, ""],
  ["rails", "structure.sql", { "db/structure.sql": SQL, "db/migrate/1_a.rb": "" }, "db"],
  ["flyway", "its names", { "V1__a.sql": SQL }, ""],
  ["flyway", "repeatable ones", { "R__a.sql": SQL }, ""],
  ["supabase", "its directory", { "supabase/migrations/20240101000000_a.sql": SQL }, "supabase/migrations"],
  ["goose", "its annotations", { "1_a.sql": "-- +goose Up\nSELECT 1;\n" }, ""],
  ["dbmate", "its markers", { "1_a.sql": "-- migrate:up\nSELECT 1;\n-- migrate:down\n" }, ""],
  ["node-pg-migrate", "its markers", { "1700000000000_a.sql": "-- Up Migration\nSELECT 1;\n" }, ""],
  ["knex", "a knexfile above", { "knexfile.js": "", "migrations/1_a.up.sql": SQL }, "migrations"],
  [
    "sqlx",
    "a Rust project",
    { "Cargo.toml": "", "migrations/1_a.up.sql": SQL, "migrations/1_a.down.sql": SQL },
    "migrations",
  ],
  ["golang-migrate", "pairs", { "1_a.up.sql": SQL, "1_a.down.sql": SQL }, ""],
  ["golang-migrate", "pairs of another ending", { "1_a.up.pgsql": SQL, "1_a.down.pgsql": SQL }, ""],
  ["golang-migrate", "pairs beside Atlas's sum", { "atlas.sum": "h1:x", "1_a.up.sql": SQL, "1_a.down.sql": SQL }, ""],
  ["sql", "Diesel's directories", { "Cargo.toml": "", "m/2024-01-05-120000_a/up.sql": SQL }, "m"],
  ["knex", "directories below a knexfile", { "knexfile.js": "", "m/1_a/up.sql": SQL }, "m"],
  ["sql", "anything else in SQL", { "1_a.sql": SQL, "2_b.sql": SQL }, ""],
  [null, "no SQL", { "a.txt": "" }, ""],
  [null, "nothing", {}, ""],
];

describe("detectMigrationTool", () => {
  it.each(CASES)("%s by %s", async (tool, _, files, inner) => {
    expect(await detectMigrationTool(join(tree(files), inner))).toBe(tool);
  });

  it("is null for a directory that is not there", async () => {
    expect(await detectMigrationTool(join(tree({}), "no"))).toBe(null);
  });
});
