/** What ends a script from outside, and what its session is afterwards. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ScratchServer, ScriptStopped, startScratch, statementsCompleted } from "../../src/scratch/index.js";

const binaries = process.env["TEST_POSTGRES_BINARIES"] || null;
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratch({ binaries, limits: { scriptMs: 60_000, watchMs: 100, graceMs: 300 } });
});
afterAll(() => server.close());

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

async function other(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

describe("a script", () => {
  it("that waits for somebody else's lock is ended after its time", async () => {
    const connection = await server.connect();
    const holder = await other(connection.url);
    await holder.query("select pg_advisory_lock(1)");
    const error = await failureOf(
      connection.execute("select set_config('statement_timeout', '0', false); select pg_advisory_lock(1)", 500),
    );
    expect(error).toBeInstanceOf(ScriptStopped);
    expect(error).toMatchObject({ reason: "time", code: "57014" });
    expect(statementsCompleted(error)).toBe(1);
    expect(await connection.query("select 1 as one")).toEqual([{ one: 1 }]);
    await holder.end();
    await connection.close();
  });

  it("whose session is ended hears of it once; the next statement has a session of its own", async () => {
    const connection = await server.connect();
    const killer = await other(connection.url);
    const [row] = await connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    const sleeping = failureOf(connection.execute("create temp table x (a int); select pg_sleep(60)"));
    await expect
      .poll(async () => (await killer.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'")).rowCount)
      .toBe(1);
    await killer.query("select pg_terminate_backend($1)", [row?.pid]);
    expect(await sleeping).toMatchObject({ name: "ScriptStopped", reason: "lost", code: "08006" });
    expect(
      await connection.query("select to_regclass('x') as found, pg_backend_pid() <> $1 as other", [row?.pid]),
    ).toEqual([{ found: null, other: true }]);
    await killer.end();
    await connection.close();
  });

  it("whose session is ended between two statements hears of it, too", async () => {
    const connection = await server.connect();
    const killer = await other(connection.url);
    const [row] = await connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    await killer.query("select pg_terminate_backend($1)", [row?.pid]);
    await expect
      .poll(async () => (await killer.query("select 1 from pg_stat_activity where pid = $1", [row?.pid])).rowCount)
      .toBe(0);
    expect(await failureOf(connection.execute("select 1"))).toMatchObject({ reason: "lost" });
    await connection.execute("select 1");
    await killer.end();
    await connection.close();
  });

  it("that waits for rows gets none", async () => {
    const connection = await server.connect();
    const error = await failureOf(connection.execute("create table t (a int); copy t from stdin; select 1"));
    expect(error).toMatchObject({ code: "57014", message: expect.stringContaining("the replay sends no rows") });
    expect(await connection.query("select 1 as one")).toEqual([{ one: 1 }]);
    await connection.close();
  });

  it("does not hold up the end of the server", async () => {
    const own = await startScratch({ binaries });
    const connection = await own.connect();
    const sleeping = failureOf(
      connection.execute("select set_config('statement_timeout', '0', false); select pg_sleep(600)"),
    );
    await own.close();
    expect(await sleeping).not.toBeNull();
    expect(await failureOf(connection.execute("select 1"))).toBeInstanceOf(Error);
  });
});
