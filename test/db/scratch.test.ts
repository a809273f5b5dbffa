import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SchemareadyError } from "../../src/errors/index.js";
import { type ScratchServer, startScratch } from "../../src/scratch/index.js";
import { createTestDatabase, serverUrl } from "../support/postgres.js";

const binaries = process.env["TEST_POSTGRES_BINARIES"] || null;

/** The names of those databases that exist on the server of the test run. */
async function existing(names: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname = any($1) order by datname",
    [names],
  );
  await client.end();
  return rows.map(({ datname }) => datname);
}

async function refusal(work: Promise<unknown>): Promise<SchemareadyError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SchemareadyError);
  return error as SchemareadyError;
}

describe("the embedded server", () => {
  let server: ScratchServer;
  const messages: string[] = [];
  beforeAll(async () => {
    server = await startScratch({ binaries, onProgress: (message) => messages.push(message) });
  });
  afterAll(() => server.close());

  it("says what it is", async () => {
    expect(server.serverVersion).toBeGreaterThanOrEqual(130_000);
    expect(server.description).toBe(`embedded PostgreSQL ${await versionOf(server)}`);
    expect(messages).toEqual([
      "starting a throwaway PostgreSQL",
      `throwaway PostgreSQL ${await versionOf(server)} is running`,
    ]);
  });

  it("gives databases that know nothing of each other, and drops them", async () => {
    const [first, second] = await Promise.all([server.connect(), server.connect()]);
    await first.execute("create table notes (id int); insert into notes values (1), (2)");
    expect(await first.query("select count(*)::int as n from notes where id > $1", [0])).toEqual([{ n: 2 }]);
    expect(await second.query("select to_regclass('notes') as found")).toEqual([{ found: null }]);
    const [row] = await first.query<{ name: string }>("select current_database() as name");
    await first.close();
    await first.close();
    expect(await second.query("select datname from pg_database where datname = $1", [row?.name])).toEqual([]);
    await second.close();
  });

  it("has the same settings everywhere", async () => {
    const connection = await server.connect();
    const settings = await connection.query(
      `select pg_encoding_to_char(encoding) as encoding, datcollate, datctype, current_setting('TimeZone') as timezone,
         current_setting('lc_messages') as messages, current_setting('statement_timeout') as timeout,
         current_setting('listen_addresses') as listen,
         current_setting('fsync') as fsync, current_user as role
       from pg_database where datname = current_database()`,
    );
    expect(settings).toEqual([
      {
        encoding: "UTF8",
        datcollate: "C",
        datctype: "C",
        timezone: "UTC",
        messages: "C",
        timeout: "30s",
        listen: "",
        fsync: "off",
        role: "postgres",
      },
    ]);
    await connection.close();
  });

  it("throws what the server says, with the place", async () => {
    const connection = await server.connect();
    const error = await connection
      .execute("select 1;\ncreate table t (a nosuchtype)")
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(pg.DatabaseError);
    expect(error).toMatchObject({ code: "42704", message: 'type "nosuchtype" does not exist', position: "29" });
    expect(await connection.query("select 1 as one")).toEqual([{ one: 1 }]);
    await connection.close();
  });

  it("lets nobody in without the password", async () => {
    const connection = await server.connect();
    const url = new URL(connection.url);
    url.password = "wrong";
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toMatchObject({ code: "28P01" });
    await connection.close();
  });

  it("can be closed with connections open, and is closed then", async () => {
    const other = await startScratch({ binaries });
    const connection = await other.connect();
    await other.close();
    await other.close();
    await connection.close();
    await expect(connection.query("select 1")).rejects.toThrow();
    expect((await refusal(other.connect())).code).toBe("SCRATCH_UNAVAILABLE");
  });

  async function versionOf({ connect }: ScratchServer): Promise<string> {
    const connection = await connect();
    const [row] = await connection.query<{ version: string }>("select current_setting('server_version') as version");
    await connection.close();
    return row?.version ?? "";
  }
});

describe("a server given by URL", () => {
  it("gets databases of random names, which are dropped; nothing else is touched", async () => {
    const own = await createTestDatabase("own");
    const server = await startScratch({ url: own.url });
    expect(server.description).toContain(own.name);
    expect(server.description).not.toContain(new URL(own.url).password || "no password");
    const connections = [await server.connect(), await server.connect(), await server.connect()];
    const names = connections.map(({ url }) => new URL(url).pathname.slice(1));
    for (const connection of connections) await connection.execute("create table t (a int)");
    expect(names.every((name) => /^schemaready_scratch_[0-9a-f]{16}$/.test(name))).toBe(true);
    expect(await existing(names)).toEqual([...names].sort());
    await connections[0]?.close();
    expect(await existing(names)).toEqual(names.slice(1).sort());
    await server.close();
    expect(await existing([...names, own.name])).toEqual([own.name]);
    expect(await own.query("select count(*)::int as n from pg_class where relname = 't'")).toEqual([{ n: 0 }]);
    await own.drop();
  });

  it("drops a database although somebody else is connected to it", async () => {
    const server = await startScratch({ url: serverUrl() });
    const connection = await server.connect();
    const intruder = new pg.Client({ connectionString: connection.url });
    intruder.on("error", () => {});
    await intruder.connect();
    await connection.close();
    expect(await existing([new URL(connection.url).pathname.slice(1)])).toEqual([]);
    await intruder.end().catch(() => {});
    await server.close();
  });

  it("may carry Prisma's parameters, which do not reach the throwaway database", async () => {
    const url = new URL(serverUrl());
    url.searchParams.set("schema", "app");
    url.searchParams.set("connection_limit", "5");
    // Without sslmode an encrypted connection is tried first, which the embedded server refuses.
    url.searchParams.delete("sslmode");
    const server = await startScratch({ url: url.href });
    const connection = await server.connect();
    expect(new URL(connection.url).searchParams.has("schema")).toBe(false);
    await server.close();
  });

  it("is refused with a reason when the role may not create databases", async () => {
    const database = await createTestDatabase("no_createdb");
    const role = await database.createRole();
    const error = await refusal(startScratch({ url: role.url }));
    expect(error.code).toBe("SCRATCH_UNAVAILABLE");
    expect(error.message).toContain("may not create databases");
    expect(error.fix).toContain(`ALTER ROLE "${role.name}" CREATEDB`);
    expect(error.text()).not.toContain(new URL(role.url).password);
    await database.drop();
  });

  it.each([
    ["a server that is not there", "postgresql://u:s3cretword@127.0.0.1:1/x", "ECONNREFUSED", null],
    ["a name that does not resolve", "postgresql://u:s3cretword@nowhere.invalid/x", "nowhere.invalid", null],
  ])("is refused with a reason: %s", async (_, url, reason, sqlstate) => {
    const error = await refusal(startScratch({ url }));
    expect(error).toMatchObject({ code: "SCRATCH_UNAVAILABLE", exitCode: 3, sqlstate });
    expect(error.message).toContain(reason);
    expect(error.text()).not.toContain("s3cretword");
  });

  it("is refused with a reason: a wrong password", async () => {
    const database = await createTestDatabase("wrong_password");
    const role = await database.createRole();
    const url = new URL(role.url);
    url.password = "s3cretword";
    const error = await refusal(startScratch({ url: url.href }));
    expect(error).toMatchObject({ code: "SCRATCH_UNAVAILABLE", sqlstate: "28P01" });
    expect(error.text()).not.toContain("s3cretword");
    await database.drop();
  });

  it("is refused as a usage error when it is not a URL", async () => {
    const error = await refusal(startScratch({ url: "postgresql://u:s3cretword@host:99999/x" }));
    expect(error).toMatchObject({ code: "CONNECTION_STRING", exitCode: 2 });
    expect(error.text()).toContain("--scratch-url");
    expect(error.text()).not.toContain("s3cretword");
  });
});
