import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findCandidates } from "../../../src/init/candidates.js";
import { applicationName, lookAround, servicesIn, variablesIn } from "../../../src/init/surroundings.js";
import { walkProject } from "../../../src/init/walk.js";
import { type ChecksFolder, createFolder } from "../../support/cli-checks.js";

/** As Compose writes a variable that has a default. */
const variable = (name: string, fallback: string) => ["$", `{${name}:-${fallback}}`].join("");

let folder: ChecksFolder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

function project(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, file)), { recursive: true });
    writeFileSync(join(folder.path, file), text);
  }
}

async function candidates() {
  const { usable, programs } = await findCandidates(folder.path, await walkProject(folder.path));
  return { usable: usable.map((each) => [each.path, each.kind === "migrations" ? each.tool : each.kind]), programs };
}

describe("what a project has", () => {
  it("is found wherever tools put it, migrations first, then dumps, then files without a tool", async () => {
    project({
      "prisma/migrations/20250101000000_migrate_users/migration.sql": "select 1;",
      "prisma/migrations/migration_lock.toml": "",
      "prisma/schema.prisma": "",
      "packages/db/prisma/schema/a.prisma": "",
      "packages/web/drizzle/0000_a.sql": "select 1;",
      "packages/web/drizzle/meta/_journal.json": "{}",
      "supabase/migrations/20240101000000_a.sql": "select 1;",
      "db/migrate/20240101_create.rb": "",
      "db/structure.sql": "select 1;",
      "apps/api/src/main/resources/db/migration/V1__a.sql": "select 1;",
      "migrations/001_a.sql": "select 1;",
      "services/go/migrations/001_a.up.sql": "select 1;",
      "src/migrations/1-init.ts": "",
      "src/migration-tools/helper.ts": "",
    });
    expect(await candidates()).toEqual({
      usable: [
        ["prisma/migrations", "prisma"],
        ["supabase/migrations", "supabase"],
        ["packages/web/drizzle", "drizzle"],
        ["services/go/migrations", "golang-migrate"],
        ["apps/api/src/main/resources/db/migration", "flyway"],
        ["prisma/schema.prisma", "prisma"],
        ["packages/db/prisma/schema", "prisma"],
        ["db/structure.sql", "sql"],
        ["migrations", "sql"],
      ],
      programs: ["db/migrate", "src/migrations"],
    });
  });

  it("is not looked for in what others made, in tests, or behind links", async () => {
    project({
      "node_modules/a/migrations/001_a.sql": "",
      "test/fixtures/schema.sql": "",
      ".git/structure.sql": "",
      "dist/migrations/001_a.sql": "",
      "deep/1/2/3/4/5/6/7/8/schema.sql": "",
    });
    symlinkSync(join(folder.path, "node_modules/a"), join(folder.path, "linked"));
    expect(await candidates()).toEqual({ usable: [], programs: [] });
  });
});

describe("the surroundings", () => {
  it("are told by names, never by values", async () => {
    project({
      "package.json": '{ "name": "@acme/shop" }',
      "docker-compose.yml": `services: { db: { image: "postgres:16", environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: canary, POSTGRES_DB: "${variable("NAME", "shop_dev")}" }, ports: ["5433:5432"] } }`,
      ".env":
        'DATABASE_URL="postgresql://shop:canary@localhost/shop"\nexport PGPASSWORD=canary\nAPI_KEY=canary\n# OLD_DATABASE_URL=canary\n',
      ".env.example": "REFERENCE_DATABASE_URL=\nPORT=1\n",
      ".envrc": "DATABASE_URL=canary\n",
    });
    const around = await lookAround(folder.path, await walkProject(folder.path));
    expect(around).toMatchObject({
      packageName: "shop",
      services: [{ file: "docker-compose.yml", service: "db", port: 5433, user: "shop", database: "shop_dev" }],
      variables: [
        { file: ".env", names: ["DATABASE_URL", "PGPASSWORD"] },
        { file: ".env.example", names: ["REFERENCE_DATABASE_URL"] },
      ],
      installed: false,
    });
    expect(JSON.stringify(around)).not.toContain("canary");
  });

  it("are nothing where nothing can be read", async () => {
    project({ "package.json": "{ nope", "compose.yaml": "a: [", ".env": "" });
    mkdirSync(join(folder.path, "docker-compose.yml"));
    const around = await lookAround(folder.path, await walkProject(folder.path));
    expect(around).toMatchObject({ packageName: null, services: [], variables: [] });
    expect(around.directoryName).toMatch(/^schemaready-checks-/);
  });

  it.each([
    ["@acme/shop", "shop"],
    ["  a\tb\n", "a b"],
    ["@scope/", null],
    ["\u0000\u202e", null],
    ["x".repeat(300), "x".repeat(100)],
  ])("call the application %j by %j", (text, name) => {
    expect(applicationName(text)).toBe(name);
  });

  it.each([
    ['image: postgres, ports: ["5432"]', { port: null, user: null, database: null }],
    [
      `image: "docker.io/pgvector/pgvector:pg16", ports: ["127.0.0.1:${variable("PORT", "6000")}:5432"]`,
      { port: 6000 },
    ],
    ["image: postgis/postgis, ports: [{ target: 5432, published: 7000 }]", { port: 7000 }],
    ['image: postgres, environment: ["POSTGRES_USER=a b", "POSTGRES_DB=$DB"]', { user: null, database: null }],
  ])("read a service with %s", (service, expected) => {
    expect(servicesIn("c.yml", `services: { x: { ${service} } }`)).toMatchObject([expected]);
  });

  it("know a service of another database when they see it", () => {
    expect(
      servicesIn("c.yml", "services: { x: { image: mysql }, y: { image: postgres-exporter }, z: { build: . } }"),
    ).toEqual([]);
  });

  it("take names of variables only", () => {
    expect(
      variablesIn(
        "A=1\n  export DB_URL = x\nDATABASE_URL=a=b\nFOO_POSTGRES=1\nPGHOST=\nUPDATE=1\nDBX=1\nDATABASE_URL=2",
      ),
    ).toEqual(["DB_URL", "DATABASE_URL", "FOO_POSTGRES", "PGHOST"]);
  });
});
