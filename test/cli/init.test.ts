import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FIX, MIGRATIONS } from "../../demo/paths.js";
import { reportSchema } from "../../src/report/index.js";
import { RICH_SCHEMA } from "../db/expect/rich-schema.js";
import { type ChecksFolder, createFolder } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";

const NO_SCRATCH = "postgresql://nobody:canary-password@127.0.0.1:1/none?sslmode=disable";

let folder: ChecksFolder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runCli(args, { env: { SCHEMAREADY_SCRATCH_URL: serverUrl(), ...env }, cwd: folder.path });
}

function project(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, file)), { recursive: true });
    writeFileSync(join(folder.path, file), text);
  }
}

const read = (file: string) => readFileSync(join(folder.path, file), "utf8");
const SHOP = {
  "package.json": '{ "name": "@acme/shop" }',
  "db/structure.sql": "create table orders (id bigint primary key, note text);",
};

/** The examples of a first check file, without the # before them. */
function uncomment(file: string): void {
  const text = read(file);
  const from = text.indexOf("# features:");
  writeFileSync(join(folder.path, file), text.slice(0, from) + text.slice(from).replaceAll(/^# /gm, ""));
}

describe("init", () => {
  it("writes a check file that compiles, as it is and with its examples", async () => {
    project({ ...SHOP, ".env": "DATABASE_URL=postgresql://a:canary-password@b/c\n" });
    cpSync(MIGRATIONS, join(folder.path, "prisma", "migrations"), { recursive: true });
    cpSync(FIX, join(folder.path, "prisma", "migrations"), { recursive: true });
    const { code, stdout, stderr } = await cli(["init"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^Found\n {2}prisma\/migrations {2}migrations of prisma\n {2}db\/structure\.sql {3}a file of SQL\n/,
    );
    expect(stdout).toContain("  checks/shop.yaml: expects 23 relations of shop, from prisma/migrations; it compiles\n");
    expect(stdout).toContain("  schemaready verify --checks checks/shop.yaml ");
    expect(`${stdout}${read("checks/shop.yaml")}`).not.toContain("canary");
    expect(read("checks/shop.yaml")).toContain("\n  # sql: ../db/structure.sql\n");
    expect(readdirSync(join(folder.path, "checks"))).toEqual(["shop.yaml"]);
    const compiled = await cli(["compile", "-o", "-"]);
    expect(compiled.code, compiled.stderr).toBe(0);
    expect(JSON.parse(compiled.stdout)).toMatchObject({
      source: "prisma-migrations",
      applications: [{ name: "shop", features: [] }],
    });
    uncomment("checks/shop.yaml");
    const withFeatures = await cli(["compile", "-o", "-"]);
    expect(withFeatures.code, withFeatures.stderr).toBe(0);
    expect(JSON.parse(withFeatures.stdout).applications[0].features).toHaveLength(2);
  });

  it("takes the next source when the first does not run, and says why", async () => {
    project({
      ...SHOP,
      "migrations/001_a.up.sql": "alter table nobody add column a int;",
      "migrations/001_a.down.sql": "",
    });
    const { code, stdout } = await cli(["init"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\nNot taken\n {2}migrations\n {4}001_a\.up\.sql:1: PostgreSQL says: .*42P01.* NO_MIGRATION_CREATES_IT: /,
    );
    expect(read("checks/shop.yaml")).toContain("\nexpect:\n  sql: ../db/structure.sql\n");
    expect(read("checks/shop.yaml")).not.toContain("../migrations");
  });

  it("takes a Prisma schema where there are no migrations", async () => {
    project({
      ...SHOP,
      "prisma/schema.prisma":
        'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel Order {\n  id Int @id\n  note String?\n}\n',
    });
    const { code, stdout } = await cli(["init"]);
    expect(code).toBe(0);
    expect(stdout).toContain("checks/shop.yaml: expects 1 relation of shop, from prisma/schema.prisma; it compiles");
    expect(read("checks/shop.yaml")).toContain("expect:\n  prisma: ../prisma/schema.prisma\n");
    uncomment("checks/shop.yaml");
    const compiled = await cli(["compile", "-o", "-"]);
    expect(compiled.code, compiled.stderr).toBe(0);
    expect(JSON.parse(compiled.stdout).source).toBe("prisma-schema");
  });

  it("replaces nothing, unless it is told to, and shows without writing", async () => {
    project({ ...SHOP, "checks/shop.yaml": "mine" });
    const refused = await cli(["init"], { SCHEMAREADY_SCRATCH_URL: NO_SCRATCH });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain(
      "error OUTPUT_FILE: init never replaces a file, so nothing was written.\n  checks/shop.yaml: is there already\n",
    );
    const shown = await cli(["init", "--dry-run"]);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toContain("\n# ---- checks/shop.yaml\n# What the application needs");
    expect(read("checks/shop.yaml")).toBe("mine");
    expect((await cli(["init", "--force", "--quiet"])).stdout).toBe("");
    expect(read("checks/shop.yaml")).toContain("application: shop\n");
  });

  it("writes nothing where there is nothing to expect, and lists what it tried", async () => {
    project({ "src/migrations/1.ts": "", "schema.sql": "-- nothing\n", "migrations/001_a.sql": "nonsense" });
    const { code, stdout, stderr } = await cli(["init"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(
      "error INIT_NOTHING_FOUND: Of what was found here, nothing can be run on an empty database.",
    );
    expect(stderr).toMatch(
      / {2}schema\.sql: it makes no relation.*\(tried schema\.sql\)\n {2}001_a\.sql:1: .*\(tried migrations\)\n {2}src\/migrations: the migrations in it are programs/,
    );
    expect(existsSync(join(folder.path, "checks"))).toBe(false);
  });

  it("says that nothing could be tried when there is no throwaway server: exit 3", async () => {
    project(SHOP);
    const { code, stderr } = await cli(["init"], { SCHEMAREADY_SCRATCH_URL: NO_SCRATCH });
    expect(code).toBe(3);
    expect(stderr).toContain("error SCRATCH_UNAVAILABLE");
    expect(stderr).not.toContain("canary");
    expect(existsSync(join(folder.path, "checks"))).toBe(false);
  });

  it("survives hostile names", async () => {
    project({
      "package.json": JSON.stringify({ name: 'a: [b]\n  # "\u001b[31m\u202e' }),
      'it"s: a\n- b/structure.sql': 'create table "x: y\n# z" ("a, b]" int, "{" int);',
    });
    const { code, stdout } = await cli(["init"]);
    expect(code).toBe(0);
    expect(["\u001b", "\u202e"].filter((each) => stdout.includes(each))).toEqual([]);
    const [file = ""] = readdirSync(join(folder.path, "checks"));
    uncomment(`checks/${file}`);
    const compiled = await cli(["compile", "-o", "-"]);
    expect(compiled.code, compiled.stderr).toBe(0);
    const [application] = JSON.parse(compiled.stdout).applications;
    expect(application.relations[0].name).toBe("x: y\n# z");
    expect(application.features[0].uses[0].select).toEqual(["a, b]", "{"]);
  });
});

describe("init --from-database", () => {
  it("infers the contract of a rich schema, and that database has no gap", async () => {
    const database = await createTestDatabase("rich");
    try {
      await database.sql(RICH_SCHEMA);
      project({ "package.json": '{ "name": "shop" }' });
      const url = new URL(database.url);
      url.searchParams.set("schema", "app");
      const { code, stdout, stderr } = await cli(["init", "--from-database", url.href], {
        SCHEMAREADY_SCRATCH_URL: NO_SCRATCH,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(
        "  checks/shop.contract.json: the contract, to commit\n  checks/shop.yaml: expects 9 relations of shop, from the reference database",
      );
      const files = ["checks/shop.yaml", "checks/shop.contract.json"];
      for (const file of files) expect(read(file)).not.toMatch(/postgres(ql)?:\/\/|127\.0\.0\.1/);
      const verify = async (args: readonly string[], env = {}) => {
        const result = await cli(["verify", ...args, "--format", "json"], { DATABASE_URL: database.url, ...env });
        const { verdict, gaps, unverified } = reportSchema.parse(JSON.parse(result.stdout));
        return { code: result.code, verdict, gaps, unverified };
      };
      const clean = { code: 0, verdict: "pass", gaps: [], unverified: [] };
      expect(await verify([])).toEqual(clean);
      expect(
        await verify(["--contract", "checks/shop.contract.json"], { SCHEMAREADY_SCRATCH_URL: NO_SCRATCH }),
      ).toEqual(clean);
      uncomment("checks/shop.yaml");
      expect(await verify([])).toEqual(clean);
      await database.sql("alter table app.teams drop column tags");
      expect((await verify([])).code).toBe(1);
    } finally {
      await database.drop();
    }
  });

  it("replaces neither of its files, and leaves neither behind when it cannot read", async () => {
    project({ "package.json": '{ "name": "shop" }', "checks/shop.contract.json": "mine" });
    const refused = await cli(["init", "--from-database", NO_SCRATCH]);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("checks/shop.contract.json: is there already"),
    });
    rmSync(join(folder.path, "checks"), { recursive: true });
    const unreachable = await cli(["init", "--from-database", NO_SCRATCH]);
    expect(unreachable).toMatchObject({ code: 3, stderr: expect.stringContaining("error DATABASE_UNREACHABLE") });
    expect(unreachable.stderr).not.toContain("canary");
    expect(existsSync(join(folder.path, "checks"))).toBe(false);
  });
});
