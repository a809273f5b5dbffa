/** Three public applications, rebuilt with the faults of their migrations: each is found in the same line, for its reason. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { replay } from "../../../src/expect/replay/index.js";
import { readMigrationDirectory } from "../../../src/history/index.js";
import { serverUrl } from "../../support/postgres.js";
import { runCli } from "../../support/run-cli.js";
import { CONTREZZ } from "./applications/contrezz.js";
import { LUMIKU } from "./applications/lumiku.js";
import { RAPIDDATACHAT, RAPIDDATACHAT_EARLY } from "./applications/rapiddatachat.js";
import type { Rebuilt } from "./applications/text.js";
import { useReplay } from "./support.js";

const replayed = useReplay();

/** The migrations on the disk, below a package.json that asks for this version of Prisma. */
function project(migrations: readonly Rebuilt[], prisma: string): string {
  const root = mkdtempSync(join(tmpdir(), "schemaready-application-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const directory = join(root, "prisma", "migrations");
  for (const { name, sql } of migrations) {
    mkdirSync(join(directory, name), { recursive: true });
    writeFileSync(join(directory, name, "migration.sql"), sql);
  }
  writeFileSync(join(directory, "migration_lock.toml"), 'provider = "postgresql"\n');
  writeFileSync(join(root, "package.json"), JSON.stringify({ devDependencies: { prisma } }));
  return directory;
}

async function failuresOf(path: string) {
  const connection = await replayed.server().connect();
  try {
    const directory = await readMigrationDirectory({ tool: "prisma", directory: path });
    const result = await replay({ directory, connection, schemas: "all", keepGoing: true });
    return { directory, failures: result.failures };
  } finally {
    await connection.close();
  }
}

const told = (failures: Awaited<ReturnType<typeof failuresOf>>["failures"]) =>
  failures.map(({ migration, code, line, sqlstate }) => `${migration} ${code} ${line} ${sqlstate}`);
const expectedOf = (migrations: readonly Rebuilt[]) =>
  migrations.flatMap(({ name, fails }) => (fails === null ? [] : [`${name} ${fails}`]));

describe("without a baseline", () => {
  it("contrezz: each table, index and column that nothing creates, in its line", async () => {
    const { directory, failures } = await failuresOf(project(CONTREZZ, "^5.22.0"));
    expect(directory.scripts.map(({ name }) => name)).toEqual(CONTREZZ.map(({ name }) => name));
    expect(directory.warnings.map(({ code, file }) => `${code} ${file}`)).toEqual(
      expect.arrayContaining([
        "EMPTY_MIGRATION 20251116132708_add_missing_customer_plan_fields/migration.sql",
        "EMPTY_MIGRATION 20251228225021_sync_schema_drift/migration.sql",
      ]),
    );
    expect(told(failures)).toEqual(expectedOf(CONTREZZ));
    const lowercase = failures.find(({ sqlstate }) => sqlstate === "42703");
    expect(lowercase?.diagnosis).toContain('there is "customerid": names with capitals must be quoted');
  });

  it("lumiku: the only migration needs a table from before", async () => {
    const { failures } = await failuresOf(project(LUMIKU, "^5.7.1"));
    expect(told(failures)).toEqual(expectedOf(LUMIKU));
    expect(failures[0]?.diagnosis).toContain("The history has no baseline");
  });

  it("compile stops at the first, says why, and writes nothing", async () => {
    const migrations = project(LUMIKU, "^5.7.1");
    const output = join(migrations, "..", "contract.json");
    const env = { SCHEMAREADY_SCRATCH_URL: serverUrl() };
    const { code, stderr } = await runCli(["compile", "--migrations", migrations, "--output", output], { env });
    expect(code).toBe(2);
    expect(stderr).toContain("20251014_add_avatar_creator_complete/migration.sql:294");
    expect(stderr).toContain("NO_MIGRATION_CREATES_IT");
    expect(existsSync(output)).toBe(false);
  });
});

describe("rapiddatachat", () => {
  it("before Prisma 6.6 only the table created twice fails", async () => {
    const { failures } = await failuresOf(project(RAPIDDATACHAT_EARLY, "6.5.0"));
    expect(told(failures)).toEqual(["20250513_add_error_handling DUPLICATE_OBJECT 33 42P07"]);
    expect(failures[0]?.diagnosis).toContain("20250507030812_init/migration.sql:2");
  });

  it("from Prisma 6.6 on four more need a table that the other order creates in time", async () => {
    const { directory, failures } = await failuresOf(project(RAPIDDATACHAT_EARLY, "^6.7.0"));
    expect(directory.scripts[0]?.name).toBe("20250507_add_queries_table");
    expect(directory.scripts.at(-1)?.name).toBe("20250513022650_add_project_and_schema_models");
    expect(told(failures)).toEqual(expectedOf(RAPIDDATACHAT_EARLY));
    for (const { code, diagnosis } of failures) {
      if (code === "ORDER_DIFFERS")
        expect(diagnosis).toContain("20250513022650_add_project_and_schema_models/migration.sql:4");
    }
  });

  it.each(["6.5.0", "^6.7.0"])(
    "today, with Prisma %s, two migrations create what earlier ones have created",
    async (prisma) => {
      const { failures } = await failuresOf(project(RAPIDDATACHAT, prisma));
      expect(told(failures).sort()).toEqual(expectedOf(RAPIDDATACHAT).sort());
      const [column, jobs] = [...failures].sort((a, b) => (a.migration < b.migration ? -1 : 1));
      expect(column?.diagnosis).toContain("20250512999999_fix_migration_order/migration.sql:2");
      expect(jobs?.diagnosis).toContain("20250513_add_batch_processing/migration.sql:1");
    },
  );
});
