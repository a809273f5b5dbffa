/** The same migrations give the same bytes: in another process, another place, another language, another time zone. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFolder } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { RICH_MIGRATIONS } from "../support/rich-migrations.js";
import { runCli } from "../support/run-cli.js";

const folder = createFolder();
const migrations = join(folder.path, "one", "prisma", "migrations");
let target: TestDatabase;

beforeAll(async () => {
  for (const [name, sql] of Object.entries(RICH_MIGRATIONS)) {
    mkdirSync(join(migrations, name), { recursive: true });
    writeFileSync(join(migrations, name, "migration.sql"), sql);
  }
  target = await createTestDatabase("deterministic");
});
afterAll(async () => {
  folder.remove();
  await target.drop();
});

async function compiled(
  directory: string,
  output: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const file = join(folder.path, output);
  const { code, stderr } = await runCli(["compile", "--migrations", directory, "--tool", "prisma", "-o", file], {
    env: { SCHEMAREADY_SCRATCH_URL: serverUrl(), ...env },
    cwd: folder.path,
  });
  expect({ code, errors: stderr.split("\n").filter((line) => line.startsWith("error")) }).toEqual({
    code: 0,
    errors: [],
  });
  return readFileSync(file, "utf8");
}

it("whatever the process, the place, the language and the time zone are", async () => {
  const first = await compiled(migrations, "a.json");
  const copy = join(folder.path, "elsewhere", "deeper", "db");
  cpSync(migrations, copy, { recursive: true });
  expect(await compiled(migrations, "b.json")).toBe(first);
  expect(await compiled(copy, "c.json", { TZ: "Asia/Kathmandu", LANG: "de_DE.UTF-8", LC_ALL: "tr_TR.UTF-8" })).toBe(
    first,
  );
  expect(first).not.toContain(folder.path);
});

it("and the database that the migrations make has no gap", async () => {
  // Statement by statement, as psql sends a file: no code of the replay takes part.
  for (const sql of Object.values(RICH_MIGRATIONS)) await sendApart(sql.replace("\ufeff", ""));
  const contract = join(folder.path, "v.json");
  await compiled(migrations, "v.json");
  const { stdout } = await runCli(["verify", "--contract", contract, "--database-url", target.url, "--format", "json"]);
  const { gaps, unverified, extras } = JSON.parse(stdout) as Record<
    "gaps" | "unverified" | "extras",
    { code?: string }[]
  >;
  expect(gaps.filter(({ code }) => code !== "MIGRATION_NOT_APPLIED")).toEqual([]);
  expect([unverified, extras]).toEqual([[], []]);
});

/** Whole, except where a statement needs the one before it committed. */
async function sendApart(sql: string): Promise<void> {
  const parts = sql.includes("'great'") ? sql.split("\n") : [sql];
  for (const part of parts) if (part.trim() !== "") await target.sql(part);
}
