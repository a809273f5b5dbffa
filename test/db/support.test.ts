/** The tests' own tools: a helper that isolates badly or hides a failure makes every other test worthless. */
import pg from "pg";
import { describe, expect, it } from "vitest";
import { createTestDatabase, serverUrl } from "../support/postgres.js";
import { startTestServer } from "../support/test-server.js";

async function onServer<R extends pg.QueryResultRow>(text: string, params: unknown[]): Promise<R[]> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  const { rows } = await client.query<R>(text, params);
  await client.end();
  return rows;
}

describe("createTestDatabase", () => {
  it("gives each caller its own database, with a name that says whose it is", async () => {
    const [first, second] = await Promise.all([createTestDatabase("same name"), createTestDatabase("same name")]);
    expect(first.name).toMatch(/^t_support_same_name_[0-9a-f]{12}$/);
    expect(first.name).not.toBe(second.name);
    await first.sql("create table a (); create table b ()");
    expect(await second.query("select to_regclass('a') as found")).toEqual([{ found: null }]);
    await Promise.all([first.drop(), second.drop()]);
    expect(await onServer("select 1 from pg_database where datname = any($1)", [[first.name, second.name]])).toEqual(
      [],
    );
  });

  it("keeps names within 63 bytes", async () => {
    const database = await createTestDatabase(`Ä "quoted" ${"long ".repeat(30)}`);
    const role = await database.createRole();
    expect(Buffer.byteLength(database.name)).toBeLessThanOrEqual(63);
    expect(Buffer.byteLength(role.name)).toBeLessThanOrEqual(63);
    await database.drop();
  });

  it("drops roles that own objects, hold privileges and are connected", async () => {
    const database = await createTestDatabase("roles");
    const owner = await database.createRole({
      attributes: "nosuperuser",
      grants: "create schema own authorization ROLE; grant usage on schema public to ROLE",
    });
    const client = new pg.Client({ connectionString: owner.url });
    client.on("error", () => {});
    await client.connect();
    await client.query("create table own.t (a int)");
    const session = await database.connect();
    await session.query("begin; lock table own.t in access exclusive mode");
    await database.drop();
    await database.drop();
    expect(await onServer("select 1 from pg_roles where rolname = $1", [owner.name])).toEqual([]);
    await client.end().catch(() => {});
  });
});

describe("startTestServer", () => {
  const silent = () => {};

  it("says in two lines what is wrong with TEST_DATABASE_URL, without the password", async () => {
    const settings = { TEST_DATABASE_URL: "postgresql://u:s3cretword@127.0.0.1:1/x" };
    const error = await startTestServer(settings, silent).catch((thrown: unknown) => thrown);
    expect(String((error as Error).stack).split("\n")).toEqual([
      "TEST_DATABASE_URL cannot be used: connect ECONNREFUSED 127.0.0.1:1",
      "  what to do: unset TEST_DATABASE_URL, which starts a PostgreSQL here, or give a role that may create databases",
    ]);
  });

  it("says in two lines that there is no PostgreSQL, with the command that mends it", async () => {
    const error = await startTestServer({ TEST_POSTGRES_BINARIES: "/nowhere" }, silent).catch(
      (thrown: unknown) => thrown,
    );
    const lines = String((error as Error).stack).split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("There is no PostgreSQL in /nowhere");
    expect(lines[1]).toContain("npm install --include=optional");
  });
});
