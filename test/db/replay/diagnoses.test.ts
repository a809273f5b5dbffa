/** Folders with the faults of three public applications, and the diagnoses they get. */
import { describe, expect, it } from "vitest";
import { type Folder, failuresOf, useReplay } from "./support.js";

const replayed = useReplay();
const textsOf = ({ failures }: { failures: readonly { diagnosis: string }[] }) =>
  failures.map(({ diagnosis }) => diagnosis);

describe("a history without a baseline", () => {
  const folder: Folder = {
    "20250110000000_add_projectId_to_documents": '-- AlterTable\nALTER TABLE "documents" ADD COLUMN "projectId" TEXT;',
    "20251108_add_onboarding_applications": 'CREATE TABLE "onboarding" ("id" TEXT PRIMARY KEY, "customerId" TEXT);',
    "20251120110000_system_setup":
      'CREATE TABLE "roles" ("id" TEXT PRIMARY KEY);\n\nALTER TABLE "onboarding" ADD CONSTRAINT "onboarding_customerId_fkey"\n  FOREIGN KEY ("customerId") REFERENCES "customers" ("id");',
    "20251123210251_sync": 'DROP INDEX "invoice_attachments_idx";',
    "20251124_indexes": "CREATE INDEX onboarding_customer_idx ON onboarding (customerId);",
    "20251125_roles": "INSERT INTO \"roles\" VALUES ('admin');",
  };

  it("names every object that no migration creates, and goes on", async () => {
    const result = await replayed(folder, { keepGoing: true });
    expect(failuresOf(result)).toEqual([
      "NO_MIGRATION_CREATES_IT 20250110000000_add_projectId_to_documents/migration.sql:2 42P01",
      "NO_MIGRATION_CREATES_IT 20251120110000_system_setup/migration.sql:4 42P01",
      "NO_MIGRATION_CREATES_IT 20251123210251_sync/migration.sql:1 42704",
      "STATEMENT_FAILED 20251124_indexes/migration.sql:1 42703",
      "STATEMENT_FAILED 20251125_roles/migration.sql:1 42P01",
    ]);
    const [first, , , column, follows] = textsOf(result);
    expect(first).toContain('No migration creates relation "documents". The history has no baseline');
    expect(first).toContain("prisma migrate resolve --applied 0_init");
    expect(column).toContain('there is "customerId": names with capitals must be quoted');
    expect(follows).toContain("20251120110000_system_setup/migration.sql:1, but that migration failed");
    expect(result.failures[1]?.statement).toMatch(/^ALTER TABLE "onboarding" ADD CONSTRAINT/);
    expect(result.model.relations.map(({ name }) => name)).toEqual(["onboarding"]);
  });
});

describe("two orders in use", () => {
  const projects = '\nCREATE TABLE "projects" ("id" TEXT PRIMARY KEY);';
  const batch =
    'CREATE TABLE "batch_jobs" ("id" TEXT);\nALTER TABLE "batch_jobs" ADD COLUMN "p" TEXT REFERENCES "projects" ("id");';
  const bytes = ["20250507_init", "20250513022650_projects", "20250513_batch"];

  it("says that an object comes in time in the other order only, and shows both", async () => {
    const folder = { "20250507_init": "", "20250513_batch": batch, "20250513022650_projects": projects };
    const result = await replayed(folder, { otherOrder: bytes });
    expect(failuresOf(result)).toEqual(["ORDER_DIFFERS 20250513_batch/migration.sql:2 42P01"]);
    const [text] = textsOf(result);
    expect(text).toContain("created at 20250513022650_projects/migration.sql:2");
    expect(text).toContain("Order used here: 2. 20250513_batch, 3. 20250513022650_projects.");
    expect(text).toContain("Other order: 2. 20250513022650_projects, 3. 20250513_batch.");
  });

  it("says that it comes too late when there is no other order", async () => {
    const result = await replayed({ "20250513_batch": batch, "20250513022650_projects": projects });
    expect(failuresOf(result)).toEqual(["DEPENDENCY_ORDER 20250513_batch/migration.sql:2 42P01"]);
    const same = await replayed({ a: "ALTER TABLE t ADD b int;\nCREATE TABLE t (a int);" });
    expect(failuresOf(same)).toEqual(["DEPENDENCY_ORDER a/migration.sql:1 42P01"]);
    expect(textsOf(same)[0]).toContain("further down in the same script, at a/migration.sql:2");
  });
});

describe("objects created twice", () => {
  it.each<[string, string, string, string]>([
    ["a table", 'CREATE TABLE "jobs" (id int);', '-- again\nCREATE TABLE "jobs" (id int);', "42P07"],
    ["a column", "ALTER TABLE files ADD project_id int;", "\nALTER TABLE files ADD project_id int;", "42701"],
    [
      "a constraint",
      "ALTER TABLE files ADD CONSTRAINT c_fkey FOREIGN KEY (owner) REFERENCES files (id);",
      "SELECT 1;\nALTER TABLE files ADD CONSTRAINT c_fkey CHECK (id > 0);",
      "42710",
    ],
    ["an index", "CREATE INDEX i ON files (id);", "\nCREATE INDEX i ON files (owner);", "42P07"],
    ["a type", "CREATE TYPE e AS ENUM ('a');", "\nCREATE TYPE e AS ENUM ('b');", "42710"],
    ["a label", "CREATE TYPE e AS ENUM ('a');", "\nALTER TYPE e ADD VALUE 'a';", "42710"],
    ["a schema", "CREATE SCHEMA s;", "\nCREATE SCHEMA s;", "42P06"],
    ["a trigger", TRIGGER("i"), `SELECT 1;\n${TRIGGER("i")}`, "42710"],
    [
      "a function",
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'select 1';",
      "\nCREATE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'select 1';",
      "42723",
    ],
  ])("%s: both places are named", async (_, first, second, sqlstate) => {
    const base = "CREATE TABLE files (id int PRIMARY KEY, owner int);";
    const result = await replayed({ a: base, b: first, c: "SELECT 1;", d: second });
    expect(failuresOf(result)).toEqual([`DUPLICATE_OBJECT d/migration.sql:2 ${sqlstate}`]);
    expect(textsOf(result)[0]).toContain("created at b/migration.sql:1 and again at d/migration.sql:2");
  });
});

function TRIGGER(name: string): string {
  return `CREATE TRIGGER ${name} BEFORE UPDATE ON files FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();`;
}

describe("other failures", () => {
  it("tells what was dropped before it is needed", async () => {
    const result = await replayed({ a: "CREATE TABLE t (id int);", b: "DROP TABLE t;", c: "ALTER TABLE t ADD b int;" });
    expect(failuresOf(result)).toEqual(["STATEMENT_FAILED c/migration.sql:1 42P01"]);
    expect(textsOf(result)[0]).toContain("created at a/migration.sql:1 and dropped or renamed at b/migration.sql:1");
  });

  it("finds the statement that PostgreSQL does not point at, whatever stands before it", async () => {
    const result = await replayed(
      {
        a: "-- \u{1f600} ; it's\nCREATE TABLE t (a text DEFAULT '\u{1f600};');\nINSERT INTO t VALUES (NULL);\n\n  ALTER TABLE t\n    ALTER COLUMN a SET NOT NULL;\nSELECT 1;",
        b: `SELECT '${"\u{1f600}".repeat(20)}';\nSELECT\n  nothing;`,
      },
      { keepGoing: true },
    );
    expect(failuresOf(result)).toEqual([
      "STATEMENT_FAILED a/migration.sql:5 23502",
      "STATEMENT_FAILED b/migration.sql:3 42703",
    ]);
    expect(result.failures[0]?.statement).toBe("ALTER TABLE t\n    ALTER COLUMN a SET NOT NULL");
  });

  it("says what cannot run in a transaction that the script itself begins", async () => {
    const result = await replayed({
      a: "CREATE TABLE t (id int);",
      b: "BEGIN;\nCREATE INDEX CONCURRENTLY i ON t (id);\nCOMMIT;",
    });
    expect(failuresOf(result)).toEqual(["NOT_IN_TRANSACTION b/migration.sql:2 25001"]);
  });

  it("names a role that cannot be made", async () => {
    const result = await replayed({ a: "DROP ROLE replay_nobody;" });
    expect(failuresOf(result)).toEqual(["NEEDS_ROLE a/migration.sql:1 42704"]);
  });
});

describe("without provenance", () => {
  it("says the same of failures, and ends at the same model, where nobody asks for origins", async () => {
    const folder = {
      a: "CREATE SCHEMA made; CREATE TABLE made.t (id int);",
      b: "ALTER TABLE made.nobody ADD a int;",
      c: "ALTER TABLE made.t RENAME TO u; ALTER TABLE lost.nobody ADD a int;",
      d: "ALTER TABLE made.t RENAME TO u;",
      e: "DROP SCHEMA made CASCADE; CREATE TABLE kept (id int);",
      f: "CREATE TABLE made.again (id int);",
    };
    const asked = await replayed(folder, { keepGoing: true });
    const unasked = await replayed(folder, { keepGoing: true, provenance: false });
    expect(failuresOf(asked)).toHaveLength(3);
    expect(unasked).toEqual({ ...asked, provenance: [] });
  });
});
