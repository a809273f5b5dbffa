/** PgBouncer in transaction mode between the service and PostgreSQL: each transaction may be on another server connection. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, isInstalled, type Running, run } from "../deploy/programs.js";
import { type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { useCourse } from "./course.js";
import { PASSWORD, prepare } from "./fixture.js";

describe.skipIf(!isInstalled("pgbouncer", "pgbouncer"))("PgBouncer in transaction mode", () => {
  let server: LivePostgres;
  let pooler: Running;
  let port: number;

  beforeAll(async () => {
    server = await startLivePostgres();
    await prepare(server);
    port = await freePort();
    pooler = startPooler();
    await until(async () => (await ask("select 1")).length === 1);
  });
  afterAll(async () => {
    await pooler?.stop();
    await server?.remove();
  });

  const beginHere = useCourse(() => poolUrl());

  const poolUrl = () => `postgresql://canary_role@127.0.0.1:${port}/pooled?sslmode=disable`;

  function startPooler(): Running {
    const target = new URL(server.url);
    const settings = `[databases]
pooled = host=127.0.0.1 port=${target.port} dbname=postgres user=canary_role password=${PASSWORD}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 1
server_login_retry = 1
query_wait_timeout = 5
`;
    // Like PostgreSQL, it refuses to run as root.
    return run("pgbouncer", [...(process.getuid?.() === 0 ? ["-u", "nobody"] : []), "FILE"], settings);
  }

  async function ask(query: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: poolUrl(), connectionTimeoutMillis: 5_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(query)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  it("is verified through, and sees a change at once", async () => {
    const pooled = await beginHere("pooler");
    await pooled.live.verifications(3);
    await pooled.toTheEnd();
    await server.sql("alter table canaries drop column name");
    await pooled.live.untilHealth(/^503 fail 1 of 1 feature broken, 1 gap$/);
    await server.sql("alter table canaries add column name text");
    await pooled.heals(["verdict fail", "verdict pass"]);
  });

  it("gets its server connection back as it was, and free for others", async () => {
    const pooled = await beginHere("pooler");
    await pooled.live.verifications(2);
    // The pool has one connection: it is the one that the service has just used.
    const [row] = await ask(`select current_setting('search_path') as path, current_setting('lock_timeout') as locks,
      current_setting('statement_timeout') as statements, current_setting('transaction_read_only') as readonly,
      current_setting('plan_cache_mode') as plans, (select count(*)::int from pg_prepared_statements) as prepared`);
    expect(row).toEqual({
      ...{ path: '"$user", public', locks: "0", statements: "0", readonly: "off", plans: "auto", prepared: 0 },
    });
  });

  it("that loses its PostgreSQL is not a gap, and heals", async () => {
    const orphaned = await beginHere("poolerWithoutServer");
    await server.stop();
    try {
      await orphaned.toTheEnd();
    } finally {
      await server.start();
    }
    await orphaned.heals();
  });

  it("that goes away is not a gap, and heals", async () => {
    const stopped = await beginHere("poolerStopped");
    await pooler.stop();
    try {
      await stopped.toTheEnd(/ECONNREFUSED/);
    } finally {
      pooler = startPooler();
    }
    await stopped.heals();
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 200; round++) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the pooler did not start");
}
